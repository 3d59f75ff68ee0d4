"""Which story an article belongs to: the nearest live stories, seen from several sides, one decision.

Single pass over the stream, in the tradition of topic detection and tracking (Allan et al. 1998): an article joins
the most probable story of the live window or starts its own; `revise` has second thoughts.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from iroyin.group.account import Account, Vector
from iroyin.group.features import Features
from iroyin.group.links import Links
from iroyin.group.live import LiveStory
from iroyin.group.nearest import Directions
from iroyin.group.rarity import Drift, Rarity
from iroyin.group.regions import Regions
from iroyin.group.revise import Change, Split, regroup
from iroyin.group.score import Scale, probability, shipped
from iroyin.group.veto import veto
from iroyin.group.views import VIEWS
from iroyin.model import ArticleId, Placement, StoryId, short_id

CANDIDATES = 24
REMEMBERED = 200_000  # articles after which the counts of terms are halved
REACH = 2.0  # log-odds under what merges two stories from which they are looked at together
SWEEP = 256  # articles between two looks for stories that have ended


_Seen = tuple[Account, list[tuple[int, float]]]  # with the rows and cosines of the nearest stories


class LiveStories:
    """The stories of the live window. `place` and `revise` decide and change nothing; `add` and `apply` record.

    To rebuild it after a restart, `add` the placed articles of the window in the order of their placing.
    """

    def __init__(
        self,
        dims: int,
        *,
        window_days: float = 7.0,
        links: Links | None = None,
        scale: Scale | None = None,
        directions: Directions | None = None,
    ) -> None:
        self._window = window_days
        self._directions = directions or Directions(dims)
        self._rarity, self._drift = Rarity(), Drift(dims)
        self._scale = scale or Scale(shipped())
        self._stories: dict[StoryId, LiveStory] = {}
        self._by_row: dict[int, LiveStory] = {}
        self._home: dict[ArticleId, LiveStory] = {}
        self._changed: set[StoryId] = set()
        self._added, self._opened, self._newest = 0, 0, -np.inf
        self._acquainted = False
        self._last: _Seen | None = None
        self._links = Links()
        self.relink(links or Links())

    def __len__(self) -> int:
        return len(self._stories)

    def story_of(self, article: ArticleId) -> StoryId | None:
        """The live story that an article stands in."""
        return self._home[article].id if article in self._home else None

    def relink(self, links: Links) -> None:
        """Obey these words of editors from now on; what they spoke of is looked at again."""
        before, self._links = self._links, links
        self._must: dict[ArticleId, set[ArticleId]] = {}
        self._cannot: dict[ArticleId, set[ArticleId]] = {}
        for pairs, kept in ((links.must, self._must), (links.cannot, self._cannot)):
            for one, other in pairs:
                kept.setdefault(one, set()).add(other)
                kept.setdefault(other, set()).add(one)
        said = (before.must ^ links.must) | (before.cannot ^ links.cannot)
        self._changed |= {self._home[name].id for pair in said for name in pair if name in self._home}
        self._changed |= before.fixed - links.fixed

    def place(self, article: Features, vector: Vector) -> Placement:
        """Where the article belongs, with each view's say and the runner-up. `vector` is its unit vector."""
        name, (told, near) = article.article_id, self._seen(article, vector)
        own = StoryId(short_id("s", name))
        if article.solitary:
            return Placement(name, own, 1.0, "a digest, live blog or listing: always its own story")
        for partner in sorted(self._must.get(name, ())):
            if partner in self._home:
                return Placement(name, self._home[partner].id, 1.0, f"an editor put it with {partner}")
        around = [self._by_row[row] for row, _ in near]
        stories = [story for story in around if not story.solitary and self._open_to(story, name)]
        odds, seen = self._scale.weigh(told, [story.told for story in stories])
        ranked = sorted(range(len(stories)), key=lambda n: (-odds[n], stories[n].id))
        objection = ""
        for n in [n for n in ranked if odds[n] >= self._scale.weights.join]:
            refusal = veto(told, stories[n].told)
            if refusal:
                objection = objection or refusal
                ranked.remove(n)
        return self._decision(name, own, [(float(odds[n]), stories[n].id, seen[n]) for n in ranked], objection)

    def add(self, article: Features, vector: Vector, story_id: StoryId) -> None:
        """Record that the article stands in this story, which is opened when it is not live."""
        told, near = self._seen(article, vector)
        for row, cosine in near:
            self._by_row[row].told.meet(cosine)
        story = self._stories.get(story_id)
        if story is None:
            story = self._open(story_id, solitary=article.solitary)
        story.add(article.article_id, told)
        story.turn = self._added
        self._home[article.article_id] = story
        self._stands(story)
        if not self._acquainted:
            self._drift.count(vector, article.language)
            self._rarity.count(article)
        self._newest = max(self._newest, article.at)
        self._added += 1
        self._last = None
        if self._added % SWEEP == 0:
            self._rarity.forget(REMEMBERED)
            for row in self._directions.ended(self._newest - self._window):
                self._close(self._by_row[row])

    def acquaint(self, articles: Iterable[Features], vectors: Vector) -> None:
        """Learn beforehand what is common in a stream that is known as a whole; its articles count no more later."""
        for article, vector in zip(articles, vectors, strict=True):
            self._drift.count(vector, article.language)
            self._rarity.count(article)
        self._acquainted = True

    def revise(self) -> list[Change]:
        """Second thoughts about what has changed since the last call. Moves nothing: that is for `apply`."""
        changed = [self._stories[story_id] for story_id in sorted(self._changed & self._stories.keys())]
        self._changed.clear()
        changes: list[Change] = []
        for region in self._regions([story for story in changed if self._movable(story)]):
            if len(region) == 1 and not region[0].ripe and not self._disputed(region[0]):
                continue
            changes += regroup(region, self._scale, must=self._must, cannot=self._cannot)
            for story in region:
                story.looked = len(story.members)
        return changes

    def apply(self, change: Change) -> None:
        """Record a merge or a split; does nothing when its story is not live."""
        self._last = None
        story = self._stories.get(change.story_id)
        if story is None:
            return
        if isinstance(change, Split):
            into, names = change.new_id, [name for name in change.article_ids if name in story.members]
        else:
            into, names = change.into, list(story.members)
        if into == story.id or not names:
            return
        whole = len(names) == len(story.members)
        target = self._stories.get(into) or self._open(into, opened=story.opened if whole else None)
        for name, told in story.leave(names).items():
            target.add(name, told)
            self._home[name] = target
        target.turn = max(target.turn, story.turn)
        for one in (story, target):
            if one.members:
                self._directions.set(one.row, one.told)
            else:
                self._close(one)

    def settle(self, newest: int) -> None:
        """After a rebuild: all was looked at before but what the newest so many articles have changed."""
        since = self._added - newest
        self._changed = {story.id for story in self._stories.values() if story.turn > since}
        for story in self._stories.values():
            story.looked = len(story.members)

    def _movable(self, story: LiveStory) -> bool:
        return not story.solitary and story.id not in self._links.fixed

    def _disputed(self, story: LiveStory) -> bool:
        """Whether editors want two of its members apart."""
        return any(
            not self._cannot[name].isdisjoint(story.members) for name in self._cannot.keys() & story.members
        )

    def _regions(self, changed: Sequence[LiveStory]) -> list[list[LiveStory]]:
        """The changed stories, each with those that may tell its event or a part of it, as connected sets."""
        regions = Regions()
        known: dict[int, LiveStory] = {}
        for story in changed:
            near = [other for other in self._near(story.told) if other is not story and self._movable(other)]
            odds, _ = self._scale.weigh(story.told, [other.told for other in near])
            linked = {
                self._home[partner].row
                for name in story.members
                for partner in self._must.get(name, ())
                if partner in self._home
            }
            akin = [
                other
                for other, value in zip(near, odds, strict=True)
                if value >= self._scale.weights.merge - REACH
            ]
            known[story.row] = story
            for row in sorted(linked):
                if self._movable(self._by_row[row]) and regions.join(story.row, row, bound=None):
                    known[row] = self._by_row[row]
            for other in akin:
                if regions.join(story.row, other.row):
                    known[other.row] = other
        found: dict[int, list[LiveStory]] = {}
        for story in sorted(known.values(), key=lambda one: one.opened):
            found.setdefault(regions.of(story.row), []).append(story)
        return list(found.values())

    def _decision(
        self,
        article: ArticleId,
        own: StoryId,
        ranked: Sequence[tuple[float, StoryId, NDArray[np.float64]]],
        objection: str,
    ) -> Placement:
        if not ranked:
            return Placement(article, own, 1.0, objection or "no story in the window is near")
        (odds, story, seen), *others = ranked
        said = tuple((name, round(float(value), 4)) for name, value in zip(VIEWS, seen, strict=True))
        best, least = probability(odds), probability(self._scale.weights.join)
        if odds < self._scale.weights.join:
            reason = objection or f"the nearest story is not near enough ({best:.2f} < {least:.2f})"
            return Placement(article, own, 1 - best, reason, said, story, best)
        reason = f"tells the same event ({best:.2f} >= {least:.2f}): {self._scale.reason(seen)}"
        second = (others[0][1], probability(others[0][0])) if others else (None, 0.0)
        return Placement(article, story, best, reason, said, *second)

    def _seen(self, article: Features, vector: Vector) -> _Seen:
        """The article as grouping sees it now: placing and adding it, one after the other, look once."""
        if self._last is None or self._last[0].articles != (article.article_id,):
            told = self._rarity.account(article, self._drift.off(vector, article.language))
            near = self._around(told)
            for row, cosine in near:
                told.meet(cosine, len(self._by_row[row].members))
            self._last = told, near
        return self._last

    def _around(self, told: Account) -> list[tuple[int, float]]:
        vector = told.vector.astype(np.float32)
        return self._directions.nearest(vector, told.first_at, told.last_at, window=self._window, limit=CANDIDATES)

    def _near(self, told: Account) -> list[LiveStory]:
        return [self._by_row[row] for row, _ in self._around(told)]

    def _open_to(self, story: LiveStory, article: ArticleId) -> bool:
        """Whether editors leave it to us whether the article joins the story."""
        return story.id not in self._links.frozen and self._cannot.get(article, set()).isdisjoint(story.members)

    def _open(self, story_id: StoryId, *, solitary: bool = False, opened: int | None = None) -> LiveStory:
        self._opened += 1
        row = self._directions.open()
        story = LiveStory(story_id, row, self._opened if opened is None else opened, solitary=solitary)
        self._stories[story_id] = self._by_row[row] = story
        return story

    def _stands(self, story: LiveStory) -> None:
        self._directions.set(story.row, story.told)
        self._changed.add(story.id)

    def _close(self, story: LiveStory) -> None:
        del self._stories[story.id], self._by_row[story.row]
        self._directions.close(story.row)
        for name in story.members:
            del self._home[name]
