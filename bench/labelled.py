"""Labelled streams for the grouping benchmark: rows of JSONL as articles, their vectors kept on disk."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

import measures
from iroyin.adapters import embedders
from iroyin.group.features import lead_text
from iroyin.group.stream import in_order
from iroyin.ingest.dates import parse
from iroyin.languages import canonical, detect
from iroyin.model import Article, ArticleId

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
TIMELESS = ("ecbplus",)  # its dates are guesses, for fewer than half
BENCH = Path(__file__).parent
KEPT, MODELS = BENCH / "results" / "vectors", BENCH.parent / "var" / "models"
SHARED = BENCH.parents[1] / "shared" / "data"


@dataclass(frozen=True, slots=True, eq=False)
class Set:
    """Articles oldest first, with vectors, gold story ("" where nobody knows) and split of each."""

    articles: list[Article]
    vectors: np.ndarray
    gold: list[str]
    splits: list[str]
    embedder: str
    digest: str

    def only(self, *splits: str) -> "Set":
        """The articles of these splits."""
        kept = [number for number, split in enumerate(self.splits) if split in splits]
        return self.of(kept)

    def of(self, kept: Sequence[int]) -> "Set":
        """The articles of these numbers."""
        return replace(
            self,
            articles=[self.articles[n] for n in kept],
            vectors=self.vectors[kept],
            gold=[self.gold[n] for n in kept],
            splits=[self.splits[n] for n in kept],
        )

    def counted(self, *splits: str) -> np.ndarray:
        """The numbers of the articles that have gold and stand in one of these splits, if any are named."""
        named = zip(self.gold, self.splits, strict=True)
        return np.array([n for n, (g, s) in enumerate(named) if g and (not splits or s in splits)], np.int64)

    def scores(self, made: Sequence[Any], counted: np.ndarray) -> dict[str, float]:
        """Agreement with gold of the articles that count."""
        return measures.scores(
            [self.gold[n] for n in counted],
            [made[n] for n in counted],
            [self.articles[n].language for n in counted],
        )


Scope = tuple[Set, np.ndarray]  # a set and the numbers of its articles that count


def read(
    path: Path,
    embedder: str = "e5",
    *,
    split: str = "",
    first: int | None = None,
    kept: Path = KEPT,
    cache: Path = MODELS,
) -> Set:
    """A labelled file, or the first rows of one split, with vectors; an id that comes again gets its row's number."""
    found = [row for row in rows(path) if not split or row.get("split") == split][:first]
    articles = [article(row, timeless=path.parent.name in TIMELESS) for row in found]
    made, name = vectors(path, articles, embedder, kept=kept, cache=cache)
    seen: set[str] = set()
    for number, one in enumerate(articles):
        if one.id in seen:
            articles[number] = replace(one, id=ArticleId(f"{one.id} {number}"))
        seen.add(one.id)
    told = ([row.get(field) for row in found] for field in ("cluster", "split"))
    gold, splits = (["" if value is None else str(value) for value in values] for values in told)
    whole = Set(articles, made, gold, splits, name, digest_of(path))
    return whole.of(in_order(articles))


def digest_of(*paths: Path) -> str:
    """SHA-256 of the files' bytes, one after the other."""
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file, gzip or not, in time order (undated first, as they stand)."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    found = [json.loads(line) for line in text.split("\n") if line.strip()]
    return sorted(found, key=lambda row: str(row.get("published_at") or ""))


def article(row: dict[str, Any], *, timeless: bool = False) -> Article:
    """One row as an article; a row without a time, or any when `timeless`, is taken to be of one fixed day."""
    title, text = row.get("title") or "", row.get("text") or ""
    at = (None if timeless else parse(str(row.get("published_at") or ""), now=datetime.now(UTC))[0]) or UNDATED
    language = canonical(row.get("lang") or "")
    return Article(
        id=ArticleId(str(row.get("id", ""))),
        url=row.get("url") or "",
        title=title,
        text=f"{title}\n\n{text}" if text else title,
        language=detect(f"{title}\n{text}")[0] if language == "und" else language,
        published_at=at,
        seen_at=at,
        outlet=row.get("source") or "",
        newsroom=row.get("source") or "",
        sentences=((0, len(title)),),
    )


def vectors(
    path: Path, articles: list[Article], embedder: str, *, kept: Path, cache: Path
) -> tuple[np.ndarray, str]:
    """The articles' vectors, from `kept` when made before from this file by this embedder, and its id."""
    model = embedders.make(embedder, cache=cache)
    texts = [lead_text(one) for one in articles]
    digest = sha256("\x1e".join(texts).encode("utf-8", "replace")).hexdigest()[:16]
    file = kept / f"{model.id}-{digest}.npy"
    if file.exists():
        return np.load(file, allow_pickle=False), model.id
    found = np.concatenate(list(_batches(model, texts, [one.language for one in articles])))
    kept.mkdir(parents=True, exist_ok=True)
    np.save(file, found)
    print(f"  embedded {len(articles)} of {path.parent.name}")
    return found, model.id


def _batches(model: Any, texts: list[str], languages: list[str], size: int = 256) -> Iterator[np.ndarray]:
    for start in range(0, len(texts), size):
        yield model.embed(texts[start : start + size], languages[start : start + size])
