"""The calls of one process, kept in memory: for commands that work without a database."""

from dataclasses import dataclass, field
from datetime import datetime

from iroyin.model import Call, Spent


@dataclass(slots=True)
class CallsInMemory:
    """Implements `ports.Calls`."""

    kept: list[Call] = field(default_factory=list)

    def answered(self, key: str) -> str | None:
        """See `Calls`."""
        return next(
            (call.answer for call in reversed(self.kept) if call.key == key and call.outcome == "ok"), None
        )

    def keep(self, call: Call) -> None:
        """See `Calls`."""
        self.kept.append(call)

    def spent(self, *, since: datetime, purpose: str = "") -> Spent:
        """See `Calls`."""
        now = [call for call in self.kept if call.at >= since and purpose in {"", call.purpose}]
        return Spent(
            calls=len(now),
            failed=sum(call.outcome != "ok" for call in now),
            tokens=sum(call.tokens_in + call.tokens_out for call in now),
            cost=sum(call.cost for call in now),
            seconds=sum(call.seconds for call in now),
            stories=len({call.story_id for call in now}),
        )
