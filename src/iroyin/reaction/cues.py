"""Words by which a post takes a side or asks, in each language of `cues.toml`; punctuation that asks in any.

A language without cues has punctuation alone. What is negated counts for the other side, at half its weight, because
"not good" reproaches and "no lie" hardly welcomes.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from iroyin.languages.phrases import after, before
from iroyin.languages.rules import canonical, rules
from iroyin.languages.words import fold

_LINK = re.compile(r"https?://\S*|www\.\S+")
_ASKING = re.compile(r"[?？؟⁇⁈]")
_ASKS_LAST = re.compile(r"[?？؟⁇⁈][^\w]*$|(?:니까|나요|까요|ですか|ますか|のか|吗|呢)[^\w]*$")
_TAGS = re.compile(r"(?:^|\s)[@#]\w+")
_NEAR = 24  # characters before a cue within which a "not" turns it round; in a few languages the "not" comes after
_MOST = 3.0


@dataclass(frozen=True, slots=True)
class Cues:
    """How strongly a text's own words stand for something, against it, or ask; each from 0 to 3."""

    agrees: float
    objects: float
    asks: float
    asks_last: bool
    denies: float


def cues(text: str, language: str) -> Cues:
    """The cues of a post. Links and the names of accounts are no words of it.

    >>> cues("Is this true?", "en").asks_last
    True
    """
    bare = _TAGS.sub(" ", _LINK.sub(" ", text)).strip()
    folded = fold(bare)
    known = _patterns(canonical(language))
    marks = len(_ASKING.findall(bare))
    if known is None:
        return Cues(0.0, 0.0, float(min(marks, 3)), bool(_ASKS_LAST.search(bare)), 0.0)
    agrees = objects = 0.0
    for pattern, side in ((known["for"], 1), (known["against"], -1)):
        for match in pattern.finditer(folded):
            turned = known["not"].search(folded[max(0, match.start() - _NEAR) : match.start()])
            agreeing = (side > 0) != bool(turned)
            agrees += agreeing * (0.5 if turned else 1.0)
            objects += (not agreeing) * (0.5 if turned and side < 0 else 1.0)
    opened = bool(known["asks"].match(folded))
    return Cues(
        agrees=min(agrees, _MOST),
        objects=min(objects, _MOST),
        asks=min(marks + 0.5 * opened, _MOST),
        asks_last=bool(_ASKS_LAST.search(bare)),
        denies=min(float(len(known["not"].findall(folded))), _MOST),
    )


@cache
def _patterns(code: str) -> dict[str, re.Pattern[str]] | None:
    lists = _table().get(code)
    return {field: _pattern(listed, code) for field, listed in lists.items()} if lists else None


def _pattern(listed: str, code: str) -> re.Pattern[str]:
    known = rules(code)
    parts = []
    for entry in sorted((part.strip() for part in listed.split(",")), key=lambda part: (-len(part), part)):
        word = re.escape(fold(entry.rstrip("*"))).replace(r"\ ", r"\s+")
        parts.append(word if entry.endswith("*") else word + after(known))
    return re.compile(before(known) + "(?:" + "|".join(parts) + ")")


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((resources.files(__package__) / "cues.toml").read_text("utf-8"))
