"""What editors have said about who belongs together; it wins over every score, for ever."""

from dataclasses import dataclass

from iroyin.model import ArticleId, StoryId


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of articles that must or cannot stand in one story, and stories that nothing joins or leaves."""

    must: frozenset[tuple[ArticleId, ArticleId]] = frozenset()
    cannot: frozenset[tuple[ArticleId, ArticleId]] = frozenset()
    frozen: frozenset[StoryId] = frozenset()
