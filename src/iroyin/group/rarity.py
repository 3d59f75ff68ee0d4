"""What is common in the stream and what is rare, counted as articles come in."""

import math
from collections import Counter
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
        weighed: list[tuple[int, float]] = []
        for kind, counts in enumerate(_told(found)):
            raw = [(term, (1 + math.log(n)) * self.of(kind, term, found.language)) for term, n in counts.items()]
            length = math.sqrt(sum(weight * weight for _, weight in raw))
            weighed += [(bucket(kind, term), weight / length) for term, weight in raw]
        ids, weights, bounds = terms(weighed)
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

    def of(self, kind: int, term: str, language: str) -> float:
        """The weight of a term, above 0."""
        held = float(self._holding[_counter(kind, term, language)])
        return math.log1p((self._articles[_spoken(kind, language)] + 1) / (held + 0.5))

    def count(self, found: Features) -> None:
        """Take one article into account."""
        self._articles[found.language] += 1
        self._articles[""] += 1
        for kind, counts in enumerate(_told(found)):
            for term in counts:
                self._holding[_counter(kind, term, found.language)] += 1

    def forget(self, before: int) -> None:
        """Halve all counts once more than `before` articles were counted: old news stops to weigh."""
        if self._articles[""] > before:
            self._articles = Counter({language: n // 2 for language, n in self._articles.items()})
            self._holding *= 0.5


def _told(found: Features) -> tuple[dict[str, int], ...]:
    """The terms of each kind with their counts, in the order of `KINDS`."""
    return (
        dict(found.terms),
        dict.fromkeys(found.title, 1),
        dict.fromkeys(found.names, 1),
        dict.fromkeys(found.numbers, 1),
        dict.fromkeys(found.places, 1),
    )


def _spoken(kind: int, language: str) -> str:
    return "" if KINDS[kind] in _EVERYWHERE else language


def _counter(kind: int, term: str, language: str) -> int:
    return crc32(f"{kind}{_spoken(kind, language)}\0{term}".encode("utf-8", "replace")) & (_COUNTERS - 1)


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
