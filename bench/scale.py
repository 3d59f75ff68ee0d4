"""The cost of placing while the desk grows to a million articles: `python bench/scale.py [--articles N]`.

A stream made of the real articles of abp_scale_stream (see `made_stream.py`) comes at 11,111 articles a day for 90
days. Counted is the time of placing, which has the making of features in it; the making of the stream and of vectors is
not. Seconds are those of the processor, on one core; where others work on the machine they are longer, so the ratio is
also told in units of the making of features, which does not depend on what is live. Second thoughts are on and counted
apart. One look in COMPARED_EVERY is also done exactly, at no cost: recall of the candidates. The cost at a mark is
that of the LAST articles before it.
An hour or more for the whole: Ctrl-C stops it, what was measured is printed; bench/results/scale.json is written as
it goes. Ends with 1 when a floor of bench/floors.json is missed. Memory is that of the whole process, the source of
the made stream included (`before` the first article).
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one article at a time: threads would only wait for each other

import argparse
import json
import resource
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import labelled
from iroyin.adapters import embedders
from iroyin.group.assign import LiveStories
from iroyin.group.features import features, lead_text
from iroyin.group.nearest import SHORTLIST, Directions
from iroyin.group.stream import PASS, second_thoughts
from made_stream import MadeStream, Source, source_of

BENCH = Path(__file__).parent
RESULT = BENCH / "results" / "scale.json"
FLOORS = json.loads((BENCH / "floors.json").read_text("utf-8"))["scale"]
ARTICLES, PER_DAY = 1_000_000, 11_111
MARKS = (10_000, 50_000, 100_000, 300_000, 1_000_000)
LAST = 5_000
COMPARED_EVERY = 20  # looks for the nearest stories
NEAR = 0.35  # mean cosine to members from which the nearest story may well be the article's
EMBEDDED, EMBEDDED_AT_ONCE = 500, 64
TOLD_EVERY = 20.0  # seconds between two lines of progress


class Compared(Directions):
    """The stories' directions, which now and then look through all stories exactly as well, not counted as cost."""

    def __init__(self, dims: int) -> None:
        super().__init__(dims)
        self.asked = 0
        self.found, self.before = Counter[str](), Counter[str]()
        self.seconds = 0.0

    def nearest(self, vector, first_at, last_at, *, window, limit, shortlist=SHORTLIST):
        """As ever."""
        found = super().nearest(vector, first_at, last_at, window=window, limit=limit)
        self.asked += 1
        if self.asked % COMPARED_EVERY == 0:
            began = time.process_time()
            asked = {"window": window, "limit": limit, "shortlist": sys.maxsize}
            exact = super().nearest(vector, first_at, last_at, **asked)
            first = [row for row, _ in found[:1]] == [row for row, _ in exact[:1]]
            near = bool(exact) and exact[0][1] >= NEAR
            self.found += Counter(
                all=len(exact),
                alike=len({row for row, _ in found} & {row for row, _ in exact}),
                looks=1,
                first=first,
                near=near,
                first_of_near=first and near,
            )
            self.seconds += time.process_time() - began
        return found

    def recall(self, *, ever: bool = False) -> dict[str, float]:
        """Shares since last asked: of the exactly nearest those found; looks whose nearest was, of all and if near."""
        counted = self.before + self.found if ever else self.found
        shares = {
            "recall_24": ("alike", "all"),
            "first": ("first", "looks"),
            "near_first": ("first_of_near", "near"),
        }
        told = {name: round(counted[one] / max(1, counted[of]), 4) for name, (one, of) in shares.items()}
        self.before, self.found = self.before + self.found, Counter()
        return told


class Meter:
    """Processor seconds of each kind of work, in all and over the last articles."""

    def __init__(self, looks: Compared) -> None:
        self._looks = looks
        self.articles = 0
        self.seconds = {"features": 0.0, "placing": 0.0, "second thoughts": 0.0}
        self._recent: deque[tuple[int, dict[str, float]]] = deque([(0, dict(self.seconds))])

    @contextmanager
    def time(self, work: str) -> Iterator[None]:
        """Count what happens inside."""
        began, apart = time.process_time(), self._looks.seconds
        yield
        self.seconds[work] += time.process_time() - began - (self._looks.seconds - apart)

    def passed(self, articles: int) -> None:
        """So many more articles are done."""
        self.articles += articles
        self._recent.append((self.articles, dict(self.seconds)))
        while self._recent[1][0] <= self.articles - LAST:
            self._recent.popleft()

    def recent(self, work: str) -> float:
        """Microseconds an article over the last articles."""
        articles, seconds = self._recent[0]
        return 1e6 * (self.seconds[work] - seconds[work]) / max(1, self.articles - articles)


def line_of(meter: Meter, live: LiveStories, looks: Compared) -> dict[str, Any]:
    """What is measured at this moment."""
    alone, thoughts = meter.recent("features"), meter.recent("second thoughts")
    placing = alone + meter.recent("placing")
    return {
        "articles": meter.articles,
        "live_stories": len(live),
        "placing_us": round(placing),
        "features_us": round(alone),
        "second_thoughts_us": round(thoughts),
        "placed_per_second": round(1e6 / placing),
        "with_second_thoughts_per_second": round(1e6 / (placing + thoughts)),
        "mean_per_second": round(meter.articles / sum(meter.seconds.values())),
        **looks.recall(),
        "rss_mb": round(_resident()),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def said(line: dict[str, Any]) -> str:
    """A line for people."""
    return (
        f"{line['articles']:>9,} articles  {line['live_stories']:>7,} stories live"
        f"  placing {line['placing_us']:>6} µs (features alone {line['features_us']})"
        f"  {line['placed_per_second']:>5}/s, with second thoughts {line['with_second_thoughts_per_second']:>5}/s"
        f"  recall@24 {line['recall_24']:.3f}, the first {line['first']:.3f}, if near {line['near_first']:.3f}"
        f"  memory {line['rss_mb']} MB, peak {line['peak_mb']}"
    )


def run(source: Source, seed: int, articles: int, report: dict[str, Any]) -> None:
    """Place them all; `report` is filled and written as it goes."""
    stream, dims = MadeStream(source, seed=seed), source.vectors.shape[1]
    looks = Compared(dims)
    live, meter, told = LiveStories(dims, directions=looks), Meter(looks), time.monotonic()
    marks = [mark for mark in MARKS if mark < articles] + [articles]
    for batch, vectors in stream.batches(articles, per_day=PER_DAY, size=PASS):
        with meter.time("features"):
            found = [features(one) for one in batch]
        with meter.time("placing"):
            for one, vector in zip(found, vectors, strict=True):
                live.add(one, vector, live.place(one, vector).story_id)
        with meter.time("second thoughts"):
            second_thoughts(live, {})
        meter.passed(len(batch))
        at_mark = meter.articles >= marks[0]
        if at_mark or time.monotonic() - told > TOLD_EVERY:
            line, told = line_of(meter, live, looks), time.monotonic()
            report["now"], report["recall"] = line, looks.recall(ever=True)
            if at_mark:
                marks.pop(0)
                report["marks"].append(line)
            print(("* " if at_mark else "  ") + said(line), flush=True)
            RESULT.write_text(json.dumps(report, indent=1), "utf-8")


def prepared(data: Path) -> tuple[Source, str, int]:
    """What the stream is made from, the digest of the data, and texts a second through the embedder.

    Done in a process of its own, so that the model and the reading do not count as memory of the desk.
    """
    real = labelled.read(data)
    model, texts = (
        embedders.make("e5", cache=labelled.MODELS),
        [lead_text(one) for one in real.articles[:EMBEDDED]],
    )
    began = time.perf_counter()
    for start in range(0, len(texts), EMBEDDED_AT_ONCE):
        part = texts[start : start + EMBEDDED_AT_ONCE]
        model.embed(part, ["en"] * len(part))
    return source_of(real), real.digest, round(len(texts) / (time.perf_counter() - began))


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


IN_FEATURES = "placing, in units of features"
COSTS = {
    "placing": lambda line: line["placing_us"],
    IN_FEATURES: lambda line: line["placing_us"] / line["features_us"],
    "placing and second thoughts": lambda line: line["placing_us"] + line["second_thoughts_us"],
}


def finish(report: dict[str, Any]) -> None:
    """The ratios, printed and written."""
    last, marks = report["now"], report["marks"]
    first = marks[0] if marks else last
    report["ratios"] = {name: round(cost(last) / cost(first), 3) for name, cost in COSTS.items()}
    print(f"cost at {last['articles']:,} : at {first['articles']:,} (aim: not above 1.3)")
    for name, ratio in report["ratios"].items():
        print(f"  {name:<30} {ratio}")
    report["second_thoughts_share"] = round(
        last["second_thoughts_us"] / (last["second_thoughts_us"] + last["placing_us"]), 3
    )
    print(
        f"second thoughts: {100 * report['second_thoughts_share']:.0f}% of the time of the last {LAST:,} articles"
    )
    print(
        f"memory: {last['rss_mb']} MB, peak {last['peak_mb']} (aim: under 1,500), {report['before_mb']} MB before"
    )
    print(f"candidates over the whole run: {report['recall']}")
    print(f"embedding, not counted above: {report['embedded_per_second']} texts/s")
    RESULT.write_text(json.dumps(report, indent=1), "utf-8")


def missed(report: dict[str, Any]) -> list[str]:
    """The floors that are not reached, on the data they were measured on."""
    if report["sha256"] != FLOORS["sha256"]:
        return []
    ratio, peak, found = report["ratios"][IN_FEATURES], report["now"]["peak_mb"], report["recall"]["near_first"]
    return [
        said
        for below, said in (
            (ratio > FLOORS["ratio"], f"ratio {ratio} > {FLOORS['ratio']}"),
            (peak > FLOORS["peak_mb"], f"memory {peak} MB > {FLOORS['peak_mb']}"),
            (found < FLOORS["near_first"], f"nearest found {found} < {FLOORS['near_first']}"),
        )
        if below
    ]


def main() -> None:
    """Measure until the end or Ctrl-C, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--data", type=Path, default=labelled.SHARED / "abp_scale_stream" / "articles.jsonl.gz")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        source, digest, speed = apart.submit(prepared, given.data).result()
    report: dict[str, Any] = {"data": given.data.name, "sha256": digest, "seed": given.seed, "marks": []}
    report["embedded_per_second"] = speed
    report["before_mb"] = round(_resident())
    with suppress(KeyboardInterrupt):
        run(source, given.seed, given.articles, report)
    if "now" in report:
        finish(report)
        below = missed(report)
        print("\n".join(f"below the floor: {line}" for line in below), file=sys.stderr, end="\n" if below else "")
        sys.exit(bool(below))


if __name__ == "__main__":
    main()
