"""The fallback embedder: hashed character n-grams, in any language and script, with nothing to install.

Each text is folded, and its 2- to 4-grams inside words are counted into buckets with a sign (the hashing trick,
Weinberger et al. 2009), damped by a square root. It matches shared wording and names, not meaning: across
languages it finds nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from iroyin.adapters.embedders.centre import unit
from iroyin.languages.words import fold

DIMS = 512
MOST_CHARACTERS = 2000
_WORD = re.compile(r"[^\W_]+")


class Ngrams:
    """Unit vectors of hashed character n-grams."""

    @property
    def id(self) -> str:
        """Recipe and length."""
        return f"ngrams-1-{DIMS}"

    @property
    def dims(self) -> int:
        """Length of a vector."""
        return DIMS

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector a text; zeros for a text without a letter or digit."""
        vectors = np.zeros((len(texts), DIMS), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for gram, count in Counter(_grams(text)).items():
                code = crc32(gram.encode("utf-8", "replace"))
                row[code % DIMS] += (1 if code & 0x80000000 else -1) * count**0.5
        return unit(vectors)


def _grams(text: str) -> Iterator[str]:
    for word in _WORD.findall(fold(text[:MOST_CHARACTERS])):
        marked = f"<{word[:40]}>"
        for size in (2, 3, 4):
            for start in range(len(marked) - size + 1):
                yield marked[start : start + size]


def make(cache: Path) -> Ngrams:
    """The embedder; it keeps nothing in `cache`."""
    del cache
    return Ngrams()
