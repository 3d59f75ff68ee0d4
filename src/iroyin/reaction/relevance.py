"""Whether a post speaks of the story: nearness of its vector, the story's terms in it, and what it answers.

A logistic score of a few features, its weights learned on one half of labelled discussions (`bench/train_reaction.py`).
A reply of few words ("shameful") says nothing of its subject: what it answers then speaks for it.
"""

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from iroyin.reaction.profile import Profile, Vectors, spelled, squeezed
from iroyin.reaction.weights import weights

_LINK = re.compile(r"https?://\S+")
_DENSE = re.compile(r"[^\x00-\u1fff]")
NAMES = ("nearest", "centre", "terms", "heaviest", "two")


def features(text: str, vector: NDArray[np.float32], about: Profile, flat: Mapping[str, float]) -> list[float]:
    """The features named in `NAMES`; `flat` is `about.flat()`, which is the same for every post."""
    hits = sorted(matched(text, flat).values(), reverse=True)
    nearest = float((about.vectors @ vector).max()) if len(about.vectors) else 0.0
    return [
        nearest,
        float(about.centre @ vector) if about.centre.shape == vector.shape else 0.0,
        math.log1p(sum(hits)),
        hits[0] if hits else 0.0,
        float(len(hits) >= 2),
    ]


def matched(text: str, flat: Mapping[str, float]) -> dict[str, float]:
    """The story's terms that the text has, with their weights; a term within a longer one counts once."""
    bare = spelled(_LINK.sub(" ", text))
    words = {squeezed(word) for word in bare.split()}
    whole = squeezed(bare)
    found = {}
    for term, weight in flat.items():
        if term in words or (term in whole and (len(term) > 5 or _DENSE.search(term))):
            found[term] = weight
    return {term: w for term, w in found.items() if not any(term != other and term in other for other in found)}


def judge(
    texts: Sequence[str], vectors: Vectors, others: Vectors, answered: Sequence[tuple[str, int]], about: Profile
) -> list[float]:
    """How sure it is that each post speaks of the story, from 0 to 1.

    `answered` holds for each post the text it answers ("" when none) and that text's row in `others` (-1: none).
    What a post answers counts for a little less than what it says.
    """
    known = weights().relevance
    flat = about.flat()
    found = []
    for row, (text, (other, at)) in enumerate(zip(texts, answered, strict=True)):
        own = known.say(features(text, vectors[row], about, flat))
        near = known.say(features(other, others[at], about, flat)) * known.discount if other and at >= 0 else 0.0
        found.append(max(own, near))
    return found


def is_relevant(text: str, vector: NDArray[np.float32], about: Profile) -> bool:
    """Whether a post speaks of the story by its own words: how the precision of a query is told."""
    known = weights().relevance
    return known.say(features(text, vector, about, about.flat())) >= known.floor
