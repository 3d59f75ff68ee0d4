"""Learn `weights.toml` and `weights_states.toml` of `src/iroyin/verify` from the development parts of cliff_goyal21
and wice_claims.

    python bench/train_verify.py [words] [states]      (both when none is named)

Logistic regression (Newton's method, a ridge on all but the bias) on the traits of `verify/traits.py`; both sets weigh
the same, and so do supported and unsupported claims in each. False twins of the supported claims (`bench/mutate.py`,
and words put for their opposites) count a little, since the sets have few claims with one word changed. The threshold
is the best one on scores that each row got from weights learned without it (five folds). One seed, so the same data
give the same file. No row of any other set is looked at.

`states` are the weights for when the vector model is at hand: eight traits, chosen by what they reach on a part left
out (cliff_goyal21 from CNN/DM, from XSum, wice_claims), a stronger ridge, no twins. Near copies have a threshold of
their own there, and both lie where as large a share of supported as of unsupported claims is told right, which carries
over better than the best point (docs/notes/004-claims-and-states.md).
"""

import random
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from faithfulness import DEVELOPED, auc, balanced, best_threshold, digest, rows
from iroyin.adapters.embedders.states import make
from iroyin.compose import cache_folder
from iroyin.languages import opposites
from iroyin.ports import States
from iroyin.verify.claims import NEAR_COPY, joined, measure, worst
from mutate import MUTATORS, Case, Twin, parties

OUT = Path(__file__).parents[1] / "src" / "iroyin" / "verify"
WITH_STATES = (
    "number", "date", "name", "negation", "novel names", "held figures", "near words", "far words"
)  # fmt: skip
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
RIDGE_OF_STATES = 60.0


# Traits, labels, weights, folds, sets, origins, which are near copies, names of the traits.
Table = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[str]]


def traits_of(claim: str, source: str, states: States | None = None) -> Mapping[str, float] | None:
    """The worst of each trait over the claim's sentences."""
    measured = measure(joined(claim), (joined(source),), "en", states)
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


def fitted(seen: np.ndarray, label: np.ndarray, weight: np.ndarray, strength: float = RIDGE) -> np.ndarray:
    """Weights and, last, the bias: logistic regression with a ridge, on traits of mean 0 and spread 1, told plain."""
    mean, spread = seen.mean(0), seen.std(0) + 1e-6
    rows_ = np.c_[(seen - mean) / spread, np.ones(len(seen))]
    ridge = np.eye(rows_.shape[1]) * strength
    ridge[-1, -1] = 0
    found = np.zeros(rows_.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows_ @ found))
        slope = rows_.T @ (weight * (chance - label)) + ridge @ found
        curve = (rows_ * (weight * chance * (1 - chance))[:, None]).T @ rows_ + ridge
        found -= np.linalg.solve(curve, slope)
    return np.r_[found[:-1] / spread, found[-1] - (found[:-1] * mean / spread).sum()]


def main() -> None:
    """Learn what is asked for, choose the threshold, write the file, print what it reaches on rows left out."""
    asked = sys.argv[1:] or ["words", "states"]
    if "words" in asked:
        learn("weights.toml", gathered(), RIDGE)
    if "states" in asked:
        learn("weights_states.toml", gathered(make(cache_folder())), RIDGE_OF_STATES)


def learn(file: str, table: Table, ridge: float) -> None:
    """One file of weights."""
    seen, label, weight, fold, part, origin, near, keys = table
    scores = np.zeros(len(label))
    for number in range(FOLDS):
        scores[fold == number] = told_without(fold == number, table, ridge)
    sets = [
        (list(scores[part == number]), list(label[part == number].astype(int))) for number in range(len(DEVELOPED))
    ]
    at = {"threshold": best_threshold(sets)}
    if ridge == RIDGE_OF_STATES:
        at = {"threshold": even(scores[~near], label[~near]), "near_copy": even(scores[near], label[near])}
    enough = np.where(near, at.get("near_copy", at["threshold"]), at["threshold"])
    print(f"{file}, on rows left out (the score alone):")
    for number, (name, (told, labels)) in enumerate(zip(DEVELOPED, sets, strict=True)):
        right = balanced(list((scores >= enough)[part == number]), labels)
        print(f"  {name}: AUC {auc(told, labels):.3f}, balanced accuracy {right:.3f}")
    for name in sorted(set(origin) - {""}):
        left = origin == name
        alone = auc(list(told_without(left, table, ridge)), list(label[left].astype(int)))
        print(f"  {name}: AUC {alone:.3f} (this part left out whole)")
    write(OUT / file, keys, fitted(seen, label, weight, ridge), at)


def even(scores: np.ndarray, label: np.ndarray) -> float:
    """The score from which as large a share of supported as below it of unsupported claims is told right."""
    good, bad = scores[label == 1], scores[label == 0]
    return float(min(np.unique(scores), key=lambda at: abs((good >= at).mean() - (bad < at).mean())))


def told_without(left: np.ndarray, table: Table, ridge: float) -> np.ndarray:
    """The scores of these rows by weights learned from the others."""
    seen, label, weight = table[:3]
    found = fitted(seen[~left], label[~left], weight[~left], ridge)
    return 1 / (1 + np.exp(-(np.c_[seen[left], np.ones(left.sum())] @ found)))


def gathered(states: States | None = None) -> Table:
    """The examples of both sets; folds go by source, so that no text is on both sides."""
    table: list[tuple[Mapping[str, float], int, float, int, int, str, bool]] = []
    for number, name in enumerate(DEVELOPED):
        found = rows(name)
        true = sum(row["label"] for row in found) / len(found)
        told = [
            (r["claim"], r["source"], r["label"], 0.5 / (true if r["label"] else 1 - true), number,
             f"{name} {r['meta'].get('origin', '')}".strip())
            for r in found
        ]  # fmt: skip
        told += [(claim, source, 0, EACH_TWIN, -1, "") for claim, source in ([] if states else twins_of(name))]
        for claim, source, label, weight, part, origin in told:
            traits = traits_of(claim, source, states)
            if traits is not None:
                table.append((traits, label, weight, zlib.crc32(source.encode()) % FOLDS, part, origin,
                              traits["in order"] >= NEAR_COPY))  # fmt: skip
    keys = list(WITH_STATES if states else table[0][0])
    seen = np.array([[traits[key] for key in keys] for traits, *_ in table])
    label, weight, fold, part = (np.array([row[i] for row in table], float) for i in range(1, 5))
    origins, near = np.array([row[5] for row in table]), np.array([row[6] for row in table])
    return seen, label, weight, fold, part, origins, near, keys


def write(file: Path, keys: list[str], found: np.ndarray, at: Mapping[str, float]) -> None:
    """The file of weights, with the digests of the data."""
    lines = ["# How much each trait speaks for a claim (verify/traits.py).",
             "# Written by `make train-verify`; not by hand.",
             "# Data (SHA-256, first 16 digits), development parts:",
             *(f"#   {name} {digest(name)[:16]}" for name in DEVELOPED),
             f"bias = {found[-1]:.3f}", *(f"{name} = {value:.3f}" for name, value in at.items()), "", "[traits]",
             *(f'"{key}" = {value:.3f}' for key, value in zip(keys, found, strict=False))]  # fmt: skip
    file.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
