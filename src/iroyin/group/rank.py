"""The order of the front page: what many independent newsrooms report now, and not one topic all the way down.

    score = log2(1 + newsrooms) ** WEIGHT * 0.5 ** (age / HALF_LIFE)

`newsrooms` is the count of independent newsrooms, never of articles; `age` is the hours from the story's newest
article to the reference time. Then the list is built one by one: each next story loses `SAMENESS` times its
cosine to the most alike story above it, and `SECTION` for each story of its section among the last three
(maximal marginal relevance, Carbonell and Goldstein 1998). The formula holds no taste, person or click. The method
page of the site and docs/front-page.md print it, with these very constants.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2

import numpy as np

from iroyin.group.account import Vector
from iroyin.model import Counts, Story

HALF_LIFE = 24.0  # hours; with 12 a fresh single stood above a summit of twelve newsrooms two days old
WEIGHT = 1.5
SAMENESS = 0.5
SECTION = 0.1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that may stand on the front page; `centroid` (any length) may be absent."""

    story: Story
    counts: Counts
    centroid: Vector | None = None


def score(candidate: Candidate, *, now: datetime) -> float:
    """Newsworth before diversity; a time after `now` counts as `now`."""
    age = max(0.0, (now - candidate.story.last_at).total_seconds() / 3600)
    return float(log2(1 + candidate.counts.newsrooms) ** WEIGHT * 0.5 ** (age / HALF_LIFE))


def front_page(candidates: Sequence[Candidate], *, now: datetime, limit: int) -> list[tuple[Candidate, float]]:
    """The chosen stories in order with the score by which each was chosen; ties go to the lower story id."""
    worth = {one.story.id: score(one, now=now) for one in candidates}
    pool = sorted(candidates, key=lambda one: (-worth[one.story.id], one.story.id))[: max(limit * 5, 50)]
    units = {one.story.id: _unit(one.centroid) for one in pool}
    alike = {one.story.id: 0.0 for one in pool}
    chosen: list[tuple[Candidate, float]] = []
    while pool and len(chosen) < limit:
        recent = [one.story.section for one, _ in chosen[-3:]]
        valued = [
            (
                worth[one.story.id] * (1 - SAMENESS * alike[one.story.id])
                - SECTION * recent.count(one.story.section) * worth[one.story.id],
                one,
            )
            for one in pool
        ]
        value, best = min(valued, key=lambda pair: (-pair[0], pair[1].story.id))
        pool.remove(best)
        chosen.append((best, value))
        above = units[best.story.id]
        for one in pool:
            mine = units[one.story.id]
            if above is not None and mine is not None:
                alike[one.story.id] = max(alike[one.story.id], float(mine @ above))
    return chosen


def _unit(vector: Vector | None) -> Vector | None:
    if vector is None or not vector.any():
        return None
    return np.asarray(vector / np.linalg.norm(vector), np.float32)
