"""What the story's other sentences say against one of them: another day for the event, another count of years.

A day that more newsrooms deny than give is not printed. "Seven years since 2019" is arithmetic that a source may
have got wrong: which of two whole numbers is right hangs on the month, so it needs a second newsroom.
"""

import re
from collections.abc import Sequence
from datetime import date as calendar_day
from functools import lru_cache

from iroyin.languages import DateMention, Number, fold, rules, stems
from iroyin.model import Finding, Sentence
from iroyin.verify.evidence import Context, Passage
from iroyin.verify.reading import dates_of, numbers_of, without_quotes

_SAME_EVENT, _FEWEST_SHARED = 0.6, 4
_FEWEST_OPPOSED = 2
_YEARS = range(2, 200)
_SAME_MATTER = 2
_ONE_MATTER = 2  # years by which a count may miss and still be meant for the same years
_YEAR = r"(?<!\d)(\d{4})(?!\d)"


def outvoted_day(
    sentence: Sentence, passages: Sequence[Passage], language: str, context: Context
) -> Finding | None:
    """A day of an event for which two newsrooms or more, and more than agree, give another day."""
    mentions = dates_of(sentence.text, language, passages[0].published_at)
    days = fixed_days(mentions)
    mine = event_stems(sentence.text, language, mentions) if days else frozenset()
    if len(mine) < _FEWEST_SHARED:
        return None
    agreeing, opposing = {_room(passages[0], context)}, {}
    for other in context.told:
        theirs = stems(other.text, language)
        shared = len(mine & theirs)
        if shared < _FEWEST_SHARED or not other.article or other.article.ai_written:
            continue
        told = dates_of(other.text, language, other.published_at)
        their_days = fixed_days(told)
        rest = event_stems(other.text, language, told)
        if not their_days or len(mine & rest) < _SAME_EVENT * min(len(mine), len(rest)):
            continue
        if their_days & days:
            agreeing.add(_room(other, context))
        else:
            opposing[_room(other, context)] = other.text
    against = opposing.keys() - agreeing - {""}
    if len(against) < _FEWEST_OPPOSED or len(against) <= len(agreeing - {""}):
        return None
    return Finding("date", sentence.text, near=opposing[min(against)])


def doubtful_years(
    sentence: Sentence, passages: Sequence[Passage], language: str, context: Context
) -> Finding | None:
    """A count of years since a year, told together or in two sentences of one article, that is not borne out.

    It stands when it holds from the first to the last day of that year (an approximate one: to within a year), or
    when another newsroom counts as many; it never stands when another counts otherwise.
    """
    text = without_quotes(sentence.text, language)
    spans = years_counted(text, language)
    if not spans:
        return None
    here = passages[0].published_at.year
    for year in since_years(text, language) or _years_told_beside(sentence, passages[0], language, context):
        for span in spans:
            counted = int(span.value or 0)
            if abs(here - year - counted) > _ONE_MATTER:
                continue
            others = _counts_elsewhere(year, passages[0], language, context)
            if others - {counted} or not (counted in others or _holds(span, year, passages[0])):
                return Finding("date", span.text, near=str(year))
    return None


def fixed_days(mentions: Sequence[DateMention]) -> set[calendar_day]:
    """The days that are written as days ("5 January", with or without a year), not "on Monday" or "yesterday"."""
    return {m.day for m in mentions if m.day and m.precision == "day" and any(char.isdecimal() for char in m.text)}


def event_stems(text: str, language: str, mentions: Sequence[DateMention]) -> frozenset[str]:
    """The stems of the text without its days."""
    for mention in sorted(mentions, key=lambda m: -m.start):
        text = text[: mention.start] + " " + text[mention.end :]
    return stems(text, language)


def years_counted(text: str, language: str) -> list[Number]:
    """The runs of years in the text ("seven years")."""
    return [
        n
        for n in numbers_of(text, language)
        if n.kind == "duration" and n.unit == "year" and n.value is not None and n.value in _YEARS
    ]


def since_years(text: str, language: str) -> list[int]:
    """The years since which the text counts ("since 2019")."""
    pattern = _since(language)
    if pattern is None or not re.search(_YEAR, text):
        return []
    return [int(next(group for group in found.groups() if group)) for found in pattern.finditer(fold(text))]


@lru_cache(maxsize=64)
def _since(language: str) -> re.Pattern[str] | None:
    options = [
        re.escape(fold(template)).replace(r"\{year\}", _YEAR).replace(r"\ ", r"\s+")
        for template in rules(language).since
    ]
    return re.compile("|".join(sorted(options, key=len, reverse=True))) if options else None


def _holds(span: Number, year: int, passage: Passage) -> bool:
    first, last = passage.published_at.year - year, passage.published_at.year - year - 1
    if span.approximate:
        return int(span.value or 0) in {first, last}
    month_and_day = (passage.published_at.month, passage.published_at.day)
    return span.value == first and month_and_day == (12, 31)


def _years_told_beside(sentence: Sentence, passage: Passage, language: str, context: Context) -> list[int]:
    """The years since which another sentence of the same article counts on the same matter."""
    mine = stems(sentence.text, language)
    found: list[int] = []
    for other in context.told:
        if passage.article is None or other.article is None or other.article.id != passage.article.id:
            continue
        years = since_years(other.text, language)
        if years and len(mine & stems(other.text, language)) >= _SAME_MATTER:
            found += years
    return found


def _counts_elsewhere(year: int, passage: Passage, language: str, context: Context) -> set[int]:
    """How many years other newsrooms count since this year."""
    found: set[int] = set()
    room = _room(passage, context)
    for other in context.told:
        if str(year) not in other.text or _room(other, context) in {room, ""}:
            continue
        counted = {int(span.value or 0) for span in years_counted(other.text, language)}
        found |= {n for n in counted if abs(passage.published_at.year - year - n) <= _ONE_MATTER}
    return found


def _room(passage: Passage, context: Context) -> str:
    article = passage.article
    return context.newsroom_of.get(article.id, article.newsroom) if article else ""
