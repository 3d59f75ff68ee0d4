"""The story over days: the dates that its own checked sentences name, resolved against the day of their source."""

from dataclasses import dataclass
from datetime import date, timedelta

from iroyin.languages import dates
from iroyin.model import Brief, Sentence
from iroyin.publish.evidence import Articles

_FEWEST = 2  # days: one alone is no line
_MOST = 12  # days on the page: the newest
_OLDEST = timedelta(days=10 * 365)
_LONGEST = 150  # characters of a sentence that the line shows
STRIP = 600  # units: the width of the drawn strip


@dataclass(frozen=True, slots=True)
class Mark:
    """One sentence on the line: its number on the page and its text, shortened at a word."""

    number: int
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day, its sentences, and its place on a strip of `STRIP` units."""

    day: date
    marks: tuple[Mark, ...]
    place: float


def timeline(brief: Brief, articles: Articles) -> tuple[Day, ...]:
    """The days named by lede and body, oldest first; nothing when there are fewer than two."""
    told = len(brief.lede) + sum(len(part.sentences) for part in brief.body)
    days: dict[date, list[Mark]] = {}
    for number, sentence in list(enumerate(brief.all_sentences()))[1 : told + 1]:
        for day in _days(sentence, articles):
            days.setdefault(day, []).append(Mark(number, short(sentence.text), sentence.language))
    kept = sorted(days)[-_MOST:]
    if len(kept) < _FEWEST:
        return ()
    whole = (kept[-1] - kept[0]).days
    return tuple(Day(day, tuple(days[day]), round(STRIP * (day - kept[0]).days / whole, 1)) for day in kept)


def _days(sentence: Sentence, articles: Articles) -> list[date]:
    published = articles[sentence.spans[0].article_id].published_at
    found = dates(sentence.text, sentence.language, published=published)
    near = [m.day for m in found if m.day and m.precision == "day" and abs(m.day - published.date()) < _OLDEST]
    return list(dict.fromkeys(near))


def short(text: str) -> str:
    """The text, cut at a word where it is long."""
    if len(text) <= _LONGEST:
        return text
    cut = text[:_LONGEST]
    return (cut.rsplit(" ", 1)[0] if " " in cut[_LONGEST // 2 :] else cut).rstrip(" ,;:，、") + "…"
