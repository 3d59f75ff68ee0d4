"""Feeds, what they say, and what the desk remembers of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from iroyin.model.ids import EntryId, FeedId


class OutletKind(StrEnum):
    """Who stands behind an outlet; state-run and public are told apart."""

    PRIVATE = "private"
    PUBLIC = "public"
    STATE = "state"
    AGENCY = "agency"
    INDEPENDENT = "independent"
    UNKNOWN = "unknown"


class FeedStatus(StrEnum):
    """What the last poll of a feed came to."""

    NEW = "new"
    OK = "ok"
    NOT_MODIFIED = "not-modified"
    FAILING = "failing"
    REFUSED = "refused"
    GONE = "gone"


class Confidence(StrEnum):
    """How sure a date or a language is."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


class EntryState(StrEnum):
    """Where an entry stands; `skipped` and `failed` carry a reason and are never lost."""

    NEW = "new"
    READ = "read"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Feed:
    """One address the desk polls, with what is known of the outlet behind it.

    `family` is the owner family: outlets of one family are one newsroom. Empty means the outlet itself.
    """

    id: FeedId
    url: str
    title: str
    language: str = "und"
    country: str = ""
    outlet: str = ""
    family: str = ""
    kind: OutletKind = OutletKind.UNKNOWN
    section: str = "world"
    ai_written: bool = False
    active: bool = True

    @property
    def newsroom(self) -> str:
        """The name under which this feed corroborates: its family, else its outlet, else its title."""
        return self.family or self.outlet or self.title


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the desk remembers of a feed between two polls."""

    feed_id: FeedId
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    next_poll_at: datetime | None = None
    polled_at: datetime | None = None
    ok_at: datetime | None = None
    failures: int = 0
    status: FeedStatus = FeedStatus.NEW
    reason: str = ""
    entries: int = 0
    skipped: int = 0
    moved_to: str = ""
    moved_seen: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answered request. `headers` has lower-case names; `body` is decoded and within its cap."""

    requested_url: str
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    permanent_url: str = ""
    opt_out: str = ""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One item as the feed states it, cleaned: plain-text fields, absolute http(s) `url` or none."""

    key: str
    url: str
    title: str
    summary: str
    content: str = ""
    author: str = ""
    published_at: datetime | None = None
    date_confidence: Confidence = Confidence.NONE
    language: str = ""
    origin: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A whole feed document: what it says of itself, its entries, and how many were left out and why."""

    format: str
    title: str
    language: str = ""
    home_url: str = ""
    hub_url: str = ""
    ttl_minutes: int | None = None
    entries: tuple[FeedEntry, ...] = ()
    skipped: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A feed entry as the desk keeps it, with its state."""

    id: EntryId
    feed_id: FeedId
    item: FeedEntry
    first_seen_at: datetime
    content_hash: str
    state: EntryState = EntryState.NEW
    reason: str = ""
