"""A loopback server that speaks as Bluesky, Mastodon, Reddit, Hacker News, Lemmy, X and a forum do.

The Host header decides: `http://<platform>.localhost:<port>/`. Posts can be deleted and edited while it runs, requests
can be limited, and it can be told to fail; every request is kept in `asked`, so that limits can be counted.
"""

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from iroyin.languages.words import fold
from iroyin.model import Platform
from iroyin.sample.social import speech
from iroyin.sample.social.posts import SamplePost

TOKEN = "sample-token"  # noqa: S105 - what the loopback server takes
HANDLE, PASSWORD = "desk.sample", "sample-app-password"
APP, SECRET = "sample-app", "sample-app-secret"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came."""

    platform: str
    path: str
    query: dict[str, list[str]]
    authorization: str = ""
    body: bytes = b""
    agent: str = ""

    def one(self, name: str, default: str = "") -> str:
        """The first value of a query field."""
        return self.query.get(name, [default])[0]


@dataclass(slots=True)
class Faults:
    """What goes wrong on one platform. `allowed` requests are answered, then 429 until `reset_at` or for `reset_in`."""

    allowed: int | None = None
    reset_in: int = 120
    says_html: bool = False
    status: int = 0
    expire_token_once: bool = False
    count: int = 0


@dataclass(slots=True)
class Reply:
    """A status, a JSON value or raw bytes, and further headers."""

    status: int = 200
    value: object = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    kind: str = "application/json; charset=utf-8"


class SocialWeb:
    """The networks in one server, in threads, on 127.0.0.1. Use it as a context manager. `now` is for its headers."""

    def __init__(self, posts: Iterable[SamplePost], port: int = 0, *, now: datetime | None = None) -> None:
        self._posts = {post.number: post for post in posts}
        self.now = now or datetime.now(UTC)
        self.asked: list[Asked] = []
        self.faults: dict[Platform, Faults] = {platform: Faults() for platform in Platform}
        self.page = 25  # most posts of one page, below what the networks give, so that paging is seen
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), _Request)
        self._server.web = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    def address(self, platform: Platform | str) -> str:
        """Where a network answers, without a slash at its end."""
        return f"http://{platform}.localhost:{self.port}"

    def posts(self, platform: Platform | str) -> list[SamplePost]:
        """The posts of a network that stand, newest first."""
        own = [post for post in self._posts.values() if post.platform == platform.removeprefix("other-")]
        return sorted(own, key=lambda post: (-post.at.timestamp(), post.number))

    def having(self, platform: Platform | str, query: str) -> list[SamplePost]:
        """Those that have all words of a query, the words in quotation marks as they stand."""
        wanted = [fold(word) for word in speech.terms(query)]
        return [post for post in self.posts(platform) if all(word in fold(self.shown(post)) for word in wanted)]

    def shown(self, post: SamplePost) -> str:
        """What a search sees of a post: its text and that of what it answers."""
        first = self._posts.get(post.answers)
        return f"{post.text}\n{first.text if first else ''}"

    def one(self, number: int) -> SamplePost | None:
        """A post by its number, while it stands."""
        return self._posts.get(number)

    def delete(self, number: int) -> None:
        """The post's author takes it away."""
        self._posts.pop(number)

    def edit(self, number: int, text: str) -> None:
        """The post's author changes it."""
        self._posts[number] = replace(self._posts[number], text=text, edited_at=self.now)

    def add(self, posts: Iterable[SamplePost]) -> None:
        """More posts are written."""
        self._posts |= {post.number: post for post in posts}

    def count(self, platform: Platform | str) -> int:
        """How often a network was asked."""
        return sum(one.platform == platform for one in self.asked)

    def reply(self, asked: Asked) -> Reply:
        """The answer to a request, with whatever is to go wrong."""
        name = asked.platform.removeprefix("other-")
        if name not in set(Platform):
            return Reply(404, {"error": "no such network"})
        with self._lock:
            self.asked.append(asked)
            fault = self.faults[Platform(name)]
            fault.count += 1
            over = fault.allowed is not None and fault.count > fault.allowed
        if fault.says_html:
            return Reply(200, body=b"<html><body>Down for maintenance</body></html>", kind="text/html")
        if fault.status:
            return Reply(fault.status, {"error": "out of order"})
        left = None if fault.allowed is None else max(0, fault.allowed - fault.count)
        limits = speech.limit_headers(Platform(name), left, fault.reset_in, self.now)
        if over:
            return Reply(429, {"error": "RateLimitExceeded"}, limits)
        made = speech.SPEAKS[Platform(name)](self, asked)
        made.headers |= limits
        return made

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    web: SocialWeb


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Answer from `SocialWeb.reply`."""
        self._answer(b"")

    def do_POST(self) -> None:
        """The same with a body."""
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
        """Say nothing."""

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        host = self.headers.get("Host", "").partition(":")[0].removesuffix(".localhost")
        asked = Asked(
            host, parts.path, parse_qs(parts.query), self.headers.get("Authorization", ""), body,
            self.headers.get("User-Agent", ""),
        )  # fmt: skip
        if parts.path in {"/robots.txt", "/.well-known/tdmrep.json"}:
            made = Reply(404, {})
        else:
            made = self.server.web.reply(asked)
        sent = made.body if made.body is not None else json.dumps(made.value).encode()
        self.send_response(made.status)
        for name, value in {"Content-Type": made.kind, **made.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)
