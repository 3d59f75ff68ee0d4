"""The sample newsroom's web: every invented outlet served on loopback, to be read by the real fetcher.

The Host header decides the outlet: `http://<slug>.localhost:<port>/`. What is not asked of an outlet by name (an
address instead of a name, as the hostile feed tries) is answered 404 and counted in `inside_hits`.
"""

import gzip
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from iroyin.model import Feed, FeedId, short_id
from iroyin.sample import hostile, pages
from iroyin.sample.newsroom import Outlet, Piece, outlets, pieces

_HTML = "text/html; charset=utf-8"
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_WORTH_GZIP = 1400


@dataclass(frozen=True, slots=True)
class Document:
    """One thing served: media type, bytes, and what conditional requests ask of."""

    media_type: str
    body: bytes
    modified: datetime = _BEGINNING
    location: str = ""

    @property
    def etag(self) -> str:
        """A strong validator: the hash of the bytes."""
        return f'"{sha256(self.body).hexdigest()[:20]}"'


class SampleWeb:
    """The outlets' web server, in threads, on 127.0.0.1. Port 0 takes any that is free.

    Use it as a context manager, or call `start` and `stop`.
    """

    def __init__(self, port: int = 0) -> None:
        self._outlets = outlets()
        self._pieces = pieces()
        self.inside_hits = 0
        self._server = _Server(("127.0.0.1", port), _Request)
        self._server.web = self
        self._documents = {outlet.slug: self._publish(outlet) for outlet in self._outlets}
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    def site(self, slug: str) -> str:
        """The address of an outlet, without a slash at its end."""
        return f"http://{slug}.localhost:{self.port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop answering and free the port."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def feeds(self) -> list[Feed]:
        """The feed of every outlet, as the desk subscribes to it."""
        return [self._feed(outlet) for outlet in self._outlets]

    def gold(self) -> dict[str, str]:
        """Page address to the key of its event, for pieces that belong to one; single pieces are left out."""
        return {self.site(piece.outlet) + piece.path: piece.story for piece in self._pieces if piece.story}

    def answer(self, host: str, path: str) -> Document | None:
        """What lies at a path of a host; None when there is nothing."""
        name = host.rpartition(":")[0].lower() if ":" in host else host.lower()
        slug = name.removesuffix(".localhost")
        if not name.endswith(".localhost") or slug not in self._documents:
            self.inside_hits += 1
            return None
        return self._documents[slug].get(path)

    def _feed(self, outlet: Outlet) -> Feed:
        url = f"{self.site(outlet.slug)}/feed"
        return Feed(
            id=FeedId(short_id("f", url)),
            url=url,
            title=outlet.name,
            language=outlet.language,
            country=outlet.country,
            outlet=outlet.name,
            family=outlet.family,
            kind=outlet.kind,
            section="world",
            ai_written=outlet.ai_written,
        )

    def _publish(self, outlet: Outlet) -> Mapping[str, Document]:
        """Everything an outlet serves, by path."""
        site = self.site(outlet.slug)
        own = [piece for piece in self._pieces if piece.outlet == outlet.slug]
        newest = max((piece.published for piece in own), default=_BEGINNING)
        found = {piece.path: self._page(outlet, piece, own) for piece in own}
        found["/"] = Document(_HTML, pages.front_page(outlet, own, site=site), newest)
        found["/robots.txt"] = Document("text/plain; charset=utf-8", pages.robots_text(site))
        media_type = pages.FEED_TYPES[outlet.format]
        if outlet.hostile:
            found["/feed"] = Document(media_type, hostile.feed(site, self.port), newest)
            found[hostile.INWARD] = Document(_HTML, b"", location=f"http://127.0.0.1:{self.port}/inside")
            found |= {path: Document(_HTML, body) for path, body in hostile.pages(site).items()}
        else:
            found["/feed"] = Document(media_type, pages.feed_document(outlet, own, site=site), newest)
        return found

    def _page(self, outlet: Outlet, piece: Piece, own: list[Piece]) -> Document:
        body = pages.article_page(outlet, piece, site=self.site(outlet.slug), others=own)
        return Document(_HTML, body, piece.published)


class _Server(ThreadingHTTPServer):
    """A threaded server with room for a burst of connections."""

    daemon_threads = True
    request_queue_size = 128
    web: SampleWeb


class _Request(BaseHTTPRequestHandler):
    """One request, answered from `SampleWeb.answer`."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Answer with the document, with 304 when the asker has it, or with 404."""
        document = self.server.web.answer(self.headers.get("Host", ""), self.path.partition("?")[0])
        if document is None:
            self._reply(HTTPStatus.NOT_FOUND, {"Content-Type": "text/plain"}, b"Not found\n")
        elif document.location:
            self._reply(HTTPStatus.FOUND, {"Location": document.location}, b"")
        elif self._is_known(document):
            self._reply(HTTPStatus.NOT_MODIFIED, _validators(document), b"")
        else:
            self._send(document)

    do_HEAD = do_GET  # noqa: N815 - the name http.server calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
        """Say nothing."""

    def _is_known(self, document: Document) -> bool:
        asked = self.headers.get("If-None-Match")
        if asked is not None:
            return document.etag in [tag.strip().removeprefix("W/") for tag in asked.split(",")]
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return parsedate_to_datetime(since) >= document.modified
        except (ValueError, TypeError):
            return False

    def _send(self, document: Document) -> None:
        headers = {"Content-Type": document.media_type, "Vary": "Accept-Encoding"} | _validators(document)
        body = document.body
        if len(body) > _WORTH_GZIP and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 4, mtime=0)
            headers["Content-Encoding"] = "gzip"
        self._reply(HTTPStatus.OK, headers, body)

    def _reply(self, status: HTTPStatus, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _validators(document: Document) -> dict[str, str]:
    return {"ETag": document.etag, "Last-Modified": format_datetime(document.modified, usegmt=True)}
