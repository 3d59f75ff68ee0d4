"""Fit the weights of the views: logistic regression over the development parts, all sets weighing the same.

    python bench/fit_grouping.py --data ../shared/data

The stream is replayed with the gold stories as state; each article is compared with its nearest stories, and the
weights learn to tell its own from the others. They are a beginning: the gold
state is kinder than the desk's own, so the shipped set was then moved by search on the desk's own decisions.
"""

import argparse
from pathlib import Path

import numpy as np

import labelled
from iroyin.group import assign
from iroyin.group.veto import veto
from iroyin.group.views import VIEWS, views
from iroyin.model import StoryId

SETS = {"og2021_titles": ("dev",), "allsides_events": ("dev",), "ecbplus": ("dev", "train")}
RIDGE = 1.0


def examples(articles, vectors, gold):
    """The views and labels met when the stream is replayed with the gold stories."""
    live = assign.LiveStories(vectors.shape[1], window_days=7)
    seen, labels = [], []
    opened = set()
    for one, vector, cluster in zip(articles, vectors, gold, strict=True):
        found = live._features(one)
        words, own = live._rarity.unit(found), live._drift.off(vector, found.language)
        near = live._centroids.nearest(own, found.at, window=7, limit=assign.CANDIDATES)
        around = assign.crowd(near)
        for row, cosine in near:
            story = live._by_row[row]
            if not story.solitary and not veto(found, story):
                seen.append(views(found, own, words, story, cosine, around, live._rarity.of))
                labels.append(story.id == cluster)
        opened.add(cluster)
        live.add(one, vector, StoryId(cluster))
    return np.array(seen), np.array(labels, float)


def fit(x, y, weight, rounds=40):
    """Newton's method with a ridge on all but the bias."""
    x = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(x.shape[1])
    ridge = np.full(len(w), RIDGE)
    ridge[-1] = 0
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (p - y)) + ridge * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        w -= np.linalg.solve(hessian, gradient)
    return w


def main():
    """Replay, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("var/models"))
    given = parser.parse_args()
    xs, ys, ws = [], [], []
    for name, splits in SETS.items():
        path = given.data / name / "articles.jsonl.gz"
        for split in splits:
            rows = [row for row in labelled.rows(path) if row["split"] == split and row["cluster"]]
            articles = [labelled.article(row, timeless=name == "ecbplus") for row in rows]
            vectors, _ = labelled.vectors(
                path, articles, "e5", kept=Path("bench/results/vectors"), cache=given.cache
            )
            x, y = examples(articles, vectors, [row["cluster"] for row in rows])
            print(name, split, len(x), "comparisons", int(y.sum()), "own")
            xs.append(x)
            ys.append(y)
            ws.append(np.full(len(x), 1000 / len(rows) / len(splits)))
    x, y, w = np.concatenate(xs), np.concatenate(ys), np.concatenate(ws)
    fitted = fit(x, y, w)
    for view, value in zip((*VIEWS, "bias"), fitted, strict=True):
        print(f"{view:16} {value:7.3f}")


if __name__ == "__main__":
    main()
