"""The illustration made by code from what is known: nothing in it is invented, nobody is depicted.

It stands on the page under the headline: a key number with its sentence, or the counts, above a strip that shows
when each article came out.
"""

from collections import Counter
from datetime import datetime

from iroyin.model import Article, Brief, Figure
from iroyin.publish.attribution import lead_in
from iroyin.publish.canvas import WIDE, Canvas
from iroyin.publish.evidence import Articles
from iroyin.publish.keynumber import key_number
from iroyin.publish.locale import Labels, labels
from iroyin.publish.palette import CELL
from iroyin.publish.typeset import fit, width

_EDGE = 64
_CLOTH = 5
_ACROSS = WIDE - _CLOTH * CELL - 2 * _EDGE
_STRIP = 566
_BOLD = 1.15  # bold faces run up to 15% wider than the widths in `typeset`


def figure(brief: Brief, articles: Articles) -> Figure:
    """The page's graphic for a proved brief, in the brief's language."""
    words = labels(brief.language)
    canvas = Canvas(brief.story_id, brief.language)
    reports = tuple(sorted(articles.values(), key=lambda a: (a.published_at, a.id)))
    canvas.cloth(_CLOTH)
    fact = _number(canvas, brief) or _counts(canvas, brief, words)
    caption = _strip(canvas, reports, words)
    title = words.say("figure.alt", headline=brief.headline.text.rstrip(".。।"), fact=fact, strip=caption)
    return Figure(canvas.svg(title), " ".join(title.split()), caption)


def _number(canvas: Canvas, brief: Brief) -> str:
    """The key number, large, over its sentence; the sentence, or nothing when the lede has no such number."""
    found = key_number(brief)
    if found is None:
        return ""
    number, sentence = found
    size = min(176, int(_ACROSS / _BOLD / max(width(number), 0.1)))
    said = "{0}{2}{1}".format(*lead_in(sentence), sentence.text)
    small, lines = fit(said, _ACROSS, 4, (46, 42, 39, 36, 33, 30))
    top = 100 + size * 0.72
    canvas.text((_EDGE - 4, top), size, number, colour=canvas.colours.accent, weight=700)
    canvas.lines((_EDGE, top + 36 + small), small, lines)
    return said


def _counts(canvas: Canvas, brief: Brief, words: Labels) -> str:
    counts = brief.counts
    rooms = words.count("count.newsrooms", counts.newsrooms)
    rest = f"{words.count('count.articles', counts.articles)} · {words.count('count.texts', counts.texts)}"
    size, lines = fit(rooms, _ACROSS / _BOLD, 2, (104, 92, 80, 70, 60, 50))
    down = canvas.lines((_EDGE, 130 + size * 0.6), size, lines, weight=700)
    small, more = fit(rest, _ACROSS, 2, (40, 36, 32))
    canvas.lines((_EDGE, down - size * 0.34 + small), small, more)
    return f"{rooms}. {rest}." if brief.language not in {"zh", "ja"} else f"{rooms}。{rest}。"


def _strip(canvas: Canvas, reports: tuple[Article, ...], words: Labels) -> str:
    """The strip of dated marks, one for each article; its caption."""
    start, end = reports[0].published_at, reports[-1].published_at
    far = _EDGE + _ACROSS
    canvas.rule(_EDGE, far, _STRIP)
    slots = Counter(_slot(report.published_at, start, end) for report in reports)
    step = min(22.0, 2 * 22.0 / max(1, max(slots.values()) - 1))
    for slot, stacked in slots.items():
        for place in range(stacked):
            canvas.dot(_EDGE + 11 + slot * 22, _STRIP - 2 - step * place, 8)
    write = words.time if start.date() == end.date() else words.short_day
    canvas.text((_EDGE, _STRIP + 56), 33, write(start))
    if end > start:
        canvas.text((far, _STRIP + 56), 33, write(end), end=True)
        return words.say("figure.caption", start=words.moment(start), end=words.moment(end))
    return words.say("figure.caption.one", start=words.moment(start))


def _slot(moment: datetime, start: datetime, end: datetime) -> int:
    """Which of the strip's places a moment falls in."""
    places = int((_ACROSS - 22) // 22)
    return round((moment - start) / (end - start) * places) if end > start else 0
