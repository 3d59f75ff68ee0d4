"""Articles a second through the whole flow on a real set: `python bench/flow.py [FILE] [--limit N]`.

Imports the set into a fresh desk and carries it to pages, and prints seconds by step and, by sampling the stack
every few milliseconds, the share of the time spent in our own code. A sample counts for us when the innermost Python
frame lies in this project; C code called from there (regular expressions, numpy) counts for us too.
Figures are of one run on a shared machine: compare shares and ratios, not seconds.
"""

import argparse
import json
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import FrameType

from iroyin.commands.files import BATCH, embed
from iroyin.commands.rows import articles
from iroyin.compose import open_newsroom
from iroyin.runner import Runner
from iroyin.settings import Settings

DATA = Path(__file__).parents[1].parent / "shared" / "data" / "allsides_events" / "articles.jsonl.gz"
RESULTS = Path(__file__).parent / "results"
OURS = str(Path(__file__).parents[1] / "src" / "iroyin")


class Sampler:
    """Looks where the main thread is, every five milliseconds, by a timer signal.

    A signal is heard between two bytecodes, so time spent in C counts for the Python frame that called it. (A sampling
    thread would not do: it gets its turn where a library lets go of the interpreter lock, and sees little else.)
    """

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def __enter__(self) -> "Sampler":
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        if frame is not None:
            path = frame.f_code.co_filename
            part = path.removeprefix(OURS).split("/")
            where = "own: " + part[1].removesuffix(".py") if path.startswith(OURS) else "libraries"
            self.seen[where] += 1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=DATA)
    parser.add_argument("--limit", type=int, default=None, help="take only the first articles")
    parser.add_argument("--keep", type=Path, help="keep the database in this folder")
    asked = parser.parse_args()
    if not asked.file.exists():
        sys.exit(f"{asked.file} is not there: give a JSON lines file, or put ../shared/data beside the project")
    with tempfile.TemporaryDirectory() as folder:
        database = (asked.keep or Path(folder)) / "flow.db"
        settings = Settings(desk_database=str(database))
        told = measure(settings, asked.file, asked.limit)
    print(json.dumps(told, indent=1))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "flow.json").write_text(json.dumps(told, indent=1) + "\n")


def measure(settings: Settings, file: Path, limit: int | None) -> dict[str, object]:
    """The figures of one run."""
    with open_newsroom(settings) as room, Sampler() as sampler:
        began = time.monotonic()
        spent = {"parse": 0.0, "embed": 0.0, "store": 0.0}
        source = islice(articles(file, now=datetime.now(UTC)), limit)
        read = 0
        while True:
            at = time.monotonic()
            batch = list(islice(source, BATCH))
            if not batch:
                break
            parsed = time.monotonic()
            vectors = embed(room.embedder, batch)
            embedded = time.monotonic()
            read += room.store.add_articles(batch, vectors, room.embedder.id)
            spent["parse"] += parsed - at
            spent["embed"] += embedded - parsed
            spent["store"] += time.monotonic() - embedded
        runner = Runner(
            room.desk, room.store, workers=4, clock=room.now, report=lambda *_: None, stop=threading.Event()
        )
        runner.drain()
        total = time.monotonic() - began
        steps = spent | {step.value: seconds for step, seconds in runner.seconds.items() if runner.done[step]}
        samples = sum(sampler.seen.values())
        own = sum(n for where, n in sampler.seen.items() if where.startswith("own"))
        return {
            "file": file.name,
            "articles": read,
            "stories": room.store.count("story"),
            "pages": room.store.count("page"),
            "failed_jobs": runner.failed,
            "seconds": round(total, 1),
            "articles_per_second": round(read / total, 1),
            "seconds_by_step": {name: round(seconds, 1) for name, seconds in steps.items()},
            "articles_per_second_by_step": {name: round(read / s) for name, s in steps.items() if s > 0.05},
            "share_in_own_code": round(own / samples, 3) if samples else None,
            "share_by_place": {where: round(n / samples, 3) for where, n in sampler.seen.most_common()},
        }


if __name__ == "__main__":
    main()
