"""Near-copies: the same words passed on by many accounts are one voice, that of the first.

Posts are compared by their runs of three words (Broder 1997), links, account names and "RT" left out. A few words are
no copy of each other: people who never met say "what a shame".
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from iroyin.languages.words import words

LEAST = 6  # words (pairs of characters in scripts without spaces) below which two posts are never copies
ALIKE = 0.5  # shared runs of all runs
WITHIN = 0.8  # of the shorter post's runs, when it stands in a longer one
COMMON = 400  # posts that have a run; beyond that the run tells nothing
_RUN = 3
_ASIDE = re.compile(r"https?://\S*|www\.\S+|[@]\w[\w.:@-]*|^\s*(?:RT|via)\b", re.IGNORECASE | re.MULTILINE)


def first_copies(texts: Sequence[str], languages: Sequence[str]) -> list[int]:
    """For each post, in the order given, the place of the post whose copy it is; its own place when it is none."""
    runs_of: list[frozenset[tuple[str, ...]]] = []
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    first: list[int] = []
    for at, (text, language) in enumerate(zip(texts, languages, strict=True)):
        own = runs(text, language)
        runs_of.append(own)
        shared: dict[int, int] = defaultdict(int)
        for run in own:
            for other in having[run][:COMMON]:
                shared[other] += 1
        found = max(
            (
                (_likeness(own, runs_of[other], both), -other)
                for other, both in shared.items()
                if _is_copy(own, runs_of[other], both)
            ),
            default=None,
        )
        first.append(first[-found[1]] if found else at)
        if not found:
            for run in own:
                having[run].append(at)
    return first


def runs(text: str, language: str) -> frozenset[tuple[str, ...]]:
    """The text's runs of three words; none for a text of a few words."""
    said = words(_ASIDE.sub(" ", text), language, marks=False)
    if len(said) < LEAST:
        return frozenset()
    return frozenset(tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1))


def _likeness(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]], both: int) -> float:
    return both / (len(a) + len(b) - both)


def _is_copy(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]], both: int) -> bool:
    """Whether `a`, the later, passes `b` on: alike, or the one within the other with at most a few words of its own."""
    within = both >= max(LEAST - _RUN + 1, WITHIN * min(len(a), len(b))) and len(a) - both <= LEAST
    return within or _likeness(a, b, both) >= ALIKE
