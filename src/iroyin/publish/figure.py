"""The illustration made by code from what is known: nothing in it is invented, nobody is depicted.

`KINDS` is the whole choice: the first kind that finds what it draws in the printed, proved sentences is drawn.

    vote      the result of a vote that a sentence of lede or body states
    number    the number of the headline where lede or body state it
    days      three days or more that the sentences name
    number    a telling number of the lede
    coverage  outlets of three countries or more
    words     the first sentence of the lede, set large

All but the map of coverage have the globe with the countries named, else the story's cloth, at their far edge; under
all of them stands the strip that shows when each article came out. What is drawn from a sentence lies in a group with
that sentence's number (`data-claim`), the same as on the page and in `claims.json`.
"""

from collections import Counter
from datetime import datetime

from iroyin.languages import subject_ranges
from iroyin.languages.cities import country_of_city
from iroyin.model import Article, Brief, Figure, Sentence
from iroyin.publish.attribution import attributed
from iroyin.publish.ballot import ballot
from iroyin.publish.canvas import Canvas
from iroyin.publish.chronology import chronology
from iroyin.publish.drawing import (
    ACROSS,
    BOLD,
    CLOTH,
    EDGE,
    SMALLEST,
    Drawing,
    Find,
    number_of,
    outlets_of,
    say,
    told,
)
from iroyin.publish.evidence import Articles
from iroyin.publish.globe import known
from iroyin.publish.keynumber import headed_number, lede_number
from iroyin.publish.locale import Labels, labels
from iroyin.publish.newsmap import newsmap
from iroyin.publish.tags import tag_name
from iroyin.publish.typeset import width

_PLACES = 3  # countries marked on the globe
_STRIP = 566
_LARGE = (64, 60, 56, 52, 48, 44, 41, 38, 36)
_BESIDE = (46, 42, 39, 36, 33, SMALLEST)
_LONGEST = 115  # ems of a sentence that can be set large


def figure(brief: Brief, articles: Articles) -> Figure:
    """The page's graphic for a proved brief, in the brief's language."""
    words = labels(brief.language)
    canvas = Canvas(brief.story_id, brief.language)
    drawing = choose(brief, articles, words)
    place, places = _edge(canvas, brief, words) if drawing.edge else ("", ())
    drawing.paint(canvas)
    strip = _strip(canvas, tuple(sorted(articles.values(), key=lambda a: (a.published_at, a.id))), words)
    caption = words.gap.join(filter(None, (place, drawing.note, strip)))
    title = words.say("figure.alt", headline=brief.headline.text.rstrip(".。।"), fact=drawing.fact, strip=caption)
    claims = tuple(sorted({*drawing.claims, *places}))
    return Figure(canvas.svg(title), " ".join(title.split()), caption, kind=drawing.kind, claims=claims)


def choose(brief: Brief, articles: Articles, words: Labels) -> Drawing:
    """The drawing of the first kind that finds something to draw; the last kind always does."""
    found = (find(brief, articles, words) for find in KINDS)
    return next(drawing for drawing in found if drawing)


def _headed(brief: Brief, articles: Articles, words: Labels) -> Drawing | None:
    found = headed_number(brief)
    return _number(brief, articles, words, *found) if found else None


def _told(brief: Brief, articles: Articles, words: Labels) -> Drawing | None:
    found = lede_number(brief)
    return _number(brief, articles, words, *found) if found else None


def _number(brief: Brief, articles: Articles, words: Labels, number: str, sentence: Sentence) -> Drawing:
    """The key number, large, over its sentence and outlets."""
    claim, outlets = number_of(brief, sentence), outlets_of(sentence, articles, words)

    def paint(canvas: Canvas) -> None:
        size = min(170, int(ACROSS / BOLD / max(width(number), 0.1)))
        top = 92 + size * 0.72
        with canvas.claim(claim):
            canvas.text((EDGE - 4, top), size, number, colour=canvas.colours.accent, weight=700)
            say(canvas, sentence, outlets, top=top + 34, sizes=_BESIDE)

    return Drawing("number", (claim,), attributed(sentence), paint)


def _words(brief: Brief, articles: Articles, words: Labels) -> Drawing:
    """The first sentence of the lede that can be set large, else the headline."""
    fitting = ((n, s) for n, s in told(brief) if n <= len(brief.lede) and width(s.text) <= _LONGEST)
    claim, sentence = next(fitting, (0, brief.headline))
    outlets = outlets_of(sentence, articles, words)

    def paint(canvas: Canvas) -> None:
        with canvas.claim(claim):
            canvas.bar(EDGE, 74, 96, 7, canvas.colours.accent)
            say(canvas, sentence, outlets, top=98, sizes=_LARGE)

    return Drawing("words", (claim,), attributed(sentence), paint)


KINDS: tuple[Find, ...] = (ballot, _headed, chronology, _told, newsmap, _words)


def _edge(canvas: Canvas, brief: Brief, words: Labels) -> tuple[str, tuple[int, ...]]:
    """The globe with the countries that printed sentences name, else the story's cloth; the words that say which."""
    printed: dict[str, int] = {}
    for number, sentence in ((0, brief.headline), *told(brief)):
        for _, _, key in subject_ranges(sentence.text, sentence.language):
            printed.setdefault(key, number)
    named: dict[str, tuple[str, int]] = {}
    for tag in brief.tags:
        key = country_of_city().get(tag.key, tag.key)
        code = key.removeprefix("place-").upper()
        if key.startswith("place-") and known(code) and tag.key in printed:
            named.setdefault(code, (tag_name(tag, brief.language), printed[tag.key]))
    codes = tuple(named)[:_PLACES]
    if not codes:
        canvas.cloth(CLOTH)
        return "", ()
    with canvas.claim(*(named[code][1] for code in codes)):
        canvas.globe(codes)
    said = words.say("figure.globe", place=words.list(tuple(named[code][0] for code in codes)))
    return said, tuple(named[code][1] for code in codes)


def _strip(canvas: Canvas, reports: tuple[Article, ...], words: Labels) -> str:
    """The strip of dated marks, one for each article; its caption."""
    start, end = reports[0].published_at, reports[-1].published_at
    far = EDGE + ACROSS
    first, last, caption = _span(start, end, words)
    with canvas.part("coverage"):
        canvas.rule(EDGE, far, _STRIP)
        slots = Counter(_slot(report.published_at, start, end) for report in reports)
        step = min(22.0, 2 * 22.0 / max(1, max(slots.values()) - 1))
        for slot, stacked in slots.items():
            for place in range(stacked):
                canvas.dot(EDGE + 11 + slot * 22, _STRIP - 2 - step * place, 8)
        canvas.text((EDGE, _STRIP + 56), 33, first)
        if last:
            canvas.text((far, _STRIP + 56), 33, last, end=True)
    return caption


def _span(start: datetime, end: datetime, words: Labels) -> tuple[str, str, str]:
    """The words at both ends of the strip, the second empty when there is one moment; the caption."""
    if end <= start:
        return words.moment(start), "", words.say("figure.caption.one", start=words.moment(start))
    caption = words.say("figure.caption", start=words.moment(start), end=words.moment(end))
    if start.date() == end.date():
        return words.time(start), f"{words.time(end)} UTC", caption
    return words.short_day(start), words.short_day(end), caption


def _slot(moment: datetime, start: datetime, end: datetime) -> int:
    """Which of the strip's places a moment falls in."""
    places = int((ACROSS - 22) // 22)
    return round((moment - start) / (end - start) * places) if end > start else 0
