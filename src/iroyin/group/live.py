"""The stories of the live window as grouping keeps them in memory: accounts of stories and members, never texts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from iroyin.group.account import Account, Vector
from iroyin.model import ArticleId, StoryId


@dataclass(slots=True)
class LiveStory:
    """One open story: the accounts of its members in the order of placing, and their sum.

    `opened` counts stories in the order of their opening; `turn` is when its newest member was placed, counted in
    articles; `looked` its size when it was last looked through for members that tell something else.
    """

    id: StoryId
    row: int
    opened: int
    turn: int = 0
    solitary: bool = False
    looked: int = 1
    members: dict[ArticleId, Account] = field(default_factory=dict)
    account: Account | None = None

    def add(self, article: ArticleId, told: Account) -> None:
        """One member more."""
        self.members[article] = told
        self.account = self.account.join(told) if self.account else told

    def leave(self, names: Sequence[ArticleId]) -> dict[ArticleId, Account]:
        """Take members out and tell the rest anew."""
        gone = {name: self.members.pop(name) for name in names}
        kept, around, self.members, self.account = self.members, self.told.around, {}, None
        for name, told in kept.items():
            self.add(name, told)
        if self.account:
            self.account.around = around
        return gone

    @property
    def told(self) -> Account:
        """What its members tell, taken together. A live story has members."""
        assert self.account is not None  # noqa: S101
        return self.account


class Directions:
    """The stories' mean directions in one growing matrix, with their time spans; a closed story's row is freed.

    A window of days is tens of thousands of rows: looking through all of them is exact, and a row is added or taken
    away at no cost, which no graph index offers.
    """

    def __init__(self, dims: int) -> None:
        self._dims = dims
        self._unit = np.zeros((0, dims), np.float32)
        self._spans = np.zeros((0, 2), np.float64)
        self._open = np.zeros(0, bool)
        self._tight = np.zeros(0, np.float32)
        self._free: list[int] = []
        self._used = 0  # rows from here on were never open

    def open(self) -> int:
        """A free row."""
        if not self._free:
            size, more = len(self._open), max(256, len(self._open) // 2)
            self._unit = np.concatenate([self._unit, np.zeros((more, self._dims), np.float32)])
            self._spans = np.concatenate([self._spans, np.zeros((more, 2))])
            self._open = np.concatenate([self._open, np.zeros(more, bool)])
            self._tight = np.concatenate([self._tight, np.zeros(more, np.float32)])
            self._free = list(range(size + more - 1, size - 1, -1))
        row = self._free.pop()
        self._open[row] = True
        self._used = max(self._used, row + 1)
        return row

    def set(self, row: int, told: Account) -> None:
        """The row's story tells this now."""
        vector = told.vector.astype(np.float32)
        length = float(np.linalg.norm(vector))
        self._unit[row] = vector / length if length else 0.0
        self._spans[row] = told.first_at, told.last_at
        self._tight[row] = length / told.size

    def close(self, row: int) -> None:
        """Give a row back."""
        self._unit[row] = 0.0
        self._open[row] = False
        self._free.append(row)

    def ended(self, before: float) -> list[int]:
        """The rows of stories whose newest member is older than this day."""
        return [int(row) for row in np.flatnonzero(self._open & (self._spans[:, 1] < before))]

    def nearest(
        self, vector: Vector, first_at: float, last_at: float, *, window: float, limit: int
    ) -> list[tuple[int, float]]:
        """The nearest stories within `window` days of this span, exact, nearest first: row and mean cosine to members.

        They are ranked by the cosine of the means; `vector` need not be of length one.
        """
        used, spans = self._used, self._spans[: self._used]
        near = self._open[:used] & (spans[:, 1] >= first_at - window) & (spans[:, 0] <= last_at + window)
        length = float(np.linalg.norm(vector)) or math.inf
        cosines = np.where(near, self._unit[:used] @ (vector / length).astype(np.float32), -2.0)
        many = len(cosines) > limit
        rows = np.argpartition(-cosines, limit - 1)[:limit] if many else np.arange(len(cosines))
        ordered = rows[np.lexsort((rows, -cosines[rows]))]
        return [(int(row), float(cosines[row] * self._tight[row])) for row in ordered if near[row]]
