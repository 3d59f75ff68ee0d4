"""Published pages from memory: each is compressed once, and looked up again in the store every two seconds.

This stands before everything else, because nearly every request asks for a page that many others ask for.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from iroyin.model import Page
from iroyin.web.ranges import part
from iroyin.web.secure import Rules

PAGE_CACHE = "public, max-age=60, stale-while-revalidate=600"
ASSET_CACHE = "public, max-age=31536000, immutable"
_FRESH_SECONDS = 2.0
_MOST_BYTES = 96 * 2**20
_WORTH = 1024  # bytes from which a body is compressed
_LEVEL = 6
_IN_PARTS = frozenset({b"audio/mpeg"})  # asked for in parts by players
_PACKED = frozenset({b"image/png", b"image/jpeg", b"image/webp", b"audio/mpeg"})  # compressed by themselves

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Ready:
    """A page as it goes out: plain and compressed, each with its headers; `etag` without quotes.

    `part_headers` are those of a part, of a page that may be asked for in parts.
    """

    etag: bytes
    plain: bytes
    plain_headers: Headers
    small: bytes
    small_headers: Headers
    unchanged_headers: Headers
    part_headers: Headers | None = None

    @property
    def size(self) -> int:
        """Bytes it holds in memory."""
        return len(self.plain) + len(self.small)


class KeptPages:
    """ASGI application that answers GET and HEAD for pages that exist, and passes everything else on."""

    def __init__(self, app: ASGIApp, find: Callable[[str], Page | None], rules: Rules) -> None:
        self._app, self._find, self._rules = app, find, rules
        self._kept: OrderedDict[str, tuple[float, Ready]] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, from the store, or by the application behind."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or scope["query_string"]:
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        held = self._kept.get(path)
        if held is None or monotonic() - held[0] > _FRESH_SECONDS:
            page = await run_in_threadpool(self._find, path[1:])
            if page is None:
                self._forget(path)
                await self._app(scope, receive, send)
                return
            ready = held[1] if held and held[1].etag == page.etag.encode() else self._prepared(page)
            self._keep(path, ready)
        else:
            ready = held[1]
        await _answer(ready, scope, send)

    def _prepared(self, page: Page) -> Ready:
        kind = page.media_type.encode()
        lasting = ASSET_CACHE if page.path.startswith("static/") else PAGE_CACHE
        shared: Headers = [
            (b"etag", b'W/"' + page.etag.encode() + b'"'),
            (b"cache-control", lasting.encode()),
            (b"vary", b"Accept-Encoding"),
            *((name.encode(), value.encode()) for name, value in self._rules(page.media_type).items()),
        ]
        typed: Headers = [(b"content-type", kind), *shared]
        if kind in _IN_PARTS:
            typed.append((b"accept-ranges", b"bytes"))
        squeezed = len(page.body) >= _WORTH and kind not in _PACKED
        small = gzip.compress(page.body, _LEVEL, mtime=0) if squeezed else page.body
        packed: Headers = [(b"content-encoding", b"gzip"), *typed] if squeezed else typed
        plain = _sized(typed, page.body)
        return Ready(
            page.etag.encode(), page.body, plain, small, _sized(packed, small), shared,
            typed if kind in _IN_PARTS else None,
        )  # fmt: skip

    def _keep(self, path: str, ready: Ready) -> None:
        self._forget(path)
        self._kept[path] = (monotonic(), ready)
        self._bytes += ready.size
        while self._bytes > _MOST_BYTES and len(self._kept) > 1:
            self._forget(next(iter(self._kept)))

    def _forget(self, path: str) -> None:
        held = self._kept.pop(path, None)
        if held:
            self._bytes -= held[1].size


def _sized(headers: Headers, body: bytes) -> Headers:
    return [*headers, (b"content-length", str(len(body)).encode())]


async def _answer(ready: Ready, scope: Scope, send: Send) -> None:
    small, asked, whole = False, b"", scope["method"] == "HEAD" or ready.part_headers is None
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            small = b"gzip" in value
        elif name == b"range":
            asked = value
        elif name == b"if-range":
            whole = True  # our validators are weak, and a part goes out by a strong one alone
        elif name == b"if-none-match" and _known(value, ready.etag):
            await send({"type": "http.response.start", "status": 304, "headers": ready.unchanged_headers})
            await send({"type": "http.response.body", "body": b""})
            return
    if asked and not whole and (wanted := part(asked, len(ready.plain))):
        await _answer_part(ready, wanted, send)
        return
    body, headers = (ready.small, ready.small_headers) if small else (ready.plain, ready.plain_headers)
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def _answer_part(ready: Ready, wanted: tuple[int, int], send: Send) -> None:
    """Status 206 and the part; 416 for one that lies outside."""
    first, end = wanted
    size, body = len(ready.plain), ready.plain[first:end]
    told = f"bytes {first}-{end - 1}/{size}" if body else f"bytes */{size}"
    headers = _sized([*(ready.part_headers or ()), (b"content-range", told.encode())], body)
    await send({"type": "http.response.start", "status": 206 if body else 416, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _known(validators: bytes, etag: bytes) -> bool:
    held = {v.strip().removeprefix(b"W/").strip(b'"') for v in validators.split(b",")}
    return bool(etag) and (etag in held or b"*" in held)
