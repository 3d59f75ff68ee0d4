"""What must not change on the way into another language: names, numbers and dates, behind marks.

The model sees "⟦1⟧ was injured in ⟦2⟧" and can neither alter nor invent what stands behind a mark. A translation counts
only when it holds each mark exactly once; then the marks give way: names to the sources' own spelling, numbers to their
digits, dates to the reader's calendar words. Numbers with a scale in words ("2.4 billion") and days told by a weekday
alone are the model's to translate, and the checks' to compare. A sentence with quoted words is not translated at all: a
translated quotation is no quotation.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from iroyin.languages import DateMention, Name, dates, names, numbers, quotes
from iroyin.model import Sentence
from iroyin.write.candidates import ANY_DAY

_MARK = re.compile(r"⟦(\d{1,3})⟧")
_FIGURE = re.compile(r"[\d.,:\u00a0\u202f-]*\d")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Locked:
    """A text with marks, and what each mark gives way to, in the order of their numbers (from 1)."""

    text: str
    held: tuple[str, ...]


def locked(sentence: Sentence, language: str, sure: Collection[str]) -> Locked | None:
    """The sentence on its way into this language; None when it must not be translated.

    `sure` are the keys of names that stand within a sentence: one word that only opens a sentence may be any word.
    """
    text, source = sentence.text, sentence.language
    if quotes(text, source) or "⟦" in text or "⟧" in text:
        return None
    days = [m for m in dates(text, source, published=ANY_DAY) if any(map(str.isdecimal, m.text))]
    found = [
        (m.start, m.end, _day(m, language)) for m in days if m.day and m.precision == "day" and not m.relative
    ]
    days_at = [(m.start, m.end) for m in days]
    figures = (n for n in numbers(text, source, exclude=days_at) if _FIGURE.fullmatch(text[n.start : n.end]))
    found += [(n.start, n.end, text[n.start : n.end]) for n in figures]
    found += [(n.start, n.end, n.text) for n in names(text, source) if _is_sure(n) or n.key in sure]
    kept: list[tuple[int, int, str]] = []
    for start, end, told in sorted(found, key=lambda one: (one[0] - one[1], one)):
        if all(end <= begun or start >= ended for begun, ended, _ in kept):
            kept.append((start, end, told))
    pieces, at = [], 0
    for number, (start, end, _) in enumerate(sorted(kept), start=1):
        pieces += [text[at:start], f"⟦{number}⟧"]
        at = end
    return Locked("".join([*pieces, text[at:]]), tuple(told for *_, told in sorted(kept)))


def sure_names(texts: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The keys of names within sentences of these texts (text, language)."""
    return frozenset(n.key for text, language in texts for n in names(text, language) if _is_sure(n))


def _is_sure(name: Name) -> bool:
    return name.start > 0 or " " in name.text or not name.text.isascii()


def unlocked(text: str, lock: Locked) -> str:
    """The translated text with what its marks stand for; "" when a mark is lost, doubled or new."""
    marks = [int(number) for number in _MARK.findall(text)]
    if sorted(marks) != list(range(1, len(lock.held) + 1)):
        return ""
    told = _MARK.sub(lambda mark: lock.held[int(mark[1]) - 1], text)
    return "" if "⟦" in told or "⟧" in told else told


def _day(mention: DateMention, language: str) -> str:
    """The day in the reader's words (CLDR), with weekday and year where the source has them."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date, format_skeleton

    try:
        locale = Locale.parse(language)
        if not _YEAR.search(mention.text):
            return str(format_skeleton("MMMMd", mention.day, locale=locale))
        return format_date(mention.day, "full" if mention.weekday is not None else "long", locale)
    except (UnknownLocaleError, ValueError, KeyError):
        return mention.text
