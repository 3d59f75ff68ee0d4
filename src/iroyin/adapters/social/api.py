"""Asking a platform's API: a guarded line, its limits obeyed, its answers as JSON. Nothing of a token is ever told.

Two limits hold at once: ours, made of what the platform documents, and what the server says in its headers. While
either is used up nothing is asked, and the caller is told for how long. robots.txt is not asked: an API invites.
"""

import json
import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from iroyin.adapters.exchange import Answer, Ask, Line, exchange
from iroyin.adapters.netguard import check_url
from iroyin.adapters.politeness import retry_after
from iroyin.errors import FetchError

_MOST = 8 * 2**20  # bytes of an answer
_AGAIN = 1.0  # second, the least that a server's own Retry-After is taken for
_UNTOLD = 60.0  # seconds of silence after a 429 that says no time
_SERVER_ERROR = 500
_UNIX = 1e8  # above it a number is a time, below it seconds


@dataclass(frozen=True, slots=True)
class Limit:
    """What a platform documents: so many requests in so many seconds."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Wire:
    """How APIs are reached: the guarded line, our name, the seconds a request may take, and the two clocks."""

    line: Line
    agent: str
    seconds: float
    clock: Callable[[], float]
    now: Callable[[], datetime]


@dataclass(slots=True)
class Api:
    """One server's API under `base` (no slash at its end)."""

    wire: Wire
    base: str
    limit: Limit
    _asked: deque[float] = field(default_factory=deque)
    _silent_until: float = 0.0

    @property
    def server(self) -> str:
        """The server's host."""
        return urlsplit(self.base).hostname or self.base

    def get(
        self, path: str, query: Mapping[str, str | int] | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """The JSON of an answer. Raises FetchError."""
        return self._json(self.ask(path, query, headers))

    def post(self, path: str, body: bytes, kind: str, headers: Mapping[str, str] | None = None) -> Any:
        """The JSON of the answer to a POST of this media type. Raises FetchError."""
        return self._json(self.ask(path, None, {"Content-Type": kind, **(headers or {})}, body=body))

    def ask(
        self,
        path: str,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        body: bytes = b"",
    ) -> Answer:
        """One request within both limits; only a 2xx comes back. Raises FetchError, whose URL has no query."""
        address = self.base + path
        self._wait_no_longer(address)
        self._asked.append(self.wire.clock())
        sent = {"User-Agent": self.wire.agent, "Accept": "application/json", **(headers or {})}
        url = f"{address}?{urlencode(query)}" if query else address
        try:
            answer = exchange(self.wire.line, Ask(check_url(url), sent, self.wire.seconds, _MOST, body=body))
        except FetchError as error:
            raise type(error)(address, error.reason) from None
        self._heed(answer)
        if not 200 <= answer.status < 300:
            left = self._silent_until - self.wire.clock()
            raise FetchError(
                address, f"status {answer.status}", status=answer.status, retry_after=left if left > 0 else None
            )
        return answer

    def _json(self, answer: Answer) -> Any:
        try:
            return json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise FetchError(self.base, "not JSON") from error

    def _wait_no_longer(self, address: str) -> None:
        """Refuse to ask while a limit is used up. Raises FetchError("limit")."""
        now = self.wire.clock()
        while self._asked and self._asked[0] <= now - self.limit.seconds:
            self._asked.popleft()
        left = self._silent_until - now
        if left > 0:
            raise FetchError(address, "limit", retry_after=left)
        if len(self._asked) >= self.limit.requests:
            raise FetchError(address, "limit", retry_after=self._asked[0] + self.limit.seconds - now)

    def _heed(self, answer: Answer) -> None:
        """Keep silent when the server asks for it or says that nothing is left."""
        refused, told = answer.status == 429, answer.header("retry-after")
        spent = _number(_first(answer, "remaining")) == 0
        if refused or spent or (told and answer.status >= _SERVER_ERROR):
            said = (retry_after(told, self.wire.now(), floor=_AGAIN), self._until_reset(answer))
            wait = max((one for one in said if one is not None), default=_UNTOLD)
            self._silent_until = max(self._silent_until, self.wire.clock() + wait)

    def _until_reset(self, answer: Answer) -> float | None:
        """Seconds until the limit begins anew: told as seconds, as a Unix time or as an ISO time; None if not told."""
        told, now = _first(answer, "reset"), self.wire.now()
        seconds = _number(told)
        if seconds is not None:
            return max(_AGAIN, seconds - now.timestamp() if seconds > _UNIX else seconds)
        try:
            moment = datetime.fromisoformat(told)
        except ValueError:
            return None
        return max(_AGAIN, ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds())


def _first(answer: Answer, name: str) -> str:
    """A limit header under any of the names in use."""
    told = (answer.header(f"{prefix}{name}") for prefix in ("x-ratelimit-", "x-rate-limit-", "ratelimit-"))
    return next((one for one in told if one), "")


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None
