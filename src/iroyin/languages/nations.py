"""Countries by the names that mean them and nothing else: France, the French, Frenchmen.

Stricter than `places`, where Paris tells of France too: this is for whether one word may stand for another. CLDR's
names and `known/demonyms.toml`; a language that is not in the file has CLDR's alone.
"""

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

from iroyin.languages.phrases import after, alternatives, before, folded
from iroyin.languages.places import territories
from iroyin.languages.rules import canonical, rules
from iroyin.languages.words import fold

_LAST_WORD = re.compile(r"([^\W\d_][\w.]*)[ \u00a0-]$")
_FIRST_WORD = re.compile(r"[ \u00a0-]([^\W\d_]\w*)")
_NAME_OF = re.compile(r"[A-Z]\w* of (?:the )?$")
_SHORT = 3  # letters of an abbreviation: "US", never "us"
_BETWEEN = 1  # words between a people and its body: "French foreign ministry"


def nations(text: str, language: str) -> frozenset[str]:
    """The ISO codes of the countries that the text names so; not where the word is part of a longer name.

    A people means its country only before one of its bodies or offices.

    >>> sorted(nations("The French minister left the US.", "en"))
    ['FR', 'US']
    >>> nations("A South American at American Apparel and the Bank of China, a French convoy", "en")
    frozenset()
    """
    code = canonical(language)
    whole = folded(text)
    found = set()
    for match in _pattern(code).finditer(whole.text):
        start, end = whole.origin(match.start("nation"), match.end("nation"))
        shouted = text[start:end].isupper() or end - start > _SHORT
        name = " ".join(match["nation"].split())
        if not (text[start].isupper() and shouted) or _in_longer_name(text, start, end, code):
            continue
        if name not in _people(code) or _before_body(code).match(whole.text, match.end("nation")):
            found.add(nation_names(code)[name])
    return frozenset(found)


@lru_cache(maxsize=64)
def nation_names(language: str) -> dict[str, str]:
    """The folded names and the words for peoples, each to its ISO code."""
    code = canonical(language)
    named = {name: country for name, country in territories(code).items() if len(name) > 1}
    return named | _listed("names", code) | _people(code)


@lru_cache(maxsize=64)
def _people(code: str) -> dict[str, str]:
    return _listed("people", code)


def _listed(kind: str, code: str) -> dict[str, str]:
    listed = _table()[kind].get(code, {})
    return {fold(word): country for country, words in listed.items() for word in words.split(", ")}


def _in_longer_name(text: str, start: int, end: int, code: str) -> bool:
    known = rules(code)
    lead, follower = _LAST_WORD.search(text[:start]), _FIRST_WORD.match(text[end:])
    led = lead is not None and lead[1][0].isupper() and fold(lead[1]) not in known.stopwords
    followed = follower is not None and follower[1][0].isupper() and fold(follower[1]) not in known.office_titles
    return led or followed or bool(_NAME_OF.search(text[:start]))


@lru_cache(maxsize=64)
def _pattern(code: str) -> re.Pattern[str]:
    known = rules(code)
    return re.compile(rf"{before(known)}(?P<nation>{alternatives(nation_names(code))}){after(known)}")


@lru_cache(maxsize=64)
def _before_body(code: str) -> re.Pattern[str]:
    """A body or an office of a country, behind the word for its people."""
    listed = [word.strip() for word in str(_table()["bodies"].get(code, "")).split(",")]
    bodies = [fold(word) for word in listed if word] + list(rules(code).office_titles)
    return re.compile(
        rf"(?:[ \u00a0-]\w+){{0,{_BETWEEN}}}?[ \u00a0-](?:{alternatives(bodies)}){after(rules(code))}"
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, Any]]:
    text = (resources.files(__package__) / "known" / "demonyms.toml").read_text("utf-8")
    return tomllib.loads(text)
