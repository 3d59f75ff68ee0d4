"""The sets under ../shared/data/faithfulness, the measures, and the two peers of `bench/verify.py`."""

import bisect
import gzip
import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from iroyin.adapters.embedders import make
from iroyin.compose import cache_folder
from iroyin.languages import content_words, split

DATA = Path(__file__).parents[2] / "shared" / "data" / "faithfulness"
DEVELOPED = ("cliff_goyal21", "wice_claims")  # only their development parts are here
MOST_SENTENCES = 400


def names() -> list[str]:
    """Every set, sorted."""
    return sorted(path.name.removesuffix(".jsonl.gz") for path in DATA.glob("*.jsonl.gz"))


def digest(name: str) -> str:
    """SHA-256 of the set's file."""
    return sha256((DATA / f"{name}.jsonl.gz").read_bytes()).hexdigest()


@cache
def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one set; a source that is a list of sentences becomes one text."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    for row in found:
        row["source"] = row["source"] if isinstance(row["source"], str) else " ".join(row["source"])
    return found


def overlap(claim: str, source: str) -> float:
    """A peer: share of the claim's content words that the source has."""
    words = content_words(claim, "en")
    return len(words & content_words(source, "en")) / len(words) if words else 0.0


class Vectors:
    """A peer: cosine of the claim and its nearest source sentence, with the embedder that ships."""

    def __init__(self) -> None:
        self._embedder = make("e5", cache=cache_folder())
        self._known: dict[str, np.ndarray] = {}

    def score(self, claim: str, source: str) -> float:
        """The highest cosine of the claim with a sentence of the source."""
        if source not in self._known:
            sentences = [source[a:b] for a, b in split(source, "en")][:MOST_SENTENCES] or [source]
            self._known[source] = self._embedder.embed(sentences, ["en"] * len(sentences))
        claimed = self._embedder.embed([claim], ["en"])[0]
        return float((self._known[source] @ claimed).max())


def auc(scores: Sequence[float], labels: Sequence[int]) -> float:
    """Chance that a supported claim scores higher than an unsupported one, ties half."""
    good = [s for s, label in zip(scores, labels, strict=True) if label]
    bad = sorted(s for s, label in zip(scores, labels, strict=True) if not label)
    wins = sum(bisect.bisect_left(bad, s) + bisect.bisect_right(bad, s) for s in good)
    return wins / (2 * len(good) * len(bad))


def balanced(said: Sequence[bool], labels: Sequence[int]) -> float:
    """Mean of the shares of supported and of unsupported claims told right."""
    good = [yes for yes, label in zip(said, labels, strict=True) if label]
    bad = [yes for yes, label in zip(said, labels, strict=True) if not label]
    return (sum(good) / len(good) + 1 - sum(bad) / len(bad)) / 2


def best_threshold(sets: Sequence[tuple[Sequence[float], Sequence[int]]]) -> float:
    """The threshold with the best mean balanced accuracy over the sets."""
    tried = sorted({score for scores, _ in sets for score in scores})
    tried = tried[:: max(1, len(tried) // 500)]
    return max(tried, key=lambda at: sum(balanced([s >= at for s in scores], labels) for scores, labels in sets))
