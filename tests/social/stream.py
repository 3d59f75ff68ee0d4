"""A Jetstream on loopback: a real WebSocket server that replays its events from the cursor it is given."""

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from iroyin.sample.social import SamplePost, SocialWeb
from iroyin.sample.social.speech import _sky

FIRST = 1_767_800_000_000_000  # microseconds of the first event


def created(post: SamplePost, *, operation: str = "create") -> dict[str, Any]:
    """The event of a post that was written, or edited."""
    told: Any = _sky(post)
    commit = {
        "rev": "1", "operation": operation, "collection": "app.bsky.feed.post", "rkey": str(post.number),
        "record": told["record"], "cid": told["cid"],
    }  # fmt: skip
    return {"did": told["author"]["did"], "kind": "commit", "commit": commit}


def deleted(post: SamplePost) -> dict[str, Any]:
    """The event of a post that was deleted."""
    commit = {"rev": "2", "operation": "delete", "collection": "app.bsky.feed.post", "rkey": str(post.number)}
    told: Any = _sky(post)
    return {"did": told["author"]["did"], "kind": "commit", "commit": commit}


def left(post: SamplePost, *, status: str = "deleted") -> dict[str, Any]:
    """The event of an account that went away."""
    told: Any = _sky(post)
    did = told["author"]["did"]
    return {"did": did, "kind": "account", "account": {"active": False, "did": did, "status": status}}


@dataclass
class Stream:
    """The events, one a second from FIRST on, as they are sent; `raw` ones as they are. `asked`: each connection."""

    events: list[str | bytes] = field(default_factory=list)
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    refuse: int = 0
    drop_after: int | None = None
    stays: bool = False  # else it says goodbye when all is told, which no real one does

    def tell(self, events: Iterable[dict[str, Any]]) -> None:
        """Add events at the end."""
        for one in events:
            self.events.append(json.dumps(one | {"time_us": FIRST + len(self.events) * 1_000_000}))

    def __enter__(self) -> Self:
        self._server: Server = serve(
            self._speak, "127.0.0.1", 0, process_request=self._refused, compression=None, max_size=None
        )
        self.port: int = self._server.socket.getsockname()[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"ws://jetstream.localhost:{self.port}"

    def _refused(self, _: ServerConnection, request: Request) -> Response | None:
        self.asked.append(parse_qs(urlsplit(request.path).query))
        self.agents.append(request.headers.get("User-Agent", ""))
        status = HTTPStatus(self.refuse or 200)
        return Response(status.value, status.phrase, Headers({"Content-Length": "0"})) if self.refuse else None

    def _speak(self, connection: ServerConnection) -> None:
        cursor = int(self.asked[-1]["cursor"][0])
        behind = max(0, -(-(cursor - FIRST) // 1_000_000))
        try:
            for number, event in enumerate(self.events[behind:], start=1):
                connection.send(event, text=True if isinstance(event, bytes) else None)
                if number == self.drop_after:
                    connection.socket.close()
                    return
            if self.stays:
                connection.recv(timeout=30)
        except (ConnectionClosed, TimeoutError, OSError):
            return


def tell_all(stream: Stream, web: SocialWeb, posts: Iterable[SamplePost]) -> None:
    """The stream tells of these posts as the web has them."""
    stream.tell(created(post) for post in posts if web.one(post.number))
