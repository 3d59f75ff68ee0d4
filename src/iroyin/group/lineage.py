"""Who copied whom: texts that are one text, newsrooms that are one newsroom, and the three honest counts.

One text are a text's copies, cuts and light rewrites (`copies.py`) and its translations (`translated.py`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from iroyin.group.copies import copied_from
from iroyin.group.translated import translated_from
from iroyin.model import Article, ArticleId, Counts


def text_groups(articles: Iterable[Article]) -> dict[ArticleId, int]:
    """The text group of each article: copies of one text share a number; numbers follow the order of the articles."""
    given = tuple(articles)
    sources = _sources(given)
    numbers: dict[int, int] = {}
    return {one.id: numbers.setdefault(source, len(numbers)) for one, source in zip(given, sources, strict=True)}


@lru_cache(maxsize=4)
def _sources(articles: tuple[Article, ...]) -> tuple[int, ...]:
    """Remembered, since a story is told in several languages and then printed from the same articles."""
    sources = copied_from(articles)
    heads = sorted(set(sources))
    translated = dict(zip(heads, translated_from([articles[at] for at in heads]), strict=True))
    return tuple(heads[translated[at]] for at in sources)


def newsroom_of(articles: Sequence[Article], groups: Mapping[ArticleId, int]) -> dict[ArticleId, str]:
    """The newsroom each article counts for: its origin's where it names one, else its owner family.

    All copies of one text count for one newsroom: the origin most of them name, else that of the first of them. An
    origin that is an outlet of the story counts for what that outlet's first article counts for. Articles written by
    an AI count for nobody: the empty string.
    """
    written = sorted((one for one in articles if not one.ai_written), key=_order)
    named: dict[int, Counter[str]] = {}
    first: dict[int, Article] = {}
    own: dict[str, Article] = {}
    for article in written:
        group = groups[article.id]
        first.setdefault(group, article)
        if article.origin:
            named.setdefault(group, Counter())[article.origin] += 1
        for name in (article.outlet, article.newsroom):
            own.setdefault(_key(name), article)
    found = {one.id: "" for one in articles if one.ai_written}
    for article in written:
        at, seen = groups[article.id], set[int]()
        room = _room(first[at])
        while at in named and at not in seen:
            seen.add(at)
            room = min(named[at].items(), key=lambda item: (-item[1], item[0]))[0]
            source = own.get(_key(room))
            if source is None:
                break
            room = _room(source if groups[source.id] == at else first[groups[source.id]])
            at = groups[source.id]
        found[article.id] = room
    return found


def _room(article: Article) -> str:
    return article.newsroom or article.outlet


def _key(name: str) -> str:
    return " ".join(name.casefold().split()).removeprefix("the ")


def _order(article: Article) -> tuple[float, str]:
    return article.published_at.timestamp(), article.id


def counts(
    articles: Sequence[Article], groups: Mapping[ArticleId, int], newsrooms: Mapping[ArticleId, str]
) -> Counts:
    """All articles, texts that differ, newsrooms that are independent (an AI's own articles are no newsroom)."""
    return Counts(
        articles=len(articles),
        texts=len({groups[one.id] for one in articles}),
        newsrooms=len({_key(newsrooms[one.id]) for one in articles if newsrooms[one.id]}),
    )


def first_to_report(articles: Iterable[Article]) -> Article | None:
    """The earliest article by its own date, an AI's last; none for no articles. Equal times fall by id."""
    return min(articles, key=lambda one: (one.ai_written, *_order(one)), default=None)
