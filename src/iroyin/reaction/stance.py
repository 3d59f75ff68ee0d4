"""What a post does with what the story says: stand for it, against it, ask, or remark on something else.

A linear model over few features that need no language of their own: nearness to the two ends of the story's positions
by multilingual vectors, and the cues of the post's words. Nearness counts as compared with the rest of the discussion.
Weights are learned on one half of labelled discussions (`bench/train_reaction.py`). The four classes for rumours are
those of Procter et al. 2013 (support, deny, query, comment); towards a target those of Mohammad et al. 2016.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from iroyin.model import Stance
from iroyin.reaction.cues import Cues
from iroyin.reaction.positions import Ends
from iroyin.reaction.profile import Vectors
from iroyin.reaction.weights import weights

NAMES = (
    "agrees", "objects", "asks", "asks last", "denies",
    "near, beside others", "near the claims", "leaning, beside others", "two ends",
)  # fmt: skip
_TINY = 1e-9


def features(vectors: Vectors, said: Sequence[Cues], ends: Ends) -> NDArray[np.float64]:
    """A row a post, a column each of `NAMES`. Whether it is a reply, long or has a link is left out on purpose.

    Those told the labelled sets apart, not the stances: there whoever opens a thread passes a rumour on.
    """
    rows = [[one.agrees, one.objects, min(one.asks, 2.0), one.asks_last, one.denies] for one in said]
    words = np.array(rows, dtype=np.float64).reshape(len(said), len(NAMES) - 4)
    claimed = _nearest(vectors, ends.claims)
    doubted = _nearest(vectors, ends.against)
    two = float(len(ends.against) > 0)
    near = np.maximum(claimed, doubted) if two else claimed
    leaning = _beside(claimed - doubted) if two else np.zeros(len(said))
    return np.column_stack([words, _beside(near), claimed, leaning, np.full(len(said), two)])


def stances(found: NDArray[np.float64]) -> list[tuple[Stance, float]]:
    """The stance of each row of `features`, and by how much it leads the next."""
    if not len(found):
        return []
    rows = weights().stance.rows
    scores = np.column_stack([found, np.ones(len(found))]) @ rows.T
    ranked = np.sort(scores, axis=1)
    leads = ranked[:, -1] - ranked[:, -2]
    return [(tuple(Stance)[at], float(lead)) for at, lead in zip(scores.argmax(axis=1), leads, strict=True)]


def _nearest(vectors: Vectors, ends: Vectors) -> NDArray[np.float64]:
    if not len(ends) or not len(vectors):
        return np.zeros(len(vectors))
    return np.asarray((vectors @ ends.T).max(axis=1), dtype=np.float64)


def _beside(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values as deviations from the discussion's own mean, in its own spread."""
    return (values - values.mean()) / (values.std() + _TINY) if len(values) else values
