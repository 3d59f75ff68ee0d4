"""The dossier of a story: its articles, oldest first, with what the desk has found out about who copied whom."""

from collections.abc import Mapping, Sequence

from iroyin.model import Article, ArticleId, Counts, Dossier, Story


def build(
    story: Story,
    articles: Sequence[Article],
    *,
    language: str,
    lineage: Mapping[ArticleId, int],
    newsroom_of: Mapping[ArticleId, str],
    counts: Counts,
) -> Dossier:
    """The dossier in this language. Articles come oldest first, ties by id.

    An article without a text group is a group of its own; `newsroom_of` has "" for one that corroborates nothing.
    """
    ordered = tuple(sorted(articles, key=lambda a: (a.published_at, a.id)))
    return Dossier(story, language, ordered, _complete(ordered, lineage), newsroom_of, counts)


def _complete(articles: Sequence[Article], lineage: Mapping[ArticleId, int]) -> dict[ArticleId, int]:
    groups = {a.id: lineage[a.id] for a in articles if a.id in lineage}
    fresh = max(lineage.values(), default=-1) + 1
    for article in articles:
        if article.id not in groups:
            groups[article.id] = fresh
            fresh += 1
    return groups
