"""A whole file of articles at once: the same decisions as article by article, in time order."""

from collections.abc import Iterable, Iterator

from iroyin.group.assign import LiveStories
from iroyin.group.live import Vector
from iroyin.model import Article, Placement


def group(articles: Iterable[Article], vectors: Vector, *, window_days: float = 7.0) -> Iterator[Placement]:
    """Place each article, oldest first; `vectors` has one row an article, in the order of `articles`."""
    given = list(articles)
    live = LiveStories(vectors.shape[1], window_days=window_days)
    for number in sorted(range(len(given)), key=lambda n: (given[n].published_at, n)):
        article, vector = given[number], vectors[number]
        placement = live.place(article, vector)
        live.add(article, vector, placement.story_id)
        yield placement
