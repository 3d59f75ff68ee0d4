"""The matrix of mean vectors against a plain list of them, over changes drawn at random from a seed."""

import numpy as np
import pytest

from iroyin.group.centroids import ROOM, Centroids
from iroyin.model import StoryId


@pytest.mark.parametrize("seed", range(4))
def test_nearest_is_what_looking_at_each_finds(seed: int) -> None:
    draw = np.random.default_rng(seed)
    kept: dict[StoryId, np.ndarray] = {}
    centroids = Centroids()
    for turn in range(6 * ROOM):
        story_id = StoryId(f"s{draw.integers(3 * ROOM)}")
        if draw.random() < 0.3:
            kept.pop(story_id, None)
            centroids.drop(story_id)
        else:
            kept[story_id] = draw.standard_normal(3 if turn % 9 == 0 else 8).astype(np.float32)
            centroids.set(story_id, kept[story_id])
    asked = draw.standard_normal(8).astype(np.float32)
    expected = {one: float(vector @ asked) for one, vector in kept.items() if len(vector) == 8}
    assert centroids.nearest(asked) == sorted(expected, key=lambda one: -expected[one])
    assert len(expected) > ROOM
    assert centroids.nearest(np.ones(5, np.float32)) == []
