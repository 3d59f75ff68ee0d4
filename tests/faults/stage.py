"""What the fault tests share: a stub DNS, a clock that only sleeping moves, and a rule by which loopback is public."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address

from iroyin.adapters.http import GuardedFetcher

FEED = b"<rss version='2.0'><channel><title>t</title></channel></rss>"
NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
Fetchers = Callable[..., GuardedFetcher]


def plays_public(address: IPv4Address | IPv6Address) -> bool:
    return str(address) == "127.0.0.1"


class Names:
    """Stub DNS: each name has a list of answers, given one after the other, the last one for ever."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {name.replace("_", "."): found for name, found in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host.endswith(".example") and host not in self.answers:
            return ["127.0.0.1"]
        if host not in self.answers:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        found = self.answers[host]
        return found.pop(0) if len(found) > 1 else found[0]


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds
