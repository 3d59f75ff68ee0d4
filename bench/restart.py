"""How long a desk with many live articles takes to start: until the first new article is placed.

    python bench/restart.py [--articles 50000] [--stale 1000]

The articles are real and whole (../shared/data: SETS), and come again under other ids until there are enough. Vectors
and stories are drawn from a fixed seed: 384 dimensions, 4 articles a story, all within the window. In the first start
the features of `--stale` articles are of an older version and are computed, in the second all are read. Figures go to
bench/results/restart.json.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

import labelled
from iroyin.adapters.store import SqlStore, schema
from iroyin.adapters.store.codec import pack, pack_vector
from iroyin.desk import Desk, Ports
from iroyin.group.features import features
from iroyin.group.record import to_bytes
from iroyin.model import Article, ArticleId, Placement, Step, StoryId, short_id
from iroyin.settings import Settings

START = datetime(2026, 1, 5, tzinfo=UTC)
SETS = ("allsides_events", "ml_crisis")  # 5,000 characters an article, in four languages
SEED, OF_ONE_STORY = 20260105, 4
RESULTS = Path("bench/results")


class Drawn:
    """Vectors that cost nothing."""

    id, dims = "drawn/1", 384

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> np.ndarray:
        """One unit vector a text, the same for all."""
        del languages
        return np.full((len(texts), self.dims), self.dims**-0.5, np.float32)


def fill(store: SqlStore, told: Sequence[Article], count: int) -> None:
    """Put so many placed articles into an empty store, with their features."""
    rng = np.random.default_rng(SEED)
    rows: dict[str, list[dict[str, Any]]] = {"article": [], "vector": [], "story": [], "placement": []}
    known = [features(one) for one in told]
    for number in range(count):
        at = START + timedelta(seconds=number * 6 * 86_400 // count)
        name = ArticleId(f"a{number}")
        one = replace(told[number % len(told)], id=name, published_at=at, seen_at=at)
        found = replace(known[number % len(told)], article_id=name, at=at.timestamp() / 86_400)
        if number % OF_ONE_STORY == 0:
            story, centre = StoryId(short_id("s", name)), rng.normal(size=Drawn.dims)
            rows["story"].append(
                {"id": story, "version": 1, "first_at": at, "last_at": at, "section": "world", "reported": 1}
            )
        drawn = centre + 0.5 * rng.normal(size=Drawn.dims)
        vector = pack_vector(np.asarray(drawn / np.linalg.norm(drawn), np.float32))
        rows["article"].append(
            {"id": name, "url": one.url, "language": one.language, "published_at": at, "data": pack(one)}
        )
        rows["vector"].append(
            {"article_id": name, "embedder": Drawn.id, "data": vector, "features": to_bytes(found)}
        )
        placed = pack(Placement(name, story, 1.0, "drawn"))
        rows["placement"].append({"article_id": name, "story_id": story, "score": 1.0, "data": placed})
    with store._writer.begin() as connection:
        for table, made in rows.items():
            connection.execute(schema.metadata.tables[table].insert(), made)


def started(store: SqlStore, name: str, title: str) -> float:
    """Seconds from a new desk to its first placed article."""
    at = START + timedelta(days=6)
    one = Article(ArticleId(name), "", title, title, "en", at, at, "A", "A", ((0, len(title)),))
    store.add_articles([one], Drawn().embed([title], ["en"]), Drawn.id)
    job = next(job for job in store.claim(Step.PLACE, limit=9, now=datetime.now(UTC)) if job.key == name)
    nothing: Any = None  # placing asks neither the web nor a writer
    desk = Desk(Ports(store, nothing, nothing, Drawn(), nothing, lambda: START), Settings())
    began = time.perf_counter()
    desk.do(job)
    return time.perf_counter() - began


def main() -> None:
    """Fill, start twice, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--stale", type=int, default=1_000)
    parser.add_argument("--sets", type=Path, default=Path("../shared/data"), help="folder of data sets")
    given = parser.parse_args()
    files = [given.sets / name / "articles.jsonl.gz" for name in SETS]
    told = [labelled.article(row) for file in files for row in labelled.rows(file)]
    with tempfile.TemporaryDirectory() as folder, SqlStore(Path(folder) / "s.db") as store:
        began = time.perf_counter()
        fill(store, told, given.articles)
        filled = time.perf_counter() - began
        sizes = [len(placed.features) for placed in store.window(START, Drawn.id)]
        store.keep_features({ArticleId(f"a{number}"): b"older" for number in range(given.stale)})
        report = {
            "articles": given.articles,
            "features_bytes_mean": round(sum(sizes) / len(sizes)),
            "start_with_stale_seconds": round(started(store, "n1", "A first title"), 1),
            "stale": given.stale,
            "start_seconds": round(started(store, "n2", "A second title"), 1),
        }
    report["articles_per_second"] = round(given.articles / report["start_seconds"])
    print(f"filled in {filled:.0f} s with {len(told)} distinct articles")
    print(f"{given.articles} live articles, {report['features_bytes_mean']} bytes of features each")
    print(f"start with {given.stale} to compute anew {report['start_with_stale_seconds']} s")
    print(f"start {report['start_seconds']} s, {report['articles_per_second']} articles/s")
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "restart.json").write_text(json.dumps(report, indent=1), "utf-8")


if __name__ == "__main__":
    main()
