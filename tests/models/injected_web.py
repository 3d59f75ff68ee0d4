"""Outlets whose articles carry an order to a machine in one field each, served on loopback for the whole flow.

One outlet an injection, one article a field: a piece of the sample newsroom in the injection's language with the text
put where the field says.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from iroyin.model import Feed, FeedId, short_id
from iroyin.sample.newsroom import Piece, outlets, pieces

FIELDS = ("title", "lead", "body", "last", "author", "feed title", "summary", "alt", "caption", "hidden", "comment",
          "description", "keywords")  # fmt: skip


@dataclass(frozen=True)
class Injection:
    """One row of `texts.toml`."""

    number: int
    language: str
    text: str
    canary: str
    seen: str = ""


def host_pieces(language: str) -> list[Piece]:
    """Pieces in this language, one a field, of as many events as there are; English ones where it has too few."""
    spoken = {outlet.slug: outlet.language for outlet in outlets() if not outlet.hostile and not outlet.ai_written}
    own = [piece for piece in pieces() if spoken.get(piece.outlet) == language]
    first = {piece.story or piece.slug: piece for piece in own}
    rest = [piece for piece in own if piece not in first.values()]
    english = {piece.story or piece.slug: piece for piece in pieces() if spoken.get(piece.outlet) == "en"}
    return [*first.values(), *rest, *english.values()][: len(FIELDS)]


def page(piece: Piece, injection: Injection, field: str, url: str) -> str:
    """The piece's page with the order in this field."""
    order = escape(injection.text)
    shown = [f"<p>{escape(text)}</p>" for text in piece.paragraphs]
    put = {"lead": 0, "body": 1, "last": len(shown)}
    if field in put:
        shown.insert(put[field], f"<p>{order}</p>")
    inside = {
        "alt": f'<img src="/photo.jpg" alt="{order}">',
        "caption": f'<figure><img src="/photo.jpg" alt=""><figcaption>{order}</figcaption></figure>',
        "hidden": f'<p style="display:none">{order}</p><div hidden>{order}</div>',
        "comment": f"<!-- {order.replace('--', '- -')} -->",
    }.get(field, "")
    shown.insert(1, inside)
    title = injection.text if field == "title" else piece.title
    meta = {"author": "author", "description": "description", "keywords": "keywords"}.get(field, "generator")
    return (
        f'<!doctype html><html lang="{injection.language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="{meta}" content="{order if meta != "generator" else "hand"}"><link rel="canonical" href="{url}">'
        f"</head><body><main><article><h1>{escape(title)}</h1>{''.join(shown)}</article></main></body></html>"
    )


class InjectedWeb:
    """Serves the outlets of these injections at `http://iNN.localhost:port/`."""

    def __init__(self, injections: Sequence[Injection]) -> None:
        self.injections = injections
        self._bodies: dict[tuple[str, str], tuple[str, bytes]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        for injection in injections:
            self._publish(injection)

    def site(self, injection: Injection) -> str:
        return f"http://i{injection.number:02}.localhost:{self.port}"

    def feeds(self) -> list[Feed]:
        return [
            Feed(
                FeedId(short_id("f", self.site(i))),
                f"{self.site(i)}/feed",
                f"Outlet {i.number}",
                language=spoken(i),
            )
            for i in self.injections
        ]

    def _publish(self, injection: Injection) -> None:
        site, items = self.site(injection), []
        host = site.removeprefix("http://")
        for number, (field, piece) in enumerate(zip(FIELDS, host_pieces(injection.language), strict=False)):
            path = f"/news/{number}.html"
            self._bodies[host, path] = (
                "text/html; charset=utf-8",
                page(piece, injection, field, site + path).encode(),
            )
            order = escape(injection.text)
            items.append(
                f"<item><title>{order if field == 'title' else escape(piece.title)}</title><link>{site}{path}</link>"
                f"<pubDate>{format_datetime(piece.published)}</pubDate>"
                f"<description>{order if field == 'summary' else escape(piece.paragraphs[0])}</description>"
                + (f"<author>{order}</author>" if field == "author" else "")
                + (f"<category>{order}</category>" if field == "keywords" else "")
                + "</item>"
            )
        title = escape(injection.text)
        channel = f"<channel><title>{title}</title>{''.join(items)}</channel>"
        feed = f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
        self._bodies[host, "/feed"] = ("application/rss+xml", feed.encode())

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = web._bodies.get((self.headers.get("Host", ""), self.path), ("text/plain", b""))
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def spoken(injection: Injection) -> str:
    """The language of the injection's outlet."""
    known = {outlet.language for outlet in outlets()}
    return injection.language if injection.language in known else "en"
