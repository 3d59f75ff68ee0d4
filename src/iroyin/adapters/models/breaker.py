"""The circuit breaker of one model server: after some failures in a row it is left alone for a while."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

FAILURES = 5
REST = 60.0


@dataclass(slots=True)
class Breaker:
    """Closed while calls succeed; `FAILURES` in a row open it for `REST` seconds, then one call may try."""

    clock: Callable[[], float]
    failures: int = 0
    until: float = 0.0
    reason: str = ""
    lock: Lock = field(default_factory=Lock)

    def resting(self) -> float:
        """Seconds for which no call may be made; 0 when one may."""
        with self.lock:
            return max(0.0, self.until - self.clock())

    def succeeded(self) -> None:
        """A call came back: all is well."""
        with self.lock:
            self.failures, self.until, self.reason = 0, 0.0, ""

    def failed(self, reason: str, *, rest: float = 0.0) -> None:
        """A call failed; `rest` is how long the server asked to be left alone, in seconds."""
        with self.lock:
            self.failures += 1
            self.reason = reason
            if self.failures >= FAILURES:
                rest = max(rest, REST)
            self.until = max(self.until, self.clock() + rest) if rest else self.until
