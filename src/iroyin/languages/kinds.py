"""What a text tells of the kind of a name: titles, ages and speaking for people, datelines and "in" for places.

Each clue is weak; whoever counts them over a whole story gets a fair answer, and none where texts say nothing.
"""

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from importlib import resources

from iroyin.languages.names import Name
from iroyin.languages.phrases import BEFORE, alternatives, folded
from iroyin.languages.rules import canonical, rules
from iroyin.languages.words import fold
from iroyin.model import TagKind

SURE, LIKELY = 3, 1
_NEAR = 40  # characters on each side of a name that are looked at
_AGE = re.compile(r"^\s?[,،，（(]\s?\d{2}(?!\d|[.,]\d|\s?%)(?:\s?[,،，)）]|\s\w+[,،)])")
_DATELINE = re.compile(r"^(?:,[^.]{1,30})?\s*(?:\([^)]{2,60}\)\s*)?[–—-]{1,2}\s")


def kind_clues(text: str, name: Name, language: str) -> Counter[TagKind]:
    """What speaks for each kind where this name stands, as points."""
    code = canonical(language)
    clues: Counter[TagKind] = Counter()
    head, tail = text[max(0, name.start - _NEAR) : name.start], text[name.end : name.end + _NEAR]
    if _organisation(code).search(fold(name.text)) or _is_acronym(name.text):
        clues[TagKind.ORGANISATION] += SURE
    elif name.title or _AGE.match(tail):
        clues[TagKind.PERSON] += SURE
    elif " " in name.text and (_speaks(code).match(fold(tail)) or _spoke(code).search(fold(head))):
        clues[TagKind.PERSON] += LIKELY
    if name.start == 0 and _DATELINE.match(tail):
        clues[TagKind.PLACE] += SURE
    elif _in(code).search(folded(head).text):
        clues[TagKind.PLACE] += LIKELY
    return clues


def _is_acronym(name: str) -> bool:
    return name.isascii() and name.isupper() and name.isalpha() and 2 <= len(name) <= 5


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("known", "naming.toml").read_text("utf-8"))


def _listed(kind: str, code: str) -> list[str]:
    return [word.strip() for word in _words()[kind].get(code, "").split(",") if word.strip()]


@lru_cache(maxsize=64)
def _organisation(code: str) -> re.Pattern[str]:
    return re.compile(rf"{BEFORE}(?:{alternatives(_listed('organisation', code))})(?!\w)")


@lru_cache(maxsize=64)
def _in(code: str) -> re.Pattern[str]:
    return re.compile(rf"{BEFORE}(?:{alternatives(_listed('place', code))})\s$")


@lru_cache(maxsize=64)
def _speaks(code: str) -> re.Pattern[str]:
    return re.compile(rf"\s?,?\s?(?:{alternatives(rules(code).speech_verbs)})(?!\w)")


@lru_cache(maxsize=64)
def _spoke(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(rules(code).speech_verbs)})\s$")
