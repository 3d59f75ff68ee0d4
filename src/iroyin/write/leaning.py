"""Sentences that lean on one told before: a pronoun whose person is not named, "the day before" without a date."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from iroyin.languages import content_words, dates, fold, rules, words
from iroyin.write.candidates import ANY_DAY, Candidate, names_of
from iroyin.write.voice import without_quotations

_EARLY = 8
_POSSESSIVE = re.compile(r"['’]s?$")
_SHORT_CLAUSE = 4  # words: "Late Thursday", "On Monday morning"
_NEAR = 12  # characters behind "the president" within which a name says who


def leans(candidate: Candidate) -> bool:
    """Whether the reader of this sentence alone could not tell who or which day is meant."""
    return _leans(candidate.text, candidate.article.language, bool(candidate.names))


def is_asking(text: str, language: str) -> bool:
    """Whether the sentence opens as a question does: "How many had to run depends on whom you ask." """
    head = f"{' '.join(words(text, language)[:3])} "
    return any(head.startswith(f"{opener} ") for opener in _table().get(language, {}).get("asking", ()))


def is_aside(clause: str, language: str) -> bool:
    """Whether a clause behind a name tells no role: "without giving details", "in Oakham"."""
    table = _table().get(language, {})
    first = words(clause, language)[:1]
    return bool(first) and first[0] in _together(table, "aside", "place", "opening")


def is_nobody(name: str, language: str) -> bool:
    """Whether the name is a party's or stands in for another: "Kentucky Republican", "Lequel"."""
    return words(name, language)[-1:] != [] and words(name, language)[-1] in _table().get(language, {}).get(
        "nobody", ()
    )


def opens_late(text: str, language: str) -> bool:
    """Whether the sentence opens as one that follows another: with a condition, a contrast, a summing up."""
    head = f" {' '.join(words(text, language)[:3])} "
    return any(head.startswith(f" {opener} ") for opener in _table().get(language, {}).get("late", ()))


def is_place(text: str, start: int, language: str) -> bool:
    """Whether the name that starts there stands behind "in", "at" or such: "said in Tarrin" names no speaker."""
    before = words(text[:start], language)[-1:]
    return bool(before) and before[0] in _table().get(language, {}).get("place", ())


@lru_cache(maxsize=16384)
def _leans(text: str, language: str, named: bool) -> bool:
    table = _table().get(language, {})
    own = without_quotations(text)
    if _nobody_speaks(own, text, language):
        return True
    if not table:
        return False
    if any(f"{' '.join(words(text, language)[:3])} ".startswith(f"{o} ") for o in table.get("remark", ())):
        return True
    if _has_bare_day(own, language, table.get("day", ())) or _has_phrase(own, language, table.get("back", ())):
        return True
    listed = [part for word in words(own, language) for part in word.split("-")]
    if (
        listed[:1]
        and listed[0] in table.get("pointing", ())
        and not _together(table, "head").isdisjoint(listed[:4])
    ):
        return True
    if own != text:  # beside a quotation only he and she matter, and only while nobody is named there
        named_here = any(not is_place(own, name.start, language) for name in names_of(own, language))
        return not named_here and not _together(table, "person").isdisjoint(listed)
    if not named and not _together(table, "person", "thing", "them").isdisjoint(listed):
        return True
    if not _together(table, "them").isdisjoint(listed[:_EARLY]) or _has_known(text, language, table):
        return True
    return _points(listed, table) or _opens_unnamed(text, language, table)


def _points(listed: Sequence[str], table: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether "those protections" points back: not at a time ("this week"), not at what follows ("those who")."""
    pointers, pointed = table.get("pointers", ()), table.get("pointed", ())
    pairs = ((one, _POSSESSIVE.sub("", noun)) for one, noun in pairwise(listed) if one in pointers)
    return any(noun not in pointed and not noun[:1].isdecimal() for _, noun in pairs)


def _has_known(text: str, language: str, table: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether it tells of "the company" as of one that is known, and names none but places."""
    padded = f" {' '.join(words(text, language))} "
    known = [phrase for phrase in table.get("known", ()) if f" {' '.join(words(phrase, language))} " in padded]
    if not known:
        return False
    opened = next((phrase for phrase in known if text.casefold().startswith(phrase)), "")
    if opened:  # "The president, Ana Teller, said" tells who; a name far behind may be anybody's
        return not any(
            name.end > len(opened) and name.start <= len(opened) + _NEAR for name in names_of(text, language)
        )
    return not any(not is_place(text, name.start, language) for name in names_of(text, language))


def _nobody_speaks(own: str, text: str, language: str) -> bool:
    """Whether a quotation is left to somebody told before: beside it stand only a verb of speech and a place."""
    if own == text:
        return False
    places = {w for name in names_of(own, language) if is_place(own, name.start, language)
              for w in content_words(name.text, language)}  # fmt: skip
    verbs = _speech(language)
    rest = content_words(own, language) - places - verbs
    return not rest and bool(content_words(own, language) & verbs)


@lru_cache(maxsize=64)
def _speech(language: str) -> frozenset[str]:
    return frozenset(fold(verb) for verb in rules(language).speech_verbs)


def _together(table: Mapping[str, tuple[str, ...]], *keys: str) -> frozenset[str]:
    return frozenset(word for key in keys for word in table.get(key, ()))


def _opens_unnamed(text: str, language: str, table: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether "she" opens the main clause behind "When the window at Devkanthi Ghat opened, ", no person named.

    Behind a few words alone ("Late Thursday, they") "they" is as open; "it" and "il" may stand for nothing.
    """
    clause, comma, rest = text.partition(", ")
    opened, following = words(clause, language), words(rest, language)[:1]
    if not comma or not opened or not following:
        return False
    short = len(opened) <= _SHORT_CLAUSE and following[0] in table.get("many", ())
    long = opened[0] in table.get("opening", ()) and following[0] in table.get("person", ())
    if not short and not long:
        return False
    return all(is_place(text, name.start, language) for name in names_of(clause, language))


def _has_bare_day(text: str, language: str, phrases: tuple[str, ...]) -> bool:
    if not _has_phrase(text, language, phrases):
        return False
    found = dates(text, language, published=ANY_DAY)
    return not any(m.precision == "day" and any(map(str.isdecimal, m.text)) for m in found)


def _has_phrase(text: str, language: str, phrases: tuple[str, ...]) -> bool:
    lowered = text.casefold()
    if not any(phrase in lowered for phrase in phrases):
        return False
    if not rules(language).spaces or language == "ko":
        return True
    padded = f" {' '.join(words(text, language))} "
    return any(f" {' '.join(words(phrase, language))} " in padded for phrase in phrases)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    read = tomllib.loads((resources.files(__package__) / "leaning.toml").read_text("utf-8"))
    return {
        language: {key: tuple(w.strip() for w in listed.split(",") if w.strip()) for key, listed in row.items()}
        for language, row in read.items()
    }
