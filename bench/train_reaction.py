"""Learn the weights of public reaction anew from the development halves: `src/iroyin/reaction/weights.toml`.

Relevance: a logistic score over events of RumourEval (`DEVELOPMENT`), the posts that open threads against all posts of
other events and of SemEval. Stance: a multinomial one over SemEval's train and development split and RumourEval's
train split, both sets weighing the same. Plain gradient descent, no chance in it.
Run: `python bench/train_reaction.py` (or `make train-reaction`).
"""

import sys
from collections.abc import Sequence

import numpy as np

from discussions import DATA, DEVELOPMENT, ROOT, Discussion, rumours, targets
from iroyin.model import Stance
from iroyin.reaction import relevance, stance
from reaction import Field, fields, stance_features

TARGET = ROOT / "src" / "iroyin" / "reaction" / "weights.toml"
PRECISION = 0.93  # wanted of what is taken, over the development events together
STEPS, RATE = 4000, 1.0
MEANS = 0.3  # the weight of a cue that says what it means, in spreads of the labelled English
SAID = ("agrees", "objects")  # cues that keep that weight
KEEP = 1e-2


def fitted(
    x: np.ndarray,
    y: np.ndarray,
    w: np.ndarray,
    *,
    classes: int,
    keep: float,
    before: np.ndarray | None = None,
    among: np.ndarray | None = None,
    fixed: Sequence[int] = (),
) -> np.ndarray:
    """A row of weights a class with the bias last, for features as they come.

    `keep` holds the weights near `before` (features by classes, for features of unit spread; zero when not given).
    `among` says for each row which classes its set labels: it teaches nothing about the others. The weights of the
    features in `fixed` stay as they were before.
    """
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    rows, want, w = np.zeros((z.shape[1], classes)), np.eye(classes)[y], w / w.sum()
    if before is not None:
        rows[:-1] = before
    for _ in range(STEPS):
        scores = z @ rows
        scores -= scores.max(axis=1, keepdims=True)
        given = np.exp(scores) if among is None else np.exp(scores) * among
        given /= given.sum(axis=1, keepdims=True)
        held = rows - np.r_[before, [[0.0] * classes]] if before is not None else rows.copy()
        held[-1] = 0.0
        step = RATE * (z.T @ ((given - want) * w[:, None]) + keep * held)
        step[list(fixed)] = 0.0
        rows -= step
    plain = rows[:-1] / spread[:, None]
    return np.r_[plain, [rows[-1] - mean @ plain]].T


def learned_relevance(events: list[Field]) -> tuple[np.ndarray, float]:
    """The weights with the bias last, and the least score at which the wanted precision is reached."""
    x = np.array([row for one in events for row, take in zip(one.own, one.teaches, strict=True) if take])
    y = np.array([gold for one in events for gold, take in zip(one.gold, one.teaches, strict=True) if take], int)
    w = np.where(y == 1, 1 / (y == 1).sum(), 1 / (y == 0).sum())
    rows = fitted(x, y, w, classes=2, keep=1e-3)
    row = rows[1] - rows[0]
    scores = np.concatenate([one.scores(row[:-1], row[-1]) for one in events])
    gold = np.concatenate([one.gold for one in events])
    order = np.argsort(-scores, kind="stable")
    precision = np.cumsum(gold[order]) / np.arange(1, len(order) + 1)
    at = int(np.flatnonzero(precision >= PRECISION)[-1])
    return row, float(scores[order][at])


def learned_stance(some: list[list[Discussion]]) -> np.ndarray:
    """A row of weights a stance, the bias last; every set weighs the same."""
    x, y, w, among = [], [], [], []
    for group in some:
        size = sum(len(one.gold) for one in group)
        labelled = {label for one in group for label in one.gold}
        for one in group:
            x.append(stance_features(one))
            y += [tuple(Stance).index(gold) for gold in one.gold]
            w += [1 / size] * len(one.gold)
            among += [[float(label in labelled) for label in Stance]] * len(one.gold)
    return fitted(
        np.concatenate(x), np.array(y), np.array(w), classes=len(Stance), keep=KEEP, before=meaning(),
        among=np.array(among), fixed=[stance.NAMES.index(name) for name in SAID],
    )  # fmt: skip


def meaning() -> np.ndarray:
    """What the cues mean by themselves, which labelled English, where few of them are met, would unlearn."""
    before = np.zeros((len(stance.NAMES), len(Stance)))
    for name, kind in (("agrees", Stance.FOR), ("objects", Stance.AGAINST), ("asks last", Stance.ASKS)):
        before[stance.NAMES.index(name), tuple(Stance).index(kind)] = MEANS
    return before


def main() -> None:
    """Learn both and write them."""
    if not DATA.exists():
        sys.exit("no posts: expected ../shared/data/social beside the repository")
    row, floor = learned_relevance([one for one in fields() if one.name in DEVELOPMENT])
    rows = learned_stance([targets(test=False), rumours(test=False)])
    lines = [
        "# Written by bench/train_reaction.py; the features are those that relevance.py and stance.py name.",
        "[relevance]",
        f"# {', '.join(relevance.NAMES)}",
        f"by = {[round(float(v), 4) for v in row[:-1]]}",
        f"bias = {row[-1]:.4f}",
        f"floor = {floor:.4f}",
        "discount = 0.999  # of what a post answers, so that its own words come first",
        "",
        "[stance]",
        f"# {', '.join(stance.NAMES)}, bias",
        *(f"{name} = {[round(float(v), 4) for v in one]}" for name, one in zip(Stance, rows, strict=True)),
    ]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"wrote {TARGET.relative_to(ROOT)}: floor of relevance {floor:.4f}")


if __name__ == "__main__":
    main()
