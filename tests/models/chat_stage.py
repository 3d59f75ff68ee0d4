"""A chat on a loopback server, with a clock that sleeping moves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from iroyin.adapters.models import ModelChat

NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
Chats = Callable[..., ModelChat]


@dataclass
class Clock:
    """Stands still but for sleeping, which it notes."""

    at: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds
