"""What each origin asked of us, remembered for at most a day so that it is asked once and not for every page."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from iroyin.adapters.netguard import Target
from iroyin.adapters.robots import Rules

LIFETIME = 24 * 3600.0
UNREACHABLE_LIFETIME = 3600.0
_MOST = 4096


@dataclass(slots=True)
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Rules | None = None
    until: float = 0.0


class Wishes:
    """The rules of every origin, read through `read` when they are not known or too old.

    `read` may raise FetchError, which is not remembered; two callers of one origin share one reading.
    """

    def __init__(self, read: Callable[[Target], Rules], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._clock = read, clock
        self._kept: dict[str, _Kept] = {}
        self._lock = threading.Lock()

    def of(self, target: Target) -> Rules:
        """The rules of the target's origin. Raises what `read` raises."""
        kept = self._slot(target.origin)
        with kept.lock:
            if kept.rules is None or self._clock() >= kept.until:
                kept.rules = self._read(target)
                lifetime = UNREACHABLE_LIFETIME if kept.rules.unreachable else LIFETIME
                kept.until = self._clock() + lifetime
            return kept.rules

    def seconds_left(self, target: Target) -> float:
        """Seconds for which the remembered rules still hold; 0 when there are none."""
        return max(0.0, self._slot(target.origin).until - self._clock())

    def _slot(self, origin: str) -> _Kept:
        with self._lock:
            if origin not in self._kept and len(self._kept) >= _MOST:
                self._kept.pop(next(iter(self._kept)))
            return self._kept.setdefault(origin, _Kept())
