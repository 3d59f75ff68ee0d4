"""The dossier of a story: its articles and the honest counts of who really reports it.

Decides which newsroom each article speaks for. Leaves out finding copies: text groups are handed in.
"""

from collections.abc import Mapping, Sequence

from iroyin.languages import fold
from iroyin.model import Article, ArticleId, Counts, Dossier, Story


def build(
    story: Story,
    articles: Sequence[Article],
    *,
    language: str,
    lineage: Mapping[ArticleId, int],
    newsroom_of: Mapping[ArticleId, str] | None = None,
    counts: Counts | None = None,
) -> Dossier:
    """The dossier in this language; newsrooms and counts are worked out when they are not given.

    Articles come oldest first, ties by id. An article without a text group is a group of its own.
    """
    ordered = tuple(sorted(articles, key=lambda a: (a.published_at, a.id)))
    groups = _complete(ordered, lineage)
    rooms = newsroom_of if newsroom_of is not None else newsrooms(ordered, groups)
    totals = counts if counts is not None else count(ordered, groups, rooms)
    return Dossier(story, language, ordered, groups, rooms, totals)


def newsrooms(articles: Sequence[Article], lineage: Mapping[ArticleId, int]) -> Mapping[ArticleId, str]:
    """The independent newsroom each article counts for, "" for an AI-written outlet, which corroborates nothing.

    Copies of one text count for the newsroom the text names as its origin, else for the one that had it first; an
    article that names an origin counts for that origin; all others count for their owner family.
    """
    ordered = sorted(articles, key=lambda a: (a.published_at, a.id))
    groups = _complete(ordered, lineage)
    known = _known_names(ordered)
    first: dict[int, str] = {}
    for article in ordered:
        if article.origin and not article.ai_written:
            first.setdefault(groups[article.id], _origin(article, known))
    for article in ordered:
        if not article.ai_written:
            first.setdefault(groups[article.id], article.newsroom)
    return {a.id: "" if a.ai_written else first[groups[a.id]] for a in ordered}


def count(
    articles: Sequence[Article], lineage: Mapping[ArticleId, int], newsroom_of: Mapping[ArticleId, str]
) -> Counts:
    """Articles, texts that differ, newsrooms that are independent."""
    groups = _complete(articles, lineage)
    rooms = {newsroom_of.get(article.id, article.newsroom) for article in articles}
    return Counts(len(articles), len(set(groups.values())), len(rooms - {""}))


def _complete(articles: Sequence[Article], lineage: Mapping[ArticleId, int]) -> dict[ArticleId, int]:
    groups = {a.id: lineage[a.id] for a in articles if a.id in lineage}
    fresh = max(lineage.values(), default=-1) + 1
    for article in articles:
        if article.id not in groups:
            groups[article.id] = fresh
            fresh += 1
    return groups


def _known_names(articles: Sequence[Article]) -> dict[str, str]:
    """Outlet and newsroom names, folded, to the newsroom behind them: an origin may be an outlet of a family."""
    known: dict[str, str] = {}
    for article in articles:
        for name in (article.newsroom, article.outlet):
            known.setdefault(fold(name).strip(), article.newsroom)
    return known


def _origin(article: Article, known: Mapping[str, str]) -> str:
    return known.get(fold(article.origin).strip(), article.origin.strip() or article.newsroom)
