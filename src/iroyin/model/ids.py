"""Ids that stay the same for ever, and the hash that proves a text."""

from hashlib import sha256
from typing import NewType

FeedId = NewType("FeedId", str)
EntryId = NewType("EntryId", str)
ArticleId = NewType("ArticleId", str)
StoryId = NewType("StoryId", str)


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hex: the proof carried by a `Span`."""
    return sha256(text.encode()).hexdigest()


def short_id(prefix: str, *parts: str) -> str:
    """A stable id, `prefix` and 16 hex digits, the same for the same parts for ever."""
    return prefix + sha256("\x1f".join(parts).encode()).hexdigest()[:16]
