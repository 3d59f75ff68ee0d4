"""Stories, why an article stands in one, and what is counted about them."""

from dataclasses import dataclass
from datetime import datetime

from iroyin.model.ids import ArticleId, StoryId


@dataclass(frozen=True, slots=True)
class Placement:
    """Why an article stands in a story. `views` holds each view's say (name, value), `runner_up` the next best."""

    article_id: ArticleId
    story_id: StoryId
    score: float
    reason: str
    views: tuple[tuple[str, float], ...] = ()
    runner_up: StoryId | None = None
    runner_up_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Story:
    """One event as told by one or more articles; its id is made from an article's and never changes."""

    id: StoryId
    version: int
    article_ids: tuple[ArticleId, ...]
    first_at: datetime
    last_at: datetime
    languages: tuple[str, ...] = ()
    section: str = "world"


@dataclass(frozen=True, slots=True)
class Counts:
    """The three honest counts: all articles, texts that differ, newsrooms that are independent."""

    articles: int
    texts: int
    newsrooms: int


@dataclass(frozen=True, slots=True)
class Related:
    """Another story worth reading, the named relation to this one, its score, and the keys of the tags they share."""

    story_id: StoryId
    relation: str
    score: float
    shared: tuple[str, ...] = ()
