"""What the language rules read in a text, remembered: days, figures, names, quotations, stems.

One sentence is read by many checks, and again for each language and version of its story.
"""

from datetime import datetime
from functools import lru_cache

from iroyin.languages import (
    DateFault,
    DateMention,
    Name,
    Number,
    QuoteMark,
    date_faults,
    dates,
    names,
    numbers,
    quotes,
)
from iroyin.verify.evidence import EPOCH

_REMEMBERED = 16384


@lru_cache(maxsize=_REMEMBERED)
def dates_of(text: str, language: str, published: datetime) -> tuple[DateMention, ...]:
    """`languages.dates`."""
    return tuple(dates(text, language, published=published))


@lru_cache(maxsize=_REMEMBERED)
def faults_of(text: str, language: str, published: datetime) -> tuple[DateFault, ...]:
    """`languages.date_faults`."""
    return tuple(date_faults(text, language, published=published))


@lru_cache(maxsize=_REMEMBERED)
def numbers_of(text: str, language: str) -> tuple[Number, ...]:
    """The figures of the text that are no part of a date."""
    days = [(mention.start, mention.end) for mention in dates_of(text, language, EPOCH)]
    return tuple(numbers(text, language, exclude=days))


@lru_cache(maxsize=_REMEMBERED)
def names_of(text: str, language: str) -> tuple[Name, ...]:
    """`languages.names`."""
    return tuple(names(text, language))


@lru_cache(maxsize=_REMEMBERED)
def quotes_of(text: str, language: str) -> tuple[QuoteMark, ...]:
    """`languages.quotes`."""
    return tuple(quotes(text, language))


@lru_cache(maxsize=_REMEMBERED)
def without_quotes(text: str, language: str) -> str:
    """The text with blanks for its quoted words: what the outlet itself says, at the same offsets."""
    for mark in quotes_of(text, language):
        text = text[: mark.start] + " " * (mark.end - mark.start) + text[mark.end :]
    return text
