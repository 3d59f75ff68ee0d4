"""Small made-up articles and vectors for the tests of grouping."""

from datetime import UTC, datetime, timedelta
from zlib import crc32

import numpy as np

from iroyin.model import Article, ArticleId

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)


def article(
    name: str,
    title: str,
    body: str = "",
    *,
    hours: float = 0.0,
    language: str = "en",
    outlet: str = "",
    newsroom: str = "",
    origin: str = "",
    ai_written: bool = False,
) -> Article:
    """An article published so many hours after Monday morning."""
    at = MONDAY + timedelta(hours=hours)
    return Article(
        id=ArticleId(name),
        url=f"https://news.example/{name}",
        title=title,
        text=f"{title}\n\n{body}" if body else title,
        language=language,
        published_at=at,
        seen_at=at,
        outlet=outlet or f"Outlet of {name}",
        newsroom=newsroom or outlet or f"Outlet of {name}",
        sentences=((0, len(title)),),
        origin=origin,
        ai_written=ai_written,
    )


def direction(topic: str, twist: str = "", share: float = 0.2, dims: int = 64) -> np.ndarray:
    """A unit vector for a topic, turned a little by the twist."""
    mixed = (1 - share) * _random(topic, dims) + (share * _random(twist, dims) if twist else 0)
    return np.asarray(mixed / np.linalg.norm(mixed), np.float32)


def _random(name: str, dims: int) -> np.ndarray:
    drawn = np.random.default_rng(crc32(name.encode())).normal(size=dims)
    return np.asarray(drawn / np.linalg.norm(drawn))
