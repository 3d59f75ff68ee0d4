"""The one number a story turns on, taken whole from a proved sentence that is printed with it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from iroyin.languages import Number, dates, numbers
from iroyin.model import Brief, Sentence
from iroyin.publish.typeset import width

_WITH_UNIT = frozenset({"percent", "money", "measure", "duration"})
_LONGEST = 100  # ems of the sentence that still fit on the graphic
_JOINED_AFTER = re.compile(
    r"\s+\S{1,3}\s+\d|\s?\d|[-–]|[号號호]"
)  # "311 to 280", "2시간 3분", "31-year-old", "118号列車"
_JOINED_BEFORE = re.compile(r"\d\s+\S{1,3}\s+$|\d\w{1,3}\s?$")
_COUNTERS = "个個개種种項项件건"  # "things": they say nothing when they stand alone under a number
_TELLING = 3  # digits from which a number without a unit says something by itself


def key_number(brief: Brief) -> tuple[str, Sentence] | None:
    """The number of the headline where lede or body state it, else the first telling number of the lede.

    Years, dates, clock times, ranges, scores, ordinals and numbers in words do not count; nor does a small number
    without a unit, unless the headline holds it. None when there is no number that can stand alone.
    """
    return headed_number(brief) or lede_number(brief)


def headed_number(brief: Brief) -> tuple[str, Sentence] | None:
    """The number of the headline and the sentence of lede or body that states it."""
    short = _short(brief)
    for headed in _quantities(brief.headline, brief.written_at):
        for sentence in short if _digits(headed) > 1 or headed.kind in _WITH_UNIT else ():
            for number in _quantities(sentence, brief.written_at):
                if (number.value, number.kind) == (headed.value, headed.kind):
                    return _printed(number), sentence
    return None


def lede_number(brief: Brief) -> tuple[str, Sentence] | None:
    """The first number of the lede that says something by itself."""
    for sentence in _short(brief):
        for number in _quantities(sentence, brief.written_at) if sentence in brief.lede else ():
            if number.kind in _WITH_UNIT or _digits(number) >= _TELLING:
                return _printed(number), sentence
    return None


def _short(brief: Brief) -> list[Sentence]:
    body = (sentence for part in brief.body for sentence in part.sentences)
    return [s for s in (*brief.lede, *body) if width(s.text) <= _LONGEST]


def _quantities(sentence: Sentence, published: datetime) -> Iterator[Number]:
    """The numbers in digits that say how many or how much."""
    text = sentence.text
    days = [(d.start, d.end) for d in dates(text, sentence.language, published=published)]
    for number in numbers(text, sentence.language, exclude=days):
        counted = number.value is not None and number.kind in {*_WITH_UNIT, "number"} and _digits(number)
        joined = _JOINED_AFTER.match(text[number.end :]) or _JOINED_BEFORE.search(text[: number.start])
        if counted and not joined and "-" not in number.text:
            bare = number.text.rstrip(_COUNTERS)
            yield number if bare == number.text else replace(number, text=bare, kind="number")


def _digits(number: Number) -> int:
    return sum(c.isdigit() for c in number.text)


def _printed(number: Number) -> str:
    return " ".join(number.text.split())
