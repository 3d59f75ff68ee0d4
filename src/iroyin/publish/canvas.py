"""A drawing of 1200 by 675 whose places count from the reading edge, so that right-to-left pages are mirrored."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from iroyin.model import StoryId
from iroyin.publish.globe import globe
from iroyin.publish.locale import direction, tag
from iroyin.publish.palette import CELL, Palette, palette, pattern
from iroyin.publish.typeset import faces, xml

WIDE, HIGH = 1200, 675
LEADING = 1.34


@dataclass
class Canvas:
    """Marks on the ground colour of one story, for one language."""

    story_id: StoryId
    language: str
    marks: list[str] = field(default_factory=list)

    @property
    def colours(self) -> Palette:
        """The story's colours."""
        return palette(self.story_id)

    @property
    def mirrored(self) -> bool:
        """Whether the reading edge is the right one."""
        return direction(self.language) == "rtl"

    def x(self, across: float) -> float:
        """The x coordinate of a distance from the reading edge."""
        return WIDE - across if self.mirrored else across

    def text(
        self,
        at: tuple[float, float],
        size: float,
        words: str,
        *,
        colour: str = "",
        weight: int = 400,
        end: bool = False,
        middle: bool = False,
    ) -> None:
        """A line of text that starts (or ends, or has its middle) at (distance from the reading edge, baseline)."""
        anchor = "middle" if middle else "end" if self.mirrored != end else "start"
        isolated = f"\u2067{words}\u2069" if self.mirrored else words
        self.marks.append(
            f'<text x="{self.x(at[0]):g}" y="{at[1]:g}" font-size="{size:g}" font-weight="{weight}" '
            f'text-anchor="{anchor}" fill="{colour or self.colours.ink}">{xml(isolated)}</text>'
        )

    def lines(self, at: tuple[float, float], size: float, lines: tuple[str, ...], *, weight: int = 400) -> float:
        """Lines of text from a first baseline on; the baseline after the last."""
        down = at[1]
        for line in lines:
            self.text((at[0], down), size, line, weight=weight)
            down += size * LEADING
        return down

    @contextmanager
    def claim(self, *numbers: int) -> Iterator[None]:
        """What is drawn within stands on these printed sentences."""
        with self._group("data-claim", " ".join(str(number) for number in dict.fromkeys(numbers))):
            yield

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """What is drawn within stands on a part of the page that is no sentence."""
        with self._group("data-part", name):
            yield

    @contextmanager
    def _group(self, name: str, value: str) -> Iterator[None]:
        self.marks.append(f'<g {name}="{value}">')
        yield
        self.marks.append("</g>")

    def cloth(self, columns: int) -> None:
        """The story's pattern over the full height at the far edge."""
        move = 0 if self.mirrored else WIDE - columns * CELL
        shapes = pattern(self.story_id, columns, HIGH // CELL)
        self.marks.append(f'<g transform="translate({move} 0)">{shapes}</g>')

    def globe(self, codes: tuple[str, ...]) -> None:
        """The globe with these countries marked, at the far edge and partly beyond it."""
        self.marks.append(globe(codes, self.colours, across=self.x(WIDE - 152), down=HIGH / 2, radius=252))

    def rule(self, start: float, end: float, down: float) -> None:
        """A thin level line between two distances."""
        self.marks.append(
            f'<path d="M{self.x(start):g} {down:g}H{self.x(end):g}" stroke="{self.colours.ink}" stroke-opacity=".45"/>'
        )

    def rule_down(self, across: float, start: float, end: float) -> None:
        """A thin upright line between two heights."""
        self.marks.append(
            f'<path d="M{self.x(across):g} {start:g}V{end:g}" stroke="{self.colours.ink}" stroke-opacity=".45"/>'
        )

    def bar(self, across: float, down: float, wide: float, high: float, colour: str) -> None:
        """A bar from a distance from the reading edge on."""
        left = self.x(across + wide) if self.mirrored else across
        self.marks.append(f'<rect x="{left:g}" y="{down:g}" width="{wide:g}" height="{high:g}" fill="{colour}"/>')

    def dots(self, places: tuple[tuple[float, float], ...], size: float, colour: str) -> None:
        """Many round marks of one size at (distance from the reading edge, height), as one path."""
        if not places:
            return
        path = "".join(f"M{self.x(across):g} {down:g}h0" for across, down in places)
        self.marks.append(f'<path d="{path}" stroke="{colour}" stroke-width="{size:g}" stroke-linecap="round"/>')

    def dot(self, across: float, down: float, radius: float) -> None:
        """A round mark in the accent colour."""
        self.marks.append(
            f'<circle cx="{self.x(across):g}" cy="{down:g}" r="{radius:g}" fill="{self.colours.accent}"/>'
        )

    def svg(self, title: str) -> str:
        """The whole drawing. Colours are presentation attributes; a style sheet changes them on dark pages alone."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}" '
            f'role="img" xml:lang="{tag(self.language)}" font-family="{xml(faces(self.language))}">'
            f"<title>{xml(title)}</title>{self.colours.night_rules()}"
            f'<rect width="{WIDE}" height="{HIGH}" fill="{self.colours.ground}"/>{"".join(self.marks)}</svg>\n'
        )
