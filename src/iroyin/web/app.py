"""Published pages over HTTP: GET and HEAD only, every answer with its validators and its security headers.

The server renders nothing. What it cannot find it answers with the stored 404 page of the language in the address;
nothing of a request is ever echoed.
"""

from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from iroyin.model import Page
from iroyin.web.negotiate import preferred

PAGE_CACHE = "public, max-age=60, stale-while-revalidate=600"
ASSET_CACHE = "public, max-age=31536000, immutable"
_LONGEST_PATH = 2000


class PageStore(Protocol):
    """Where published pages are kept. Both methods are called from worker threads."""

    def page(self, path: str) -> Page | None:
        """One published page by its path from the site's root, without a slash at its start."""
        ...

    def resolve_slug(self, language: str, slug: str, languages: Sequence[str]) -> tuple[str, str] | None:
        """Language and slug under which the story that once had this one is told now; None for no such page.

        The language is the same when it is told in it, else the first of `languages` that it is told in.
        """
        ...


def security_headers(analytics: str = "") -> dict[str, str]:
    """The headers that every answer carries; an analytics address adds its origin to the script rules."""
    parts = urlsplit(analytics)
    counted = f" {parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else ""
    policy = (
        f"default-src 'none'; script-src 'self'{counted}; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"connect-src 'self'{counted}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-site",
    }


class SecurityHeaders:
    """ASGI middleware that puts the security headers on every answer, errors of routing included."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the start of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self.headers]
            await send(message)

        await self.app(scope, receive, with_headers)


def make_app(store: PageStore, *, languages: Sequence[str], analytics: str = "") -> Starlette:
    """The ASGI application over a store of pages. `languages[0]` is where a reader without a preference goes."""
    headers = security_headers(analytics)

    def pages(request: Request) -> Response:
        return answer(store, request, languages)

    def failed(request: Request, error: Exception) -> Response:
        return PlainTextResponse("500", 500, {**headers, "cache-control": "no-store"})

    return Starlette(
        routes=[Route("/healthz", healthz, methods=["GET"]), Route("/{path:path}", pages, methods=["GET"])],
        middleware=[Middleware(SecurityHeaders, headers=headers), Middleware(GZipMiddleware, minimum_size=1024)],
        exception_handlers={Exception: failed},
    )


def healthz(request: Request) -> Response:
    """`ok` for a caller on this machine, as if there were no such address for anybody else."""
    client = request.client.host if request.client else ""
    try:
        near = ip_address(client).is_loopback and "x-forwarded-for" not in request.headers
    except ValueError:
        near = False
    return PlainTextResponse("ok" if near else "404", 200 if near else 404, {"cache-control": "no-store"})


def answer(store: PageStore, request: Request, languages: Sequence[str]) -> Response:
    """The answer to one request: a page, not modified, a redirect, or the 404 page."""
    path = request.path_params["path"]
    if len(path) > _LONGEST_PATH or "\x00" in path or "\\" in path or ".." in path.split("/"):
        return _lost(store, path, languages)
    if not path:
        language = preferred(request.headers.get("accept-language", ""), languages)
        return RedirectResponse(f"/{language}/", 302, {"vary": "accept-language", "cache-control": PAGE_CACHE})
    for move in (_exact, _slash, _renamed):
        found = move(store, request, path, languages)
        if found is not None:
            return found
    return _lost(store, path, languages)


def _exact(store: PageStore, request: Request, path: str, languages: Sequence[str]) -> Response | None:
    """The page at this very address: `en/` is its front page, `en/about` its page, `a.json` that file."""
    front = path.endswith("/") and path.strip("/") in languages and path.count("/") == 1
    if path.endswith("/") and not front:
        return None
    if path.endswith("index.html") or path.rpartition("/")[2] == "404.html":
        return None
    if path in languages:
        return None
    name = path.strip("/")
    page = store.page(name) if "." in name.rpartition("/")[2] else None
    page = page or store.page(f"{name}/index.html")
    return _page(page, request) if page else None


def _slash(store: PageStore, request: Request, path: str, languages: Sequence[str]) -> Response | None:
    """One address for each page: `/en` goes to `/en/`, `/en/about/` and `/en/about/index.html` to `/en/about`."""
    name = path.removesuffix("index.html").strip("/")
    already = name == path and name not in languages
    if not name or already or not store.page(f"{name}/index.html"):
        return None
    return _moved(f"/{name}/" if name in languages else f"/{name}")


def _renamed(store: PageStore, request: Request, path: str, languages: Sequence[str]) -> Response | None:
    """A story under an older slug or one that was merged into another, with whatever file of it was asked for."""
    parts = path.rstrip("/").split("/")
    if len(parts) not in {3, 4} or parts[0] not in languages or parts[1] != "articles":
        return None
    told = store.resolve_slug(parts[0], parts[2], languages)
    if not told or told == (parts[0], parts[2]):
        return None
    return _moved("/".join(("", told[0], "articles", told[1], *parts[3:])))


def _moved(path: str) -> Response:
    return RedirectResponse(quote("/" + path.lstrip("/"), safe="/"), 301, {"cache-control": PAGE_CACHE})


def _page(page: Page, request: Request) -> Response:
    headers = {
        "etag": f'W/"{page.etag}"',
        "cache-control": ASSET_CACHE if page.path.startswith("static/") else PAGE_CACHE,
    }
    if _known(request.headers.get("if-none-match", ""), page.etag):
        return Response(status_code=304, headers=headers)
    return Response(page.body, media_type=page.media_type, headers=headers)


def _known(validators: str, etag: str) -> bool:
    held = {v.strip().removeprefix("W/").strip('"') for v in validators.split(",")}
    return bool(etag) and (etag in held or "*" in held)


def _lost(store: PageStore, path: str, languages: Sequence[str]) -> Response:
    """The 404 page in the language of the address, else in the site's first language."""
    first = path.split("/", 1)[0]
    language = first if first in languages else languages[0]
    page = store.page(f"{language}/404.html")
    headers = {"cache-control": "public, max-age=60"}
    if page is None:
        return PlainTextResponse("404", 404, headers)
    return Response(page.body, 404, headers, page.media_type)
