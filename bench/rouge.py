"""ROUGE-1, -2 and -L F1 (Lin 2004) of a text against references, and the two summaries every writer must beat.

Words are runs of letters or digits in lower case, not stemmed: the measure of our data's own floors. Of several
references the best counts.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

from iroyin.languages import stems
from iroyin.model import Article

Words = Sequence[str]
Score = tuple[float, float, float]

_WORD = re.compile(r"[^\W_]+")
_SAME = 0.5  # share of a sentence's stems beyond which the centroid baseline takes it for told


def words(text: str, most: int | None = None) -> list[str]:
    """The text's words, at most the first `most`."""
    return _WORD.findall(text.lower())[:most]


def rouge(text: str, references: Sequence[str], *, most: int) -> Score:
    """ROUGE-1, ROUGE-2 and ROUGE-L F1 (0 to 1) of the first `most` words."""
    made = words(text, most)
    scores = [(_grams(made, r, 1), _grams(made, r, 2), _longest(made, r)) for r in map(words, references)]
    return max(scores, key=sum, default=(0.0, 0.0, 0.0))


def _grams(made: Words, wanted: Words, size: int) -> float:
    ours, theirs = (Counter(zip(*(w[i:] for i in range(size)), strict=False)) for w in (made, wanted))
    return _f1((ours & theirs).total(), ours.total(), theirs.total())


def _longest(made: Words, wanted: Words) -> float:
    row = [0] * (len(wanted) + 1)
    for word in made:
        corner = 0
        for at, other in enumerate(wanted, start=1):
            corner, row[at] = row[at], corner + 1 if word == other else max(row[at], row[at - 1])
    return _f1(row[-1], len(made), len(wanted))


def _f1(shared: int, made: int, wanted: int) -> float:
    return 2 * shared / (made + wanted) if shared else 0.0


def lead(articles: Sequence[Article]) -> str:
    """Lead-3: the first three sentences of the articles taken in turn, first of each, then second, and so on."""
    most = max((len(a.body_sentences) for a in articles), default=0)
    turns = [a.text[s:e] for at in range(most) for a in articles for s, e in a.body_sentences[at : at + 1]]
    return " ".join(turns[: max(3, len(articles))])


def centroid(articles: Sequence[Article]) -> str:
    """Radev's centroid (2004): the sentences nearest the TF-IDF mean of all, none that repeats half of another."""
    told = [(a.text[s:e], stems(a.text[s:e], a.language)) for a in articles for s, e in a.body_sentences]
    told = [(text, stem) for text, stem in told if stem]
    spread = Counter(stem for _, stemmed in told for stem in stemmed)
    weight = {stem: count * math.log(1 + len(told) / count) for stem, count in spread.items()}
    near: Callable[[frozenset[str]], float] = lambda s: sum(weight[x] for x in s) / math.sqrt(len(s))  # noqa: E731
    chosen: list[tuple[str, frozenset[str]]] = []
    for text, stem in sorted(told, key=lambda one: -near(one[1])):
        if all(len(stem & other) <= _SAME * len(stem) for _, other in chosen):
            chosen.append((text, stem))
    return " ".join(text for text, _ in chosen)
