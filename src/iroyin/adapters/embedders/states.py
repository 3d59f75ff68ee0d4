"""How near a sentence's words stand to those of others in context: two traits for the score of `iroyin verify`.

Each word piece of the text is matched with the nearest piece of the sentences by the states of one middle layer (the
matching of BERTScore, Zhang et al. 2020), rare pieces weighing more: the vocabulary itself tells how rare each is.
None of it proves anything: it is weighed beside what code found.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from iroyin.adapters.embedders import encoder
from iroyin.adapters.embedders.centre import unit
from iroyin.adapters.embedders.e5 import PREFIX
from iroyin.adapters.embedders.tokens import Tokens
from iroyin.adapters.embedders.weights import Weights, load, locate

LAYER = 9  # of twelve, from 0: chosen on the development parts, as were the traits
_MOST_TOKENS = 128
_REMEMBERED = 4096  # sentences; the claims of one file share their sources
_MARKS = 3  # the begin mark and the prefix's pieces
_WORST = 5


@dataclass(frozen=True, slots=True)
class _Read:
    rare: NDArray[np.float32]
    states: NDArray[np.float32]


class States:
    """The unit states of word pieces, remembered by sentence."""

    def __init__(self, weights: Weights, model: bytes, *, threads: int) -> None:
        self._table = weights.matrices["emb.word"]
        positions = weights.tensors["emb.pos"].reshape(weights.positions, weights.hidden)
        self._positions = positions + weights.tensors["emb.type"][: weights.hidden]
        self._tokens = Tokens(weights, most=_MOST_TOKENS)
        self._rare = np.array([max(0.0, -score) for _, score in weights.vocabulary], np.float32)
        self._output = encoder.layer_output(LAYER)
        self._session = encoder.session(encoder.cut_at(model, self._output, weights.hidden), threads=threads)
        self._known: OrderedDict[str, _Read] = OrderedDict()

    def traits(self, text: str, sentences: Sequence[str]) -> Mapping[str, float]:
        """How near the pieces of the text are on average, and the five rarer ones that are farthest; 0 without any."""
        mine = self._read(text)
        theirs = [read.states for read in map(self._read, sentences) if len(read.rare)]
        if not mine.rare.any() or not theirs:
            return {"near words": 0.0, "far words": 0.0}
        nearest = (mine.states @ np.concatenate(theirs).T).max(axis=1)
        rarer = (mine.rare >= np.median(mine.rare)) & (mine.rare > 0)
        return {
            "near words": float((nearest * mine.rare).sum() / mine.rare.sum()),
            "far words": float(np.sort(nearest[rarer])[:_WORST].mean()),
        }

    def _read(self, text: str) -> _Read:
        if text in self._known:
            self._known.move_to_end(text)
            return self._known[text]
        cleaned = self._tokens.clean(text)
        if not cleaned:
            return _Read(np.zeros(0, np.float32), np.zeros((0, self._positions.shape[1]), np.float32))
        ids = np.array(self._tokens.encode([cleaned], prefix=PREFIX)[0], np.int64)
        embedded = self._table.take(ids) + self._positions[: len(ids)]
        states: NDArray[np.float32] = self._session.run([self._output], {encoder.INPUT: embedded[None]})[0][0]
        read = self._known[text] = _Read(self._rare[ids[_MARKS:-1]], unit(states[_MARKS:-1]))
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return read


def make(cache: Path, *, threads: int = 2) -> States:
    """The states of the shipped encoder, its int8 model made or taken from `cache`. Raises EmbedderError."""
    weights = load(locate())
    return States(weights, encoder.cached(weights, cache), threads=threads)
