"""The check `number`: each figure of a sentence is in a passage, in the same unit, counting the same thing."""

import re
from collections.abc import Sequence
from decimal import Decimal

from iroyin.languages import Number, rules, words
from iroyin.model import Finding, Sentence
from iroyin.verify.edits import changes
from iroyin.verify.evidence import EPOCH, Context, Passage, is_aligned
from iroyin.verify.reading import dates_of, numbers_of

_DIGITS = re.compile(r"(?<![^\W\d_])(?<![^\W\d_][-.])\d+(?:[.,:]\d+)*(?![^\W\d_])")
_WINDOW, _COUNTED = 3, 2
_ROUNDED = Decimal("0.15")
_NOUNLESS = frozenset({"percent", "money", "measure", "duration", "ordinal", "year", "time", "score", "vague"})


def number(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """A figure that no passage holds, or that a passage gives of another thing."""
    del context
    if is_aligned(sentence, passages, language):
        return None
    return wrong_number(sentence.text, passages, language)


def wrong_number(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """The first figure of the text that the passages do not support, or None."""
    known = [(passage, figure) for passage in passages for figure in numbers_of(passage.text, passage.language)]
    for figure in numbers_of(text, language):
        same = [(passage, other) for passage, other in known if equal(figure, other)]
        if not same:
            return Finding("number", figure.text, near=_nearest(figure, [other for _, other in known]))
        if all(_counts_another(text, figure, passage, other, language) for passage, other in same):
            passage, other = same[0]
            return Finding("number", _around(text, figure), near=_around(passage.text, other))
    return _put_for_another(text, passages, language) or _unread_digits(text, passages, language)


def _put_for_another(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """A figure that stands where the sentence it nearly copies has another one, wherever else it may be found."""
    for edit in changes(text, passages, language):
        old, new = numbers_of(edit.before, language), numbers_of(edit.after, language)
        if old and any(not any(equal(figure, other) or _rounds(other, figure) for other in old) for figure in new):
            return Finding("number", edit.added, near=edit.removed)
    return None


def _unread_digits(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """Digits that are no figure and no day to us ("article 32.1") and that no passage has so."""
    read = [(f.start, f.end) for f in numbers_of(text, language)]
    read += [(d.start, d.end) for d in dates_of(text, language, EPOCH)]
    known = {plain_digits(found.group()) for p in passages for found in _DIGITS.finditer(p.text)}
    for found in _DIGITS.finditer(text):
        if plain_digits(found.group()) not in known and not any(
            a < found.end() and found.start() < b for a, b in read
        ):
            return Finding("number", found.group())
    return None


def plain_digits(written: str) -> str:
    """The digits as ASCII, separators kept."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in written)


def equal(one: Number, other: Number) -> bool:
    """Whether two figures are the same value in the same unit; a unit one of them lacks is no difference.

    A percentage equals only a percentage and a sum of money only money.
    """
    if one.kind == "vague" and one.value and other.value and other.kind != "vague":
        return 2 * one.value <= other.value < 100 * one.value  # "hundreds" of 340
    if one.value != other.value and not _rounds(one, other):
        return False
    if one.value is None and one.unit != other.unit:
        return False
    if one.unit and other.unit:
        return one.unit == other.unit
    marked = {"percent", "money"}
    return not ({one.kind, other.kind} & marked) or one.kind == other.kind


def _rounds(one: Number, other: Number) -> bool:
    """Whether the first says "about" and is the other with fewer digits that count, to within a seventh."""
    if not one.approximate or one.value is None or other.value is None or not other.value:
        return False
    rounder = len(one.value.normalize().as_tuple().digits) < len(other.value.normalize().as_tuple().digits)
    return rounder and abs(one.value - other.value) <= abs(other.value) * _ROUNDED


def _nearest(figure: Number, known: Sequence[Number]) -> str:
    alike = [other for other in known if other.value is not None and other.kind == figure.kind]
    if figure.value is None or not alike:
        return known[0].text if known else ""
    value = figure.value
    return min(alike, key=lambda other: abs((other.value or Decimal(0)) - value)).text


def _around(text: str, figure: Number) -> str:
    return text[max(0, figure.start - 20) : figure.end + 20].strip()


def _counts_another(text: str, figure: Number, passage: Passage, other: Number, language: str) -> bool:
    """Whether the noun counted in the text stands by a different figure of the passage and not by this one.

    Only in a language with spaces whose noun follows its number, and only when the passage has that very word.
    """
    if passage.language != language or not rules(language).spaces or figure.kind in _NOUNLESS or figure.unit:
        return False
    counted = _next_words(text, figure, language)
    if not counted:
        return False
    rivals = [rival for rival in numbers_of(passage.text, language) if rival.start != other.start]
    beside = any(_next_words(passage.text, rival, language)[:1] == counted[:1] for rival in rivals)
    return beside and not {*counted} & {*words(_after(passage.text, other), language)[:_WINDOW]}


def _after(text: str, figure: Number) -> str:
    return re.split(r"[.,;:，。、；]\s|\d", text[figure.end :], maxsplit=1)[0]


def _next_words(text: str, figure: Number, language: str) -> list[str]:
    """The first two words behind the figure that are no function words: "African migrants"."""
    following = (word for word in words(_after(text, figure), language) if word not in rules(language).stopwords)
    return list(following)[:_COUNTED]
