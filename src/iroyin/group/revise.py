"""Second thoughts: live stories that tell one event after all, most often in other languages.

An article alone says little across languages; a whole story says much: its mean vector is steadier, and figures
and names add up. Stories are joined pair by pair, the best first, and each joined story is looked at anew
(agglomerative clustering). A pair needs both: to be each other's nearest, and `ENOUGH` points of evidence.
Two stories about one event are a lesser fault than one story about two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from iroyin.group.evidence import ALONE, Evidence, Facts, facts
from iroyin.group.live import LiveStory, Vector
from iroyin.group.veto import apart
from iroyin.model import StoryId

FLOOR = 0.36  # cosine under which two stories are not compared
NEIGHBOURS = 16
ENOUGH = 2.0
BLOCK = 1024  # rows of the matrix of cosines held at a time
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Merge:
    """A story that should be part of another: `into` was opened first, keeps its id and is never merged itself.

    `score` is the points of evidence at the moment of joining; `reason` names the evidence.
    """

    story_id: StoryId
    into: StoryId
    score: float
    reason: str


def revise(stories: Sequence[LiveStory], sums: Vector, *, window: float) -> list[Merge]:
    """The merges that the evidence calls for, deterministic, in the order of opening of the stories that go.

    `stories` in the order of their opening; `sums` has the sum of the members' vectors of each. Stories more than
    `window` days apart are not compared, solitary ones are left alone.
    """
    joined = _Revision(stories, sums, window).run()
    merges = []
    for gone, (kept, points, reason) in sorted(joined.items()):
        while kept in joined:
            kept = joined[kept][0]
        merges.append(Merge(stories[gone].id, stories[kept].id, round(points, 4), reason))
    return merges


class _Revision:
    """The stories by their number in the order of opening, with who is near whom."""

    def __init__(self, stories: Sequence[LiveStory], sums: Vector, window: float) -> None:
        self._window = window
        eligible = [n for n, story in enumerate(stories) if not story.solitary and sums[n].any()]
        self._sums = {n: sums[n] for n in eligible}
        self._facts: dict[int, Facts] = {n: facts(stories[n]) for n in eligible}
        self._evidence = Evidence(self._facts.values())
        self._near: dict[int, dict[int, float]] = {n: {} for n in eligible}
        self._find(eligible)

    def run(self) -> dict[int, tuple[int, float, str]]:
        """Who joins whom, with points and reason, until no pair is left; chains are not resolved yet."""
        joined: dict[int, tuple[int, float, str]] = {}
        ready = self._ready(self._near)
        while ready:
            (one, other), (points, reason) = min(ready.items(), key=lambda item: (-item[1][0], item[0]))
            joined[other] = one, points, reason
            touched = self._join(one, other)
            kept = {pair: found for pair, found in ready.items() if touched.isdisjoint(pair)}
            ready = kept | self._ready(touched - {other})
        return joined

    def _find(self, eligible: Sequence[int]) -> None:
        if len(eligible) < 2:
            return
        units = np.stack([self._unit(n) for n in eligible])
        most = min(NEIGHBOURS, len(eligible) - 1)
        for start in range(0, len(eligible), BLOCK):
            for offset, row in enumerate(units[start : start + BLOCK] @ units.T):
                row[start + offset] = -1.0
                for found in np.argpartition(-row, most - 1)[:most]:
                    if row[found] >= FLOOR:
                        self._link(eligible[start + offset], eligible[int(found)])

    def _unit(self, number: int) -> Vector:
        total = self._sums[number]
        return np.asarray(total / np.linalg.norm(total), np.float32)

    def _link(self, one: int, other: int) -> None:
        a, b = self._facts[one], self._facts[other]
        if a.gap(b) <= self._window and not apart(a, b):
            self._near[one][other] = self._near[other][one] = float(self._unit(one) @ self._unit(other))

    def _ready(self, numbers: Iterable[int]) -> dict[Pair, tuple[float, str]]:
        """The pairs of these stories with any that are each other's nearest and have points enough."""
        found = {}
        for pair in {(min(n, m), max(n, m)) for n in numbers for m in self._near[n]}:
            points, reason = self._points(*pair)
            if points >= ENOUGH and self._best(*pair, points) and self._best(pair[1], pair[0], points):
                found[pair] = points, reason
        return found

    def _best(self, one: int, other: int, points: float) -> bool:
        """No story is nearer to this one and has more points; told in other languages, none of those that are."""
        mine, cosine = self._facts[one], self._near[one][other]
        foreign = mine.overlap(self._facts[other]) <= ALONE
        return not any(
            near > cosine
            and (not foreign or mine.overlap(self._facts[third]) <= ALONE)
            and self._points(one, third)[0] > points
            for third, near in self._near[one].items()
        )

    def _points(self, one: int, other: int) -> tuple[float, str]:
        rivals = [near for third, near in self._near[one].items() if third != other]
        rivals += [near for third, near in self._near[other].items() if third != one]
        cosine = self._near[one][other]
        margin = cosine - max(rivals, default=FLOOR - 0.05)
        return self._evidence.points(self._facts[one], self._facts[other], cosine, margin)

    def _join(self, one: int, other: int) -> set[int]:
        """Take the other over; returns all whose neighbours changed."""
        around = (self._near[one].keys() | self._near.pop(other).keys()) - {one, other}
        self._sums[one] = self._sums[one] + self._sums.pop(other)
        self._facts[one] = self._facts[one].join(self._facts.pop(other))
        self._near[one] = {}
        for third in around:
            self._near[third].pop(one, None)
            self._near[third].pop(other, None)
            self._link(one, third)
        return {one, other, *around}
