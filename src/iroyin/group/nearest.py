"""The nearest live stories: every story is looked at through a code of bits, a few hundred through their vectors.

A code says on which side of each of `BITS` planes the story's mean direction lies; the share of planes that part two
codes is the angle between the directions (Charikar 2002), with less noise when the planes are at right angles (Ji et
al. 2012). 96 bytes a story instead of 1,536: looking through all is cheap, a story is added, moved or taken away by
writing one row, and nothing has to be built anew. Graph indexes lose recall with every deletion, and every article
moves its story, which there is a deletion and an insertion.
"""

import math

import numpy as np
from numpy.typing import NDArray

from iroyin.group.account import Account, Vector

BITS = 768
WORDS, COARSE = BITS // 64, 6  # of 64 bits; the first half of a code is compared of every story
SIFTED = 2048  # stories whose whole codes are compared
SHORTLIST = 256  # stories whose directions are compared
FAR = BITS + 1
SEED = 2002
LEAST = 256  # rows to begin with


class Directions:
    """The stories' mean directions with their time spans, a row each; a closed story's row is freed."""

    def __init__(self, dims: int) -> None:
        self._planes = _planes(dims)
        self._unit = np.zeros((0, dims), np.float32)
        self._coarse = np.zeros((COARSE, 0), np.uint64)
        self._rest = np.zeros((0, WORDS - COARSE), np.uint64)
        self._first, self._last = np.zeros(0), np.zeros(0)
        self._tight = np.zeros(0, np.float32)
        self._free: list[int] = []
        self._used = 0  # rows from here on were never open

    def open(self) -> int:
        """A free row."""
        if not self._free:
            self._grow(max(LEAST, len(self._last) // 2))
        row = self._free.pop()
        self._used = max(self._used, row + 1)
        return row

    def set(self, row: int, told: Account) -> None:
        """The row's story tells this now."""
        vector = told.vector.astype(np.float32)
        length = float(np.linalg.norm(vector))
        self._unit[row] = vector / length if length else 0.0
        code = self._code(vector)
        self._coarse[:, row], self._rest[row] = code[:COARSE], code[COARSE:]
        self._first[row], self._last[row] = told.first_at, told.last_at
        self._tight[row] = length / told.size

    def close(self, row: int) -> None:
        """Give a row back."""
        self._last[row] = -math.inf
        self._free.append(row)

    def ended(self, before: float) -> list[int]:
        """The rows of stories whose newest member is older than this day."""
        return np.flatnonzero((self._last < before) & (self._last > -math.inf)).tolist()

    def nearest(
        self,
        vector: Vector,
        first_at: float,
        last_at: float,
        *,
        window: float,
        limit: int,
        shortlist: int = SHORTLIST,
    ) -> list[tuple[int, float]]:
        """The nearest stories within `window` days of this span, nearest first: row and mean cosine to members.

        They are ranked by the cosine of the means, exact among a shortlist of so many; `vector` need not be of length
        one.
        """
        rows = self._by_code(vector, first_at - window, last_at + window, shortlist)
        length = float(np.linalg.norm(vector)) or math.inf
        cosines = self._unit[rows] @ (vector / length).astype(np.float32)
        ordered = np.lexsort((rows, -cosines))[:limit]
        return list(zip(rows[ordered].tolist(), (cosines * self._tight[rows])[ordered].tolist(), strict=True))

    def _by_code(self, vector: Vector, earliest: float, latest: float, many: int) -> NDArray[np.intp]:
        """So many open rows in this time whose codes are nearest, and more when the last of them are equally near."""
        used, code = self._used, self._code(vector)
        parted = np.zeros(used, np.uint16)
        for word in range(COARSE):
            parted += np.bitwise_count(self._coarse[word, :used] ^ code[word])
        parted[(self._last[:used] < earliest) | (self._first[:used] > latest)] = FAR
        rows = _least(parted, max(SIFTED, many))
        rest = np.bitwise_count(self._rest[rows] ^ code[COARSE:]).sum(axis=1, dtype=np.uint16)
        return rows[_least(parted[rows] + rest, many)]

    def _code(self, vector: Vector) -> NDArray[np.uint64]:
        return np.packbits(vector @ self._planes > 0).view(np.uint64)

    def _grow(self, more: int) -> None:
        size = len(self._last)
        self._unit = np.concatenate([self._unit, np.zeros((more, self._unit.shape[1]), np.float32)])
        self._coarse = np.concatenate([self._coarse, np.zeros((COARSE, more), np.uint64)], axis=1)
        self._rest = np.concatenate([self._rest, np.zeros((more, WORDS - COARSE), np.uint64)])
        self._first = np.concatenate([self._first, np.zeros(more)])
        self._last = np.concatenate([self._last, np.full(more, -math.inf)])
        self._tight = np.concatenate([self._tight, np.zeros(more, np.float32)])
        self._free = list(range(size + more - 1, size - 1, -1))


def _least(parted: NDArray[np.uint16], many: int) -> NDArray[np.intp]:
    """Where so many of the least stand, and what equals the last of them; nothing that is beyond reach."""
    most = int(np.partition(parted, many)[many]) if len(parted) > many else FAR - 1
    return np.flatnonzero(parted <= min(FAR - 1, most))


def _planes(dims: int) -> NDArray[np.float32]:
    """Directions of length one, as many at right angles as there are dimensions, then as many more; always the same."""
    chance = np.random.default_rng(SEED)
    bases = [np.linalg.qr(chance.standard_normal((dims, dims)))[0] for _ in range(-(-BITS // dims))]
    return np.asarray(np.concatenate(bases, axis=1)[:, :BITS], np.float32)
