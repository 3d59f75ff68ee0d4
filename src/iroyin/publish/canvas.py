"""A drawing of 1200 by 675 whose places count from the reading edge, so that right-to-left pages are mirrored."""

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
    ) -> None:
        """A line of text that starts (or ends) at (distance from the reading edge, baseline)."""
        anchor = "end" if self.mirrored != end else "start"
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

    def dot(self, across: float, down: float, radius: float) -> None:
        """A round mark in the accent colour."""
        self.marks.append(
            f'<circle cx="{self.x(across):g}" cy="{down:g}" r="{radius:g}" fill="{self.colours.accent}"/>'
        )

    def svg(self, title: str) -> str:
        """The whole drawing, with only presentation attributes: a page's policy allows no inline style."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}" '
            f'role="img" xml:lang="{tag(self.language)}" font-family="{xml(faces(self.language))}">'
            f"<title>{xml(title)}</title>"
            f'<rect width="{WIDE}" height="{HIGH}" fill="{self.colours.ground}"/>{"".join(self.marks)}</svg>\n'
        )
