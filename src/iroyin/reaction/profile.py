"""What a story is about, as posts would say it: its terms in every language of its articles, and its vectors.

A term is a name, or a word that several of its articles have in common; its weight, from 0 to 1, is the share of the
articles of its language that have it. Posts write names as hashtags too, so terms are compared without spaces.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iroyin.languages.names import name_key, names
from iroyin.languages.rules import rules
from iroyin.languages.words import content_words, fold
from iroyin.model import Article

Vectors = NDArray[np.float32]

LEAD = 700  # characters of an article that tell what it is about
TERMS = 24  # a language
SHORTEST = 3  # letters of a term; in scripts without spaces, and in Korean, two
_HASHTAG = re.compile(r"#(\w+)")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)")
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """A story as posts are compared with it. `terms` maps each language to its terms, the weightiest first.

    `heads` maps it to the names in its headlines, those of most headlines first: by them the story is looked for.
    `vectors` holds a row an article; `names` the keys of all names in it and of their words.
    """

    terms: Mapping[str, tuple[tuple[str, float], ...]]
    heads: Mapping[str, tuple[str, ...]]
    vectors: Vectors
    centre: NDArray[np.float32]
    names: frozenset[str]

    def flat(self) -> Mapping[str, float]:
        """Every term of every language with its weight, without spaces and folded."""
        found: dict[str, float] = {}
        for listed in self.terms.values():
            for term, weight in listed:
                key = squeezed(term)
                found[key] = max(found.get(key, 0.0), weight)
        return found


def squeezed(text: str) -> str:
    """The text folded, without spaces and punctuation: "Sydney siege" and "#SydneySiege" are one.

    >>> squeezed("#SydneySiege") == squeezed("Sydney siege")
    True
    """
    return _NOT_WORDS.sub("", fold(text))


def spelled(text: str) -> str:
    """The text with its hashtags taken apart where capitals show how: "#SydneySiege" reads "Sydney Siege"."""
    return _HASHTAG.sub(lambda tag: _HUMPS.sub(" ", tag[1]), text)


def profile(articles: Sequence[Article], vectors: Vectors) -> Profile:
    """The profile of a story from its articles and their vectors (a row each, of unit length or zero)."""
    by_language: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_language[article.language].append(article)
    terms = {language: _terms(some, language) for language, some in sorted(by_language.items())}
    known = {key for a in articles for n in names(a.text, a.language) for key in name_parts(n.text, a.language)}
    mean = vectors.mean(axis=0) if len(vectors) else np.zeros(1, np.float32)
    length = float(np.linalg.norm(mean))
    heads = {language: _heads(some, language) for language, some in sorted(by_language.items())}
    return Profile(terms, heads, vectors, mean / length if length else mean, frozenset(known))


def name_parts(name: str, language: str) -> set[str]:
    """The keys of a name and of each of its words: a text may give any of them alone."""
    return {key for part in (name, *name.split()) if (key := name_key(part, language))}


def _heads(articles: Sequence[Article], language: str) -> tuple[str, ...]:
    told: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for article in articles:
        for key, text in {squeezed(name.text): name.text for name in names(article.title, language)}.items():
            told[key] += 1
            shown.setdefault(key, text)
    return tuple(shown[key] for key, _ in sorted(told.items(), key=lambda one: -one[1]) if len(key) > 1)


def _terms(articles: Sequence[Article], language: str) -> tuple[tuple[str, float], ...]:
    """The language's terms: names first among equals, then common words."""
    told: Counter[str] = Counter()
    shown: dict[str, str] = {}
    named: set[str] = set()
    for article in articles:
        lead = article.text[:LEAD]
        own: set[str] = set()
        for name in names(lead, language):
            own.add(squeezed(name.text))
            shown.setdefault(squeezed(name.text), name.text)
            named.add(squeezed(name.text))
        for word in content_words(spelled(lead), language):
            own.add(squeezed(word))
            shown.setdefault(squeezed(word), word)
        told.update(own)
    least = 2 if len(articles) > 1 else 1
    long_enough = SHORTEST if rules(language).spaces and language != "ko" else 2
    ranked = sorted(
        (key for key, count in told.items() if count >= least and len(key) >= long_enough and not key.isdigit()),
        key=lambda key: (-told[key] * (2 if key in named else 1), key),
    )
    return tuple((shown[key], told[key] / len(articles)) for key in ranked[:TERMS])
