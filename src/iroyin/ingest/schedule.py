"""When a feed is asked next: old state, outcome and now in, new state out. No clock, no chance of its own.

An answer with news brings the next poll nearer to the rate at which the feed publishes; quiet polls drift apart;
errors back off by doubling. What the server asks for (Retry-After, max-age, ttl) is the least wait.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from iroyin.model import FeedState, FeedStatus, ParsedFeed

FLOOR = timedelta(minutes=15)
CEILING = timedelta(hours=24)
RETRY_LEAST, RETRY_MOST = timedelta(minutes=1), timedelta(days=7)
JITTER = 0.10
QUIET_GROWTH = 1.5
SIGHTINGS = 3


class Result(StrEnum):
    """What a poll came to."""

    READ = "read"
    NOT_MODIFIED = "not-modified"
    FAILED = "failed"
    GONE = "gone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One poll: its result and what came with it.

    `retry_after` and `max_age` are in seconds; `moved_to` is the target of a permanent redirect.
    """

    result: Result
    reason: str = ""
    parsed: ParsedFeed | None = None
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    retry_after: float | None = None
    max_age: float | None = None
    moved_to: str = ""


def after_poll(
    state: FeedState, outcome: Outcome, *, now: datetime, minutes: int = 60, fraction: float = 0.0
) -> FeedState:
    """The feed's state after this poll. `minutes` is the usual wait; `fraction` in [0, 1) adds up to 10 % to it.

    A gone feed has no next poll. A refused one (robots, private address) is asked again after a day.
    """
    usual = timedelta(minutes=minutes)
    polled = replace(state, polled_at=now, reason=outcome.reason)
    if outcome.result is Result.GONE:
        return replace(polled, status=FeedStatus.GONE, next_poll_at=None, reason=outcome.reason or "gone (410)")
    if outcome.result is Result.REFUSED:
        wait = max(CEILING, _asked(outcome))
        return replace(polled, status=FeedStatus.REFUSED, next_poll_at=now + _spread(wait, fraction))
    if outcome.result is Result.FAILED:
        wait = _backoff(state.failures, outcome, usual)
        return replace(
            polled,
            status=FeedStatus.FAILING,
            failures=state.failures + 1,
            next_poll_at=now + _spread(wait, fraction),
        )
    wait = max(_interval(state, outcome, usual, now), _asked(outcome))
    answered = replace(
        _moved(state, polled, outcome, now), ok_at=now, failures=0, next_poll_at=now + _spread(wait, fraction)
    )
    if outcome.result is Result.NOT_MODIFIED:
        return replace(answered, status=FeedStatus.NOT_MODIFIED)
    return replace(
        answered,
        status=FeedStatus.OK,
        etag=outcome.etag,
        last_modified=outcome.last_modified,
        body_hash=outcome.body_hash,
        entries=len(outcome.parsed.entries) if outcome.parsed else 0,
        skipped=outcome.parsed.skipped if outcome.parsed else 0,
    )


def max_age(headers: Mapping[str, str]) -> float | None:
    """The seconds that the answer's Cache-Control lets it live, when it says so."""
    found = re.search(r"(?:^|[\s,])max-age=(\d{1,9})", headers.get("cache-control", ""))
    return float(found.group(1)) if found else None


def settled_move(state: FeedState) -> str:
    """The new address once a permanent redirect was seen on three different days, else ""."""
    return state.moved_to if state.moved_seen >= SIGHTINGS else ""


def _interval(state: FeedState, outcome: Outcome, usual: timedelta, now: datetime) -> timedelta:
    """The wait from what the feed does: half its usual gap between entries after news, longer after none."""
    published = (
        [entry.published_at for entry in outcome.parsed.entries if entry.published_at] if outcome.parsed else []
    )
    since = state.polled_at
    news = any(since is None or moment > since for moment in published) if published else _changed(state, outcome)
    if news:
        gap = _gap(published, now)
        return _within(min(usual, gap / 2) if gap else usual)
    return _within(max(_last_wait(state) * QUIET_GROWTH, usual) if _was_quiet(state) else usual)


def _changed(state: FeedState, outcome: Outcome) -> bool:
    return outcome.result is Result.READ and outcome.body_hash != state.body_hash


def _was_quiet(state: FeedState) -> bool:
    return state.status in {FeedStatus.OK, FeedStatus.NOT_MODIFIED}


def _last_wait(state: FeedState) -> timedelta:
    """The wait chosen last time, its jitter taken out on average."""
    if state.next_poll_at is None or state.polled_at is None:
        return FLOOR
    return (state.next_poll_at - state.polled_at) / (1 + JITTER / 2)


def _gap(published: Sequence[datetime], now: datetime) -> timedelta | None:
    """The median time between the newest entries, up to 20; None for fewer than three dated entries."""
    moments = sorted((moment for moment in published if moment <= now), reverse=True)[:20]
    if len(moments) < 3:
        return None
    gaps = sorted(later - earlier for later, earlier in pairwise(moments))
    return gaps[len(gaps) // 2]


def _backoff(failures: int, outcome: Outcome, usual: timedelta) -> timedelta:
    if outcome.retry_after is not None:
        return _asked(outcome)
    return _within(usual * 2 ** min(failures, 10))


def _asked(outcome: Outcome) -> timedelta:
    """The least wait the server asks for; Retry-After up to 7 days, the others up to one."""
    waits = [timedelta(0)]
    if outcome.retry_after is not None:
        waits.append(min(max(_seconds(outcome.retry_after), RETRY_LEAST), RETRY_MOST))
    if outcome.max_age is not None:
        waits.append(min(_seconds(outcome.max_age), CEILING))
    if outcome.parsed and outcome.parsed.ttl_minutes:
        waits.append(min(_seconds(outcome.parsed.ttl_minutes * 60.0), CEILING))
    return max(waits)


def _seconds(seconds: float) -> timedelta:
    return timedelta(seconds=min(max(seconds, 0.0), RETRY_MOST.total_seconds()))


def _within(wait: timedelta) -> timedelta:
    return min(max(wait, FLOOR), CEILING)


def _spread(wait: timedelta, fraction: float) -> timedelta:
    """Never earlier than the wait, so that what a server asked for is kept."""
    return wait * (1 + JITTER * fraction)


def _moved(before: FeedState, state: FeedState, outcome: Outcome, now: datetime) -> FeedState:
    """Permanent redirects believed slowly: one sighting a day, always the same target."""
    if outcome.moved_to != before.moved_to:
        return replace(state, moved_to=outcome.moved_to, moved_seen=1 if outcome.moved_to else 0)
    if outcome.moved_to and before.polled_at is not None and before.polled_at.date() != now.date():
        return replace(state, moved_seen=before.moved_seen + 1)
    return state
