"""Move the weights of the views by random search on the desk's own decisions over the development parts.

    python bench/search_grouping.py --data ../shared/data --seconds 300

Starts from `src/iroyin/group/weights.py`; in each round a few weights are moved at random in two processes, and
the best trial that beats all before it becomes the new middle. Prints every gain.
"""

import argparse
import multiprocessing
import time
from pathlib import Path
from typing import Any

import numpy as np

import labelled
import measures
from iroyin.group import assign, stream
from iroyin.group.features import features
from iroyin.group.views import VIEWS
from iroyin.group.weights import BIAS, BY_VIEW

SETS = {  # split, share of the goal
    "og2021_titles": ("dev", 1.5),
    "allsides_events": ("dev", 1.0),
    "ecbplus": ("dev", 1.0),
    "semeval2022_t8": ("train", 0.5),
}
TRIALS, MOVED = 8, (3, 7)
parts: list[tuple[str, list[Any], np.ndarray, list[str]]] = []


def load(data: Path, cache: Path) -> None:
    """Read the development parts, with their vectors; features are made once."""
    known: dict[str, Any] = {}
    for name, (split, _) in SETS.items():
        path = data / name / "articles.jsonl.gz"
        rows = [row for row in labelled.rows(path) if row["split"] == split and row["cluster"]]
        articles = [labelled.article(row, timeless=name == "ecbplus") for row in rows]
        vectors, _ = labelled.vectors(path, articles, "e5", kept=Path("bench/results/vectors"), cache=cache)
        parts.append((name, articles, vectors, [row["cluster"] for row in rows]))
        known |= {one.id: features(one) for one in articles}
    assign.features = lambda one: known[one.id]


def trial(weights: np.ndarray) -> tuple[float, str]:
    """The goal reached with these weights, and its parts in words."""
    assign.WEIGHTS, assign.BIAS = tuple(weights[:-1]), weights[-1]
    total, words = 0.0, []
    for name, articles, vectors, gold in parts:
        found = measures.scores(gold, stream.group(articles, vectors), [one.language for one in articles])
        cross = found.get("cross_f1", found["pair_f1"])
        goal = 0.35 * found["pair_f1"] + 0.35 * cross + 0.3 * found["bcubed_f1"]
        total += SETS[name][1] * goal
        words.append(f"{name} {found['pair_f1']:.1f}/{found['bcubed_f1']:.1f}")
    return total / sum(share for _, share in SETS.values()), ", ".join(words)


def main() -> None:
    """Search and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("var/models"))
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    load(given.data, given.cache)
    middle = np.array([*(BY_VIEW[name] for name in VIEWS), BIAS])
    rng, began, scale = np.random.default_rng(given.seed), time.monotonic(), 1.0
    with multiprocessing.get_context("fork").Pool(2) as pool:
        best, words = trial(middle)
        print(f"{best:.2f} {words}", flush=True)
        while time.monotonic() - began < given.seconds:
            moves = np.zeros((TRIALS, len(middle)))
            for move in moves:
                chosen = rng.choice(len(middle), rng.integers(*MOVED), replace=False)
                move[chosen] = rng.normal(size=len(chosen))
            tried = middle + scale * (0.12 * np.abs(middle) + 0.25) * moves
            results = pool.map(trial, list(tried))
            top = max(range(TRIALS), key=lambda n: results[n][0])
            if results[top][0] > best:
                best, middle, scale = results[top][0], tried[top], min(1.5, scale * 1.25)
                print(f"{best:.2f} {results[top][1]}", flush=True)
            else:
                scale = max(0.15, scale * 0.85)
    for name, value in zip((*VIEWS, "bias"), middle, strict=True):
        print(f"{name:16} {value:7.2f}")


if __name__ == "__main__":
    main()
