"""Forms in which a name may be told again: a country by its people, a body by its initials, a run of names by each."""

import re
from collections.abc import Iterator
from functools import lru_cache

from iroyin.languages import Name, fold, name_key, nation_names, nations, rules

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])\s+")
_CAPITALISED = re.compile(r"[^\W\d_][\w&'’-]*")
_ENDING = re.compile(r"(?:es|ed|ing|s)$")
_FEWEST_INITIALS = 3
_LONGEST_FORM = 8  # words of a full name behind its initials
_SHORTEST = 4


def has_other_form(name: Name, text: str, language: str) -> bool:
    """Whether the text tells of the name in another form.

    A country is told by its people ("the French minister" of France), initials of three letters or more by the full
    name. In English a word that only a sentence's head made a name may be the text's own common word.
    """
    country = nation_names(language).get(fold(name.text))
    if country and country in nations(text, language):
        return True
    bare = name.text.replace(".", "")
    if bare.isupper() and len(bare) >= _FEWEST_INITIALS and fold(bare) in _initials(text, language):
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
def _initials(text: str, language: str) -> frozenset[str]:
    """The initials of every run of capitalised words, function words between them left out, folded."""
    small = rules(language).name_particles | {"and", "for"}
    found: set[str] = set()
    run: list[str] = []
    last = 0
    for match in _CAPITALISED.finditer(text):
        word, touching = match.group(), text[last : match.start()] in {" ", " & "}
        last = match.end()
        if not touching:
            run = []
        if word[0].isupper():
            run = [*run, fold(word[0])][-_LONGEST_FORM:]
            found.update("".join(run[at:]) for at in range(len(run) - _FEWEST_INITIALS + 1))
        elif word not in small:
            run = []
    return frozenset(found)


@lru_cache(maxsize=1024)
def _common_words(text: str) -> frozenset[str]:
    return frozenset(_plain(m.group()) for m in _CAPITALISED.finditer(text) if m.group()[0].islower())


def _plain(word: str) -> str:
    """The folded word without its English ending, when enough of it is left."""
    plain = fold(word)
    cut = _ENDING.sub("", plain)
    return cut if len(cut) >= _SHORTEST else plain
