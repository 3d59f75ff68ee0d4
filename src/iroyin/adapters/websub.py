"""Telling a WebSub hub that feeds have changed (W3C WebSub 2018): subscribers hear of news without asking for it.

How a publisher tells its hub is left open there; the hubs in use take `hub.mode=publish` with `hub.url`, and the
newer ones `hub.topic`, so both are sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from iroyin.adapters.exchange import Ask, Line, exchange
from iroyin.adapters.netguard import check_url
from iroyin.errors import FetchError

_MOST = 100  # feeds told of at once
_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Hub:
    """Implements `ports.Announcer`: a hub, how it is reached, our name, and the seconds that a call may take."""

    line: Line
    url: str
    agent: str
    seconds: float = 10.0

    def announce(self, feeds: Sequence[str]) -> str:
        """See `Announcer`. The first refusal ends it: a hub that is down is not asked a hundred times."""
        for feed in feeds[:_MOST]:
            sent = urlencode({"hub.mode": "publish", "hub.url": feed, "hub.topic": feed}).encode()
            headers = {"User-Agent": self.agent, "Content-Type": "application/x-www-form-urlencoded"}
            try:
                answer = exchange(self.line, Ask(check_url(self.url), headers, self.seconds, _ANSWER, body=sent))
            except FetchError as error:
                return error.reason
            if not 200 <= answer.status < 300:
                return f"status {answer.status}"
        return ""
