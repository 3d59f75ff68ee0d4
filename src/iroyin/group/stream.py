"""A whole file of articles at once: article by article as the desk does it, with second thoughts in between."""

from collections.abc import Callable, Sequence

from iroyin.group.assign import LiveStories
from iroyin.group.live import Vector
from iroyin.model import Article, StoryId

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
) -> list[StoryId]:
    """The story of each article in the order given, as it stands after the last second thoughts.

    `vectors` has the unit vector of each article in a row, ids differ. `tell` is called with the number of articles
    placed so far.
    """
    if not articles:
        return []
    live, order = LiveStories(vectors.shape[1], window_days=window_days), in_order(articles)
    placed: dict[int, StoryId] = {}
    became: dict[StoryId, StoryId] = {}
    for begin in range(0, len(order), PASS):
        for number in order[begin : begin + PASS]:
            article, vector = articles[number], vectors[number]
            placed[number] = live.place(article, vector).story_id
            live.add(article, vector, placed[number])
        became |= second_thoughts(live)
        if tell:
            tell(len(placed))
    return [_standing(placed[number], became) for number in range(len(articles))]


def second_thoughts(live: LiveStories) -> dict[StoryId, StoryId]:
    """Look at the live stories again and merge what tells one event; which story went into which."""
    changes = live.merges()
    for change in changes:
        live.merge(change.story_id, change.into)
    return {change.story_id: change.into for change in changes}


def _standing(story: StoryId, became: dict[StoryId, StoryId]) -> StoryId:
    while story in became:
        story = became[story]
    return story
