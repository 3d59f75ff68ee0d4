"""What grouping looks at in an article: words of title and lead, names, numbers, places, and its time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from iroyin.group.solitary import is_solitary
from iroyin.languages.names import names
from iroyin.languages.numbers import numbers
from iroyin.languages.places import places
from iroyin.languages.words import content_words, fold
from iroyin.model import Article, ArticleId

LEAD_CHARACTERS = 500  # of the body, for the vector
WORD_CHARACTERS = 3000  # of the body, for the words
SMALL = 2  # "two men", "one in three": such numbers tell no event from another
DAY = 86_400.0
FEATURES_VERSION = 1  # raise it when the same article gives other features: what is kept is then computed anew
_THING = re.compile(r"\s+([^\W\d_]{3,})|\s?([批轮輪届屆回期])")
_WORD_BEFORE = re.compile(r"([^\W\d_]{3,})\s+$")
_TELLING = frozenset({"number", "percent", "money", "measure", "score", "pair", "vague"})


@dataclass(frozen=True, slots=True)
class Features:
    """One article as grouping sees it. `at` is in days since 1970; `terms` counts a title word twice.

    `ordinals` are the title's counted things, as (the thing, which one): ("package", "13") for "13th package"
    and for "package 13". `headline`: there is no body.
    """

    article_id: ArticleId
    language: str
    at: float
    terms: Mapping[str, int]
    title: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    places: frozenset[str]
    ordinals: frozenset[tuple[str, str]]
    solitary: bool
    headline: bool = False


def lead_text(article: Article) -> str:
    """The text to embed: the title and the first 500 characters of the body."""
    title = _whole(article.title)
    body = article.text[len(article.title) :].lstrip()[:LEAD_CHARACTERS]
    return f"{title}\n{_whole(body)}" if body else title


def _whole(text: str) -> str:
    """The text without lone surrogates, which no native library takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def features(article: Article) -> Features:
    """The article's features: pure, total, from title and lead only."""
    language = article.language
    headline, lead = _whole(article.title), lead_text(article)
    body = article.text[len(article.title) :][:WORD_CHARACTERS]
    title = frozenset(content_words(headline, language))
    terms = dict.fromkeys(content_words(body, language), 1) | dict.fromkeys(title, 2)
    return Features(
        article_id=article.id,
        language=language,
        at=article.published_at.timestamp() / DAY,
        terms=terms,
        title=title,
        names=frozenset(_names(lead, language)),
        numbers=frozenset(_numbers(lead, language)),
        places=frozenset(places(lead, language)),
        ordinals=frozenset(_ordinals(headline, language)),
        solitary=is_solitary(headline),
        headline=not body.strip(),
    )


def _names(text: str, language: str) -> Iterator[str]:
    """The words of the names, so that a surname alone meets the full name."""
    for name in names(text, language):
        if name.sure:
            yield from (fold(part) for part in name.text.split() if len(part) > 2)


def _numbers(text: str, language: str) -> Iterator[str]:
    """Numbers in a form that is the same in every language; small ones tell nothing."""
    for number in numbers(text, language):
        if number.kind in _TELLING and (number.value is None or number.value > SMALL):
            yield f"{number.value if number.value is not None else ''}{number.unit}"


def _ordinals(title: str, language: str) -> Iterator[tuple[str, str]]:
    for number in numbers(title, language):
        if number.value is None:
            continue
        if number.kind == "ordinal":
            following = _THING.match(title, number.end)
            if following:
                yield fold(following.group(1) or following.group(2)), str(number.value)
        elif number.kind == "number" and not number.unit:
            before = _WORD_BEFORE.search(title[max(0, number.start - 30) : number.start])
            if before and fold(before.group(1)) in _numbered():
                yield fold(before.group(1)), str(number.value)


@lru_cache(maxsize=1)
def _numbered() -> frozenset[str]:
    text = resources.files(__package__).joinpath("numbered.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
