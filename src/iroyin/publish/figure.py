"""The illustration made by code from what is known: nothing in it is invented, nobody is depicted.

It stands on the page under the headline: a key number with its sentence, or the counts, above a strip that shows
when each article came out.
"""

from collections import Counter
from datetime import datetime

from iroyin.languages import rules
from iroyin.languages.cities import country_of_city
from iroyin.model import Article, Brief, Figure
from iroyin.publish.attribution import attributed
from iroyin.publish.canvas import LEADING, WIDE, Canvas
from iroyin.publish.evidence import Articles
from iroyin.publish.globe import known
from iroyin.publish.keynumber import key_number
from iroyin.publish.locale import Labels, labels
from iroyin.publish.palette import CELL
from iroyin.publish.tags import tag_name
from iroyin.publish.typeset import balanced, fit, unbroken, width, wrap

_EDGE = 64
_PLACES = 3  # countries marked on the globe
_CLOTH = 5
_ACROSS = WIDE - _CLOTH * CELL - 2 * _EDGE
_STRIP = 566
_TEXT_HIGH = 205  # between the key number and the names of the outlets
_BOLD = 1.15  # bold faces run up to 15% wider than the widths in `typeset`


def figure(brief: Brief, articles: Articles) -> Figure:
    """The page's graphic for a proved brief, in the brief's language."""
    words = labels(brief.language)
    canvas = Canvas(brief.story_id, brief.language)
    reports = tuple(sorted(articles.values(), key=lambda a: (a.published_at, a.id)))
    place = _globe(canvas, brief, words)
    fact = _number(canvas, brief, articles, words) or _counts(canvas, brief, articles, words)
    caption = _strip(canvas, reports, words)
    caption = words.gap.join(filter(None, (place, caption)))
    title = words.say("figure.alt", headline=brief.headline.text.rstrip(".。।"), fact=fact, strip=caption)
    return Figure(canvas.svg(title), " ".join(title.split()), caption)


def _globe(canvas: Canvas, brief: Brief, words: Labels) -> str:
    """The globe with the countries that the tags name, else the story's cloth; the words that say which."""
    named: dict[str, str] = {}
    for tag in brief.tags:
        key = country_of_city().get(tag.key, tag.key)
        code = key.removeprefix("place-").upper()
        if key.startswith("place-") and known(code):
            named.setdefault(code, tag_name(tag, brief.language))
    if not named:
        canvas.cloth(_CLOTH)
        return ""
    codes = tuple(named)[:_PLACES]
    canvas.globe(codes)
    return words.say("figure.globe", place=words.list(tuple(named[code] for code in codes)))


def _number(canvas: Canvas, brief: Brief, articles: Articles, words: Labels) -> str:
    """The key number, large, over its sentence and outlets; what it says, or nothing when there is no such number."""
    found = key_number(brief)
    if found is None:
        return ""
    number, sentence = found
    size = min(170, int(_ACROSS / _BOLD / max(width(number), 0.1)))
    small, lines = _filled(unbroken(sentence.text, sentence.language))
    top = 92 + size * 0.72
    canvas.text((_EDGE - 4, top), size, number, colour=canvas.colours.accent, weight=700)
    down = canvas.lines((_EDGE, top + 34 + small), small, lines)
    outlets = words.list(tuple(dict.fromkeys(articles[s.article_id].outlet for s in sentence.spans)))
    canvas.lines((_EDGE, down + 4), 25, wrap(outlets, _ACROSS / _BOLD / 25, 1), weight=700)
    return attributed(sentence)


def _filled(text: str) -> tuple[int, tuple[str, ...]]:
    """The text at the largest size at which it stays clear of the strip."""
    for size in (46, 42, 39, 36, 33, 30):
        lines = wrap(text, _ACROSS / size, 9)
        if len(lines) * size * LEADING <= _TEXT_HIGH:
            return size, balanced(text, _ACROSS / size, lines)
    return 28, wrap(text, _ACROSS / 28, int(_TEXT_HIGH / 28 / LEADING))


def _counts(canvas: Canvas, brief: Brief, articles: Articles, words: Labels) -> str:
    """How many newsrooms stand behind the story; below, how many articles, or the name of the only outlet."""
    counts = brief.counts
    rooms = words.count("count.newsrooms", counts.newsrooms)
    rest = f"{words.count('count.articles', counts.articles)} · {words.count('count.texts', counts.texts)}"
    if counts.articles == 1:
        rest = next(iter(articles.values())).outlet
    size, lines = fit(rooms, _ACROSS / _BOLD, 2, (104, 92, 80, 70, 60, 50))
    down = canvas.lines((_EDGE, 130 + size * 0.6), size, lines, weight=700)
    small, more = fit(rest, _ACROSS, 2, (40, 36, 32))
    canvas.lines((_EDGE, down - size * 0.34 + small), small, more)
    return f"{rooms}. {rest}." if rules(brief.language).spaces else f"{rooms}。{rest}。"


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
    if end > start:
        one_day = start.date() == end.date()
        first, last = (
            (words.time(start), f"{words.time(end)} UTC") if one_day else map(words.short_day, (start, end))
        )
        canvas.text((_EDGE, _STRIP + 56), 33, first)
        canvas.text((far, _STRIP + 56), 33, last, end=True)
        return words.say("figure.caption", start=words.moment(start), end=words.moment(end))
    canvas.text((_EDGE, _STRIP + 56), 33, words.moment(start))
    return words.say("figure.caption.one", start=words.moment(start))


def _slot(moment: datetime, start: datetime, end: datetime) -> int:
    """Which of the strip's places a moment falls in."""
    places = int((_ACROSS - 22) // 22)
    return round((moment - start) / (end - start) * places) if end > start else 0
