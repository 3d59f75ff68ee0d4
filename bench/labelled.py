"""Labelled streams for the grouping benchmark: rows of JSONL as articles, their vectors kept on disk."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from iroyin.adapters import embedders
from iroyin.group.features import lead_text
from iroyin.model import Article, ArticleId

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file, gzip or not, in time order (undated first, as they stand)."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    found = [json.loads(line) for line in text.split("\n") if line.strip()]
    return sorted(found, key=lambda row: row.get("published_at") or "")


def article(row: dict[str, Any], *, timeless: bool = False) -> Article:
    """One row as an article; a row without a time, or any when `timeless`, is taken to be of one fixed day."""
    title, text = row["title"], row.get("text") or ""
    stamp = row.get("published_at")
    at = (
        datetime.fromisoformat(stamp.replace("Z", "+00:00")).astimezone(UTC) if stamp and not timeless else UNDATED
    )
    return Article(
        id=ArticleId(str(row["id"])),
        url=row.get("url") or "",
        title=title,
        text=f"{title}\n\n{text}" if text else title,
        language=row.get("lang") or "und",
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
