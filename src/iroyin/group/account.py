"""What an article or a story tells, in numbers that can be compared. One shape for both: an article is a story of one.

Terms (words, title words, names, numbers, places) are weighed by rarity and scaled to a unit vector for each article
and kind, then summed over a story's members. A term is a bucket of 2**18 a kind (feature hashing, Weinberger et al.
2009): two terms share one so seldom that it does not show, and memory has a bound.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from iroyin.model import ArticleId

Vector = NDArray[np.float32]
KINDS = ("words", "title", "names", "numbers", "places")
BITS = 18
CROWD = 10  # nearest articles that make a crowd
MOST_TERMS = 4096  # of a story: the lightest beyond that are dropped
TERM_EDGES = np.arange(len(KINDS) + 1, dtype=np.int64) << BITS


@dataclass(slots=True)
class Account:
    """Sums over the members: `vector` of unit vectors, `weights` of unit term vectors.

    `ids` (sorted) are the buckets of `weights`, kind by kind, `bounds` where each kind begins. Times are in days
    since 1970. `headlines` counts members without a body. `around`: cosines of a member to its ten nearest articles,
    the nearest first, the mean over members. `places` and `ordinals` are kept as they read, for vetoes.
    """

    articles: tuple[ArticleId, ...]
    vector: Vector
    ids: NDArray[np.int32]
    weights: NDArray[np.float32]
    bounds: NDArray[np.int64]
    languages: Counter[str]
    first_at: float
    last_at: float
    headlines: int = 0
    around: NDArray[np.float32] = field(default_factory=lambda: np.zeros(CROWD, np.float32))
    places: frozenset[str] = frozenset()
    ordinals: frozenset[tuple[str, str]] = frozenset()

    def join(self, other: "Account") -> "Account":
        """Both taken together."""
        ids, weights = _sum(self, other)
        return Account(
            articles=self.articles + other.articles,
            vector=np.add(self.vector, other.vector, dtype=np.float32),
            ids=ids,
            weights=weights,
            bounds=np.searchsorted(ids, TERM_EDGES),
            languages=self.languages + other.languages,
            first_at=min(self.first_at, other.first_at),
            last_at=max(self.last_at, other.last_at),
            headlines=self.headlines + other.headlines,
            around=_mean(self, other),
            places=self.places | other.places,
            ordinals=self.ordinals | other.ordinals,
        )

    @property
    def size(self) -> int:
        """How many articles it is."""
        return len(self.articles)

    def meet(self, cosine: float, times: int = 1) -> None:
        """So many articles are at this mean cosine to the members: they count when they are among the nearest."""
        if cosine > self.around[-1]:
            both = np.concatenate([self.around, np.full(min(times, CROWD), cosine, np.float32)])
            self.around = np.sort(both)[::-1][:CROWD]

    def gap(self, other: "Account") -> float:
        """Days between the two spans; 0 when they overlap."""
        return max(0.0, self.first_at - other.last_at, other.first_at - self.last_at)

    def terms_of(self, kind: str) -> NDArray[np.int32]:
        """The buckets of the terms of this kind."""
        at = KINDS.index(kind)
        return self.ids[self.bounds[at] : self.bounds[at + 1]]

    def has(self, kind: str) -> bool:
        """Whether any term of this kind is told."""
        return len(self.terms_of(kind)) > 0


def bucket(kind: int, term: str) -> int:
    """The bucket of a term of a kind, the same in every run."""
    return (kind << BITS) | (crc32(term.encode("utf-8", "replace")) & ((1 << BITS) - 1))


def terms(
    buckets: NDArray[np.intp], weights: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]:
    """Sorted buckets, their weights and the bounds of the kinds, from buckets in any order."""
    order = np.argsort(buckets, kind="stable")
    ids = buckets[order].astype(np.int32)
    return ids, weights[order].astype(np.float32), np.searchsorted(ids, TERM_EDGES)


def _sum(one: Account, other: Account) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    both = np.concatenate([one.ids, other.ids])
    if not len(both):
        return both, one.weights
    order = np.argsort(both, kind="stable")
    both, weights = both[order], np.concatenate([one.weights, other.weights])[order]
    first = np.flatnonzero(np.concatenate([[True], both[1:] != both[:-1]]))
    ids, sums = both[first], np.add.reduceat(weights, first)
    if len(ids) > MOST_TERMS:
        kept = np.sort(np.argpartition(-sums, MOST_TERMS)[:MOST_TERMS])
        ids, sums = ids[kept], sums[kept]
    return ids, sums


def _mean(one: Account, other: Account) -> NDArray[np.float32]:
    total = one.around * np.float32(one.size) + other.around * np.float32(other.size)
    return np.asarray(total / np.float32(one.size + other.size), np.float32)


class Scratch:
    """Room for the terms of one account, so that it meets many others in one sweep. Holds nothing between calls."""

    def __init__(self) -> None:
        self._room = np.zeros(len(KINDS) << BITS, np.float32)

    def products(self, one: Account, others: Sequence[Account]) -> NDArray[np.float64]:
        """Inner product of the terms with each other account, by kind: shape others x kinds."""
        self._room[one.ids] = one.weights
        ids = np.concatenate([other.ids for other in others])
        shared = self._room[ids] * np.concatenate([other.weights for other in others])
        self._room[one.ids] = 0.0
        sums = np.concatenate([[0.0], np.cumsum(shared, dtype=np.float64)])
        starts = np.cumsum([0, *(len(other.ids) for other in others)])[:-1]
        bounds = np.stack([other.bounds for other in others]) + starts[:, None]
        found: NDArray[np.float64] = np.diff(sums[bounds], axis=1)
        return found
