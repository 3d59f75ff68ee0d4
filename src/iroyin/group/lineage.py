"""Who copied whom: texts that are one text, newsrooms that are one newsroom, and the three honest counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from iroyin.model import Article, ArticleId, Counts

DIGESTS = 128  # permutations of a MinHash fingerprint; each is 4 or 8 bytes
COPY = 0.5  # estimated Jaccard overlap of shingles from which two texts are one
BAND = 2  # equal neighbouring digests that make two texts worth a full comparison


def similarity(one: bytes, other: bytes) -> float:
    """Estimated overlap (Jaccard, 0 to 1) of two texts: the share of equal digests (Broder 1997).

    0 when one has no fingerprint or they are not of one kind.
    """
    if not one or len(one) != len(other) or len(one) % DIGESTS:
        return 0.0
    size = len(one) // DIGESTS
    equal = sum(one[at : at + size] == other[at : at + size] for at in range(0, len(one), size))
    return equal / DIGESTS


def text_groups(articles: Iterable[Article]) -> dict[ArticleId, int]:
    """The text group of each article: copies of one text share a number; numbers follow the order of the articles.

    Copying is passed on: a copy of a copy is a copy.
    """
    given = list(articles)
    root = list(range(len(given)))
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for number, article in enumerate(given):
        print_ = article.fingerprint
        near: set[int] = set()
        for key in _bands(print_):
            bucket = buckets.setdefault(key, [])
            near.update(bucket)
            bucket.append(number)
        for other in sorted(near):
            if _root(root, other) != _root(root, number) and similarity(print_, given[other].fingerprint) >= COPY:
                low, high = sorted((_root(root, other), _root(root, number)))
                root[high] = low
    numbers: dict[int, int] = {}
    return {one.id: numbers.setdefault(_root(root, at), len(numbers)) for at, one in enumerate(given)}


def _bands(fingerprint: bytes) -> list[tuple[int, bytes]]:
    """Pieces of a fingerprint; texts that overlap by half share one with a probability above 0.99999999."""
    if not fingerprint or len(fingerprint) % DIGESTS:
        return []
    size = len(fingerprint) // DIGESTS * BAND
    return [(at, fingerprint[at : at + size]) for at in range(0, len(fingerprint), size)]


def _root(root: list[int], at: int) -> int:
    while root[at] != at:
        root[at] = root[root[at]]
        at = root[at]
    return at


def newsroom_of(articles: Sequence[Article], groups: Mapping[ArticleId, int]) -> dict[ArticleId, str]:
    """The newsroom each article counts for: its origin's where it names one, else its owner family.

    All copies of one text count for one newsroom: the origin most of them name, else that of the first of them.
    Articles written by an AI count for nobody: the empty string.
    """
    named: dict[int, Counter[str]] = {}
    first: dict[int, Article] = {}
    for article in sorted(articles, key=_order):
        if article.ai_written:
            continue
        group = groups[article.id]
        first.setdefault(group, article)
        if article.origin:
            named.setdefault(group, Counter())[article.origin] += 1
    newsrooms = {_key(a.newsroom or a.outlet): a.newsroom or a.outlet for a in articles}
    found: dict[ArticleId, str] = {}
    for article in articles:
        group = groups[article.id]
        if article.ai_written:
            found[article.id] = ""
        elif group in named:
            origin = min(named[group].items(), key=lambda item: (-item[1], item[0]))[0]
            found[article.id] = newsrooms.get(_key(origin), origin)
        else:
            found[article.id] = first[group].newsroom or first[group].outlet
    return found


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


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
