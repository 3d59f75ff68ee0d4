"""The stories of the live window as grouping keeps them in memory: sums of vectors and words, never texts."""

import math
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from iroyin.group.features import Features
from iroyin.model import StoryId

Vector = NDArray[np.float32]
NEWEST = 8  # members of a story that a new article is compared with one by one


@dataclass(slots=True)
class LiveStory:
    """One open story: what its members say taken together, and its newest members one by one."""

    id: StoryId
    row: int
    first_at: float
    last_at: float
    solitary: bool
    size: int = 0
    words: dict[str, float] = field(default_factory=dict)
    words_square: float = 0.0
    languages: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    ordinals: Counter[tuple[str, str]] = field(default_factory=Counter)
    opened: int = 0  # when its first member was placed, counted in articles
    turns: deque[int] = field(default_factory=lambda: deque(maxlen=NEWEST))  # when its newest members were
    titles: deque[frozenset[str]] = field(default_factory=lambda: deque(maxlen=NEWEST))
    vectors: deque[Vector] = field(default_factory=lambda: deque(maxlen=NEWEST))

    def add(self, found: Features, vector: Vector, weights: Mapping[str, float], *, turn: int) -> None:
        """Count one more member; `weights` is its unit vector of words, `turn` its place in the order of placing."""
        self.opened = self.opened if self.size else turn
        self.size += 1
        self.turns.append(turn)
        self.first_at, self.last_at = min(self.first_at, found.at), max(self.last_at, found.at)
        self.languages[found.language] += 1
        self.names.update(found.names)
        self.numbers.update(found.numbers)
        self.places.update(found.places)
        self.ordinals.update(found.ordinals)
        self.titles.append(found.title)
        self.vectors.append(vector)
        for word, weight in weights.items():
            old = self.words.get(word, 0.0)
            self.words[word] = old + weight
            self.words_square += weight * (2 * old + weight)

    def absorb(self, other: "LiveStory") -> None:
        """Take the other's members over, as if they had been added here in their turns."""
        self.size += other.size
        self.opened = min(self.opened, other.opened)
        self.first_at, self.last_at = min(self.first_at, other.first_at), max(self.last_at, other.last_at)
        self.languages += other.languages
        self.names += other.names
        self.numbers += other.numbers
        self.places += other.places
        self.ordinals += other.ordinals
        members = sorted(
            (
                *zip(self.turns, self.titles, self.vectors, strict=True),
                *zip(other.turns, other.titles, other.vectors, strict=True),
            ),
            key=lambda member: member[0],
        )[-NEWEST:]
        for kept in (self.turns, self.titles, self.vectors):
            kept.clear()
        for turn, title, vector in members:
            self.turns.append(turn)
            self.titles.append(title)
            self.vectors.append(vector)
        for word, weight in other.words.items():
            old = self.words.get(word, 0.0)
            self.words[word] = old + weight
            self.words_square += weight * (2 * old + weight)

    def gap(self, at: float) -> float:
        """Days between this time and the span of the story; 0 inside it."""
        return max(0.0, at - self.last_at, self.first_at - at)


class Rarity:
    """How telling a word is in its language: the logarithm of the inverse share of articles that hold it."""

    def __init__(self) -> None:
        self._articles: Counter[str] = Counter()
        self._holding: dict[str, Counter[str]] = {}

    def count(self, found: Features) -> None:
        """Take one article into account."""
        self._articles[found.language] += 1
        self._holding.setdefault(found.language, Counter()).update(found.terms.keys())

    def of(self, word: str, language: str) -> float:
        """The weight of a word, above 0."""
        holding = self._holding.get(language)
        held = holding[word] if holding else 0
        return math.log1p((self._articles[language] + 1) / (held + 0.5))

    def unit(self, found: Features) -> dict[str, float]:
        """The article's words as a unit vector of damped count times rarity."""
        raw = {word: (1 + math.log(n)) * self.of(word, found.language) for word, n in found.terms.items()}
        length = math.sqrt(sum(weight * weight for weight in raw.values()))
        return {word: weight / length for word, weight in raw.items()} if length else {}

    def forget(self, before: int) -> None:
        """Halve all counts once a language holds more than `before` articles: old news stops to weigh."""
        for language, articles in self._articles.items():
            if articles > before:
                self._articles[language] = articles // 2
                halved = {word: n // 2 for word, n in self._holding[language].items() if n > 1}
                self._holding[language] = Counter(halved)


class Drift:
    """What the stream's articles of one language have in common, taken off so that they differ by event.

    In a stream about one great topic all vectors lie near each other. The mean over the stream, added to the
    embedder's own means as articles come in, is removed as the constant means are; with few articles seen it
    counts for little (`START` articles of weight at zero), and after `REACH` articles older ones fade.
    """

    START, REACH = 350.0, 4000.0

    def __init__(self, dims: int) -> None:
        self._dims = dims
        self._sums: dict[str, NDArray[np.float64]] = {}
        self._weight: dict[str, float] = {}

    def off(self, vector: Vector, language: str) -> Vector:
        """The unit vector less what its language's stream has in common, at length one."""
        common = self._sums.get(language)
        if common is None or not vector.any():
            return vector
        rest = vector - common / (self._weight[language] + self.START)
        length = float(np.linalg.norm(rest))
        return np.asarray(rest / length, np.float32) if length else vector

    def count(self, vector: Vector, language: str) -> None:
        """Take one article's vector, as the embedder gave it, into account."""
        old = self._sums.get(language, np.zeros(self._dims))
        keep = 1.0 - 1.0 / self.REACH
        self._sums[language] = old * keep + vector
        self._weight[language] = self._weight.get(language, 0.0) * keep + 1.0


class Centroids:
    """The stories' mean directions in one growing matrix, with their time spans; a closed story's row is freed."""

    def __init__(self, dims: int) -> None:
        self._dims = dims
        self._sums = np.zeros((0, dims), np.float32)
        self._unit = np.zeros((0, dims), np.float32)
        self._spans = np.zeros((0, 2), np.float64)
        self._open = np.zeros(0, bool)
        self._free: list[int] = []
        self._used = 0  # rows from here on were never open

    def open(self) -> int:
        """A free row."""
        if not self._free:
            size, more = len(self._open), max(256, len(self._open))
            self._sums = np.concatenate([self._sums, np.zeros((more, self._dims), np.float32)])
            self._unit = np.concatenate([self._unit, np.zeros((more, self._dims), np.float32)])
            self._spans = np.concatenate([self._spans, np.zeros((more, 2))])
            self._open = np.concatenate([self._open, np.zeros(more, bool)])
            self._free = list(range(size + more - 1, size - 1, -1))
        row = self._free.pop()
        self._open[row] = True
        self._used = max(self._used, row + 1)
        self._spans[row] = math.inf, -math.inf
        return row

    def add(self, row: int, vector: Vector, at: float) -> None:
        """Add a member's vector and time to a story's row."""
        self._sums[row] += vector
        length = float(np.linalg.norm(self._sums[row]))
        self._unit[row] = self._sums[row] / length if length else 0.0
        self._spans[row] = min(self._spans[row, 0], at), max(self._spans[row, 1], at)

    def sums(self, rows: list[int]) -> Vector:
        """The sums of the members' vectors of these rows, in their order; a copy."""
        return np.asarray(self._sums[rows], np.float32)

    def absorb(self, row: int, other: int) -> None:
        """Add another row's members to this row and give the other back."""
        self._sums[row] += self._sums[other]
        length = float(np.linalg.norm(self._sums[row]))
        self._unit[row] = self._sums[row] / length if length else 0.0
        spans = self._spans[[row, other]]
        self._spans[row] = spans[:, 0].min(), spans[:, 1].max()
        self.close(other)

    def gap(self, row: int, at: float) -> float:
        """Days between this time and a row's span; 0 inside it."""
        first, last = self._spans[row]
        return max(0.0, at - float(last), float(first) - at)

    def close(self, row: int) -> None:
        """Give a row back."""
        self._sums[row] = self._unit[row] = 0.0
        self._open[row] = False
        self._free.append(row)

    def ended(self, before: float) -> list[int]:
        """The rows of stories whose newest member is older than this day."""
        return [int(row) for row in np.flatnonzero(self._open & (self._spans[:, 1] < before))]

    def nearest(self, vector: Vector, at: float, *, window: float, limit: int) -> list[tuple[int, float]]:
        """Rows and cosines of the nearest stories within `window` days, exact, nearest first."""
        used, spans = self._used, self._spans[: self._used]
        near = self._open[:used] & (spans[:, 1] >= at - window) & (spans[:, 0] <= at + window)
        cosines = np.where(near, self._unit[:used] @ vector, -2.0)
        many = len(cosines) > limit
        rows = np.argpartition(-cosines, limit - 1)[:limit] if many else np.arange(len(cosines))
        ordered = rows[np.lexsort((rows, -cosines[rows]))]
        return [(int(row), float(cosines[row])) for row in ordered if near[row]]
