"""The peers of story recognition: one pass over the stream, one threshold, nothing looked at twice.

An article joins the story that is most like it, its likeness being the cosine to the sum of the members (`centroid`)
or the mean of the cosines to them (`average`), times exp(-age / tau) with the age of the story's newest member; below
the threshold it opens a story (single pass, Allan et al. 1998). `words` sees TF-IDF of title and text, `vectors` sees
the embedder's vectors less the mean of their language in the whole set, which no live stream could know.
Both likenesses are sums over members, so the cosines to earlier articles are found once and each setting costs only
a pass over them; figures of speed count both, for one setting.
"""

import math
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from iroyin.languages.words import content_words, words
from iroyin.model import Article
from labelled import Scope, Set

WINDOW = 30.0  # days after which an article is near nothing; every decay but none has ended it long before
THRESHOLDS = {
    "words": (0.03, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.24, 0.28, 0.32, 0.38),
    "vectors": (0.16, 0.2, 0.24, 0.28, 0.32, 0.36, 0.4, 0.44, 0.48, 0.52, 0.56, 0.6, 0.65, 0.7),
}
TAUS = (math.inf, 2.0, 1.0, 0.5)  # days; of equals the first is taken
LINKS = ("centroid", "average")
LEAST = 20  # articles of a language that have a mean of their own
DAY = 86_400.0

Near = Iterable[tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a story is compared with, from what likeness on an article joins it, and the decay in days."""

    link: str
    threshold: float
    tau: float

    def __str__(self) -> str:
        return f"{self.link} {self.threshold:g} tau {'none' if self.tau == math.inf else f'{24 * self.tau:g} h'}"


class Peer:
    """One peer with what it has found on each set so far."""

    def __init__(self, name: str, near: Callable[[Set, np.ndarray], Near]) -> None:
        self.name, self._near = name, near
        self.grid = [Setting(*one) for one in product(LINKS, THRESHOLDS[name], TAUS)]
        self._made: dict[Set, dict[Setting, list[int]]] = {}
        self.speed: dict[Set, float] = {}  # articles a second by set

    def made(self, given: Set) -> dict[Setting, list[int]]:
        """The number of each article's story under every setting."""
        if given not in self._made:
            began = time.perf_counter()
            at = np.array([one.published_at.timestamp() / DAY for one in given.articles])
            near = list(self._near(given, at))
            found = {setting: one_pass(near, at, setting) for setting in self.grid[:1]}
            self.speed[given] = len(at) / (time.perf_counter() - began)
            self._made[given] = found | {s: one_pass(near, at, s) for s in self.grid[1:]}
        return self._made[given]

    def best(self, scopes: Sequence[Scope]) -> Setting:
        """The setting with the highest pair F1 plus B-Cubed F1 on average over these."""
        return max(self.grid, key=lambda setting: sum(self._goal(setting, *scope) for scope in scopes))

    def _goal(self, setting: Setting, given: Set, counted: np.ndarray) -> float:
        found = given.scores(self.made(given)[setting], counted)
        return found["pair_f1"] + found["bcubed_f1"]


def one_pass(near: Near, at: np.ndarray, setting: Setting) -> list[int]:
    """The number of each article's story; `near` has the earlier articles and the cosines to them."""
    many = len(at)
    story, square, size, newest = np.zeros(many, np.int32), np.zeros(many), np.zeros(many), np.zeros(many)
    opened = 0
    for number, (earlier, cosines) in enumerate(near):
        best, to, dot = -1.0, opened, 0.0
        if len(earlier):
            stories = story[earlier]
            first = int(stories.min())
            dots = np.bincount(stories - first, cosines)
            within = slice(first, first + len(dots))
            if setting.link == "centroid":
                likeness = dots / np.sqrt(np.maximum(square[within], 1e-9))
            else:
                likeness = dots / size[within]
            if setting.tau != math.inf:
                likeness *= np.exp(-np.maximum(0.0, at[number] - newest[within]) / setting.tau)
            nearest = int(likeness.argmax())
            best, to, dot = float(likeness[nearest]), first + nearest, float(dots[nearest])
        if best < setting.threshold:
            to, opened, dot = opened, opened + 1, 0.0
        story[number] = to
        square[to] += 2 * dot + 1.0
        size[to] += 1
        newest[to] = max(newest[to], at[number])
    return [int(one) for one in story]


def by_words(given: Set, at: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Which earlier articles share words with each, and the cosines of TF-IDF; rarity is counted as they come."""
    held: Counter[str] = Counter()
    index: dict[str, deque[tuple[int, float]]] = {}
    for number, one in enumerate(given.articles):
        dots: dict[int, float] = {}
        weights = tfidf(one, held, number)
        for word, weight in weights.items():
            known = index.setdefault(word, deque())
            while known and at[number] - at[known[0][0]] > WINDOW:
                known.popleft()
            for earlier, other in known:
                dots[earlier] = dots.get(earlier, 0.0) + weight * other
            known.append((number, weight))
        held.update(weights.keys())
        yield np.array(list(dots), np.int32), np.array(list(dots.values()))


def tfidf(article: Article, held: Counter[str], many: int) -> dict[str, float]:
    """The article's words as a unit vector, those of the title counted twice.

    `held` counts in how many of `many` articles each word stands.
    """
    language, text = article.language, f"{article.title}\n{article.text}"
    telling = content_words(text, language)
    counts = Counter(word for word in words(text, language, marks=False) if word in telling)
    raw = {w: (1 + math.log(n)) * math.log1p((many + 1) / (held[w] + 0.5)) for w, n in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in raw.values()))
    return {word: weight / length for word, weight in raw.items()}


def by_vectors(given: Set, at: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The articles of the window before each, and the cosines to them."""
    vectors = centred(given)
    first = np.searchsorted(at, at - WINDOW)
    for number, vector in enumerate(vectors):
        yield np.arange(first[number], number), vectors[first[number] : number] @ vector


def centred(given: Set) -> np.ndarray:
    """Unit vectors less the mean of their language."""
    rest = np.array(given.vectors, np.float32)
    languages = np.array([one.language for one in given.articles])
    for language in set(languages):
        own = languages == language
        if own.sum() >= LEAST:
            rest[own] -= rest[own].mean(axis=0)
    return np.asarray(rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-9))


def likeness_of_pairs(given: Set, pairs: Sequence[tuple[int, int]]) -> dict[str, list[float]]:
    """What each peer, and .7 of the one with .3 of the other, makes of pairs of articles of the set."""
    held = Counter(word for one in given.articles for word in content_words(one.text, one.language))
    known = [tfidf(one, held, len(given.articles)) for one in given.articles]
    vectors = centred(given)
    words_alike = [sum(w * known[b].get(word, 0.0) for word, w in known[a].items()) for a, b in pairs]
    vectors_alike = [float(vectors[a] @ vectors[b]) for a, b in pairs]
    mixed = [0.7 * v + 0.3 * w for v, w in zip(vectors_alike, words_alike, strict=True)]
    return {"words": words_alike, "vectors": vectors_alike, "mixed": mixed}


def both() -> tuple[Peer, Peer]:
    """The two peers, fresh."""
    return Peer("words", by_words), Peer("vectors", by_vectors)
