"""Every file of the feed fixtures through `iroyin.ingest.feed.parse`: what is read, what is refused and why.

Run: `python bench/feeds.py`. Prints a table and writes `bench/results/feeds.json`.
"""

import json
import resource
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from iroyin.errors import ParseError
from iroyin.ingest.feed import parse

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data" / "feeds"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def documents() -> Iterator[tuple[str, str, bytes]]:
    """Archive, path in it and bytes of every file in every archive."""
    for archive in sorted(DATA.glob("*.tar.xz")):
        with tarfile.open(archive) as files:
            for member in files:
                content = files.extractfile(member) if member.isfile() else None
                if content:
                    yield archive.name.removesuffix(".tar.xz"), member.name, content.read()


def measure() -> dict[str, Any]:
    """The counts and times over all documents."""
    archives: dict[str, Counter[str]] = {}
    refused: Counter[str] = Counter()
    exceptions: list[str] = []
    slowest, slowest_name, spent, size = 0.0, "", 0.0, 0
    dated: Counter[str] = Counter()
    for archive, name, body in documents():
        counts = archives.setdefault(archive, Counter())
        counts["files"] += 1
        size += len(body)
        begun = time.perf_counter()
        try:
            feed = parse(body, url="https://feed.example/feed", now=NOW)
        except ParseError as error:
            counts["refused"] += 1
            refused[error.reason] += 1
        except Exception as error:
            exceptions.append(f"{archive}/{name}: {error!r}")
        else:
            counts["parsed"] += 1
            counts["entries"] += len(feed.entries)
            counts["tolerant"] += "read by the tolerant parser" in feed.notes
            dated.update(entry.date_confidence.value for entry in feed.entries)
        took = time.perf_counter() - begun
        spent += took
        if took > slowest:
            slowest, slowest_name = took, f"{archive}/{name}"
    total = sum(archives.values(), Counter())
    return {
        "archives": archives,
        "files": total["files"],
        "parsed": total["parsed"],
        "refused": total["refused"],
        "exceptions": exceptions,
        "entries": total["entries"],
        "dates": dated,
        "read_by_feedparser": total["tolerant"],
        "refused_by_reason": dict(refused.most_common()),
        "megabytes": round(size / 1e6, 2),
        "seconds": round(spent, 2),
        "slowest_seconds": round(slowest, 3),
        "slowest_file": slowest_name,
        "peak_memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Measure, print, write."""
    if not DATA.is_dir():
        sys.exit("no feed fixtures: expected the folder ../shared/data/feeds beside the repository")
    result = measure()
    for name, counts in result["archives"].items():
        print(f"{name:26} {dict(counts)}")
    for name, value in result.items():
        if name != "archives":
            print(f"{name}: {value}")
    target = ROOT / "bench" / "results" / "feeds.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", "utf-8")
    if result["exceptions"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
