"""Who reported the story: outlets in order of time, copies folded under the text they copy."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from iroyin.model import Article, ArticleId
from iroyin.publish.views import StoryView


@dataclass(frozen=True, slots=True)
class Report:
    """One text of the story, by the outlet that had it first, and the articles that copy it."""

    article: Article
    copies: tuple[Article, ...]
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """All reports by day, and the number of outlets, countries and languages behind them.

    `by_country` and `by_language` are (code, articles), most first.
    """

    days: tuple[tuple[datetime, tuple[Report, ...]], ...]
    outlets: int
    countries: int
    languages: int
    by_country: tuple[tuple[str, int], ...] = ()
    by_language: tuple[tuple[str, int], ...] = ()


def coverage(view: StoryView) -> Coverage:
    """The story's coverage, oldest first; an article without a text group counts as its own text."""
    articles = _by_time(view.articles)
    groups: dict[object, list[Article]] = {}
    for article in articles:
        groups.setdefault(view.lineage.get(article.id, article.id), []).append(article)
    first = view.first_article_id or (articles[0].id if articles else None)
    days: dict[str, list[Report]] = {}
    for texts in groups.values():
        day = texts[0].published_at.astimezone(UTC).date().isoformat()
        days.setdefault(day, []).append(Report(texts[0], tuple(texts[1:]), texts[0].id == first))
    return Coverage(
        tuple((datetime.fromisoformat(day).replace(tzinfo=UTC), tuple(reports)) for day, reports in days.items()),
        len({a.outlet for a in articles}),
        len({a.country for a in articles if a.country}),
        len({a.language for a in articles}),
        _most_first(a.country for a in articles if a.country),
        _most_first(a.language for a in articles),
    )


def _most_first(codes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(codes).items(), key=lambda pair: (-pair[1], pair[0])))


def _by_time(articles: Mapping[ArticleId, Article]) -> list[Article]:
    return sorted(articles.values(), key=lambda a: (a.published_at, a.seen_at, a.id))
