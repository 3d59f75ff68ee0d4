"""The contract of a source of posts for Bluesky's Jetstream: a real WebSocket on loopback, its AppView beside it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from network import NOW, SINCE, Clock, Network, crowd
from stream import FIRST, Stream, created, deleted, left, tell_all

from iroyin.adapters.exchange import line_through
from iroyin.adapters.netguard import Guard
from iroyin.adapters.social import make_source
from iroyin.adapters.social.api import Wire
from iroyin.adapters.social.bluesky import Bluesky
from iroyin.adapters.social.jetstream import Jetstream
from iroyin.errors import SettingsError
from iroyin.model import Platform, Query
from iroyin.settings import Settings

QUERY = Query(("Varland", "Ostmark"), "en")
POSTS = crowd(Platform.BLUESKY)  # of the fixture's web: numbers from 0 up
ABOUT = [post for post in POSTS if "Varland" in post.text]


@pytest.fixture
def stream() -> Iterator[Stream]:
    with Stream() as made:
        yield made


def jetstream(
    stream: Stream, network: Network, *, most: int = 1000, allowed: bool = True, quiet: float = 10.0
) -> tuple[Jetstream, Clock]:
    """A source that first hears from a thousand seconds before the first event, and the clock it goes by."""
    allow = (f"jetstream.localhost:{stream.port}",) if allowed else ()
    line = line_through(Guard(allow), connect=2.0, read=5.0)
    clock = Clock()
    wire = Wire(line, "Iroyin/test", 10.0, clock, clock.now)
    appview = network.source(Platform.BLUESKY)
    assert isinstance(appview, Bluesky)
    back = NOW.timestamp() - FIRST / 1e6 + 1000
    made = Jetstream(wire, appview, base=stream.address, back=back, seconds=10.0, quiet=quiet, most=most)
    return made, clock


def numbers(posts) -> set[int]:
    return {int(post.native.rpartition("/")[2]) for post in posts}


def test_the_stream_is_heard_from_the_cursor_on_and_posts_are_read_whole(stream, network) -> None:
    tell_all(stream, network.web, POSTS)
    source, _clock = jetstream(stream, network)
    got = source.search(QUERY, since=SINCE, until=NOW, limit=500)

    assert "window" == got.trouble  # of the days before its first look a stream knows nothing, and says so
    assert {post.number for post in ABOUT} == numbers(got.posts)
    assert {"jetstream.localhost"} == {post.server for post in got.posts}
    assert all(post.account.created_at and not post.account.handle.startswith("did:") for post in got.posts)
    assert [["app.bsky.feed.post"], [str(FIRST - 1_000_000_000)]] == [
        stream.asked[0]["wantedCollections"],
        stream.asked[0]["cursor"],
    ]
    assert ["Iroyin/test"] == stream.agents
    assert 7 == len(source.search(QUERY, since=SINCE, until=NOW, limit=7).posts)
    until = SINCE + timedelta(minutes=20)
    assert all(one.created_at <= until for one in source.search(QUERY, since=SINCE, until=until, limit=99).posts)


def test_a_stream_that_falls_silent_has_come_to_the_present(stream, network) -> None:
    stream.stays = True
    tell_all(stream, network.web, POSTS)
    got = jetstream(stream, network, quiet=1.0)[0].search(QUERY, since=SINCE, until=NOW, limit=500)
    assert "window" == got.trouble
    assert got.posts


def test_a_later_look_goes_on_where_the_last_ended(stream, network) -> None:
    half = len(POSTS) // 2
    tell_all(stream, network.web, POSTS[:half])
    source, clock = jetstream(stream, network)
    source.search(QUERY, since=SINCE, until=NOW, limit=500)
    tell_all(stream, network.web, POSTS[half:])
    source.search(QUERY, since=SINCE, until=NOW, limit=500)
    assert 1 == len(stream.asked)  # moments later nothing is asked

    clock.seconds += 20
    got = source.search(QUERY, since=SINCE, until=NOW, limit=500)
    assert str(FIRST + (half - 1) * 1_000_000) == stream.asked[1]["cursor"][0]
    assert {post.number for post in ABOUT} == numbers(got.posts)


@pytest.mark.parametrize("how", ["post", "account", "takendown"])
def test_what_the_stream_says_is_deleted_is_gone_before_the_appview_knows(how: str, stream, network) -> None:
    tell_all(stream, network.web, POSTS)
    source, clock = jetstream(stream, network)
    before = source.search(QUERY, since=SINCE, until=NOW, limit=500).posts
    lost = ABOUT[3]
    stream.tell([deleted(lost) if how == "post" else left(lost, status="deleted" if how == "account" else how)])
    clock.seconds += 20

    looked = source.look_up(before)
    (key,) = (post.key for post in before if numbers((post,)) == {lost.number})
    assert (key,) == looked.gone
    assert len(before) - 1 == len(looked.here)
    assert lost.number not in numbers(source.search(QUERY, since=SINCE, until=NOW, limit=500).posts)


def test_an_account_at_rest_is_not_gone(stream, network) -> None:
    tell_all(stream, network.web, POSTS)
    event = left(ABOUT[3])
    event["account"] |= {"active": True, "status": ""}
    stream.tell([event])
    got = jetstream(stream, network)[0].search(QUERY, since=SINCE, until=NOW, limit=500)
    assert ABOUT[3].number in numbers(got.posts)


def test_an_edit_reads_anew(stream, network) -> None:
    tell_all(stream, network.web, POSTS)
    source, clock = jetstream(stream, network)
    source.search(QUERY, since=SINCE, until=NOW, limit=500)
    words = "Varland and Ostmark: I was wrong about that"
    network.web.edit(ABOUT[5].number, words)
    stream.tell([created(replace(ABOUT[5], text=words), operation="update")])
    clock.seconds += 20
    got = source.search(QUERY, since=SINCE, until=NOW, limit=500)
    assert words in {post.text for post in got.posts}


def test_a_stream_that_breaks_off_loses_nothing(stream, network) -> None:
    tell_all(stream, network.web, POSTS)
    stream.drop_after = 20
    source, clock = jetstream(stream, network)
    assert source.search(QUERY, since=SINCE, until=NOW, limit=500).posts
    for _ in range(4):
        clock.seconds += 20
        got = source.search(QUERY, since=SINCE, until=NOW, limit=500)
    assert {post.number for post in ABOUT} == numbers(got.posts)


def test_what_is_no_event_is_passed_over(stream, network) -> None:
    stream.events += ["not JSON", "[1, 2]", '{"kind": "commit"}', b'{"did": "\xff\xfe"}', "[" * 50_000]
    stream.events += [json.dumps({"did": 7, "kind": "commit", "commit": {"collection": "app.bsky.feed.post"}})]
    tell_all(stream, network.web, POSTS)
    got = jetstream(stream, network)[0].search(QUERY, since=SINCE, until=NOW, limit=500)
    assert {post.number for post in ABOUT} == numbers(got.posts)


def test_a_message_beyond_the_bound_is_told(stream, network) -> None:
    tell_all(stream, network.web, POSTS[:5])
    stream.events.append("x" * 300_000)
    got = jetstream(stream, network)[0].search(QUERY, since=SINCE, until=NOW, limit=500)
    assert "too-large" == got.trouble
    assert got.posts


@pytest.mark.parametrize(("refuse", "trouble"), [(503, "status 503"), (429, "status 429"), (400, "status 400")])
def test_a_refusal_is_told_and_not_asked_again_at_once(refuse: int, trouble: str, stream, network) -> None:
    stream.refuse = refuse
    source, _clock = jetstream(stream, network)
    assert trouble == source.probe()
    for _ in range(5):
        source.search(QUERY, since=SINCE, until=NOW, limit=500)
    assert 1 == len(stream.asked)


def test_looks_are_limited(stream, network) -> None:
    source, _clock = jetstream(stream, network)
    for _ in range(50):
        source.search(QUERY, since=SINCE, until=NOW, limit=500)
    assert 1 == len(stream.asked)


def test_the_window_is_bounded_to_the_newest(stream, network) -> None:
    tell_all(stream, network.web, POSTS)
    got = jetstream(stream, network, most=10)[0].search(QUERY, since=SINCE, until=NOW, limit=500)
    assert {post.number for post in POSTS[-10:] if "Varland" in post.text} == numbers(got.posts)


def test_without_the_appview_posts_stand_as_the_stream_told_them(stream, network) -> None:
    tell_all(stream, network.web, POSTS)
    network.web.faults[Platform.BLUESKY].status = 500
    got = jetstream(stream, network)[0].search(QUERY, since=SINCE, until=NOW, limit=500)
    assert "status 500" == got.trouble
    assert {post.number for post in ABOUT} == numbers(got.posts)
    assert all(post.account.handle.startswith("did:") for post in got.posts)


def test_a_private_address_is_not_dialled(stream, network) -> None:
    assert jetstream(stream, network, allowed=False)[0].probe()
    assert [] == stream.asked


def test_nobody_listens(network) -> None:
    with Stream() as gone:
        source, _clock = jetstream(gone, network)
    assert "connect" == source.probe()


def test_it_works_when_both_answer(stream, network) -> None:
    assert "" == jetstream(stream, network)[0].probe()


@pytest.mark.parametrize("named", ["jetstream", "jetstream@wss://one.example", "JETSTREAM@https://one.example"])
def test_it_is_made_from_settings(named: str, network: Network) -> None:
    source = make_source(named, Settings(), network.fetcher(), network.parser, lambda: NOW)
    assert isinstance(source, Jetstream)
    assert Platform.BLUESKY is source.platform
    assert source.server in {"jetstream2.us-east.bsky.network", "one.example"}


def test_an_address_of_another_kind_is_refused(network: Network) -> None:
    with pytest.raises(SettingsError):
        make_source("jetstream@ftp://one.example", Settings(), network.fetcher(), network.parser, lambda: NOW)
