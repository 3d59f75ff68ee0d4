"""What stories of a kind normally tell, by which words a text tells it, and how a text says that a thing is unknown.

The data are in `known/fields.toml`. A language without words for a field answers None: nothing can be said about it.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources

from iroyin.languages.phrases import folded
from iroyin.languages.rules import canonical, rules

_WITHIN = frozenset({"ko", "ar", "fa", "hi"})  # words are written onto others
_UNKNOWN, _ASKED = "unknown", "asked"


def fields_of(topics: Collection[str]) -> tuple[str, ...]:
    """The fields that a story on these topics (keys such as "topic-fire") normally has, each once."""
    asked = _table()[_ASKED]
    listed = [asked[name] for name in asked if f"topic-{name}" in topics]
    return tuple(dict.fromkeys(part.strip() for one in listed for part in one.split(",")))


def tells_of(text: str, language: str, field: str) -> bool | None:
    """Whether the text tells of the field ("dead", "cause"), by any of its words; None where these are not known."""
    pattern = _pattern(canonical(language), field)
    return None if pattern is None else pattern.search(folded(text).text) is not None


def says_unknown(text: str, language: str) -> str:
    """The words by which the text says that something is not known; empty when it does not."""
    pattern = _pattern(canonical(language), _UNKNOWN)
    found = pattern.search(folded(text).text) if pattern else None
    return found.group() if found else ""


@cache
def _pattern(code: str, field: str) -> re.Pattern[str] | None:
    listed = _table().get(code, {}).get(field, "")
    words = sorted(
        {folded(word.strip()).text for word in listed.split(",") if word.strip()}, key=len, reverse=True
    )
    if not words:
        return None
    if code in _WITHIN or not rules(code).spaces:
        return re.compile("|".join(re.escape(word.rstrip("*")) for word in words))
    forms = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = (resources.files(__package__) / "known" / "fields.toml").read_text("utf-8")
    return tomllib.loads(text)
