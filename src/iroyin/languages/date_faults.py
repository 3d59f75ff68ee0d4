"""Dates that cannot be right: a weekday against the calendar, "N years since" against the subtraction."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from iroyin.languages.dates import DateMention, dates
from iroyin.languages.numbers import numbers
from iroyin.languages.phrases import alternatives, before, folded
from iroyin.languages.rules import rules
from iroyin.languages.sentences import split
from iroyin.languages.words import fold


@dataclass(frozen=True, slots=True)
class DateFault:
    """What disagrees, where, and why ("weekday", "same-day" or "since"). Not `sure` when the two may be two events."""

    start: int
    end: int
    text: str
    reason: str
    expected: str
    sure: bool = True


def date_faults(text: str, language: str, *, published: datetime) -> list[DateFault]:
    """The faults of each sentence of the text, with offsets into the text.

    "weekday": the weekday beside a date (or, unsure, elsewhere in the sentence) is not that date's weekday.
    "same-day": "that Sunday" in a sentence whose only date is no Sunday. "since": "seven years since 2019" when the
    years between do not come to seven, counted to the day of publication.
    """
    found: list[DateFault] = []
    for start, end in split(text, language):
        sentence = text[start:end]
        mentions = dates(sentence, language, published=published)
        faults = [*_weekday_faults(mentions, sentence, language), *_since_faults(sentence, language, published)]
        for fault in faults:
            found.append(
                DateFault(
                    fault.start + start, fault.end + start, fault.text, fault.reason, fault.expected, fault.sure
                )
            )
    return found


def _weekday_faults(mentions: list[DateMention], sentence: str, language: str) -> list[DateFault]:
    faults = []
    days = [m for m in mentions if m.precision == "day" and m.day is not None]
    for mention in days:
        if mention.weekday is not None and mention.day is not None and mention.day.weekday() != mention.weekday:
            faults.append(_fault(mention, "weekday", mention.day.strftime("%A"), sure=True))
    alone = [m for m in mentions if m.precision == "weekday"]
    fixed = [m for m in days if m.weekday is None and any(char.isdecimal() for char in m.text)]
    if len(fixed) != 1 or fixed[0].day is None:
        return faults
    right = fixed[0].day
    for mention in alone:
        if mention.weekday == right.weekday():
            continue
        same = _says_that(sentence[: mention.start], language)
        if same or (len(alone) == 1 and not fixed[0].relative):
            faults.append(_fault(mention, "same-day" if same else "weekday", right.strftime("%A"), sure=same))
    return faults


def _fault(mention: DateMention, reason: str, expected: str, *, sure: bool) -> DateFault:
    return DateFault(mention.start, mention.end, mention.text, reason, expected, sure)


def _says_that(lead: str, language: str) -> bool:
    words = rules(language).weekday_that
    return bool(words) and bool(re.search(rf"(?:^|\W)(?:{alternatives(words)})$", fold(lead).rstrip()))


def _since_faults(sentence: str, language: str, published: datetime) -> list[DateFault]:
    pattern = _since_pattern(rules(language).code)
    if pattern is None:
        return []
    whole = folded(sentence)
    marks = list(pattern.finditer(whole.text))
    spans = [n for n in numbers(sentence, language) if n.kind == "duration" and n.unit == "year" and n.value]
    if len(marks) != 1 or len(spans) != 1:
        return []
    start, end = whole.origin(*marks[0].span())
    number, year = spans[0], int(next(group for group in marks[0].groups() if group))
    gap = start - number.end if number.end <= start else number.start - end
    if not 0 <= gap <= _NEAR or number.value is None:
        return []
    between = published.year - year
    fitting = {between - 1, between, *((between + 1,) if number.approximate else ())}
    if int(number.value) in fitting or between < 0:
        return []
    first, last = min(start, number.start), max(end, number.end)
    return [DateFault(first, last, sentence[first:last], "since", str(between))]


_NEAR = 60


@lru_cache(maxsize=64)
def _since_pattern(code: str) -> re.Pattern[str] | None:
    known = rules(code)
    if not known.since:
        return None
    options = [
        re.escape(fold(template)).replace(r"\{year\}", r"(\d{4})").replace(r"\ ", r"\s")
        for template in known.since
    ]
    options.sort(key=len, reverse=True)
    return re.compile(before(known) + "(?:" + "|".join(options) + r")(?!\d)")
