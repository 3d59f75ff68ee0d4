"""What is common in the stream and what is rare, counted as articles come in."""

from collections import Counter
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from iroyin.group.account import KINDS, Account, Vector, bucket, terms
from iroyin.group.features import Features

_COUNTERS = 1 << 22
_EVERYWHERE = frozenset({"numbers", "places"})  # the same in every language


class Rarity:
    """How telling a term is: the logarithm of the inverse share of articles of its language that hold it.

    Counts stand in a fixed table of hashed terms (16 MB), so that memory does not grow with the stream.
    """

    def __init__(self) -> None:
        self._articles: Counter[str] = Counter()
        self._holding = np.zeros(_COUNTERS, np.float32)

    def account(self, found: Features, vector: Vector) -> Account:
        """The article as an account, its terms weighed by what is rare now; `vector` is its unit vector."""
        kinds, counters, buckets, counts = _hashed(found)
        seen = np.array([self._articles[_spoken(kind, found.language)] for kind in range(len(KINDS))], np.float64)
        weights = (1 + np.log(counts)) * np.log1p((seen[kinds] + 1) / (self._holding[counters] + 0.5))
        lengths = np.sqrt(np.bincount(kinds, weights * weights, minlength=len(KINDS)))
        ids, weights, bounds = terms(buckets, weights / lengths[kinds])
        return Account(
            articles=(found.article_id,),
            vector=np.asarray(vector, np.float16),
            ids=ids,
            weights=weights,
            bounds=bounds,
            languages=Counter({found.language: 1}),
            first_at=found.at,
            last_at=found.at,
            headlines=int(found.headline),
            places=found.places,
            ordinals=found.ordinals,
        )

    def count(self, found: Features) -> None:
        """Take one article into account."""
        self._articles[found.language] += 1
        self._articles[""] += 1
        np.add.at(self._holding, _hashed(found)[1], 1)

    def forget(self, before: int) -> None:
        """Halve all counts once more than `before` articles were counted: old news stops to weigh."""
        if self._articles[""] > before:
            self._articles = Counter({language: n // 2 for language, n in self._articles.items()})
            self._holding *= 0.5


def _hashed(found: Features) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """For each term of each kind, in the order of `KINDS`: the kind, its counter, its bucket, its count."""
    told = (found.terms, found.title, found.names, found.numbers, found.places)
    sizes = [len(one) for one in told]
    rows = [
        _places_of(kind, term, spoken)
        for kind, one in enumerate(told)
        for spoken in (_spoken(kind, found.language),)
        for term in one
    ]
    counters, buckets = np.array(rows, np.intp).reshape(-1, 2).T
    counts = np.ones(len(rows), np.intp)
    counts[: sizes[0]] = np.fromiter(found.terms.values(), np.intp, sizes[0])
    return np.arange(len(KINDS)).repeat(sizes), counters, buckets, counts


def _spoken(kind: int, language: str) -> str:
    return "" if KINDS[kind] in _EVERYWHERE else language


@lru_cache(maxsize=65_536)  # words come again and again
def _places_of(kind: int, term: str, spoken: str) -> tuple[int, int]:
    """The counter and the bucket of a term."""
    counter = crc32(f"{kind}{spoken}\0{term}".encode("utf-8", "replace")) & (_COUNTERS - 1)
    return counter, bucket(kind, term)


class Drift:
    """What the stream's articles of one language have in common, taken off so that they differ by event.

    In a stream about one great topic all vectors lie near each other. The mean over the stream, added to the
    embedder's own means as articles come in, is removed as the constant means are; with few articles seen it
    counts for little (`START` articles of weight at zero), and after `REACH` articles older ones fade.
    """

    START, REACH = 350.0, 4000.0

    def __init__(self, dims: int) -> None:
        self._dims = dims
        self._sums: dict[str, NDArray[np.float64]] = {}
        self._weight: dict[str, float] = {}

    def off(self, vector: Vector, language: str) -> Vector:
        """The unit vector less what its language's stream has in common, at length one."""
        common = self._sums.get(language)
        if common is None or not vector.any():
            return vector
        rest = vector - common / (self._weight[language] + self.START)
        length = float(np.linalg.norm(rest))
        return np.asarray(rest / length, np.float32) if length else vector

    def count(self, vector: Vector, language: str) -> None:
        """Take one article's vector, as the embedder gave it, into account."""
        old = self._sums.get(language, np.zeros(self._dims))
        keep = 1.0 - 1.0 / self.REACH
        self._sums[language] = old * keep + vector
        self._weight[language] = self._weight.get(language, 0.0) * keep + 1.0
