"""How well `verify_claim` tells supported claims from unsupported ones, beside plain overlap of words.

Balanced accuracy and AUC on the sets under ../shared/data/faithfulness (human labels). `SUPPORTED_AT` was chosen on
the development part of cliff_goyal21; the peer's threshold is the best one for that same part, so both were tuned on
the same rows. Run: python bench/verify.py [set ...]
"""

import bisect
import gzip
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from iroyin.languages import content_words
from iroyin.verify import verify_claim

DATA = Path(__file__).parents[2] / "shared" / "data" / "faithfulness"
TUNED_ON = "cliff_goyal21"


def rows(name: str) -> list[dict]:
    """The rows of one set; a source that is a list of sentences becomes one text."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    for row in found:
        row["source"] = row["source"] if isinstance(row["source"], str) else " ".join(row["source"])
    return found


def overlap(claim: str, source: str) -> float:
    """The peer: share of the claim's content words that the source has."""
    words = content_words(claim, "en")
    return len(words & content_words(source, "en")) / len(words) if words else 0.0


def auc(scores: Sequence[float], labels: Sequence[int]) -> float:
    """Chance that a supported claim scores higher than an unsupported one, ties half."""
    good = [s for s, label in zip(scores, labels, strict=True) if label]
    bad = sorted(s for s, label in zip(scores, labels, strict=True) if not label)
    wins = sum(bisect.bisect_left(bad, s) + bisect.bisect_right(bad, s) for s in good)
    return wins / (2 * len(good) * len(bad))


def balanced(said: Sequence[bool], labels: Sequence[int]) -> float:
    """Mean of the shares of supported and of unsupported claims told right."""
    good = [yes for yes, label in zip(said, labels, strict=True) if label]
    bad = [yes for yes, label in zip(said, labels, strict=True) if not label]
    return (sum(good) / len(good) + 1 - sum(bad) / len(bad)) / 2


def best_threshold(scores: Sequence[float], labels: Sequence[int]) -> float:
    """The threshold with the best balanced accuracy."""
    return max(sorted(set(scores)), key=lambda at: balanced([s >= at for s in scores], labels))


def main(names: Sequence[str]) -> None:
    """Print one line a set."""
    tuning = rows(TUNED_ON)
    at = best_threshold([overlap(r["claim"], r["source"]) for r in tuning], [r["label"] for r in tuning])
    print(f"{'set':18}{'rows':>6}{'AUC':>8}{'bal.acc':>9}{'overlap AUC':>13}{'bal.acc':>9}{'ms':>6}")
    for name in names:
        found = rows(name)
        labels = [row["label"] for row in found]
        start = time.perf_counter()
        verdicts = [verify_claim(row["claim"], [row["source"]], "en") for row in found]
        each = (time.perf_counter() - start) * 1000 / len(found)
        peer = [overlap(row["claim"], row["source"]) for row in found]
        ours = auc([v.score for v in verdicts], labels), balanced([v.supported for v in verdicts], labels)
        theirs = auc(peer, labels), balanced([score >= at for score in peer], labels)
        print(f"{name:18}{len(found):6}{ours[0]:8.3f}{ours[1]:9.3f}{theirs[0]:13.3f}{theirs[1]:9.3f}{each:6.0f}")


if __name__ == "__main__":
    every = sorted(path.name.removesuffix(".jsonl.gz") for path in DATA.glob("*.jsonl.gz"))
    main(sys.argv[1:] or every)
