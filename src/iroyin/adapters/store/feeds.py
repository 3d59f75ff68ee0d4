"""Rows of feeds, their states and their entries."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.sqlite import insert

from iroyin.adapters.store import queue
from iroyin.adapters.store.codec import pack, unpack
from iroyin.adapters.store.schema import entry, feed, feed_state
from iroyin.model import ArticleId, Entry, EntryId, EntryState, Feed, FeedEntry, FeedId, FeedState, Step

REVISIONS = 24  # updates of one entry by a changed text alone, as in reader (hardening 38)


def lane_of(url: str) -> str:
    """The host an address asks: jobs of one host run one at a time."""
    return urlsplit(url).hostname or ""


def add(connection: Connection, feeds: Iterable[Feed], *, now: datetime) -> int:
    """Insert the feeds that are new and queue their first poll; a removed one comes back to life.

    One that is known but asked no more (it said that it is gone, or its poll was buried) is polled again.
    """
    added = 0
    for one in feeds:
        row = insert(feed).values(id=one.id, active=one.active, title=one.title, data=pack(one))
        change = row.on_conflict_do_update(
            index_elements=["id"], set_={"active": True, "data": row.excluded.data}, where=~feed.c.active
        )
        if connection.execute(change).rowcount:
            added += 1
        elif queue.waits(connection, Step.POLL, one.id):
            continue
        queue.enqueue(connection, Step.POLL, one.id, run_at=now, lane=lane_of(one.url))
    return added


def remove(connection: Connection, feed_id: FeedId) -> bool:
    """Stop polling a feed."""
    return bool(
        connection.execute(update(feed).where(feed.c.id == feed_id, feed.c.active).values(active=False)).rowcount
    )


def every(connection: Connection) -> list[Feed]:
    """The active feeds, by title."""
    rows = connection.execute(
        select(feed.c.data).where(feed.c.active).order_by(func.lower(feed.c.title), feed.c.id)
    )
    return [unpack(Feed, row.data) for row in rows]


def one(connection: Connection, feed_id: FeedId) -> Feed | None:
    """The feed, when it is active."""
    row = connection.execute(select(feed.c.data).where(feed.c.id == feed_id, feed.c.active)).first()
    return unpack(Feed, row.data) if row else None


def states(connection: Connection) -> dict[FeedId, FeedState]:
    """The state of each feed that was polled."""
    return {FeedId(row.feed_id): unpack(FeedState, row.data) for row in connection.execute(select(feed_state))}


def keep_state(connection: Connection, state: FeedState) -> None:
    """Insert or replace a feed's state."""
    row = insert(feed_state).values(feed_id=state.feed_id, data=pack(state))
    connection.execute(row.on_conflict_do_update(index_elements=["feed_id"], set_={"data": row.excluded.data}))


def keep_entries(connection: Connection, entries: Sequence[Entry], *, now: datetime) -> int:
    """Keep entries that are new or whose text changed, and queue their reading; the number kept."""
    kept = 0
    for one in entries:
        row = insert(entry).values(
            id=one.id,
            feed_id=one.feed_id,
            content_hash=one.content_hash,
            first_seen_at=one.first_seen_at,
            state=one.state,
            reason=one.reason,
            revisions=0,
            data=pack(one.item),
        )
        fresh = row.on_conflict_do_update(
            index_elements=["id"],
            set_={
                "content_hash": row.excluded.content_hash,
                "data": row.excluded.data,
                "state": row.excluded.state,
                "reason": row.excluded.reason,
                "revisions": entry.c.revisions + 1,
            },
            where=(entry.c.content_hash != row.excluded.content_hash) & (entry.c.revisions < REVISIONS),
        )
        if connection.execute(fresh).rowcount:
            kept += 1
            if one.state is EntryState.NEW:
                order = (one.item.published_at or one.first_seen_at).isoformat()
                lane = lane_of(one.item.url)
                queue.enqueue(connection, Step.READ, one.id, run_at=now, order=order, lane=lane)
    return kept


def read_entry(connection: Connection, entry_id: EntryId) -> Entry | None:
    """One entry with its state."""
    row = connection.execute(select(entry).where(entry.c.id == entry_id)).first()
    if row is None:
        return None
    item = unpack(FeedEntry, row.data)
    return Entry(
        EntryId(row.id),
        FeedId(row.feed_id),
        item,
        row.first_seen_at,
        row.content_hash,
        EntryState(row.state),
        row.reason,
    )


def mark(
    connection: Connection,
    entry_id: EntryId,
    state: EntryState,
    reason: str = "",
    *,
    gave: ArticleId | None = None,
) -> None:
    """Set an entry's state with its reason, and the article that it gave."""
    known = {"state": state, "reason": queue.printable(reason)} | ({"article_id": gave} if gave else {})
    connection.execute(update(entry).where(entry.c.id == entry_id).values(known))


def gave(connection: Connection, entry_id: EntryId) -> ArticleId | None:
    """The article that the entry gave when it was read."""
    found = connection.execute(select(entry.c.article_id).where(entry.c.id == entry_id)).scalar()
    return ArticleId(found) if found else None


def outcomes(connection: Connection) -> list[tuple[EntryState, str, int]]:
    """How many entries stand in each state, by reason."""
    rows = connection.execute(
        select(entry.c.state, entry.c.reason, func.count()).group_by(entry.c.state, entry.c.reason)
    )
    return [(EntryState(state), reason, count) for state, reason, count in rows]
