"""Other stories worth reading beside one, each with the relation named and what they share.

    rarity(key) = log((stories + 1) / stories with the key) / log(stories + 1)
    score       = cosine of the mean vectors + SHARED * min(1, sum of the rarities of the shared keys / FULL)

Keys are tag keys, so stories meet across languages. A key that nearly every story has weighs next to nothing (inverse
document frequency, Sparck Jones 1972): a country alone relates no two stories of a paper of that country.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log

import numpy as np

from iroyin.group.account import Vector
from iroyin.model import Related, Story, TagKind

ALIKE = 0.55  # cosine from which two stories are about one matter whatever they share
NEAR = 0.5  # cosine from which they are when they share anything that is not everywhere
SOME = (
    0.2  # summed rarity of that: an earthquake and a ferry disaster are near, but nobody and no place is in both
)
AKIN = 0.35  # cosine from which two stories that share several rare keys are about one matter
MATTER = 1.2  # summed rarity of those: two rare keys at least
LOCAL = 0.4  # cosine from which two stories that share a place are related by it
APART = 0.1  # cosine below which nothing relates two stories: a person may share a name
PERSON = 0.5  # rarity of one shared person that relates two stories
PLACE = 0.45  # rarity of one shared place that relates two stories
SHARED = 0.2
FULL = 2.0
BACKGROUND_DAYS = 14.0
_SUBJECTS = (TagKind.PERSON, TagKind.PLACE, TagKind.ORGANISATION, TagKind.NAME)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What relating needs of a story: its span, mean vector (any length) and the keys of its tags."""

    story: Story
    centroid: Vector
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shelf:
    """In how many of all `stories` each key stands."""

    stories: int = 0
    having: Mapping[str, int] = field(default_factory=dict)

    def rarity(self, key: str) -> float:
        """From nearly 1 for a key of few stories to nearly 0 for one that all have."""
        most = log(max(self.stories, 1) + 1)
        return max(0.0, 1 - log(max(self.having.get(key, 1), 1)) / most)


def related(one: Sketch, others: Iterable[Sketch], shelf: Shelf, *, limit: int = 6) -> list[Related]:
    """The stories nearest to this one, best first, ties by id.

    The relation is "follow-up" (the other began after this one) or "earlier" when both tell of one matter,
    "background" when that was more than two weeks before, else "same people" or "same place".
    """
    found = (_relation(one, other, shelf) for other in others if other.story.id != one.story.id)
    return sorted((r for r in found if r), key=lambda other: (-other.score, other.story_id))[:limit]


def _relation(one: Sketch, other: Sketch, shelf: Shelf) -> Related | None:
    cosine = _cosine(one.centroid, other.centroid)
    rare = {key: shelf.rarity(key) for key in one.keys & other.keys if _kind(key) in _SUBJECTS}
    score = round(cosine + SHARED * min(1.0, sum(rare.values()) / FULL), 4)
    shared = tuple(sorted(rare, key=lambda key: (-rare[key], key)))
    if _is_one_matter(cosine, sum(rare.values())):
        return Related(other.story.id, _in_time(one.story, other.story), score, shared)
    if cosine < APART:
        return None
    people = _telling(shared, TagKind.PERSON, rare, PERSON)
    if people:
        return Related(other.story.id, "same people", score, people)
    places = _telling(shared, TagKind.PLACE, rare, PLACE)
    return Related(other.story.id, "same place", score, places) if places and cosine >= LOCAL else None


def _is_one_matter(cosine: float, rarity: float) -> bool:
    near = cosine >= NEAR and rarity >= SOME
    return cosine >= ALIKE or near or (cosine >= AKIN and rarity >= MATTER)


def _telling(shared: Iterable[str], kind: TagKind, rare: Mapping[str, float], least: float) -> tuple[str, ...]:
    return tuple(key for key in shared if _kind(key) == kind and rare[key] >= least)


def _kind(key: str) -> str:
    return key.partition("-")[0]


def _in_time(one: Story, other: Story) -> str:
    if other.first_at > one.first_at:
        return "follow-up"
    days = (one.first_at - other.last_at).total_seconds() / 86_400
    return "background" if days > BACKGROUND_DAYS else "earlier"


def _cosine(one: Vector, other: Vector) -> float:
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / lengths if lengths else 0.0
