"""Whose voice a sentence has: a report says "I" and "you" in quotations alone; columns, tweets and notes do not."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from iroyin.languages import rules, words

_QUOTATION = re.compile('"[^"]*"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|「[^」]*」|『[^』]*』')
# "I" is no numeral behind a small word: "World War I was", "Charles I said" are; French elides "je".
_SINGLE = {
    "en": re.compile(r"(?:^|[^\w\s]\s*|(?<!\w)(?:[a-z]+|But|And|So|If|When|What|That)\s)I(?!\w|\.)"),
    "fr": re.compile(r"(?<!\w)j['’]", re.IGNORECASE),
}


def without_quotations(text: str) -> str:
    """The text with a space for each quotation."""
    return _QUOTATION.sub(" ", text)


def is_own_voice(text: str, language: str) -> bool:
    """Whether the one who writes speaks of himself or to the reader, outside quotation marks."""
    mine = _table().get(language, frozenset())
    if not mine:
        return False
    own = without_quotations(text)
    if not rules(language).spaces:
        return any(word in own for word in mine)
    single = _SINGLE.get(language)
    return not mine.isdisjoint(words(own, language)) or bool(single and single.search(own))


@lru_cache(maxsize=1)
def _table() -> Mapping[str, frozenset[str]]:
    read = tomllib.loads((resources.files(__package__) / "voice.toml").read_text("utf-8"))
    return {language: frozenset(w.strip() for w in listed.split(",")) for language, listed in read.items()}
