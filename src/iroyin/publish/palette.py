"""Colours and a repeat pattern for a story, drawn from its id: the same story looks the same for ever.

The motifs follow the logic of resist-dyed cloth: one square cell, few shapes, turned and repeated.
"""

from dataclasses import dataclass
from hashlib import sha256

CELL = 75


@dataclass(frozen=True, slots=True)
class Palette:
    """Ground and ink with a contrast of at least 7 to 1, an accent and a quiet second colour for shapes.

    `night` holds the four in their order for readers who prefer dark pages; empty where the ground is dark already.
    """

    ground: str
    ink: str
    accent: str
    second: str
    night: tuple[str, str, str, str] | tuple[()] = ()

    def night_rules(self) -> str:
        """A style sheet that changes the colours on dark pages; nothing where none is needed."""
        day = (self.ground, self.ink, self.accent, self.second)
        changes = "".join(
            f'[fill="{old}"]{{fill:{new}}}[stroke="{old}"]{{stroke:{new}}}'
            for old, new in zip(day, self.night, strict=False)
        )
        return f"<style>@media (prefers-color-scheme:dark){{{changes}}}</style>" if changes else ""


PALETTES = (
    Palette("#1d2b5a", "#f5f0e4", "#e8b04a", "#5b74c4"),
    Palette("#173f36", "#f3efe0", "#e9a15b", "#4f8f78"),
    Palette("#6a2519", "#fbeee2", "#f2bd63", "#b8604a"),
    Palette("#3c2149", "#f6ecf3", "#eeb0a6", "#8560a0"),
    Palette("#20343f", "#eef1ec", "#ecb755", "#5f8798"),
    Palette("#ecd9ab", "#2a2016", "#a9331c", "#c9a95c", ("#2a2016", "#f3e6c4", "#ea8a68", "#6b5526")),
    Palette("#cfe0e6", "#12303f", "#b23d20", "#8db2c4", ("#12303f", "#e6f0f3", "#f0936f", "#3a6a85")),
    Palette("#f0d4c7", "#3a1616", "#1f4a66", "#d6a08c", ("#3a1616", "#f8e6de", "#8fc1dd", "#7d4237")),
    Palette("#0f4250", "#eaf3ef", "#f0b36b", "#3f8794"),
    Palette("#e6dfd0", "#221d17", "#24357a", "#b9ad92", ("#221d17", "#efe9dc", "#a9b8f2", "#5c5343")),
    Palette("#4a1530", "#faecee", "#f0b98a", "#a14d70"),
    Palette("#dbe3c4", "#20290f", "#8f2f16", "#a8b781", ("#20290f", "#ecf1dc", "#f09a72", "#55653a")),
)


def _bytes(story_id: str) -> bytes:
    return sha256(story_id.encode()).digest()


def palette(story_id: str) -> Palette:
    """The story's colours."""
    return PALETTES[_bytes(story_id)[0] % len(PALETTES)]


def _shape(kind: int, a: str, b: str) -> str:
    """One motif in a cell of 75 by 75, in colours `a` and `b`."""
    shapes = (
        f'<path d="M0 0h75a75 75 0 0 1-75 75z" fill="{b}"/><path d="M0 0h45a45 45 0 0 1-45 45z" fill="{a}"/>',
        f'<circle cx="37.5" cy="37.5" r="30" fill="{b}"/><circle cx="37.5" cy="37.5" r="13" fill="{a}"/>',
        f'<path d="M0 75 75 0v75z" fill="{b}"/><circle cx="22" cy="22" r="7" fill="{a}"/>',
        f'<path d="M0 0q75 0 75 75q-75 0-75-75z" fill="{b}"/><path d="M12 12l51 51" stroke="{a}" stroke-width="5"/>',
        "".join(f'<path d="M0 {y}h75" stroke="{b}" stroke-width="8"/>' for y in (9, 28, 47, 66)),
        "".join(f'<circle cx="{x}" cy="{y}" r="6" fill="{a}"/>' for x in (14, 37.5, 61) for y in (14, 37.5, 61)),
        f'<path d="M37.5 3 72 37.5 37.5 72 3 37.5z" fill="{b}"/>'
        f'<path d="M37.5 23 52 37.5 37.5 52 23 37.5z" fill="{a}"/>',
        f'<path d="M0 0h37.5v37.5h-37.5zM37.5 37.5h37.5v37.5h-37.5z" fill="{b}" stroke="{b}"/>',
    )
    return shapes[kind % len(shapes)]


def pattern(story_id: str, columns: int, rows: int) -> str:
    """A cloth of `columns` by `rows` cells as SVG shapes from the origin: four motifs, repeated and turned."""
    seed, colours = _bytes(story_id), palette(story_id)
    kinds = [seed[1] % 8, (seed[1] + 1 + seed[2] % 7) % 8, seed[3] % 8, (seed[3] + 1 + seed[4] % 7) % 8]
    cells = []
    for row in range(rows):
        for column in range(columns):
            place = (row % 2) * 2 + column % 2
            bright = (row * 3 + column * 5 + seed[5]) % 7 == 0
            a, b = (colours.ground, colours.accent) if bright else (colours.accent, colours.second)
            turn = 90 * ((seed[6 + place] + row // 2 + column // 2) % 4)
            move = f"translate({column * CELL} {row * CELL}) rotate({turn} 37.5 37.5)"
            cells.append(f'<g transform="{move}">{_shape(kinds[place], a, b)}</g>')
    return "".join(cells)
