"""Forms in which a name may be told again: a country by its people's bodies, a run of names by each of them.

Initials are none of these: "CIA" is not what a reader takes for a Central Insurance Agency.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from iroyin.languages import Name, fold, name_key, nation_names, nations

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])\s+")
_CAPITALISED = re.compile(r"[^\W\d_][\w&'’-]*")
_ENDING = re.compile(r"(?:es|ed|ing|s)$")
_SHORTEST = 4


def has_other_form(name: Name, text: str, language: str) -> bool:
    """Whether the text tells of the name in another form.

    A country is told by a body of its people ("the French minister" of France). In English a word that only a
    sentence's head made a name may be the text's own common word.
    """
    country = nation_names(language).get(fold(name.text))
    if country and country in nations(text, language):
        return True
    common = language == "en" and not name.sure and " " not in name.text
    return common and _plain(name.text) in _common_words(text)


def parts_of(name: Name, language: str) -> Iterator[tuple[Name, ...]]:
    """Ways to take a run of capitals apart: behind the country at its head, at each possessive.

    "Canadian Senior Men's National Team" tells of Canada and of a Senior Men's National Team.
    """
    head, _, rest = name.text.partition(" ")
    if rest and fold(head) in nation_names(language):
        yield _named(head, language), _named(rest, language)
    parts = [part for part in _POSSESSIVE.split(name.text) if part]
    if len(parts) > 1:
        yield tuple(_named(part, language) for part in parts)


def _named(text: str, language: str) -> Name:
    return Name(0, len(text), text, name_key(text, language))


@lru_cache(maxsize=1024)
def _common_words(text: str) -> frozenset[str]:
    return frozenset(_plain(m.group()) for m in _CAPITALISED.finditer(text) if m.group()[0].islower())


def _plain(word: str) -> str:
    """The folded word without its English ending, when enough of it is left."""
    plain = fold(word)
    cut = _ENDING.sub("", plain)
    return cut if len(cut) >= _SHORTEST else plain
