"""What a figure counts, in words that mean the same: the dead are "killed", "bodies" and "a toll" by turns."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from iroyin.languages import rules

_REACH = 70
_CLAUSE = re.compile(r"[.,;:]\s|[()，。、；！،؛—–]|[.,;:]$")
_TOUCHING = 2
_WITHIN = frozenset({"ko", "ar", "hi"})
_VERB_LAST = frozenset({"ko", "ja", "hi", "tr"})


def counted(before: str, after: str, figure: str, language: str) -> str:
    """The kind of thing ("dead", "price") counted by the figure that stands between the two texts, "" for none known.

    The nearest word decides. One ahead of the figure must touch it or have no rival behind ("killing three people and
    injuring 41"), above all where verbs come last. `figure` is the kind of number: only money is a price, and neither
    money nor a share counts the dead.
    """
    before = _CLAUSE.split(before[-_REACH:])[-1]
    after = _CLAUSE.split(after[:_REACH], maxsplit=1)[0]
    found: list[tuple[int, str]] = []
    for kind, pattern in _patterns(language).items():
        if figure == "percent" or (kind == "price") != (figure == "money"):
            continue
        behind = pattern.search(after)
        ahead = list(pattern.finditer(before))
        if behind:
            found.append((behind.start(), kind))
        if ahead:
            away = len(before) - ahead[-1].end()
            touches = away <= _TOUCHING and language not in _VERB_LAST
            found.append((away if touches else away + _REACH, kind))
    return min(found, default=(0, ""))[1]


@lru_cache(maxsize=512)
def labels(language: str, kind: str) -> tuple[str, ...]:
    """The words of a kind that can stand alone, best first."""
    return _table().get(language, {}).get(kind, ((), ()))[0]


def rank(language: str, kind: str) -> int:
    """How early the table of the language names the kind: the dead come before the price; unknown kinds last."""
    kinds = list(_table().get(language, {}))
    return kinds.index(kind) if kind in kinds else len(kinds)


@lru_cache(maxsize=64)
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    within = language in _WITHIN or not rules(language).spaces
    kinds = _table().get(language, {})
    return {kind: _pattern((*named, *more), within=within) for kind, (named, more) in kinds.items()}


def _pattern(words: tuple[str, ...], *, within: bool) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    if within:
        return re.compile("|".join(re.escape(word.rstrip("*")) for word in longest))
    forms = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in longest)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]]:
    read = tomllib.loads((resources.files(__package__) / "counted.toml").read_text("utf-8"))
    return {language: {kind: _words(listed) for kind, listed in kinds.items()} for language, kinds in read.items()}


def _words(listed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    named, _, more = listed.partition(";")
    return _split(named), _split(more)


def _split(listed: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in listed.split(",") if word.strip())
