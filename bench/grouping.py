"""Grouping against gold labels, with two peers in the same run on the same articles.

    python bench/grouping.py --data FILE [--split dev]     any JSONL(.gz): id, title, text, published_at, cluster...
    python bench/grouping.py --sets ../shared/data [--dev] every labelled set found there

Peers are single passes with one threshold for all sets, each chosen on the same development parts: TF-IDF words
alone, and the vectors alone. `iroyin` looks again at its live stories after every pass (here PASS articles) and
at the end; `no revision` is the same without second thoughts. Where pairs were judged by hand (`pairs.jsonl.gz`)
it is also told how many of the alike and of the unlike pairs stand in one story.
Figures go to bench/results/grouping.json.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import labelled
import measures
from iroyin.group.assign import LiveStories
from iroyin.group.features import features
from iroyin.group.live import Centroids, Rarity
from iroyin.group.stream import group
from iroyin.model import Article

SETS = {
    "og2021_titles": ("dev",),
    "allsides_events": ("dev", "test"),
    "ecbplus": ("dev", "test"),
    "uci_headlines": ("test",),
    "semeval2022_t8": ("train",),  # its clusters are silver and far from complete: its judged pairs count
}
TIMELESS = ("ecbplus",)  # its dates are guesses, for fewer than half
RESULTS = Path("bench/results")
PASS = 200
TAU_DAYS = 1.0
VECTORS_THRESHOLD, WORDS_THRESHOLD = 0.5, 0.12

System = Callable[[Sequence[Article], np.ndarray], list[str]]


def ours(articles: Sequence[Article], vectors: np.ndarray) -> list[str]:
    """The product: article by article, and second thoughts after every pass."""
    live, placed = LiveStories(vectors.shape[1]), []
    into: dict[str, str] = {}
    for number, (one, vector) in enumerate(zip(articles, vectors, strict=True), start=1):
        placed.append(live.place(one, vector).story_id)
        live.add(one, vector, placed[-1])
        if number % PASS == 0 or number == len(articles):
            for merge in live.merges():
                live.merge(merge.story_id, merge.into)
                into[merge.story_id] = merge.into
    return [_end(into, story) for story in placed]


def _end(into: dict[str, str], story: str) -> str:
    while story in into:
        story = into[story]
    return story


def unrevised(articles: Sequence[Article], vectors: np.ndarray) -> list[str]:
    """The product without second thoughts."""
    placed = {one.article_id: one.story_id for one in group(articles, vectors)}
    return [placed[one.id] for one in articles]


def vectors_only(
    articles: Sequence[Article], vectors: np.ndarray, threshold: float = VECTORS_THRESHOLD
) -> list[str]:
    """Peer: cosine to the story's mean, less with age; the nearest above a threshold."""
    centroids, stories = Centroids(vectors.shape[1]), []
    for one, vector in zip(articles, vectors, strict=True):
        at = one.published_at.timestamp() / 86_400
        near = centroids.nearest(vector, at, window=7, limit=24)
        aged = [(cosine * float(np.exp(-centroids.gap(row, at) / TAU_DAYS)), row) for row, cosine in near]
        best, row = max(aged, default=(-1.0, -1))
        if best < threshold:
            row = centroids.open()
        centroids.add(row, vector, at)
        stories.append(str(row))
    return stories


def words_only(articles: Sequence[Article], vectors: np.ndarray, threshold: float = WORDS_THRESHOLD) -> list[str]:
    """Peer: the same single pass on TF-IDF words."""
    del vectors
    rarity, stories = Rarity(), []
    index: dict[str, dict[int, float]] = {}
    squares: list[float] = []
    newest: list[float] = []
    for one in articles:
        found = features(one)
        words, dots = rarity.unit(found), {}
        for word, weight in words.items():
            for story, held in index.get(word, {}).items():
                dots[story] = dots.get(story, 0.0) + weight * held
        aged = (
            (dot / squares[story] ** 0.5 * float(np.exp(-max(0.0, found.at - newest[story]) / TAU_DAYS)), -story)
            for story, dot in dots.items()
        )
        best, story = max(aged, default=(-1.0, 0))
        story = -story
        if best < threshold:
            story = len(squares)
            squares.append(0.0)
            newest.append(found.at)
        for word, weight in words.items():
            held = index.setdefault(word, {})
            squares[story] += weight * (2 * held.get(story, 0.0) + weight)
            held[story] = held.get(story, 0.0) + weight
        newest[story] = max(newest[story], found.at)
        rarity.count(found)
        stories.append(str(story))
    return stories


SYSTEMS: dict[str, System] = {
    "iroyin": ours,
    "no revision": unrevised,
    "tfidf": words_only,
    "vectors": vectors_only,
}


def measure(path: Path, split: str, given: argparse.Namespace) -> dict[str, Any]:
    """Every system on one labelled part."""
    rows = [r for r in labelled.rows(path) if r.get("cluster") and (not split or r.get("split") == split)]
    articles = [labelled.article(row, timeless=path.parent.name in TIMELESS) for row in rows]
    vectors, embedder = labelled.vectors(
        path, articles, given.embedder, kept=RESULTS / "vectors", cache=given.cache
    )
    languages = [one.language for one in articles]
    pairs = path.with_name("pairs.jsonl.gz")
    judged = [(r["id1"], r["id2"], r["overall"]) for r in labelled.rows(pairs)] if pairs.exists() else []
    report: dict[str, Any] = {"articles": len(articles), "embedder": embedder}
    for name, system in SYSTEMS.items():
        began = time.perf_counter()
        made = system(articles, vectors)
        seconds = time.perf_counter() - began
        found = measures.scores([row["cluster"] for row in rows], made, languages)
        report[name] = {k: round(v, 1) for k, v in found.items()} | {"per_second": round(len(rows) / seconds)}
        report[name] |= measures.judged(judged, dict(zip((row["id"] for row in rows), made, strict=True)))
    return report


def show(name: str, report: dict[str, Any]) -> None:
    """One block of lines for people."""
    print(f"{name}: {report['articles']} articles, {report['embedder']}")
    for system in SYSTEMS:
        m = report[system]
        cross = f"  cross-language {m['cross_f1']:5.1f}" if "cross_f1" in m else ""
        seen = (
            f"  judged alike {m['alike']}/{m['all_alike']} unlike {m['unlike']}/{m['all_unlike']}"
            if "alike" in m
            else ""
        )
        print(
            f"  {system:11} pairs {m['pair_p']:5.1f} {m['pair_r']:5.1f} F1 {m['pair_f1']:5.1f}"
            f"  B-Cubed F1 {m['bcubed_f1']:5.1f}  stories {m['stories']:.0f}/{m['gold']:.0f}{cross}{seen}"
            f"  {m['per_second']}/s"
        )


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="one labelled file")
    parser.add_argument("--split", default="", help="with --data: only rows of this split")
    parser.add_argument("--sets", type=Path, default=Path("../shared/data"), help="folder of labelled sets")
    parser.add_argument("--dev", action="store_true", help="development parts only")
    parser.add_argument("--embedder", default="e5")
    parser.add_argument("--cache", type=Path, default=Path("var/models"))
    given = parser.parse_args()
    if given.data:
        parts = [(given.data, given.split)]
    else:
        known = [(given.sets / name / "articles.jsonl.gz", splits) for name, splits in SETS.items()]
        parts = [
            (path, s) for path, splits in known if path.exists() for s in splits if s == "dev" or not given.dev
        ]
    reports = {}
    for path, split in parts:
        name = f"{path.parent.name} {split}".strip()
        reports[name] = measure(path, split, given)
        show(name, reports[name])
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "grouping.json").write_text(json.dumps(reports, indent=1), "utf-8")


if __name__ == "__main__":
    main()
