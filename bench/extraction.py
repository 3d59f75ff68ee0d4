"""Article text from 181 pages (scrapinghub's benchmark): ours beside trafilatura alone, in the same run.

Measure: the benchmark's own, mean over pages of precision and recall of 4-grams of words, F1 of the two means.
Run: `python bench/extraction.py`. Prints a table and writes `bench/results/extraction.json`.
"""

import json
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from iroyin.errors import ParseError
from iroyin.ingest.extract import extract

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data" / "extraction" / "scrapinghub_181.tar.xz"
N = 4


def pages() -> tuple[dict[str, Any], dict[str, bytes]]:
    """The gold texts and the pages' bytes, by page id."""
    gold: dict[str, Any] = {}
    bodies: dict[str, bytes] = {}
    with tarfile.open(DATA) as files:
        for member in files:
            content = files.extractfile(member) if member.isfile() else None
            if content and member.name.endswith("ground-truth.json"):
                gold = json.load(content)
            elif content and member.name.endswith((".html", ".html.gz")):
                bodies[Path(member.name).name.partition(".")[0]] = content.read()
    return gold, bodies


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """4-grams of the text's words; a shorter text is one gram."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + N]) for i in range(max(len(words) - N + 1, min(len(words), 1))))


def score(gold: str, text: str) -> tuple[float, float]:
    """Precision and recall of one page: shared grams over grams found and over grams wanted."""
    want, found = shingles(gold), shingles(text)
    shared = sum((want & found).values())
    if not want and not found:
        return 1.0, 1.0
    return shared / max(found.total(), 1), shared / max(want.total(), 1)


def ours(body: bytes, url: str) -> str:
    """The text by `iroyin.ingest.extract`; "" for a page it refuses."""
    try:
        return extract(body, url=url).text
    except ParseError as error:
        print(f"refused: {url}: {error.reason}")
        return ""


def alone(body: bytes, url: str) -> str:
    """The text by trafilatura with `favor_precision` and nothing else."""
    import trafilatura

    found = trafilatura.bare_extraction(body, url=url, favor_precision=True, include_comments=False)
    return (found.text if found is not None else "") or ""


def measure(method: Callable[[bytes, str], str], gold: dict[str, Any], bodies: dict[str, bytes]) -> dict[str, Any]:
    """Mean precision, mean recall, their F1, pages a second, and the F1 of each page."""
    precisions, recalls, each = [], [], {}
    begun = time.perf_counter()
    for name, row in gold.items():
        precision, recall = score(row["articleBody"], method(bodies[name], row.get("url", "")))
        precisions.append(precision)
        recalls.append(recall)
        each[name] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    took = time.perf_counter() - begun
    p, r = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return {
        "precision": p,
        "recall": r,
        "f1": 2 * p * r / (p + r),
        "pages_per_second": len(gold) / took,
        "each": each,
    }


def main() -> None:
    """Measure both, print, write; fails when ours is below trafilatura alone."""
    if not DATA.exists():
        sys.exit("no extraction pages: expected ../shared/data/extraction beside the repository")
    gold, bodies = pages()
    results = {"iroyin": measure(ours, gold, bodies), "trafilatura": measure(alone, gold, bodies)}
    first, second = (results[name].pop("each") for name in ("iroyin", "trafilatura"))
    for name in sorted(gold, key=lambda name: abs(first[name] - second[name]), reverse=True)[:12]:
        if first[name] != second[name]:
            print(f"{name[:12]} ours {first[name]:.3f} alone {second[name]:.3f}")
    for method, result in results.items():
        print(f"{method:12} " + " ".join(f"{name} {value:.4f}" for name, value in result.items()))
    ratio = results["iroyin"]["f1"] / results["trafilatura"]["f1"]
    print(f"pages {len(gold)}  F1 ratio {ratio:.4f}")
    target = ROOT / "bench" / "results" / "extraction.json"
    target.parent.mkdir(exist_ok=True)
    rounded = {method: {name: round(value, 4) for name, value in row.items()} for method, row in results.items()}
    target.write_text(
        json.dumps({"pages": len(gold), "f1_ratio": round(ratio, 4), **rounded}, indent=1) + "\n", "utf-8"
    )
    if ratio < 1:
        sys.exit(1)


if __name__ == "__main__":
    main()
