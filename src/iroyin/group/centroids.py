"""The mean vectors of many stories as one matrix, which is changed row by row: one product finds the nearest."""

import numpy as np
from numpy.typing import NDArray

from iroyin.group.account import Vector
from iroyin.model import StoryId

ROOM = 64  # rows at first; doubled when they are full


class Centroids:
    """Mean vectors by story. Those of another length than the asked one are never near it."""

    def __init__(self) -> None:
        self._by_length: dict[int, _Rows] = {}
        self._length: dict[StoryId, int] = {}

    def set(self, story_id: StoryId, centroid: Vector) -> None:
        """Keep this vector of the story in place of any before."""
        if self._length.get(story_id, len(centroid)) != len(centroid):
            self.drop(story_id)
        self._length[story_id] = len(centroid)
        self._by_length.setdefault(len(centroid), _Rows(len(centroid))).set(story_id, centroid)

    def drop(self, story_id: StoryId) -> None:
        """Forget a story; nothing happens when it is not known."""
        length = self._length.pop(story_id, None)
        if length is not None:
            self._by_length[length].drop(story_id)

    def nearest(self, centroid: Vector) -> list[StoryId]:
        """All stories with vectors of this length, nearest first."""
        rows = self._by_length.get(len(centroid))
        return rows.nearest(centroid) if rows else []


class _Rows:
    def __init__(self, length: int) -> None:
        self._matrix: NDArray[np.float32] = np.zeros((ROOM, length), np.float32)
        self._ids: list[StoryId] = []
        self._row: dict[StoryId, int] = {}

    def set(self, story_id: StoryId, centroid: Vector) -> None:
        row = self._row.setdefault(story_id, len(self._ids))
        if row == len(self._ids):
            self._ids.append(story_id)
            if row == len(self._matrix):
                self._matrix = np.concatenate([self._matrix, np.zeros_like(self._matrix)])
        self._matrix[row] = centroid

    def drop(self, story_id: StoryId) -> None:
        row, last = self._row.pop(story_id), self._ids.pop()
        if last != story_id:  # the last row takes the place that is free
            self._ids[row], self._row[last] = last, row
            self._matrix[row] = self._matrix[len(self._ids)]

    def nearest(self, centroid: Vector) -> list[StoryId]:
        cosines = self._matrix[: len(self._ids)] @ np.asarray(centroid, np.float32)
        return [self._ids[row] for row in np.argsort(-cosines, kind="stable")]
