"""What every kind of illustration shares: the measure of its sheet, and what it says of itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from iroyin.model import Brief, Sentence
from iroyin.publish.canvas import LEADING, WIDE, Canvas
from iroyin.publish.evidence import Articles
from iroyin.publish.locale import Labels
from iroyin.publish.palette import CELL
from iroyin.publish.typeset import balanced, unbroken, wrap

EDGE = 64
CLOTH = 5  # columns of the story's pattern at the far edge
ACROSS = WIDE - CLOTH * CELL - 2 * EDGE  # what is left for words
FLOOR = 520  # words end here; below is the strip of articles
BOLD = 1.15  # bold faces run up to 15% wider than the widths in `typeset`
SMALLEST = 30  # size of letters: on a phone a sheet is less than a third as wide as it is drawn
OUTLETS = SMALLEST  # size of the outlets' names
_ROOM = OUTLETS * 1.7  # the outlets' line and the air above it


@dataclass(frozen=True, slots=True)
class Drawing:
    """An illustration that can be made: its kind, what it says, and how it is drawn.

    `claims` are the numbers (`Brief.all_sentences`) of the printed sentences it stands on; `fact` is told in the alt
    text, `note` in the caption. A drawing with `edge` false draws on the far edge itself.
    """

    kind: str
    claims: tuple[int, ...]
    fact: str
    paint: Callable[[Canvas], None]
    note: str = ""
    edge: bool = True


Find = Callable[[Brief, Articles, Labels], Drawing | None]


def told(brief: Brief) -> Iterator[tuple[int, Sentence]]:
    """The sentences of lede and body with their numbers."""
    body = (sentence for part in brief.body for sentence in part.sentences)
    return enumerate((*brief.lede, *body), start=1)


def number_of(brief: Brief, sentence: Sentence) -> int:
    """The number of a printed sentence on its page. Raises ValueError when it is not printed."""
    return brief.all_sentences().index(sentence)


def outlets_of(sentence: Sentence, articles: Articles, words: Labels) -> str:
    """The outlets on whose word a sentence stands, as a list."""
    return words.list(tuple(dict.fromkeys(articles[span.article_id].outlet for span in sentence.spans)))


def say(canvas: Canvas, sentence: Sentence, outlets: str, *, top: float, sizes: tuple[int, ...]) -> None:
    """A sentence from `top` on, as large as it fits above the floor, and under it the outlets that it stands on."""
    text = unbroken(sentence.text, sentence.language)
    high = FLOOR - _ROOM - top
    for size in sizes:
        lines = wrap(text, ACROSS / size, 12)
        if len(lines) * size * LEADING <= high or size == sizes[-1]:
            break
    lines = wrap(text, ACROSS / size, max(1, int(high / size / LEADING)))
    down = canvas.lines((EDGE, top + size), size, balanced(text, ACROSS / size, lines))
    canvas.lines(
        (EDGE, down - size * 0.34 + OUTLETS + 4), OUTLETS, wrap(outlets, ACROSS / BOLD / OUTLETS, 1), weight=700
    )
