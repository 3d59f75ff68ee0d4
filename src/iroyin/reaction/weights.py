"""The learned weights of relevance and stance, read once from `weights.toml`."""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Relevance:
    """A logistic score: a weight a feature, a bias; `floor` is the least score of a post that is taken."""

    by: tuple[float, ...]
    bias: float
    floor: float
    discount: float

    def say(self, features: Sequence[float]) -> float:
        """The score of these features, from 0 to 1."""
        total = self.bias + sum(w * x for w, x in zip(self.by, features, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class StanceWeights:
    """A row of weights a stance (in the order of `Stance`), the last of each row the bias."""

    rows: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Both."""

    relevance: Relevance
    stance: StanceWeights


@cache
def weights() -> Weights:
    """The weights as they ship."""
    table = tomllib.loads((resources.files(__package__) / "weights.toml").read_text("utf-8"))
    said, stance = table["relevance"], table["stance"]
    rows = np.array([stance[name] for name in ("for", "against", "asks", "remark")], float)
    return Weights(
        Relevance(tuple(said["by"]), said["bias"], said["floor"], said["discount"]), StanceWeights(rows)
    )
