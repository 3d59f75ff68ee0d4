"""Which story an article belongs to: the nearest live stories, seen from several sides, one decision.

Single pass over the stream, in the tradition of topic detection and tracking (Allan et al. 1998): an article
joins the most probable story of the live window or starts its own. The probability is a logistic function of
the views; its weights are one fixed set for every language and source.
"""

import math
from collections.abc import Iterable, Sequence

from iroyin.group.features import Features, features
from iroyin.group.live import Centroids, Drift, LiveStory, Rarity, Vector
from iroyin.group.revise import Merge, revise
from iroyin.group.veto import veto
from iroyin.group.views import VIEWS, views
from iroyin.group.weights import BIAS, BY_VIEW, THRESHOLD
from iroyin.model import Article, ArticleId, Placement, StoryId, short_id

WEIGHTS = tuple(BY_VIEW[name] for name in VIEWS)
CANDIDATES = 24
REMEMBERED = 100_000  # articles of a language after which its word counts are halved
SWEEP = 256  # articles between two looks for stories that have ended


class LiveStories:
    """The stories of the live window. `place` decides and changes nothing; `add` records what was decided.

    To rebuild it after a restart, `add` the placed articles of the window in the order of their placing.
    """

    def __init__(self, dims: int, *, window_days: float = 7.0) -> None:
        self._window = window_days
        self._centroids = Centroids(dims)
        self._rarity, self._drift = Rarity(), Drift(dims)
        self._stories: dict[StoryId, LiveStory] = {}
        self._by_row: dict[int, LiveStory] = {}
        self._added, self._newest = 0, -math.inf
        self._last: Features | None = None

    def __len__(self) -> int:
        return len(self._stories)

    def place(self, article: Article, vector: Vector) -> Placement:
        """Where the article belongs, with each view's say and the runner-up. `vector` is its unit vector."""
        found = self._features(article)
        own = short_id("s", article.id)
        if found.solitary:
            return Placement(article.id, StoryId(own), 1.0, "a digest, live blog or listing: always its own story")
        words, vector = self._rarity.unit(found), self._drift.off(vector, found.language)
        ranked: list[tuple[float, LiveStory, tuple[float, ...]]] = []
        objection = ""
        near = self._centroids.nearest(vector, found.at, window=self._window, limit=CANDIDATES)
        around = crowd(near)
        for row, cosine in near:
            story = self._by_row[row]
            if story.solitary:
                continue
            seen = views(found, vector, words, story, cosine, around, self._rarity.of)
            score = probability(seen)
            refusal = veto(found, story)
            if refusal and score >= THRESHOLD:
                objection = objection or refusal
            if not refusal:
                ranked.append((score, story, seen))
        ranked.sort(key=lambda one: (-one[0], one[1].id))
        return _decision(article.id, StoryId(own), ranked, objection)

    def add(self, article: Article, vector: Vector, story_id: StoryId) -> None:
        """Record that the article stands in this story, which is opened when it is not live."""
        found = self._features(article)
        story = self._stories.get(story_id)
        if story is None:
            row = self._centroids.open()
            story = LiveStory(story_id, row, found.at, found.at, found.solitary)
            self._stories[story_id] = self._by_row[row] = story
        own = self._drift.off(vector, found.language)
        story.add(found, own, self._rarity.unit(found), turn=self._added)
        self._centroids.add(story.row, own, found.at)
        self._drift.count(vector, found.language)
        self._rarity.count(found)
        self._newest = max(self._newest, found.at)
        self._added += 1
        if self._added % SWEEP == 0:
            self._rarity.forget(REMEMBERED)
            self._close(self._newest - self._window)

    def merges(self) -> list[Merge]:
        """Second thoughts: which stories tell one event after all. Changes nothing; see `revise`."""
        stories = sorted(self._stories.values(), key=lambda story: story.opened)
        return revise(stories, self._centroids.sums([story.row for story in stories]), window=self._window)

    def merge(self, story_id: StoryId, into: StoryId) -> None:
        """Record that the first story is part of the second, as if its articles had been added to that.

        Does nothing when the first is not live or both are one; when only the first is live, it takes the id of
        the second.
        """
        gone, kept = self._stories.get(story_id), self._stories.get(into)
        if gone is None or gone is kept:
            return
        del self._stories[story_id]
        if kept is None:
            gone.id = into
            self._stories[into] = gone
            return
        del self._by_row[gone.row]
        kept.absorb(gone)
        self._centroids.absorb(kept.row, gone.row)

    def _close(self, before: float) -> None:
        for row in self._centroids.ended(before):
            del self._stories[self._by_row.pop(row).id]
            self._centroids.close(row)

    def _features(self, article: Article) -> Features:
        if self._last is None or self._last.article_id != article.id:
            self._last = features(article)
        return self._last


def crowd(near: Sequence[tuple[int, float]]) -> float:
    """Mean cosine of the ten stories after the nearest; missing ones count as 0."""
    return sum(max(0.0, cosine) for _, cosine in near[1:11]) / 10


def probability(seen: Iterable[float]) -> float:
    """How probable it is that article and story tell one event, from the views in their order."""
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, seen, strict=True))
    return 1 / (1 + math.exp(-total))


def _decision(
    article: ArticleId,
    own: StoryId,
    ranked: list[tuple[float, LiveStory, tuple[float, ...]]],
    objection: str,
) -> Placement:
    if not ranked:
        return Placement(article, own, 1.0, objection or "no story in the window is near")
    best, story, seen = ranked[0]
    said = tuple((name, round(value, 4)) for name, value in zip(VIEWS, seen, strict=True))
    if best < THRESHOLD:
        reason = objection or f"the nearest story is not near enough ({best:.2f} < {THRESHOLD})"
        return Placement(article, own, 1 - best, reason, said, story.id, best)
    second = ranked[1] if len(ranked) > 1 else None
    reason = f"tells the same event ({best:.2f} >= {THRESHOLD}): {_reason(seen)}"
    return Placement(
        article, story.id, best, reason, said, second[1].id if second else None, second[0] if second else 0.0
    )


def _reason(seen: tuple[float, ...]) -> str:
    """The three views that spoke most for it, in words."""
    parts = sorted(zip(VIEWS, WEIGHTS, seen, strict=True), key=lambda part: -part[1] * part[2])
    return ", ".join(f"{name} {value:.2f}" for name, weight, value in parts[:3] if weight * value > 0)
