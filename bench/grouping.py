"""Story recognition against gold labels, with two peers in the same run on the same articles.

    python bench/grouping.py                               every labelled set of ../shared/data
    python bench/grouping.py --dev                         development parts alone
    python bench/grouping.py --data FILE [--split test]    any JSONL(.gz) as `iroyin import` takes it, with `cluster`

`iroyin` has one setting for all sets. The peers of `peers.py` are tuned on the set's own development part, on the
earlier half of one that has no other, or on all development parts together. A FILE of which one split is measured
counts as a set with a development part when it has a split `dev`; when it has none and no other set is at hand, the
peers are at their best on that very file. `at its best` is each peer under the setting that suits what is measured
most, which nobody can know beforehand.
Articles without `cluster` are part of the stream and count for nothing. Judged pairs in `pairs.jsonl.gz` beside the
articles: `overall` (1 alike to 4 unlike) is compared with our probability by Pearson, `label` with standing in one
story.
The first run embeds 46,000 texts, a quarter of an hour; later ones take the vectors from bench/results/vectors.
Everything printed is written to bench/results/grouping.json. Ends with 1 when a floor of bench/floors.json is missed.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # rows are short: threads would only wait for each other

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

import labelled
import measures
import peers
from iroyin.group.score import Scale, probability, shipped
from iroyin.group.stream import group
from parts import AMONG, Part, Parts, pairs_of
from train_grouping import accounts

BENCH = Path(__file__).parent
RESULT = BENCH / "results" / "grouping.json"
FLOORS = json.loads((BENCH / "floors.json").read_text("utf-8"))["grouping"]
AIMS = {
    AMONG: {"pair_f1": 82.0, "bcubed_f1": 93.0},
    "ecbplus test": {"pair_f1": 95.0},
    "og2021_titles dev": {"pair_f1": 80.0, "cross_f1": 80.0},
    "semeval2022_t8": {"pearson": 0.75},
}
COMPARED = ("pair_f1", "bcubed_f1", "cross_f1", "same_f1", "accuracy", "pearson")
Report = dict[str, Any]


def measure(part: Part, both: Sequence[peers.Peer]) -> dict[str, Report]:
    """Ours and the peers on one part, by the name of what counts."""
    stream = part.stream
    began = time.perf_counter()
    made = group(stream.articles, stream.vectors)
    speed = len(made) / (time.perf_counter() - began)
    found = {}
    for name, counted in part.counted.items():
        report: Report = {"articles": len(made), "labelled": len(counted), "sha256": stream.digest}
        report |= {"embedder": stream.embedder, "iroyin": _figures(part, counted, made, speed)}
        for peer in both:
            scopes = part.tuned_on or [(stream, counted)]
            for label, where in ((peer.name, scopes), (f"{peer.name} at its best", [(stream, counted)])):
                if label == peer.name or len(counted):
                    setting = peer.best(where)
                    figures = _figures(part, counted, peer.made(stream)[setting], peer.speed[stream])
                    report[label] = figures | {"setting": str(setting)}
        if any("overall" in pair for pair in part.pairs):
            _correlate(part, report)
        report["seconds"] = round(time.perf_counter() - began, 1)
        found[name] = report | {"ratio": _ratios(report, best=False), "ratio_at_best": _ratios(report, best=True)}
    return found


def _figures(part: Part, counted: np.ndarray, made: Sequence[Any], speed: float) -> Report:
    found: dict[str, float] = part.stream.scores(made, counted) if len(counted) else {}
    standing = dict(zip((one.id for one in part.stream.articles), made, strict=True))
    found |= measures.judged(
        [(p["id1"], p["id2"], p["overall"]) for p in part.pairs if p.get("overall") is not None], standing
    )
    found |= measures.same_story(
        [(p["id1"], p["id2"], bool(p["label"])) for p in part.pairs if "label" in p], standing
    )
    return {name: round(value, 1) for name, value in found.items()} | {"per_second": round(speed)}


def _correlate(part: Part, report: Report) -> None:
    """Pearson of each score with how alike people found the pair, into the report."""
    stream = part.stream
    number = {one.id: n for n, one in enumerate(stream.articles)}
    pairs = [p for p in part.pairs if p["id1"] in number and p["id2"] in number]
    at = [(number[p["id1"]], number[p["id2"]]) for p in pairs]
    alike = [-float(p["overall"]) for p in pairs]
    told, scale = accounts(stream)[0], Scale(shipped())
    ours = [probability(float(scale.weigh(told[i], [told[j]])[0][0])) for i, j in at]
    scores = {"iroyin": ours, **peers.likeness_of_pairs(stream, at)}
    for name, given in scores.items():
        report.setdefault(name, {})["pearson"] = round(measures.pearson(given, alike), 3)


def _ratios(report: Report, *, best: bool) -> dict[str, float]:
    """Ours divided by the better peer's, figure by figure."""
    found = {}
    for figure in COMPARED:
        theirs = _best_peer(report, figure, best=best)
        if figure in report["iroyin"] and theirs:
            found[figure] = round(report["iroyin"][figure] / theirs, 3)
    return found


def _best_peer(report: Report, figure: str, *, best: bool = False) -> float:
    names = [n for n in ("words", "vectors", "mixed") if n in report] + [n for n in report if best and " at " in n]
    return max((report[name].get(figure, 0.0) for name in names), default=0.0)


def show(name: str, report: Report) -> None:
    """One block of lines for people."""
    print(f"{name}: {report['articles']} articles, {report['labelled']} labelled, {report['embedder']}")
    for system, m in report.items():
        if not isinstance(m, dict) or system.startswith("ratio"):
            continue
        said = []
        if "pair_f1" in m:
            for word, key in (("pairs", "pair"), ("B-Cubed", "bcubed"), ("cross-language", "cross")):
                if f"{key}_f1" in m:
                    said.append(f"{word} {m[f'{key}_p']:5.1f} {m[f'{key}_r']:5.1f} F1 {m[f'{key}_f1']:5.1f}")
            said.append(f"stories {m['stories']:.0f}/{m['gold']:.0f}")
        if "alike" in m:
            said.append(f"judged alike {m['alike']}/{m['all_alike']} unlike {m['unlike']}/{m['all_unlike']}")
        if "same_f1" in m:
            said.append(f"in one story F1 {m['same_f1']:5.1f} accuracy {m['accuracy']:5.1f}")
        if "pearson" in m:
            said.append(f"Pearson {m['pearson']:.3f}")
        if "per_second" in m:
            said.append(f"{m['per_second']}/s")
        print(f"  {system:20} {'  '.join(said)}" + (f"  ({m['setting']})" if "setting" in m else ""))
    print(
        "  ratio to the better peer " + "  ".join(f"{k} {v:.3f}" for k, v in report["ratio"].items()), flush=True
    )


def table(reports: dict[str, Report]) -> None:
    """Ours beside the better peer and the aim, a line for each figure."""
    print(f"\n{'':40}{'figure':10}{'ours':>7}{'peer':>7}{'ratio':>7}{'at best':>8}{'aim':>6}{'to go':>7}")
    for name, report in reports.items():
        for figure, ratio in report["ratio"].items():
            ours, peer = report["iroyin"][figure], _best_peer(report, figure)
            aim = AIMS.get(name, {}).get(figure)
            rest = f"{aim:6g}{max(0.0, aim - ours):7.3g}" if aim else ""
            print(
                f"{name:40}{figure:10}{ours:7g}{peer:7g}{ratio:7.3f}{report['ratio_at_best'][figure]:8.3f}{rest}"
            )


def missed(reports: dict[str, Report]) -> list[str]:
    """The floors that are not reached, on data whose digest is the floor's own."""
    found = []
    for name, report in reports.items():
        floor = FLOORS["parts"].get(name, {})
        if floor.get("sha256") == report["sha256"]:
            told = ((figure, least) for figure, least in floor.items() if figure in COMPARED)
            ours = report["iroyin"]
            found += [f"{name}: {f} {ours.get(f)} < {least}" for f, least in told if ours.get(f, 0.0) < least]
    return found


def beginnings(folder: Path, *, kept: Path = labelled.KEPT, cache: Path = labelled.MODELS) -> dict[str, Report]:
    """Ours on the beginnings of development parts that every run of the tests holds to their floors."""
    found: dict[str, Report] = {}
    for name, floor in FLOORS["quick"].items():
        path = folder / name / "articles.jsonl.gz"
        part = labelled.read(path, split=floor["split"], first=floor["first"], kept=kept, cache=cache)
        scores = part.scores(group(part.articles, part.vectors), part.counted())
        found[name] = {key: round(value, 1) for key, value in scores.items()} | {"sha256": part.digest}
    return found


def given_file(path: Path, split: str, sets: Parts, given: argparse.Namespace) -> Part:
    """A file that is measured alone."""
    if not any(row.get("cluster") is not None for row in labelled.rows(path)) and not pairs_of(path):
        sys.exit(f"{path}: no row has a cluster, and no judged pairs lie beside it")
    whole = labelled.read(path, given.embedder, cache=given.cache)
    found, dev = whole.only(split) if split else whole, whole.only("dev")
    tuned_on = [(dev, dev.counted())] if split not in ("", "dev") and len(dev.counted()) else sets.development()
    name = f"{path.parent.name}/{path.name} {split}".strip()
    return Part(found, {name: found.counted()}, tuned_on, pairs_of(path))


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="one labelled file")
    parser.add_argument("--split", default="", help="with --data: only rows of this split")
    parser.add_argument("--sets", type=Path, default=labelled.SHARED, help="folder of labelled sets")
    parser.add_argument("--dev", action="store_true", help="development parts only")
    parser.add_argument("--quick", action="store_true", help="only what the tests hold to floors: ours alone")
    parser.add_argument("--only", default="", help="parts whose name contains this")
    parser.add_argument("--embedder", default="e5")
    parser.add_argument("--cache", type=Path, default=labelled.MODELS)
    given = parser.parse_args()
    if given.quick:
        print(json.dumps(beginnings(given.sets, cache=given.cache), indent=1))
        return
    sets = Parts(given.sets, given.embedder, given.cache)
    asked = [given_file(given.data, given.split, sets, given)] if given.data else sets.all(dev=given.dev)
    reports: dict[str, Report] = {}
    both, began = peers.both(), time.perf_counter()
    for part in asked:
        if given.only and not any(given.only in name for name in part.counted):
            continue
        found = measure(part, both)
        for name, report in found.items():
            show(name, report)
        reports |= found
    table(reports)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(reports, indent=1), "utf-8")
    print(f"{time.perf_counter() - began:.0f} seconds, written to {RESULT.relative_to(BENCH.parent)}")
    below = missed(reports)
    print("\n".join(f"below the floor: {line}" for line in below), file=sys.stderr, end="\n" if below else "")
    sys.exit(bool(below))


if __name__ == "__main__":
    main()
