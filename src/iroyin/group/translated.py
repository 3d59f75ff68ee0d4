"""Which texts of one story are translations of one text: their sentences match in order, length and marks.

Marks are what a translation keeps: figures, names and cognates, told by their first letters (Simard, Foster and
Isabelle 1992), Cyrillic spelt in Latin. Sentences are aligned by length (Gale and Church 1993) and marks. Reports of
one event share figures and names too, but seldom sentence by sentence. Where two texts have no letters in common,
as Chinese and English, only their names in Latin letters tell, so most such translations are not found.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import erfc, log, sqrt

from iroyin.languages import fold
from iroyin.model import Article

# Chosen so that no pair of the sample newsroom's own reports reaches it: they tell the same facts in the same order.
TRANSLATED = 0.67  # score from which two texts are one
SINGLE, BACKED, FIGURES = 0.4, 0.1, 0.12  # what the parts of the score weigh beside the share of common words
NO_FIGURES = 0.6  # stands for the share of common figures where there are none
FEWEST = 4  # aligned sentences that tell
COVERED = 0.8  # share of the shorter text that must be aligned
AKIN = 0.15  # share of the marks of one text that the other must have before they are aligned
LONGEST = 40  # sentences that are read of a text
RIVALS = 2  # texts aligned with each text: those with most marks in common

_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f ٬٫]\d+)*|[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+|[\u0400-\u04ff]+")
_PREFIX = 4  # letters by which cognates are told
_CYRILLIC = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхыэіїєґў", "abvgdeziyklmnoprstufhyeiiegu", strict=True))
    | {"ё": "e", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
)
_DENSITY = {"zh": 2.8, "ja": 2.2, "ko": 2.0}  # letters of an alphabet that say as much as one character
_VARIANCE = 6.8  # of a translation's length, in letters per letter (Gale and Church 1993)
# Sentences of the one and the other that make a bead of the alignment, and what each bead costs.
_BEADS = {(1, 1): 0.0, (1, 2): 1.5, (2, 1): 1.5, (2, 2): 2.5, (1, 0): 2.5, (0, 1): 2.5}
_FIGURE, _WORD = 2.5, 2.0  # what a common mark gains
_BAND = 8  # sentences by which an alignment may drift
_CUT = 1.4  # times as long as the other: then the text's end may have no counterpart

Bead = tuple[int, int, int, int]  # sentences from, to of the one text; from, to of the other


@dataclass(frozen=True, slots=True)
class Lines:
    """A text's sentences: the length of each in letters of an alphabet, and its marks; `words` are those of all."""

    language: str
    lengths: tuple[float, ...]
    marks: tuple[Counter[str], ...]
    words: frozenset[str]


def lines(article: Article) -> Lines:
    """The sentences of the article's body as they are compared."""
    places = article.body_sentences[:LONGEST]
    marks = tuple(Counter(_marks(article.text[start:end])) for start, end in places)
    density = _DENSITY.get(article.language, 1.0)
    words = frozenset(mark for each in marks for mark in each if not mark[0].isdigit())
    return Lines(article.language, tuple((end - start) * density for start, end in places), marks, words)


def _marks(text: str) -> list[str]:
    found = []
    for token in _TOKEN.findall(text):
        if token[0].isdigit():
            found.append("".join(str(unicodedata.digit(c)) for c in token if c.isdecimal()))
        elif len(prefix := _prefix(token)) == _PREFIX:
            found.append(prefix)
    return found


@lru_cache(maxsize=16_384)
def _prefix(word: str) -> str:
    return fold(word).translate(_CYRILLIC)[:_PREFIX]


def translated_from(articles: Sequence[Article]) -> list[int]:
    """For each article the place of the text it translates, or that translates it: its own where there is none.

    Of several the one that has most marks in common; translations are passed on.
    """
    texts = [lines(article) for article in articles]
    source = list(range(len(texts)))
    for at, text in enumerate(texts):
        abroad = [other for other in range(at) if texts[other].language != text.language]
        near = sorted((-akin, other) for other in abroad if (akin := _akin(text, texts[other])) >= AKIN)
        for _, other in near[:RIVALS]:
            if score(text, texts[other]) >= TRANSLATED:
                source[at] = source[other]
                break
    return source


def _akin(one: Lines, other: Lines) -> float:
    fewer = min(len(one.words), len(other.words))
    return len(one.words & other.words) / fewer if fewer else 0.0


def score(one: Lines, other: Lines) -> float:
    """How much the texts look like one text in two languages, 0 to 1.6; 0 when too little of them is aligned.

    The share of their words that are common in aligned sentences, the more rare words the better, and how many
    sentences stand one to one, have a rare word in common, and agree in their figures.
    """
    often = _often(one, other)
    beads = align(one, other, often)
    matched = [bead for bead in beads if bead[0] < bead[1] and bead[2] < bead[3]]
    if len(matched) < FEWEST:
        return 0.0
    covered = (_share(one, [b[:2] for b in matched]), _share(other, [b[2:] for b in matched]))
    if max(covered) < COVERED:
        return 0.0
    single = sum(b[1] - b[0] == b[3] - b[2] == 1 for b in matched) / len(beads)
    words, figures, backed = _agreement(one, other, beads, often)
    return words + SINGLE * single + BACKED * backed / len(matched) + FIGURES * figures


def _share(text: Lines, ranges: Sequence[tuple[int, int]]) -> float:
    """The share of the text's length that these ranges of sentences have."""
    return sum(sum(text.lengths[start:end]) for start, end in ranges) / sum(text.lengths)


def _agreement(one: Lines, other: Lines, beads: Sequence[Bead], often: Counter[str]) -> tuple[float, float, int]:
    """The shares of words and of figures that aligned sentences share, and how many share a rare word."""
    shared, every = {True: 0.0, False: 0.0}, {True: 0.0, False: 0.0}
    backed = 0
    for a, b, c, d in beads:
        left, right = sum(one.marks[a:b], Counter()), sum(other.marks[c:d], Counter())
        common = 0.0
        for mark in left | right:
            figure = mark[0].isdigit()
            weight = 1.0 if figure else 1 / often[mark]
            both = weight * min(left[mark], right[mark])
            shared[figure] += 2 * both
            every[figure] += weight * (left[mark] + right[mark])
            common += 0.0 if figure else both
        backed += common >= 0.9
    words = shared[False] / every[False] if every[False] else 0.0
    return words, shared[True] / every[True] if every[True] else NO_FIGURES, backed


def _often(one: Lines, other: Lines) -> Counter[str]:
    """How many sentences of a text have each mark, the larger number of the two texts'."""
    counts = [Counter(mark for marks in text.marks for mark in marks) for text in (one, other)]
    return counts[0] | counts[1]


def align(one: Lines, other: Lines, often: Counter[str]) -> list[Bead]:
    """The best alignment in order. What is left at the end of a text much longer than the other is free."""
    n, m = len(one.lengths), len(other.lengths)
    short, long = sorted((sum(one.lengths), sum(other.lengths)))
    gain = _gains(one, other, often)
    best = {(0, 0): 0.0}
    back: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(n + 1):
        for j in range(max(0, i - _BAND), min(m, i + _BAND) + 1):
            for (di, dj), cost in _BEADS.items():
                before = best.get((i - di, j - dj))
                if before is None:
                    continue
                reward = before - cost
                if di and dj:
                    reward += sum(gain.get(cell, 0.0) for cell in product(range(i - di, i), range(j - dj, j)))
                    reward -= _length_cost(sum(one.lengths[i - di : i]), sum(other.lengths[j - dj : j]))
                if (i, j) not in best or reward > best[i, j]:
                    best[i, j], back[i, j] = reward, (di, dj)
    ends = [end for end in best if end == (n, m) or (long > _CUT * short and (end[0] == n or end[1] == m))]
    return _path(back, max(ends, key=lambda end: (best[end], end), default=(0, 0)))


def _path(back: dict[tuple[int, int], tuple[int, int]], end: tuple[int, int]) -> list[Bead]:
    beads: list[Bead] = []
    i, j = end
    while (i, j) in back:
        di, dj = back[i, j]
        beads.append((i - di, i, j - dj, j))
        i, j = i - di, j - dj
    return beads[::-1]


def _gains(one: Lines, other: Lines, often: Counter[str]) -> dict[tuple[int, int], float]:
    """What aligning a sentence of the one with a sentence of the other gains, for those with common marks."""
    places: dict[str, list[tuple[int, int]]] = {}
    for j, marks in enumerate(other.marks):
        for mark, n in marks.items():
            places.setdefault(mark, []).append((j, n))
    found: dict[tuple[int, int], float] = {}
    for i, marks in enumerate(one.marks):
        for mark, n in marks.items():
            worth = _FIGURE if mark[0].isdigit() else _WORD / often[mark]
            for j, m in places.get(mark, ()):
                found[i, j] = found.get((i, j), 0.0) + worth * min(n, m)
    return found


def _length_cost(one: float, other: float) -> float:
    """Minus the logarithm of the chance that translations differ in length that much, 8 at most."""
    away = abs(one - other) / sqrt(_VARIANCE * (one + other) / 2 + 1)
    return min(-log(max(erfc(away / sqrt(2)), 1e-12)), 8.0)
