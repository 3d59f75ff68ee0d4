"""What passes is waited for: a network that is down, a host that asks for silence, a poll that fails, a fixed clock."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from iroyin.adapters.embedders import ngrams
from iroyin.adapters.store import SqlStore
from iroyin.compose import open_writer
from iroyin.desk import Desk, Ports
from iroyin.errors import FetchError
from iroyin.ingest import extract, feed
from iroyin.model import EntryState, Extract, Feed, FeedId, Fetched, ParsedFeed, Step
from iroyin.ports import Purpose
from iroyin.runner import Runner
from iroyin.settings import Settings

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
FEED = Feed(FeedId("f1"), "http://a.example/feed", "A")
TEXT = "The mayor of Kolme opened the new bridge over the river on Monday. It cost 12 million crowns. " * 6
PAGE = (
    f"<html><head><title>Bridge opens in Kolme</title></head><body><article><p>{TEXT}</p></article></body></html>"
)
ENTRY = {
    "id": "e1",
    "url": "http://a.example/1",
    "title": "Bridge opens in Kolme",
    "content_text": "A bridge opened.",
}


class Wire:
    """A web of one feed and one page; `troubles` are raised one after the other when the page is asked for."""

    def __init__(self, *troubles: FetchError) -> None:
        self.troubles, self.asked = list(troubles), 0

    def fetch(self, url: str, purpose: Purpose, *, etag: str = "", last_modified: str = "") -> Fetched:
        if purpose == "feed":
            body = {"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [ENTRY]}
            return Fetched(
                url, url, 200, {"content-type": "application/feed+json"}, json.dumps(body).encode(), START
            )
        self.asked += 1
        if self.troubles:
            raise self.troubles.pop(0)
        return Fetched(url, url, 200, {"content-type": "text/html"}, PAGE.encode(), START)


class InProcess:
    """The parsers without their child processes."""

    def feed(self, fetched: Fetched, *, now: datetime, language: str = "") -> ParsedFeed:
        kind = fetched.headers["content-type"]
        return feed.parse(
            body=fetched.body, url=fetched.url, content_type=kind, now=now, language=language, limit=9
        )

    def page(self, body: bytes, url: str, *, charset: str = "", language: str = "") -> Extract:
        return extract.extract(body=body, url=url, charset=charset, language=language)


class Clock:
    def __init__(self, tick: timedelta = timedelta(microseconds=1)) -> None:
        self.time, self.tick = START, tick

    def __call__(self) -> datetime:
        self.time += self.tick
        return self.time


class Room:
    """A desk on this wire."""

    def __init__(self, folder: Path, wire: Wire, clock: Clock) -> None:
        settings = Settings(embed_with="ngrams")
        self.clock = clock
        self.store = SqlStore(folder / "d.db", clock=clock)
        self.store.add_feeds([FEED], now=START)
        ports = Ports(self.store, wire, InProcess(), ngrams.Ngrams(), open_writer(settings), clock)
        desk = Desk(ports, settings)
        self.runner = Runner(desk, self.store, workers=1, clock=clock, report=lambda *_: None, stop=Event())

    def after(self, wait: timedelta) -> EntryState:
        """The state of the one entry once the desk ran so much later."""
        self.clock.time += wait
        self.runner.drain(steps=(Step.POLL, Step.READ))
        ((state, _, _),) = self.store.entry_outcomes()
        return state


Rooms = Callable[..., Room]


@pytest.fixture
def room(tmp_path: Path) -> Rooms:
    return lambda *troubles, tick=timedelta(microseconds=1): Room(tmp_path, Wire(*troubles), Clock(tick))


def trouble(reason: str, *, retry_after: float | None = None, status: int = 0) -> FetchError:
    return FetchError("http://a.example/1", reason, retry_after=retry_after, status=status)


@pytest.mark.parametrize("reason", ["timeout", "dns", "connect", "connection lost", "short body"])
def test_an_entry_waits_for_a_network_that_is_down(room: Rooms, reason: str) -> None:
    desk = room(trouble(reason), trouble(reason))

    states = [desk.after(timedelta(0)), desk.after(timedelta(minutes=2)), desk.after(timedelta(minutes=3))]

    assert [EntryState.NEW, EntryState.NEW, EntryState.READ] == states


def test_what_a_host_asks_for_is_waited_and_its_silence_costs_no_attempt(room: Rooms) -> None:
    silent = [trouble("silence", retry_after=300.0) for _ in range(5)]
    desk = room(trouble("status 429", retry_after=600.0, status=429), *silent)

    assert EntryState.NEW == desk.after(timedelta(0))
    asked = len(silent)
    assert EntryState.NEW == desk.after(timedelta(minutes=9)), "asked before its time"
    for _ in range(asked):
        assert EntryState.NEW == desk.after(timedelta(minutes=6))
    assert EntryState.READ == desk.after(timedelta(minutes=6))
    assert 1 == desk.runner.failed


def test_a_host_that_wants_to_be_left_alone_for_days_is_not_waited_for(room: Rooms) -> None:
    desk = room(trouble("status 503", retry_after=3 * 86_400.0, status=503))

    assert EntryState.NEW != desk.after(timedelta(0))


def test_under_a_fixed_clock_what_failed_is_tried_again_at_once(room: Rooms) -> None:
    desk = room(trouble("timeout"), trouble("silence", retry_after=90.0), tick=timedelta(0))

    assert EntryState.READ == desk.after(timedelta(0))
