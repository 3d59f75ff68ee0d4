"""The cost of placing while the desk grows to a million articles: `python bench/scale.py [--articles N]`.

A stream made of the real articles of abp_scale_stream (see `made_stream.py`) comes at 11,111 articles a day for 90
days. Counted is the time of placing alone, which has the making of features in it; the making of the stream and of
vectors is not. Seconds are those of the processor, on one core, so that others on the machine disturb little.
Second thoughts are on and counted apart. The cost at a mark is that of the LAST articles before it.
An hour or more for the whole: Ctrl-C stops it, what was measured is printed; bench/results/scale.json is written as
it goes. Memory is that of the whole process, the source of the made stream included (`before` the first article).
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one article at a time: threads would only wait for each other

import argparse
import json
import resource
import time
from collections import deque
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
from iroyin.group.stream import PASS, second_thoughts
from iroyin.model import Article
from made_stream import MadeStream, Source, source_of

BENCH = Path(__file__).parent
RESULT = BENCH / "results" / "scale.json"
ARTICLES, PER_DAY = 1_000_000, 11_111
MARKS = (10_000, 50_000, 100_000, 300_000, 1_000_000)
LAST = 5_000
EMBEDDED, EMBEDDED_AT_ONCE, SAMPLE = 500, 64, 128
TOLD_EVERY = 20.0  # seconds between two lines of progress


class Meter:
    """Processor seconds of each kind of work, in all and over the last articles."""

    def __init__(self) -> None:
        self.articles = 0
        self.seconds = {"placing": 0.0, "second thoughts": 0.0}
        self._recent: deque[tuple[int, dict[str, float]]] = deque([(0, dict(self.seconds))])

    @contextmanager
    def time(self, work: str) -> Iterator[None]:
        """Count what happens inside."""
        began = time.process_time()
        yield
        self.seconds[work] += time.process_time() - began

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


def line_of(meter: Meter, live: LiveStories, unseen: list[Article]) -> dict[str, Any]:
    """What is measured at this moment; features are made of unseen articles, for words already met are remembered."""
    began = time.process_time()
    for one in unseen:
        features(one)
    alone = (time.process_time() - began) / len(unseen)
    placing, thoughts = meter.recent("placing"), meter.recent("second thoughts")
    return {
        "articles": meter.articles,
        "live_stories": len(live),
        "placing_us": round(placing),
        "features_us": round(1e6 * alone),
        "second_thoughts_us": round(thoughts),
        "placed_per_second": round(1e6 / placing),
        "with_second_thoughts_per_second": round(1e6 / (placing + thoughts)),
        "mean_per_second": round(meter.articles / sum(meter.seconds.values())),
        "rss_mb": round(_resident()),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def said(line: dict[str, Any]) -> str:
    """A line for people."""
    return (
        f"{line['articles']:>9,} articles  {line['live_stories']:>7,} stories live"
        f"  placing {line['placing_us']:>6} µs (features alone {line['features_us']})"
        f"  {line['placed_per_second']:>5}/s, with second thoughts {line['with_second_thoughts_per_second']:>5}/s"
        f"  memory {line['rss_mb']} MB, peak {line['peak_mb']}"
    )


def run(source: Source, seed: int, articles: int, report: dict[str, Any]) -> None:
    """Place them all; `report` is filled and written as it goes."""
    stream, dims = MadeStream(source, seed=seed), source.vectors.shape[1]
    others = MadeStream(source, seed=seed + 1).batches(articles, per_day=PER_DAY, size=SAMPLE)
    live, meter, told = LiveStories(dims), Meter(), time.monotonic()
    marks = [mark for mark in MARKS if mark < articles] + [articles]
    for batch, vectors in stream.batches(articles, per_day=PER_DAY, size=PASS):
        with meter.time("placing"):
            for one, vector in zip(batch, vectors, strict=True):
                found = features(one)
                live.add(found, vector, live.place(found, vector).story_id)
        with meter.time("second thoughts"):
            second_thoughts(live, {})
        meter.passed(len(batch))
        at_mark = meter.articles >= marks[0]
        if at_mark or time.monotonic() - told > TOLD_EVERY:
            line, told = line_of(meter, live, next(others)[0]), time.monotonic()
            report["now"] = line
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


def finish(report: dict[str, Any]) -> None:
    """The ratios, printed and written."""
    last, marks = report["now"], report["marks"]
    report["ratio"] = round(last["placing_us"] / marks[0]["placing_us"], 3) if marks else None
    report["second_thoughts_share"] = round(
        last["second_thoughts_us"] / (last["second_thoughts_us"] + last["placing_us"]), 3
    )
    first = f"{marks[0]['articles']:,}" if marks else "no mark"
    print(f"cost of placing at {last['articles']:,} : at {first} = {report['ratio']}  (aim: not above 1.3)")
    print(
        f"second thoughts: {100 * report['second_thoughts_share']:.0f}% of the time of the last {LAST:,} articles"
    )
    print(
        f"memory: {last['rss_mb']} MB, peak {last['peak_mb']} (aim: under 1,500), {report['before_mb']} MB before"
    )
    print(f"embedding, not counted above: {report['embedded_per_second']} texts/s")
    RESULT.write_text(json.dumps(report, indent=1), "utf-8")


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


if __name__ == "__main__":
    main()
