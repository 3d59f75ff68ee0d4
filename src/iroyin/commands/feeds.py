"""`iroyin feed add|remove|list|import|export|check`."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from iroyin.adapters.http import GuardedFetcher
from iroyin.adapters.sandbox import ChildParser
from iroyin.commands.console import Bars, err, out, settings_of
from iroyin.compose import open_store
from iroyin.errors import FetchError, InputError, ParseError
from iroyin.ingest.catalogue import feed_id
from iroyin.ingest.identity import canonical_url
from iroyin.ingest.opml import read, write
from iroyin.model import Feed, FeedState
from iroyin.settings import Settings


def feed_of(url: str, *, language: str = "und", title: str = "", section: str = "world") -> Feed:
    """A feed whose outlet is known by its address alone. Raises InputError for an address that is none."""
    clean = canonical_url(url)
    if not clean:
        raise InputError(url, "is not an http(s) address")
    return Feed(feed_id(clean), url, title or url, language=language, section=section)


def add(config: Path | None, url: str, *, language: str, title: str, section: str) -> None:
    """Add one feed."""
    feed = feed_of(url, language=language, title=title, section=section)
    with open_store(settings_of(config)) as store:
        added = store.add_feeds([feed], now=datetime.now(UTC))
    out.print(f"added {feed.url}" if added else f"{feed.url} is on the list already")


def remove(config: Path | None, url: str) -> None:
    """Stop polling one feed."""
    with open_store(settings_of(config)) as store:
        if not store.remove_feed(feed_of(url).id):
            raise InputError(url, "is not on the list; see `iroyin feed list`")
    out.print(f"removed {url}; its articles stay")


def show(config: Path | None) -> None:
    """Print the feeds and their health."""
    with open_store(settings_of(config)) as store:
        feeds, states = store.feeds(), store.feed_states()
    if not feeds:
        out.print(
            "No feeds yet: `iroyin init --languages en`, `iroyin feed add URL` or `iroyin feed import FILE.opml`"
        )
        return
    table = Table("title", "language", "kind", "status", "entries", "last good poll", "reason", box=None)
    for feed in feeds:
        state = states.get(feed.id, FeedState(feed.id))
        seen = f"{state.ok_at:%Y-%m-%d %H:%M}" if state.ok_at else "-"
        table.add_row(feed.title, feed.language, feed.kind, state.status, str(state.entries), seen, state.reason)
    out.print(table)


def import_opml(config: Path | None, file: Path) -> None:
    """Add every feed of an OPML file."""
    try:
        found = read(file.read_bytes())
    except (OSError, ParseError) as error:
        raise InputError(str(file), str(error)) from error
    with open_store(settings_of(config)) as store:
        added = store.add_feeds(_feeds(found), now=datetime.now(UTC))
    out.print(f"{added} feeds added, {len(found) - added} known already")


def _feeds(found: Iterable[Feed]) -> list[Feed]:
    return list(found)


def export_opml(config: Path | None, file: Path) -> None:
    """Write the feeds as OPML."""
    settings = settings_of(config)
    with open_store(settings) as store:
        feeds = store.feeds()
    file.write_bytes(write(feeds, title=settings.desk_name))
    out.print(f"{len(feeds)} feeds written to {file}")


def check(config: Path | None, url: str) -> None:
    """Fetch and parse feeds now, without keeping anything."""
    settings = settings_of(config)
    with open_store(settings) as store:
        feeds = [feed_of(url)] if url else store.feeds()
    bad = 0
    with GuardedFetcher(settings) as fetcher, ChildParser(settings) as parser, Bars() as bars:
        for at, feed in enumerate(feeds, 1):
            verdict, good = judge(feed, fetcher, parser, settings)
            bad += not good
            out.print(f"{'ok  ' if good else 'bad '} {feed.url}: {verdict}")
            bars.show("checking feeds", at, len(feeds))
    if bad:
        err.print(f"{bad} of {len(feeds)} feeds gave nothing")


def judge(feed: Feed, fetcher: GuardedFetcher, parser: ChildParser, settings: Settings) -> tuple[str, bool]:
    """What the feed would give now, in words, and whether that is good."""
    now = settings.now(datetime.now(UTC))
    try:
        fetched = fetcher.fetch(feed.url, "feed")
        parsed = parser.feed(fetched, now=now, language=feed.language)
    except FetchError as error:
        return error.reason, False
    except ParseError as error:
        return error.reason, False
    newest = max((e.published_at for e in parsed.entries if e.published_at), default=None)
    return f"{parsed.format}, {len(parsed.entries)} entries, newest {newest or 'undated'}", bool(parsed.entries)
