"""Month and weekday names of a language, from CLDR and from its file, folded."""

from functools import lru_cache
from typing import Any

from iroyin.languages.rules import canonical, rules
from iroyin.languages.words import fold

_CONTEXTS = ("format", "stand-alone")


@lru_cache(maxsize=64)
def month_names(language: str) -> dict[str, int]:
    """Folded month names and abbreviations of the language, each to 1-12."""
    found: dict[str, int] = {}
    locale = _locale(language)
    # Bengali and Amharic write "May" with two letters; in Latin and Arabic two letters are too often a word.
    shortest = 3 if rules(language).script in {"Latn", "Arab", ""} else 2
    if locale is not None:
        for context in _CONTEXTS:
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    _add(found, name, number, shortest=shortest)
    for name, number in rules(language).months.items():
        _add(found, name, number, shortest=shortest)
    return found


@lru_cache(maxsize=64)
def weekday_names(language: str) -> dict[str, int]:
    """Folded weekday names of the language, each to 0 (Monday) to 6; no abbreviations."""
    found: dict[str, int] = {}
    locale = _locale(language)
    if locale is not None:
        for context in _CONTEXTS:
            for number, name in locale.days[context]["wide"].items():
                if len(name) > 1 or not rules(language).spaces:
                    found[fold(name)] = number
    for name, number in rules(language).weekdays.items():
        found[fold(name)] = number
    return {name: number for name, number in found.items() if len(name) > 1}


def _add(found: dict[str, int], name: str, number: int, *, shortest: int) -> None:
    key = fold(name).rstrip(".")
    if len(key) >= shortest and not any(char.isdigit() for char in key.split()[0]):
        found.setdefault(key, number)


def _locale(language: str) -> Any:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(canonical(language))
    except (UnknownLocaleError, ValueError):
        return None
