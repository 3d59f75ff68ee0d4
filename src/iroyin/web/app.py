"""Published pages over HTTP: GET and HEAD only, every answer with its validators and its security headers.

Stored pages go out from memory (`kept`); only an answer to a search is rendered here. What cannot be found is answered
with the stored 404 page of the language in the address; nothing of a request is ever echoed but the words of a search.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Lifespan, Message, Receive, Scope, Send

from iroyin.model import Page
from iroyin.web.kept import PAGE_CACHE, KeptPages
from iroyin.web.negotiate import preferred

Search = Callable[[str, Mapping[str, str]], Page]
"""The search page of a language for the fields of its form."""

Books = Callable[[str, date], Page | None]
"""The e-book of the stories of a day in a language."""

_LONGEST_PATH = 2000
_ANSWERS = frozenset({"404.html", "410.html", "500.html", "503.html"})  # pages that go out with their status alone
_COMES_IN = "60"  # seconds until a page that is being made is asked for again


class PageStore(Protocol):
    """Where published pages are kept. The methods are called from worker threads."""

    def page(self, path: str) -> Page | None:
        """One published page by its path from the site's root, without a slash at its start."""
        ...

    def resolve_slug(self, language: str, slug: str, languages: Sequence[str]) -> tuple[str, str] | None:
        """Language and slug under which the story that once had this one is told now; None for no such page.

        The language is the same when it is told in it, else the first of `languages` that it is told in.
        """
        ...

    def withdrawn(self, language: str, slug: str) -> bool:
        """Whether a story had this slug and is told no longer."""
        ...

    def awaited(self, language: str, slug: str) -> bool:
        """Whether the story that has or had this slug is being told anew, so that its page will come."""
        ...


def security_headers(analytics: str = "") -> dict[str, str]:
    """The headers that every answer carries; an analytics address adds its origin to the script rules."""
    parts = urlsplit(analytics)
    counted = f" {parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else ""
    policy = (
        f"default-src 'none'; script-src 'self'{counted}; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"media-src 'self'; connect-src 'self'{counted}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
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


def make_app(
    store: PageStore,
    *,
    languages: Sequence[str],
    analytics: str = "",
    search: Search | None = None,
    books: Books | None = None,
    api: Sequence[Route] = (),
    lifespan: Lifespan[Starlette] | None = None,
) -> Starlette:
    """The ASGI application over a store of pages. `languages[0]` is where a reader without a preference goes.

    Without `search` a search is answered with the empty form, without `books` there are none. `api` are the routes for
    machines, `lifespan` what they need open while the site is served.
    """
    headers = security_headers(analytics)
    sorry = {code: page for code in languages if (page := store.page(f"{code}/500.html"))}

    def others(request: Request) -> Response:
        return answer(store, request, languages)

    def found(request: Request) -> Response:
        language = request.path_params["language"]
        if search is None or language not in languages:
            return answer(store, request, languages)
        page = search(language, request.query_params)
        return Response(page.body, media_type=page.media_type, headers={"cache-control": "no-store"})

    def book(request: Request) -> Response:
        language, day = request.path_params["language"], _day(request.path_params["day"])
        page = books(language, day) if books and day and language in languages else None
        return _file(page, request) if page else answer(store, request, languages)

    def failed(request: Request, error: Exception) -> Response:
        page = sorry.get(_language(request.url.path.lstrip("/"), languages))
        told = {**headers, "cache-control": "no-store"}
        return Response(page.body, 500, told, page.media_type) if page else PlainTextResponse("500", 500, told)

    return Starlette(
        routes=[
            Route("/healthz", healthz, methods=["GET"]),
            *api,
            Route("/{language}/search", found, methods=["GET"]),
            Route("/{language}/archive/{day}.epub", book, methods=["GET"]),
            Route("/{path:path}", others, methods=["GET"]),
        ],
        middleware=[
            Middleware(KeptPages, find=lambda path: exact(store, path, languages), headers=headers),
            Middleware(SecurityHeaders, headers=headers),
            Middleware(GZipMiddleware, minimum_size=1024),
        ],
        exception_handlers={Exception: failed},
        lifespan=lifespan,
    )


def _day(text: str) -> date | None:
    """The day that an address names; each has one way to be written."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _file(page: Page, request: Request) -> Response:
    """A page to be kept as a file, under the name that its path ends with and its language."""
    parts = page.path.split("/")
    headers = {
        "etag": f'"{page.etag}"',
        "cache-control": PAGE_CACHE,
        "content-disposition": f'attachment; filename="{parts[0]}-{parts[-1]}"',
    }
    if page.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(page.body, media_type=page.media_type, headers=headers)


def healthz(request: Request) -> Response:
    """`ok` for a caller on this machine, as if there were no such address for anybody else."""
    client = request.client.host if request.client else ""
    try:
        near = ip_address(client).is_loopback and "x-forwarded-for" not in request.headers
    except ValueError:
        near = False
    return PlainTextResponse("ok" if near else "404", 200 if near else 404, {"cache-control": "no-store"})


def answer(store: PageStore, request: Request, languages: Sequence[str]) -> Response:
    """The answer to a request for which there is no page at its very address: a page, a redirect, 410 or 404."""
    path = request.path_params.get("path", request.url.path.lstrip("/"))
    if _odd(path):
        return _lost(store, path, languages, 404)
    if not path:
        language = preferred(request.headers.get("accept-language", ""), languages)
        return RedirectResponse(f"/{language}/", 302, {"vary": "accept-language", "cache-control": PAGE_CACHE})
    page = exact(store, path, languages)
    if page:  # its address came with a query, which says nothing here
        return Response(page.body, media_type=page.media_type, headers={"cache-control": PAGE_CACHE})
    return _slash(store, path, languages) or _renamed(store, path, languages) or _lost(store, path, languages, 404)


def _odd(path: str) -> bool:
    return len(path) > _LONGEST_PATH or "\x00" in path or "\\" in path or ".." in path.split("/")


def exact(store: PageStore, path: str, languages: Sequence[str]) -> Page | None:
    """The page at this very address: `en/` is its front page, `en/about` its page, `a.json` that file."""
    if not path or _odd(path):
        return None
    front = path.endswith("/") and path.strip("/") in languages and path.count("/") == 1
    if path.endswith("/") and not front:
        return None
    if path.endswith("index.html") or path.rpartition("/")[2] in _ANSWERS:
        return None
    if path in languages:
        return None
    name = path.strip("/")
    page = store.page(name) if "." in name.rpartition("/")[2] else None
    return page or store.page(f"{name}/index.html")


def _slash(store: PageStore, path: str, languages: Sequence[str]) -> Response | None:
    """One address for each page: `/en` goes to `/en/`, `/en/about/` and `/en/about/index.html` to `/en/about`."""
    name = path.removesuffix("index.html").strip("/")
    already = name == path and name not in languages
    if not name or already or not store.page(f"{name}/index.html"):
        return None
    return _moved(f"/{name}/" if name in languages else f"/{name}")


def _renamed(store: PageStore, path: str, languages: Sequence[str]) -> Response | None:
    """A story under an older slug or one that was merged into another, with whatever file of it was asked for.

    410 when it is told no longer, with the page that says why where it was retracted; 503 while it is told anew.
    """
    parts = path.rstrip("/").split("/")
    if len(parts) not in {3, 4} or parts[0] not in languages or parts[1] != "articles":
        return None
    told = store.resolve_slug(parts[0], parts[2], languages)
    if told and told != (parts[0], parts[2]):
        return _moved("/".join(("", told[0], "articles", told[1], *parts[3:])))
    if store.awaited(parts[0], parts[2]):
        return _lost(store, path, languages, 503)
    return _lost(store, path, languages, 410) if store.withdrawn(parts[0], parts[2]) else None


def _moved(path: str) -> Response:
    return RedirectResponse(quote("/" + path.lstrip("/"), safe="/"), 301, {"cache-control": PAGE_CACHE})


def _language(path: str, languages: Sequence[str]) -> str:
    """The language of an address, else the site's first."""
    first = path.split("/", 1)[0]
    return first if first in languages else languages[0]


def _lost(store: PageStore, path: str, languages: Sequence[str], status: int) -> Response:
    """The address's own 410 page, else the page of the status in the language of the address or the site's first."""
    own = store.page(f"{path.strip('/')}/{status}.html") if status == 410 else None
    page = own or store.page(f"{_language(path, languages)}/{status}.html")
    headers = {"cache-control": "public, max-age=60"}
    if status == 503:
        headers = {"cache-control": "no-store", "retry-after": _COMES_IN}
    if page is None:
        return PlainTextResponse(str(status), status, headers)
    return Response(page.body, status, headers, page.media_type)
