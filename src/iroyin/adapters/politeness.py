"""How often we may ask a host: one request at a time, a pause between two, and silence when it asks for it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from iroyin.errors import AddressRefused

PAUSE_FLOOR = 60.0
PAUSE_CEILING = 7 * 24 * 3600.0
AFTER_ERROR = 5.0
CRAWL_DELAY_CAP = 60.0


def retry_after(value: str, now: datetime, *, floor: float = PAUSE_FLOOR) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3), between `floor` and a week; None for rubbish.

    >>> from datetime import UTC, datetime
    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    """
    text = value.strip()
    if text.isascii() and text.isdecimal():
        seconds = float(text[:12])
    else:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = (aware - now).total_seconds()
    return min(max(seconds, floor), PAUSE_CEILING)


@dataclass(slots=True)
class _Host:
    """What we remember of one host: its turn, when it is free again, and until when it asked for silence."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    silent_until: float = 0.0


class Politeness:
    """The turns of all hosts. `clock` and `sleep` are arguments so that tests need not wait."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None]) -> None:
        self._clock, self._sleep = clock, sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, *, delay: float) -> Iterator[None]:
        """The right to make one request to a host: waits for the others, then `delay` seconds since the last one.

        After an error the next one waits longer. A host on the operator's own machine has a `delay` of 0.
        """
        known = self._host(host)
        with known.turn:
            wait = known.free_at - self._clock()
            if wait > 0:
                self._sleep(wait)
            pause = max(delay, AFTER_ERROR) if delay else 0.0
            try:
                yield
                pause = delay
            except AddressRefused:
                pause = 0.0  # nobody was asked
                raise
            finally:
                known.free_at = self._clock() + pause

    def silence(self, host: str, seconds: float) -> None:
        """Leave the host alone for so long, for all its URLs."""
        known = self._host(host)
        known.silent_until = max(known.silent_until, self._clock() + seconds)

    def silent_for(self, host: str) -> float:
        """Seconds for which the host is to be left alone; 0 when it may be asked."""
        known = self._hosts.get(host)
        return max(0.0, known.silent_until - self._clock()) if known else 0.0

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())
