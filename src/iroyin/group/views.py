"""How alike two accounts are, seen from several sides: each view is one number with a name.

Both sides may be an article or a story. Between stories a view is the mean over all pairs of their members (average
linkage, Sokal and Michener 1958), got from sums without looking at the pairs; so placing an article, merging stories
and taking a member out all ask one question.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from iroyin.group.account import KINDS, Account, Scratch

Numbers = NDArray[np.float64]
_APART = ("names", "numbers", "places")
_BESIDES = ("vector", "crowd", "words")  # these weigh otherwise between headlines alone, and across languages
VIEWS = (
    "vector",
    "crowd",
    *KINDS,
    *(f"{kind} apart" for kind in _APART),
    "gap",
    "headlines",
    "other language",
    *(f"{name} of headlines" for name in _BESIDES),
    *(f"{name} across languages" for name in _BESIDES),
    "centre",
)


def views(one: Account, others: Sequence[Account], scratch: Scratch) -> Numbers:
    """The views of one account and each of the others, in the order of `VIEWS`.

    `vector`, `words` ... `places`: cosines; `crowd`: mean cosine of both to their ten nearest articles, for where
    much is near, being near says less (as in cross-domain similarity local scaling, Lample et al. 2018); `... apart`:
    1 when both tell some and share none; `gap`: days between them, damped, 1 at a week; `headlines`, `other
    language`: share of the pairs in which a side has no body, and that are in two languages; `centre`: how much
    nearer the means lie than the members do, 0 between two articles.
    """
    sizes = np.array([other.size for other in others], np.float64)
    pairs = one.size * sizes
    vectors = np.stack([other.vector for other in others]).astype(np.float32)
    vector = one.vector.astype(np.float32)
    dots = vectors @ vector
    cosines = dots / np.maximum(1e-9, np.linalg.norm(vectors, axis=1) * float(np.linalg.norm(vector)))
    terms = scratch.products(one, others)
    told = np.array([[other.has(kind) for kind in _APART] for other in others]) & [
        one.has(kind) for kind in _APART
    ]
    apart = told & (terms[:, [KINDS.index(kind) for kind in _APART]] <= 0)
    gaps = np.log1p([one.gap(other) for other in others]) / np.log(8)
    crowd = (float(one.around.mean()) + np.stack([other.around for other in others]).mean(axis=1)) / 2
    bodies = (one.size - one.headlines) * (sizes - [other.headlines for other in others])
    headlines = 1 - bodies / pairs
    same = [sum(n * other.languages.get(code, 0) for code, n in one.languages.items()) for other in others]
    foreign = 1 - np.array(same) / pairs
    near, words = dots / pairs, terms / pairs[:, None]
    besides = np.column_stack([near, crowd, words[:, 0]])
    found: Numbers = np.column_stack(
        [
            near,
            crowd,
            words,
            apart,
            gaps,
            headlines,
            foreign,
            besides * headlines[:, None],
            besides * foreign[:, None],
            cosines - near,
        ]
    )
    return found
