"""The story's days one under the other, each with the proved sentence that names it."""

from datetime import UTC, datetime, time

from iroyin.model import Brief
from iroyin.publish.canvas import LEADING, Canvas
from iroyin.publish.drawing import ACROSS, BOLD, EDGE, FLOOR, SMALLEST, Drawing
from iroyin.publish.evidence import Articles
from iroyin.publish.locale import Labels
from iroyin.publish.timeline import Day, Mark, timeline
from iroyin.publish.typeset import balanced, unbroken, width, wrap

_FEWEST, _MOST = 3, 4  # days: two are no line, and five have no room
_TOP = 66
_DATE = 32
_SIZES = (34, 32, SMALLEST)
_GAP = 46  # from the dates to the sentences; the line runs between


def chronology(brief: Brief, articles: Articles, words: Labels) -> Drawing | None:
    """The newest days that lede and body name; None when they name fewer than three."""
    days = timeline(brief, articles)[-_MOST:]
    if len(days) < _FEWEST:
        return None
    rows = tuple((_named(day, days[-1], words), _shortest(day)) for day in days)
    fact = words.gap.join(f"{name}: {mark.text}" for name, mark in rows)

    def paint(canvas: Canvas) -> None:
        _paint(canvas, rows)

    claims = tuple(dict.fromkeys(mark.number for _, mark in rows))
    return Drawing("days", claims, fact, paint, words.say("figure.days"))


def _named(day: Day, last: Day, words: Labels) -> str:
    """The day as this language writes it, with its year where that is another than the last day's."""
    noon = datetime.combine(day.day, time(12), UTC)
    return words.short_day(noon) if day.day.year == last.day.year else words.short_date(noon)


def _shortest(day: Day) -> Mark:
    return min(day.marks, key=lambda mark: (width(mark.text), mark.number))


def _paint(canvas: Canvas, rows: tuple[tuple[str, Mark], ...]) -> None:
    high = (FLOOR - _TOP) / len(rows)
    dates = max(width(name) for name, _ in rows) * _DATE * BOLD
    line, text = EDGE + dates + _GAP / 2, EDGE + dates + _GAP
    across = EDGE + ACROSS - text
    room = high - 10
    size = _size(rows, across, room)
    first, last = _TOP + _DATE * 0.65, _TOP + _DATE * 0.65 + high * (len(rows) - 1)
    canvas.rule_down(line, first, last)
    for at, (name, mark) in enumerate(rows):
        top = _TOP + at * high
        with canvas.claim(mark.number):
            canvas.dot(line, top + _DATE * 0.65, 8)
            canvas.text((EDGE, top + _DATE), _DATE, name, colour=canvas.colours.accent, weight=700)
            lines = wrap(unbroken(mark.text, mark.language), across / size, int(room / size / LEADING))
            canvas.lines(
                (text, top + _DATE), size, balanced(unbroken(mark.text, mark.language), across / size, lines)
            )


def _size(rows: tuple[tuple[str, Mark], ...], across: float, high: float) -> int:
    """The largest size at which every sentence is whole, else the smallest."""

    def whole(size: int) -> bool:
        lines = (wrap(unbroken(mark.text, mark.language), across / size, 99) for _, mark in rows)
        return all(len(each) * size * LEADING <= high for each in lines)

    return next((size for size in _SIZES if whole(size)), _SIZES[-1])
