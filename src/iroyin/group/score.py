"""One question for everything: how probable is it that two accounts tell one event?

The answer is a logistic function of the views. Its weights stand in `weights.toml`, one set for every language and
source, learned by `make train-grouping`.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import exp

import numpy as np
from numpy.typing import NDArray

from iroyin.group.account import Account, Scratch
from iroyin.group.views import VIEWS, views, views_of_all


@dataclass(frozen=True, slots=True)
class Weights:
    """`by_view` in the order of `VIEWS`. `join`, `merge`: log-odds from which an article joins, two stories merge."""

    bias: float
    by_view: tuple[float, ...]
    join: float
    merge: float


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that ship with the program."""
    return read(resources.files(__package__).joinpath("weights.toml").read_text("utf-8"))


def read(text: str) -> Weights:
    """Weights from the text of such a file. A view that is not named weighs nothing."""
    data = tomllib.loads(text)
    by_view = tuple(float(data["views"].get(name, 0.0)) for name in VIEWS)
    return Weights(data["bias"], by_view, **data["thresholds"])


class Scale:
    """Weighs accounts against each other; keeps room for the sums, so it serves one thread."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._by_view = np.array(weights.by_view)
        self._scratch = Scratch()

    def weigh(self, one: Account, others: Sequence[Account]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The log-odds that each other account tells the same event, and the views they come from."""
        if not others:
            return np.zeros(0), np.zeros((0, len(VIEWS)))
        seen = views(one, others, self._scratch)
        return np.asarray(self.weights.bias + seen @ self._by_view), seen

    def weigh_all(
        self, accounts: Sequence[Account]
    ) -> Iterator[tuple[slice, NDArray[np.float64], NDArray[np.float64]]]:
        """The log-odds of each account and each, and their views: some rows of the accounts at a time.

        Without the view of the centres, which linkage follows as units are joined.
        """
        weights = self._by_view.copy()
        weights[VIEWS.index("centre")] = 0.0
        for rows, seen in views_of_all(accounts):
            yield rows, self.weights.bias + seen @ weights, seen

    def reason(self, seen: NDArray[np.float64]) -> str:
        """The three views that spoke most for it, in words."""
        parts = sorted(zip(VIEWS, self._by_view * seen, seen, strict=True), key=lambda part: -part[1])
        return ", ".join(f"{name} {value:.2f}" for name, said, value in parts[:3] if said > 0)


def probability(log_odds: float) -> float:
    """Log-odds as a probability, 0 to 1."""
    return 1 / (1 + exp(-max(-60.0, min(60.0, log_odds))))
