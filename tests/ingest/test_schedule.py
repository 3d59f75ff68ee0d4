"""The polling schedule as a table: outcome in, next poll and status out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from gold import NOW

from iroyin.ingest.schedule import CEILING, FLOOR, Outcome, Result, after_poll, max_age, settled_move
from iroyin.model import Confidence, FeedEntry, FeedId, FeedState, FeedStatus, ParsedFeed

HOUR = timedelta(hours=1)
OK = FeedState(
    FeedId("f1"), body_hash="h", polled_at=NOW - HOUR, next_poll_at=NOW, ok_at=NOW - HOUR, status=FeedStatus.OK
)


def feed(every: timedelta, *, newest: timedelta = timedelta(0), ttl: int | None = None) -> ParsedFeed:
    entries = tuple(
        FeedEntry(str(n), "", f"t{n}", "", published_at=NOW - newest - every * n, date_confidence=Confidence.HIGH)
        for n in range(10)
    )
    return ParsedFeed("rss2", "T", entries=entries, ttl_minutes=ttl, skipped=3)


def wait(state: FeedState, outcome: Outcome, fraction: float = 0.0) -> timedelta | None:
    after = after_poll(state, outcome, now=NOW, minutes=60, fraction=fraction)
    return after.next_poll_at and after.next_poll_at - NOW


READ = Result.READ


@pytest.mark.parametrize(
    ("name", "state", "outcome", "want"),
    [
        ("busy feed: half its gap", OK, Outcome(READ, parsed=feed(HOUR)), HOUR / 2),
        ("very busy feed: the floor", OK, Outcome(READ, parsed=feed(timedelta(minutes=1))), FLOOR),
        ("slow feed with news: the usual wait", OK, Outcome(READ, parsed=feed(timedelta(days=3))), HOUR),
        ("nothing new: longer", OK, Outcome(READ, parsed=feed(HOUR, newest=timedelta(days=2))), HOUR * 1.5 / 1.05),
        ("not modified: longer", OK, Outcome(Result.NOT_MODIFIED), HOUR * 1.5 / 1.05),
        (
            "quiet for long: the ceiling",
            replace(OK, polled_at=NOW - CEILING),
            Outcome(Result.NOT_MODIFIED),
            CEILING,
        ),
        (
            "no dates, new body: the usual wait",
            OK,
            Outcome(READ, parsed=ParsedFeed("rss2", "T"), body_hash="i"),
            HOUR,
        ),
        ("first poll", FeedState(FeedId("f1")), Outcome(READ, parsed=feed(HOUR * 9)), HOUR),
        ("ttl asks for more", OK, Outcome(READ, parsed=feed(HOUR, ttl=180)), 3 * HOUR),
        ("max-age asks for more", OK, Outcome(READ, parsed=feed(HOUR), max_age=7200), 2 * HOUR),
        ("max-age is clamped", OK, Outcome(READ, parsed=feed(HOUR), max_age=10**9), CEILING),
        ("an error", OK, Outcome(Result.FAILED, reason="timeout"), HOUR),
        ("the fourth error", replace(OK, failures=3), Outcome(Result.FAILED), 8 * HOUR),
        ("the hundredth error", replace(OK, failures=99), Outcome(Result.FAILED), CEILING),
        ("Retry-After is kept", OK, Outcome(Result.FAILED, retry_after=7200), 2 * HOUR),
        ("Retry-After of a second", OK, Outcome(Result.FAILED, retry_after=1), timedelta(minutes=1)),
        ("Retry-After of a year", OK, Outcome(Result.FAILED, retry_after=3.2e7), timedelta(days=7)),
        ("Retry-After without end", OK, Outcome(Result.FAILED, retry_after=float("inf")), timedelta(days=7)),
        ("refused", OK, Outcome(Result.REFUSED, reason="robots"), CEILING),
        ("gone", OK, Outcome(Result.GONE), None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_next_poll(name: str, state: FeedState, outcome: Outcome, want: timedelta | None) -> None:
    found = wait(state, outcome)

    assert want is None if found is None else want is not None and abs(want - found) < timedelta(seconds=1), name


def test_jitter_only_adds_up_to_a_tenth() -> None:
    outcome = Outcome(Result.FAILED, retry_after=3600)

    assert [HOUR, HOUR * 1.05] == [wait(OK, outcome, fraction) for fraction in (0.0, 0.5)]


def test_state_of_each_outcome() -> None:
    failed = after_poll(OK, Outcome(Result.FAILED, reason="timeout"), now=NOW)
    healed = after_poll(failed, Outcome(READ, parsed=feed(HOUR), etag="e", body_hash="i"), now=NOW + HOUR)
    gone = after_poll(OK, Outcome(Result.GONE), now=NOW)

    assert (FeedStatus.FAILING, 1, "timeout", OK.ok_at) == (
        failed.status,
        failed.failures,
        failed.reason,
        failed.ok_at,
    )
    assert (FeedStatus.OK, 0, "", "e", "i") == (
        healed.status,
        healed.failures,
        healed.reason,
        healed.etag,
        healed.body_hash,
    )
    assert (10, 3) == (healed.entries, healed.skipped)
    assert (FeedStatus.GONE, None) == (gone.status, gone.next_poll_at)


def test_validators_survive_an_error_and_a_304() -> None:
    state = replace(OK, etag='W/"x"', last_modified="yesterday")

    for result in (Result.FAILED, Result.NOT_MODIFIED):
        after = after_poll(state, Outcome(result), now=NOW)
        assert ('W/"x"', "yesterday", "h") == (after.etag, after.last_modified, after.body_hash)


def test_a_permanent_redirect_is_believed_after_three_days_only() -> None:
    moved = Outcome(Result.NOT_MODIFIED, moved_to="https://new.example/feed")
    state, seen = OK, []
    for hours in (0, 1, 2, 24, 25, 48):
        state = after_poll(state, moved, now=NOW + timedelta(hours=hours))
        seen.append((state.moved_seen, settled_move(state)))

    assert [(1, ""), (1, ""), (1, ""), (2, ""), (2, ""), (3, "https://new.example/feed")] == seen
    other = after_poll(state, replace(moved, moved_to="https://evil.example/"), now=NOW + timedelta(hours=72))
    assert (1, "") == (other.moved_seen, settled_move(other))
    assert 0 == after_poll(state, Outcome(Result.NOT_MODIFIED), now=NOW + timedelta(hours=72)).moved_seen


@pytest.mark.parametrize(
    ("header", "expected"),
    [("max-age=600", 600.0), ("public, max-age=60", 60.0), ("s-maxage=9", None), ("max-age=-5", None), ("", None)],
)
def test_max_age_is_read_from_cache_control(header: str, expected: float | None) -> None:
    assert expected == max_age({"cache-control": header})
