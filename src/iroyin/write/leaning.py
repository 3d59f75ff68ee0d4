"""Sentences that lean on one told before: a pronoun whose person is not named, "the day before" without a date."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from iroyin.languages import Name, dates, rules, words
from iroyin.write.candidates import ANY_DAY, Candidate, names_of

_QUOTED = '"“«„「『'
_EARLY = 8


def leans(candidate: Candidate) -> bool:
    """Whether the reader of this sentence alone could not tell who or which day is meant."""
    return _leans(candidate.text, candidate.article.language, bool(candidate.names))


def is_asking(text: str, language: str) -> bool:
    """Whether the sentence opens as a question does: "How many had to run depends on whom you ask." """
    head = f"{' '.join(words(text, language)[:3])} "
    return any(head.startswith(f"{opener} ") for opener in _table().get(language, {}).get("asking", ()))


@lru_cache(maxsize=16384)
def _leans(text: str, language: str, named: bool) -> bool:
    table = _table().get(language, {})
    if not table:
        return False
    if _has_bare_day(text, language, table.get("day", ())):
        return True
    if any(mark in text for mark in _QUOTED):
        return False
    listed = words(text, language)
    if (
        listed[:1]
        and listed[0] in table.get("pointing", ())
        and not _together(table, "head").isdisjoint(listed[:4])
    ):
        return True
    if not named and not _together(table, "person", "thing", "them").isdisjoint(listed):
        return True
    if not _together(table, "them").isdisjoint(listed[:_EARLY]):
        return True
    return _opens_unnamed(text, language, table)


def _together(table: Mapping[str, tuple[str, ...]], *keys: str) -> frozenset[str]:
    return frozenset(word for key in keys for word in table.get(key, ()))


def _opens_unnamed(text: str, language: str, table: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether "she" opens the main clause behind "When the window at Devkanthi Ghat opened, ", no person named."""
    clause, comma, rest = text.partition(", ")
    opened, following = words(clause, language), words(rest, language)[:1]
    if not comma or not opened or opened[0] not in table.get("opening", ()):
        return False
    if not following or following[0] not in table.get("person", ()):
        return False
    return all(_is_place(text, name, language, table.get("place", ())) for name in names_of(clause, language))


def _is_place(text: str, name: Name, language: str, prepositions: tuple[str, ...]) -> bool:
    before = words(text[: name.start], language)[-1:]
    return bool(before) and before[0] in prepositions


def _has_bare_day(text: str, language: str, phrases: tuple[str, ...]) -> bool:
    lowered = text.casefold()
    if not any(phrase in lowered for phrase in phrases):
        return False
    if rules(language).spaces and language != "ko":
        padded = f" {' '.join(words(text, language))} "
        if not any(f" {' '.join(words(phrase, language))} " in padded for phrase in phrases):
            return False
    found = dates(text, language, published=ANY_DAY)
    return not any(m.precision == "day" and any(map(str.isdecimal, m.text)) for m in found)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    read = tomllib.loads((resources.files(__package__) / "leaning.toml").read_text("utf-8"))
    return {
        language: {key: tuple(w.strip() for w in listed.split(",") if w.strip()) for key, listed in row.items()}
        for language, row in read.items()
    }
