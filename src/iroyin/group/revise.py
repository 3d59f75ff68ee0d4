"""Second thoughts: stories that tell one event after all become one, what tells another event leaves.

A region is stories that are near each other, some of them changed since the last look. Its articles are put together
anew, as if all had come at once, so that the order in which they came hardly matters; then each story keeps its id
where most of its articles are. What differs from what stands is a list of changes, each with its reason.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from iroyin.group.account import Account
from iroyin.group.linkage import SURE, clusters
from iroyin.group.live import LiveStory
from iroyin.group.score import Scale
from iroyin.group.veto import (
    elsewhere,
    elsewhere_perhaps,
    nothing_shared,
    nothing_shared_perhaps,
    other_in_the_row,
    other_number,
)
from iroyin.group.views import VIEWS
from iroyin.model import ArticleId, StoryId, short_id

MOST = 240  # articles of a region that are put together one by one; beyond it, stories are moved as a whole
NEVER, ALWAYS = -1e4, 1e3
_VETOES = (  # the rule, the views of two articles that it may refuse, and the log-odds left to those it refuses:
    (other_in_the_row, None, NEVER),  # only the first is the last word; None: what has ordinals
    (other_number, None, -SURE),
    (elsewhere, elsewhere_perhaps, -SURE),
    (nothing_shared, nothing_shared_perhaps, -1.0),
)
Partners = Mapping[ArticleId, set[ArticleId]]


@dataclass(frozen=True, slots=True)
class Merge:
    """All of a story becomes part of another. `score` is the log-odds of it; `reason` names the views that spoke."""

    story_id: StoryId
    into: StoryId
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Split:
    """Articles leave a story for another, which may be new, and is live when all changes are made."""

    story_id: StoryId
    article_ids: tuple[ArticleId, ...]
    new_id: StoryId
    score: float
    reason: str


Change = Merge | Split


@dataclass(frozen=True, slots=True)
class _Unit:
    """Articles that are moved together: one, or a whole story."""

    story: LiveStory
    told: Account


def regroup(stories: Sequence[LiveStory], scale: Scale, *, must: Partners, cannot: Partners) -> list[Change]:
    """The changes that put the articles of these stories where they belong; editors' pairs are obeyed."""
    units = _units(stories, scale, must, cannot)
    if len(units) < 2:
        return []
    found = [[units[n] for n in part] for part in _put_together(units, scale, must, cannot)]
    return list(_changes(stories, found, scale))


def _units(stories: Sequence[LiveStory], scale: Scale, must: Partners, cannot: Partners) -> list[_Unit]:
    if sum(len(story.members) for story in stories) <= MOST:
        return [unit for story in stories for unit in _singles(story)]
    units = []
    for story in stories:
        if story.looked * 1.5 <= len(story.members) <= MOST:
            singles = _singles(story)
            for part in _put_together(singles, scale, must, cannot):
                units.append(_Unit(story, reduce(Account.join, (singles[n].told for n in part))))
        else:
            units.append(_Unit(story, story.told))
    return units


def _singles(story: LiveStory) -> list[_Unit]:
    """Each article alone; how crowded it is around them is known best of the whole story."""
    return [_Unit(story, replace(told, around=story.told.around)) for told in story.members.values()]


def _put_together(units: Sequence[_Unit], scale: Scale, must: Partners, cannot: Partners) -> list[list[int]]:
    """Which units belong together: first the units, then what they became, for a whole story says more than one."""
    parts = [[number] for number in range(len(units))]
    accounts = [unit.told for unit in units]
    while len(parts) > 1:
        found = _linked_up(accounts, scale, must, cannot)
        if len(found) == len(parts):
            break
        parts = [[number for part in group for number in parts[part]] for group in found]
        accounts = [reduce(Account.join, (accounts[part] for part in group)) for group in found]
    return parts


def _linked_up(accounts: Sequence[Account], scale: Scale, must: Partners, cannot: Partners) -> list[list[int]]:
    odds = _odds(accounts, scale)
    for partners, value in ((must, ALWAYS), (cannot, NEVER)):
        for at, to in _linked(accounts, partners):
            odds[at, to] = odds[to, at] = value
    return clusters(
        odds,
        np.array([one.size for one in accounts], np.float64),
        np.stack([one.vector for one in accounts]).astype(np.float64),
        least=scale.weights.merge,
        centre=scale.weights.by_view[VIEWS.index("centre")],
    )


def _odds(accounts: Sequence[Account], scale: Scale) -> NDArray[np.float64]:
    """The log-odds of all pairs, after the vetoes."""
    odds: NDArray[np.float64] = np.zeros((len(accounts), len(accounts)))
    counted = np.array([bool(one.ordinals) for one in accounts])
    for rows, unbound, seen in scale.weigh_all(accounts):
        part = np.clip(unbound, -SURE, SURE)
        for refuse, perhaps, most in _VETOES:
            suspect = np.logical_and.outer(counted[rows], counted) if perhaps is None else perhaps(seen)
            for at, to in np.argwhere(suspect & (part > most)):
                if at + rows.start < to and refuse(accounts[at + rows.start], accounts[to]):
                    part[at, to] = most
        odds[rows] = part
    return np.asarray(np.triu(odds, 1) + np.triu(odds, 1).T)


def _linked(accounts: Sequence[Account], partners: Partners) -> Iterator[tuple[int, int]]:
    """The pairs of units of which editors have spoken."""
    if not partners:
        return
    home = {name: at for at, one in enumerate(accounts) for name in one.articles}
    for name, at in home.items():
        for partner in partners.get(name, ()):
            if home.get(partner, at) != at:
                yield at, home[partner]


def _changes(stories: Sequence[LiveStory], found: Sequence[Sequence[_Unit]], scale: Scale) -> Iterator[Change]:
    ids = _ids(stories, found)
    parts: dict[int, dict[StoryId, list[_Unit]]] = {story.row: {} for story in stories}
    for into, part in zip(ids, found, strict=True):
        for unit in part:
            parts[unit.story.row].setdefault(into, []).append(unit)
    number_of = {into: number for number, into in enumerate(ids)}
    for story in stories:
        leaving = sorted(
            ((into, part) for into, part in parts[story.row].items() if into != story.id),
            key=lambda one: len(one[1]),
        )
        for number, (into, part) in enumerate(leaving):
            told = reduce(Account.join, (unit.told for unit in part))
            rest = [unit.told for unit in found[number_of[into]] if unit.story is not story]
            last = number == len(leaving) - 1 and story.id not in number_of
            yield _change(story, told, into, rest, scale, whole=last)


def _change(
    story: LiveStory, told: Account, into: StoryId, rest: Sequence[Account], scale: Scale, *, whole: bool
) -> Change:
    if rest:
        odds, seen = scale.weigh(told, [reduce(Account.join, rest)])
        score, reason = float(odds[0]), f"tells the same event: {scale.reason(seen[0])}"
    else:
        kept = [one for name, one in story.members.items() if name not in told.articles]
        odds, _ = scale.weigh(told, [reduce(Account.join, kept)])
        score, reason = float(odds[0]), "tells another event than the rest"
    if whole:
        return Merge(story.id, into, round(score, 4), reason)
    return Split(story.id, tuple(sorted(told.articles)), into, round(score, 4), reason)


def _ids(stories: Sequence[LiveStory], found: Sequence[Sequence[_Unit]]) -> list[StoryId]:
    """The id of each cluster: of the story that most of it stands in, each id once; else that of its oldest article."""
    opened = {story.id: story.opened for story in stories}
    shares = [
        (-articles, opened[story_id], number, story_id)
        for number, part in enumerate(found)
        for story_id, articles in _counted(part).items()
    ]
    ids: dict[int, StoryId] = {}
    taken: set[StoryId] = set()
    for _, _, number, story_id in sorted(shares):
        if number not in ids and story_id not in taken:
            ids[number] = story_id
            taken.add(story_id)
    taken |= opened.keys()
    for number, part in enumerate(found):
        if number not in ids:
            names = sorted((told.first_at, name) for unit in part for name, told in _members(unit))
            own = [short_id("s", name) for _, name in names]
            ids[number] = next((StoryId(new) for new in own if new not in taken), StoryId(short_id("s", own[0])))
            taken.add(ids[number])
    return [ids[number] for number in range(len(found))]


def _counted(part: Sequence[_Unit]) -> Counter[StoryId]:
    counted: Counter[StoryId] = Counter()
    for unit in part:
        counted[unit.story.id] += unit.told.size
    return counted


def _members(unit: _Unit) -> Iterator[tuple[ArticleId, Account]]:
    return ((name, unit.story.members[name]) for name in unit.told.articles)
