"""Learn `src/iroyin/group/weights.toml` from the development parts of the labelled sets and the sample newsroom.

    python bench/train_grouping.py [--data ../shared/data] [--out src/iroyin/group/weights.toml]

Each article is compared with its nearest by vectors and by words within the window; logistic regression (Newton's
method, a ridge on all but the bias) learns from the views which pairs tell one event. With these weights the program
groups the same parts, and every pair that it looks at in second thoughts is learned from too: those are the hard ones
(learning from one's own decisions, round by round and none forgotten: DAgger, Ross et al. 2011). Every set weighs the
same, however many pairs it has. The pairs of semeval2022_t8 that people marked count by their mark. The round, the
log-odds from which stories are joined and the weight of `centre`, which no pair of articles shows, are chosen on the
program's own decisions over the same parts. Nothing is drawn at random, so the same data give the same file.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import numpy as np

import labelled
import measures
from iroyin.adapters.embedders import make as make_embedder
from iroyin.adapters.store import SqlStore
from iroyin.group import stream
from iroyin.group.account import CROWD, Account, Scratch
from iroyin.group.assign import LiveStories
from iroyin.group.features import features
from iroyin.group.rarity import Drift, Rarity
from iroyin.group.score import Scale, Weights, shipped
from iroyin.group.views import VIEWS, views
from iroyin.sample.server import SampleWeb
from labelled import Set
from many import sample
from parts import DEVELOPED, Parts, pairs_of

TRAINED = {"og2021_titles": ("dev",), "allsides_events": ("dev",), "ecbplus": ("train", "dev")}
MARKED = "semeval2022_t8"
NEAREST, WINDOW, RIDGE = 30, 7.0, 1.0
EACH, EASY, MARKS = (
    1000.0,
    0.3,
    0.5,
)  # weight of a set; the share of its nearest pairs in it; that of the marked pairs
LEAST, CENTRES = (-0.5, -0.25, 0.0), (0.0, 1.0)
FIRST, ROUNDS = -0.5, 3  # log-odds to join at, and how often, to find the hard pairs


@dataclass(frozen=True, slots=True)
class Examples:
    """Views of pairs (rows in the order of VIEWS), how far each pair tells one event (0 to 1), and its weight."""

    seen: np.ndarray
    label: np.ndarray
    weight: np.ndarray


def accounts(given: Set, *, window: float = WINDOW) -> tuple[list[Account], np.ndarray]:
    """Every article as an account when the whole stream is known, and which pairs lie in the window."""
    rarity, drift = Rarity(), Drift(given.vectors.shape[1])
    found = [features(one) for one in given.articles]
    for one, vector in zip(found, given.vectors, strict=True):
        rarity.count(one)
        drift.count(vector, one.language)
    made = [
        rarity.account(one, drift.off(vector, one.language))
        for one, vector in zip(found, given.vectors, strict=True)
    ]
    at = np.array([one.at for one in found])
    near = np.abs(at[:, None] - at[None, :]) <= window
    np.fill_diagonal(near, False)
    units = np.stack([one.vector for one in made]).astype(np.float32)
    cosines = np.where(near, units @ units.T, 0.0)
    for one, row in zip(made, cosines, strict=True):
        one.around = np.sort(np.maximum(row, 0.0))[::-1][:CROWD].astype(np.float32)
    return made, near


def nearest(made: list[Account], near: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of each article with its nearest, by vectors and by words."""
    units, scratch = np.stack([one.vector for one in made]).astype(np.float32), Scratch()
    pairs: set[tuple[int, int]] = set()
    for at, one in enumerate(made):
        words = scratch.products(one, made)[:, 0]
        for likeness in (units @ units[at], words):
            kept = np.where(near[at], likeness, -1.0)
            for other in np.argsort(-kept, kind="stable")[:NEAREST]:
                if kept[other] > 0:
                    pairs.add((min(at, int(other)), max(at, int(other))))
    return sorted(pairs)


def weighing(given: Examples, total: float) -> Examples:
    """The same examples, weighing so much together."""
    return replace(given, weight=np.full(len(given.label), total / len(given.label)))


def examples(made: list[Account], labels: dict[tuple[int, int], float]) -> Examples:
    """The views of these pairs, with labels; together they weigh what every set does."""
    scratch, rows, marks = Scratch(), [], []
    others: dict[int, list[int]] = {}
    for one, other in sorted(labels):
        others.setdefault(one, []).append(other)
    for one, found in others.items():
        rows.append(views(made[one], [made[other] for other in found], scratch))
        marks += [labels[one, other] for other in found]
    return weighing(Examples(np.concatenate(rows), np.array(marks), np.zeros(0)), EACH)


def fit(parts: list[Examples], rounds: int = 30) -> tuple[float, np.ndarray]:
    """Bias and weights of the views."""
    seen = np.concatenate([one.seen for one in parts])
    label = np.concatenate([one.label for one in parts])
    weight = np.concatenate([one.weight for one in parts])
    spread = seen.std(axis=0) + 1e-9
    x = np.column_stack([seen / spread, np.ones(len(seen))])
    w, ridge = np.zeros(x.shape[1]), np.full(x.shape[1], RIDGE)
    ridge[-1] = 0.0
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weight * (p - label)) + ridge * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        w -= np.linalg.solve(hessian, gradient)
    return float(w[-1]), w[:-1] / spread


class Recorder(Scale):
    """A scale that remembers the pairs of articles it is asked about in second thoughts."""

    def __init__(self, weights: Weights, given: Set) -> None:
        super().__init__(weights)
        self._gold = {one.id: gold for one, gold in zip(given.articles, given.gold, strict=True)}
        self.seen: list[np.ndarray] = []
        self.labels: list[float] = []

    def weigh_all(self, accounts):
        """As ever."""
        gold = np.array([self._gold[one.articles[0]] for one in accounts])
        single = np.array([one.size == 1 for one in accounts])
        for rows, odds, seen in super().weigh_all(accounts):
            later = np.arange(len(accounts)) > np.arange(len(accounts))[rows, None]
            at, to = np.nonzero(later & single & single[rows, None])
            self.seen.append(seen[at, to].astype(np.float32))
            self.labels += (gold[rows][at] == gold[to]).astype(float).tolist()
            yield rows, odds, seen


def hard(given: Set, weights: Weights) -> Examples:
    """The pairs that second thoughts look at when the set is grouped with these weights."""
    recorder = Recorder(weights, given)
    stream.group(given.articles, given.vectors, live=LiveStories(given.vectors.shape[1], scale=recorder))
    return Examples(np.concatenate(recorder.seen).astype(np.float64), np.array(recorder.labels), np.zeros(0))


def goal(sets: list[Set], weights: Weights) -> tuple[float, str]:
    """Mean of pair F1 and B-Cubed F1 that the program reaches, each folder of sets weighing the same, and its parts."""
    reached, told = defaultdict(list), []
    for given in sets:
        live = LiveStories(given.vectors.shape[1], scale=Scale(weights))
        made = stream.group(given.articles, given.vectors, live=live)
        found = measures.scores(given.gold, made, [one.language for one in given.articles])
        reached[given.digest].append((found["pair_f1"] + found["bcubed_f1"]) / 2)
        told.append(f"{found['pair_f1']:.1f}/{found['bcubed_f1']:.1f}")
    return fmean(map(fmean, reached.values())), " ".join(told)


def written(weights: Weights, data: dict[str, str]) -> str:
    """The text of the weights file."""
    lines = [
        "# How much each view speaks for one event (group/views.py). Written by `make train-grouping`; not by hand.",
        "# Data (SHA-256, first 16 digits):",
        *(f"#   {name} {digest}" for name, digest in data.items()),
        f"bias = {weights.bias:.3f}",
        "",
        "[thresholds] # log-odds",
        f"join = {weights.join:.2f}",
        f"merge = {weights.merge:.2f}",
        "",
        "[views]",
        *(f'"{name}" = {value:.3f}' for name, value in zip(VIEWS, weights.by_view, strict=True)),
    ]
    return "\n".join(lines) + "\n"


def newsroom(folder: Path) -> Set:
    """The sample newsroom's articles as one run of the demo reads them; what tells no event stands for itself."""
    with SampleWeb() as web:
        events = {_place(url): event for url, event in web.gold().items()}
    with SqlStore(sample(folder)) as store:
        ids = [story_id for story_id, _ in store.reported(limit=10_000)]
        articles = sorted(
            (article for story_id in ids for article in store.story_articles(story_id)),
            key=lambda article: (article.published_at, article.id),
        )
        embedder = make_embedder("e5", cache=labelled.MODELS).id
        vectors = np.stack([store.vector(article.id, embedder) for article in articles])
    gold = [events.get(_place(article.url), article.id) for article in articles]
    return Set(articles, vectors, gold, ["dev"] * len(gold), embedder, "sample")


def _place(url: str) -> str:
    return f"{urlsplit(url).hostname}{urlsplit(url).path}"  # the port is another one at each run


def marked(parts: Parts) -> Examples:
    """The pairs that people marked: 1 for the same story, less the less alike, 0 from mark 3 on."""
    one = parts.set(MARKED)
    at = {article.id: number for number, article in enumerate(one.articles)}
    labels = {}
    for pair in pairs_of(parts.path(MARKED)):
        if pair["id1"] in at and pair["id2"] in at:
            numbers = sorted((at[pair["id1"]], at[pair["id2"]]))
            labels[numbers[0], numbers[1]] = float(np.clip((3.0 - pair["overall"]) / 1.5, 0, 1))
    return examples(accounts(one)[0], labels)


def learn(parts: Parts, sets: list[Set], *, tell=print) -> Weights:
    """Weights from these sets and the marked pairs."""
    near = []
    for one in sets:
        made, window = accounts(one)
        labels = {(a, b): float(one.gold[a] == one.gold[b]) for a, b in nearest(made, window)}
        near.append(examples(made, labels))
        tell(f"{len(one.articles)} articles: {len(labels)} near pairs, {int(sum(labels.values()))} of one story")
    marks = [weighing(marked(parts), EACH * MARKS)] if parts.has(MARKED) else []
    easy = [weighing(one, EACH * EASY) for one in near]
    bias, by_view = fit([*near, *marks])
    looked: list[Examples] = []
    rounds = []
    for turn in range(1, ROUNDS + 1):
        weights = Weights(bias, (*map(float, by_view[:-1]), 0.0), FIRST, FIRST)
        looked += [hard(one, weights) for one in sets]
        bias, by_view = fit([*easy, *marks, *(weighing(one, EACH * (1 - EASY) / turn) for one in looked)])
        rounds.append((bias, tuple(map(float, by_view))))
    return chosen(sets, rounds, tell=tell)


def chosen(sets: list[Set], rounds: list[tuple[float, tuple[float, ...]]], *, tell=print) -> Weights:
    """The bias and weights, the `centre` and the log-odds that reach most on the sets; of equals the first."""
    best, found = -1.0, None
    for turn, (bias, by_view) in enumerate(rounds, start=1):
        for centre, least in product(CENTRES, LEAST):
            tried = Weights(bias, (*by_view[:-1], centre), least, least)
            reached, told = goal(sets, tried)
            tell(f"round {turn} centre {centre} least {least}: {reached:.2f} ({told})", flush=True)
            if reached > best:
                best, found = reached, tried
    assert found, "at least one round"
    return found


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=labelled.SHARED)
    parser.add_argument("--cache", type=Path, default=labelled.MODELS)
    parser.add_argument("--out", type=Path, default=Path("src/iroyin/group/weights.toml"))
    parser.add_argument("--keep-views", action="store_true", help="choose the log-odds and `centre` alone anew")
    given = parser.parse_args()
    parts = Parts(given.data, "e5", given.cache)
    sets = [parts.set(name).only(split) for name, splits in TRAINED.items() for split in splits]
    with TemporaryDirectory() as folder:
        sets.append(newsroom(Path(folder)))
    known = shipped()
    weights = chosen(sets, [(known.bias, known.by_view)]) if given.keep_views else learn(parts, sets)
    digests = {name: labelled.digest_of(parts.path(name))[:16] for name in (*DEVELOPED, MARKED)}
    given.out.write_text(written(weights, digests), "utf-8")


if __name__ == "__main__":
    main()
