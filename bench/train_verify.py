"""Learn `src/iroyin/verify/weights.toml` from the development parts of cliff_goyal21 and wice_claims.

    python bench/train_verify.py

Logistic regression (Newton's method, a ridge on all but the bias) on the traits of `verify/traits.py`; both sets weigh
the same, and so do supported and unsupported claims in each. False twins of the supported claims (`bench/mutate.py`,
and words put for their opposites) count a little, since the sets have few claims with one word changed. The threshold
is the best one on scores that each row got from weights learned without it (five folds). One seed, so the same data
give the same file. No row of any other set is looked at.
"""

import random
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from faithfulness import DEVELOPED, auc, balanced, best_threshold, digest, rows
from iroyin.languages import opposites
from iroyin.verify.claims import joined, measure, worst
from mutate import MUTATORS, Case, Twin, parties

OUT = Path(__file__).parents[1] / "src" / "iroyin" / "verify" / "weights.toml"
TWINS = (
    "swapped name",
    "changed number",
    "changed date",
    "lost negation",
    "lost modality",
    "invented detail",
    "swapped roles",
)
RIDGE, FOLDS, EACH_TWIN, SEED = 20.0, 5, 0.1, 5


def traits_of(claim: str, source: str) -> Mapping[str, float] | None:
    """The worst of each trait over the claim's sentences."""
    measured = measure(joined(claim), (joined(source),), "en")
    return worst([found for found, _ in measured]) if measured else None


def twins_of(name: str) -> list[tuple[str, str]]:
    """(claim, source) of false twins of the set's supported claims."""
    chance = random.Random(f"{SEED} {name}")
    true = [row for row in rows(name) if row["label"]]
    pool = sorted({n for row in true for n in parties(row["claim"], "en")})
    found = []
    for row in true:
        others = [chance.choice(true)["claim"]]
        case = Case("en", row["claim"], row["source"], frozenset(pool), chance.sample(pool, 10), others, "")
        made = [MUTATORS[kind][1](case, chance) for kind in TWINS]
        found += [(twin.text, row["source"]) for twin in (*made, _opposite(row["claim"], chance)) if twin]
    return found


def _opposite(claim: str, chance: random.Random) -> Twin | None:
    """One word for its opposite."""
    pairs, words = opposites("en"), claim.split()
    at = [i for i, word in enumerate(words) if word.lower() in pairs]
    if not at:
        return None
    chosen = chance.choice(at)
    words[chosen] = chance.choice(sorted(pairs[words[chosen].lower()]))
    return Twin(" ".join(words))


def fitted(seen: np.ndarray, label: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weights and, last, the bias: logistic regression with a ridge, on traits of mean 0 and spread 1, told plain."""
    mean, spread = seen.mean(0), seen.std(0) + 1e-6
    rows_ = np.c_[(seen - mean) / spread, np.ones(len(seen))]
    ridge = np.eye(rows_.shape[1]) * RIDGE
    ridge[-1, -1] = 0
    found = np.zeros(rows_.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows_ @ found))
        slope = rows_.T @ (weight * (chance - label)) + ridge @ found
        curve = (rows_ * (weight * chance * (1 - chance))[:, None]).T @ rows_ + ridge
        found -= np.linalg.solve(curve, slope)
    return np.r_[found[:-1] / spread, found[-1] - (found[:-1] * mean / spread).sum()]


def main() -> None:
    """Learn, choose the threshold, write the file, print what it reaches on rows left out."""
    seen, label, weight, fold, part, keys = gathered()
    scores = np.zeros(len(label))
    for number in range(FOLDS):
        kept, left = fold != number, fold == number
        found = fitted(seen[kept], label[kept], weight[kept])
        scores[left] = 1 / (1 + np.exp(-(np.c_[seen[left], np.ones(left.sum())] @ found)))
    sets = [
        (list(scores[part == number]), list(label[part == number].astype(int))) for number in range(len(DEVELOPED))
    ]
    threshold = best_threshold(sets)
    for name, (told, labels) in zip(DEVELOPED, sets, strict=True):
        right = balanced([score >= threshold for score in told], labels)
        print(f"{name}: AUC {auc(told, labels):.3f}, balanced accuracy {right:.3f} (of the score, rows left out)")
    write(keys, fitted(seen, label, weight), threshold)


def gathered() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Traits, labels, weights, folds (by source, so that no text is on both sides) and sets of all examples."""
    table: list[tuple[Mapping[str, float], int, float, int, int]] = []
    for number, name in enumerate(DEVELOPED):
        found = rows(name)
        true = sum(row["label"] for row in found) / len(found)
        told = [
            (r["claim"], r["source"], r["label"], 0.5 / (true if r["label"] else 1 - true), number) for r in found
        ]
        told += [(claim, source, 0, EACH_TWIN, -1) for claim, source in twins_of(name)]
        for claim, source, label, weight, part in told:
            traits = traits_of(claim, source)
            if traits is not None:
                table.append((traits, label, weight, zlib.crc32(source.encode()) % FOLDS, part))
    keys = list(table[0][0])
    seen = np.array([[traits[key] for key in keys] for traits, *_ in table])
    label, weight, fold, part = (np.array([row[i] for row in table], float) for i in range(1, 5))
    return seen, label, weight, fold, part, keys


def write(keys: list[str], found: np.ndarray, threshold: float) -> None:
    """The file of weights, with the digests of the data."""
    lines = ["# How much each trait speaks for a claim (verify/traits.py).",
             "# Written by `make train-verify`; not by hand.",
             "# Data (SHA-256, first 16 digits), development parts:",
             *(f"#   {name} {digest(name)[:16]}" for name in DEVELOPED),
             f"bias = {found[-1]:.3f}", f"threshold = {threshold:.3f}", "", "[traits]",
             *(f'"{key}" = {value:.3f}' for key, value in zip(keys, found, strict=False))]  # fmt: skip
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
