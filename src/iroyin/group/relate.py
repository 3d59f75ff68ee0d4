"""Other stories worth reading beside one, each with the relation named."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from iroyin.group.live import Vector
from iroyin.model import Related, Story, StoryId

NEAR = 0.5  # cosine from which two stories are about one matter
AKIN = 0.3  # cosine from which two stories that share names or places are related
BACKGROUND_DAYS = 14.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """What relating needs of a story: its span, mean vector (any length), the names and places it told of."""

    story: Story
    centroid: Vector
    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def related(one: Sketch, others: Iterable[Sketch], *, limit: int = 6) -> list[Related]:
    """The stories nearest to this one, best first, ties by id; the score is the cosine plus 0.2 for shared names.

    The relation is "follow-up" (the other began after this one) or "earlier" when both tell of one matter,
    "background" when that was more than two weeks before, else "same people" or "same place".
    """
    found = []
    for other in others:
        if other.story.id != one.story.id:
            answer = _relation(one, other)
            if answer:
                found.append(answer)
    return sorted(found, key=lambda other: (-other.score, other.story_id))[:limit]


def _relation(one: Sketch, other: Sketch) -> Related | None:
    cosine = _cosine(one.centroid, other.centroid)
    people, place = one.names & other.names, one.places & other.places
    score = round(cosine + 0.2 * min(1.0, len(people) / 3), 4)
    if cosine >= NEAR:
        return Related(StoryId(other.story.id), _in_time(one.story, other.story), score)
    if cosine >= AKIN and len(people) > 1:
        return Related(other.story.id, "same people", score)
    if cosine >= AKIN and place:
        return Related(other.story.id, "same place", score)
    return None


def _in_time(one: Story, other: Story) -> str:
    if other.first_at > one.first_at:
        return "follow-up"
    days = (one.first_at - other.last_at).total_seconds() / 86_400
    return "background" if days > BACKGROUND_DAYS else "earlier"


def _cosine(one: Vector, other: Vector) -> float:
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / lengths if lengths else 0.0
