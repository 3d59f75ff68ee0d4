"""`iroyin feed add|remove|list|import|export|check`."""

from datetime import UTC, datetime
from pathlib import Path

from iroyin.adapters.http import GuardedFetcher
from iroyin.adapters.sandbox import ChildParser
from iroyin.commands.console import Bars, say, settings_of, table, tell
from iroyin.commands.found import found_store
from iroyin.commands.rows import writing
from iroyin.compose import open_store
from iroyin.errors import FetchError, InputError, ParseError
from iroyin.ingest import plain
from iroyin.ingest.catalogue import feed_id
from iroyin.ingest.identity import canonical_url
from iroyin.ingest.opml import read, write
from iroyin.languages import canonical
from iroyin.model import Feed, FeedState
from iroyin.press import SECTIONS
from iroyin.settings import Settings

COLUMNS = ("title", "language", "kind", "status", "entries", "last good poll", "reason", "address")


def feed_of(url: str, *, language: str = "und", title: str = "", section: str = "world") -> Feed:
    """A feed whose outlet is known by its address alone. Raises InputError for what is none."""
    clean = canonical_url(url)
    if not clean:
        raise InputError(url, "is not an address of a feed: http:// or https://, a host, no user name")
    code = canonical(language)
    if code == "und" != language:
        raise InputError(language, "is not a language code; --language takes one such as en, yo or zh")
    if section not in SECTIONS:
        raise InputError(section, f"is not a section; there are {', '.join(SECTIONS)}")
    return Feed(feed_id(clean), url, plain.line(title) or url, language=code, section=section)


def add(config: Path | None, url: str, *, language: str, title: str, section: str) -> None:
    """Add one feed."""
    feed = feed_of(url, language=language, title=title, section=section)
    with open_store(settings_of(config)) as store:
        added = store.add_feeds([feed], now=datetime.now(UTC))
    if added:
        say(f"added {feed.url}; `iroyin feed check {feed.url}` says what it gives")
    else:
        say(f"{feed.url} is on the list already")


def remove(config: Path | None, url: str) -> None:
    """Stop polling one feed."""
    with found_store(settings_of(config)) as store:
        if not store.remove_feed(feed_of(url).id):
            raise InputError(url, "is not on the list; see `iroyin feed list`")
    say(f"removed {url}; its articles stay")


def show(config: Path | None) -> None:
    """Print the feeds and their health: a table on a terminal, tab-separated lines in a pipe."""
    with found_store(settings_of(config)) as store:
        feeds, states = store.feeds(), store.feed_states()
    if not feeds:
        tell("No feeds yet: `iroyin init --languages en`, `iroyin feed add URL` or `iroyin feed import FILE.opml`")
        return
    table(COLUMNS, [_cells(feed, states.get(feed.id, FeedState(feed.id))) for feed in feeds])


def _cells(feed: Feed, state: FeedState) -> tuple[str, ...]:
    seen = f"{state.ok_at:%Y-%m-%d %H:%M}" if state.ok_at else "-"
    health = (state.status, str(state.entries), seen, state.reason)
    return (feed.title, feed.language, feed.kind, *health, feed.url)


def import_opml(config: Path | None, file: Path) -> None:
    """Add every feed of an OPML file."""
    try:
        found = read(file.read_bytes())
    except OSError as error:
        raise InputError(str(file), f"cannot be read: {error.strerror}") from error
    except ParseError as error:
        raise InputError(str(file), f"{error.reason}; an OPML file as feed readers export it is needed") from error
    if not found:
        raise InputError(str(file), "holds no feed: no outline has an xmlUrl")
    with open_store(settings_of(config)) as store:
        added = store.add_feeds(found, now=datetime.now(UTC))
    say(f"{added} feeds added, {len(found) - added} known already")


def export_opml(config: Path | None, file: Path) -> None:
    """Write the feeds as OPML."""
    settings = settings_of(config)
    with found_store(settings) as store:
        feeds = store.feeds()
    with writing(file) as lines:
        lines.write(write(feeds, title=settings.desk_name).decode("utf-8"))
    tell(f"{len(feeds)} feeds written to {file}")


def check(config: Path | None, url: str) -> int:
    """Fetch and parse feeds now, without keeping anything; how many gave nothing."""
    settings = settings_of(config)
    if url:
        feeds = [feed_of(url)]
    else:
        with found_store(settings) as store:
            feeds = store.feeds()
    bad = 0
    with GuardedFetcher(settings) as fetcher, ChildParser(settings) as parser, Bars() as bars:
        for at, feed in enumerate(feeds, 1):
            verdict, good = judge(feed, fetcher, parser, settings)
            bad += not good
            say(f"{'ok  ' if good else 'bad '} {feed.url}: {verdict}")
            bars.show("checking feeds", at, len(feeds))
    if bad:
        tell(f"{bad} of {len(feeds)} feeds gave nothing")
    return bad


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
