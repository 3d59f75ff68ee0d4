"""Denials, hedges and opposites: the small words that turn a sentence into its contrary or a report into a fact."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from unicodedata import normalize

from iroyin.languages.phrases import find_phrases, folded
from iroyin.languages.rules import rules
from iroyin.languages.words import fold

_TONES = frozenset({"yo", "vi"})  # where marks make another word: kò denies, kó gathers


@lru_cache(maxsize=16384)
def denials(text: str, language: str) -> tuple[str, ...]:
    """The words of the text that deny, in order: those of the language's list, and those that deny by their form."""
    return _listed_or_formed(text, language, "negations", "negation_forms")


@lru_cache(maxsize=16384)
def hedges(text: str, language: str) -> tuple[str, ...]:
    """The words of the text that say "may", "plans to", "alleged" or whose word it is, in order."""
    return _listed_or_formed(text, language, "hedges", "hedge_forms")


def _listed_or_formed(text: str, language: str, listed: str, forms: str) -> tuple[str, ...]:
    found = [(p.start, p.end) for p in find_phrases(text, language, listed)]
    if language in _TONES:
        exact = {word.casefold() for word in getattr(rules(language), listed)}
        found = [(start, end) for start, end in found if normalize("NFC", text[start:end]).casefold() in exact]
    pattern = _forms(rules(language).code, forms)
    if pattern is not None:
        whole = folded(text)
        for match in pattern.finditer(whole.text):
            start, end = whole.origin(*match.span())
            if not any(start < last and first < end for first, last in found):
                found.append((start, end))
    return tuple(text[start:end] for start, end in sorted(found))


@lru_cache(maxsize=64)
def _forms(code: str, field: str) -> re.Pattern[str] | None:
    parts = getattr(rules(code), field)
    return re.compile("|".join(parts)) if parts else None


@lru_cache(maxsize=64)
def opposites(language: str) -> Mapping[str, frozenset[str]]:
    """For each word of the language's pairs the words that say the contrary, folded."""
    found: dict[str, frozenset[str]] = {}
    for pair in rules(language).opposites:
        left, _, right = pair.partition("/")
        one, other = (frozenset(fold(word) for word in side.split()) for side in (left, right))
        for word in one:
            found[word] = found.get(word, frozenset()) | other
        for word in other:
            found[word] = found.get(word, frozenset()) | one
    return MappingProxyType(found)
