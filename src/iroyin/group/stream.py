"""A whole file of articles at once: article by article as the desk does it, with second thoughts in between."""

from collections.abc import Callable, Sequence

from iroyin.group.account import Vector
from iroyin.group.assign import LiveStories
from iroyin.group.features import features
from iroyin.group.revise import Merge, Split
from iroyin.model import Article, ArticleId, StoryId

PASS = 256  # articles between two second looks at the live stories, about what one pass of the desk brings


def in_order(articles: Sequence[Article]) -> list[int]:
    """Where the articles stand in the given sequence, oldest first; of one moment, by id, however they came."""
    return sorted(range(len(articles)), key=lambda n: (articles[n].published_at, articles[n].id))


def group(
    articles: Sequence[Article],
    vectors: Vector,
    *,
    window_days: float = 7.0,
    tell: Callable[[int], object] | None = None,
    live: LiveStories | None = None,
) -> list[StoryId]:
    """The story of each article in the order given, as it stands after the last second thoughts.

    `vectors` has the unit vector of each article in a row, ids differ. `tell` is called with the number of articles
    placed so far; `live` is where to begin, if not with nothing.
    """
    if not articles:
        return []
    order = in_order(articles)
    if live is None:
        live = LiveStories(vectors.shape[1], window_days=window_days)
    found = [features(article) for article in articles]
    live.acquaint(found, vectors)
    home: dict[ArticleId, StoryId] = {}
    for begin in range(0, len(order), PASS):
        for number in order[begin : begin + PASS]:
            name, vector = articles[number].id, vectors[number]
            home[name] = live.place(found[number], vector).story_id
            live.add(found[number], vector, home[name])
        second_thoughts(live, home)
        if tell:
            tell(len(home))
    return [home[article.id] for article in articles]


def second_thoughts(live: LiveStories, home: dict[ArticleId, StoryId]) -> None:
    """Look at the live stories again and move what belongs elsewhere; `home` follows."""
    changes = live.revise()
    for change in changes:
        live.apply(change)
    gone = {change.story_id: change.into for change in changes if isinstance(change, Merge)}
    home |= {name: change.new_id for change in changes if isinstance(change, Split) for name in change.article_ids}
    if gone:
        home |= {name: gone[story] for name, story in home.items() if story in gone}
