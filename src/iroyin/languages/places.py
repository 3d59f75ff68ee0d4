"""Countries named in a text, as ISO 3166 codes.

Names come from CLDR and from the language's file (capitals, adjectives, other spellings). A capital or an adjective
counts for its country: Seoul "said" what South Korea said.
"""

import re
from functools import lru_cache

from iroyin.languages.phrases import after, alternatives, before, folded
from iroyin.languages.rules import canonical, rules
from iroyin.languages.words import fold

_COUNTRY = re.compile(r"[A-Z]{2}")
_REGIONS = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"})
MENDED = {("yo", "KR"): "Gúúsù Kòríà", ("yo", "KP"): "Àríwá Kòríà"}
"""Names of countries, by language and code, that CLDR has wrong: it swaps north and south."""


def places(text: str, language: str) -> set[str]:
    """The ISO codes of the countries the text names."""
    return {code for _, _, code in place_ranges(text, language)}


def place_ranges(text: str, language: str) -> list[tuple[int, int, str]]:
    """Where countries are named: (start, end, ISO code), in order, the longest name first."""
    code = canonical(language)
    known = country_names(code)
    pattern = _pattern(code)
    whole = folded(text)
    found = []
    for match in pattern.finditer(whole.text):
        start, end = whole.origin(match.start("place"), match.end("place"))
        name = " ".join(match.group("place").split())
        if rules(code).script in {"Latn", "Cyrl", "Grek"} and not text[start].isupper() and len(name) < 5:
            continue  # "us", "chad": a common word unless it is capitalised
        found.append((start, end, known[name]))
    return found


@lru_cache(maxsize=64)
def country_names(language: str) -> dict[str, str]:
    """Folded country names of the language, each to its ISO code; English names too where the script is Latin."""
    code = canonical(language)
    found: dict[str, str] = {}
    if rules(code).script == "Latn" and code not in {"fr", "es", "de", "pt", "it", "nl", "pl", "tr", "vi"}:
        found |= territories("en")
    found |= territories(code)
    for name, country in rules(code).countries.items():
        found[fold(name)] = country
    return {name: country for name, country in found.items() if len(name) > 1}


def territories(code: str) -> dict[str, str]:
    """CLDR's names of countries in this language, folded, each to its ISO code."""
    from babel import Locale, UnknownLocaleError

    try:
        listed = Locale.parse(code).territories
    except (UnknownLocaleError, ValueError):
        return {}
    countries = {str(key): name for key, name in listed.items() if _COUNTRY.fullmatch(key) and key not in _REGIONS}
    return {fold(MENDED.get((code, key), name)): key for key, name in countries.items()}


@lru_cache(maxsize=64)
def _pattern(code: str) -> re.Pattern[str]:
    known = rules(code)
    return re.compile(rf"{before(known)}(?P<place>{alternatives(country_names(code))}){after(known)}")
