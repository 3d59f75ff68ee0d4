"""`iroyin serve` and `iroyin export`: one set of rendered pages, two ways to hand them out."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from iroyin.adapters.export import write_site
from iroyin.adapters.store import SqlStore
from iroyin.commands.console import say, settings_of, tell, tell_when_new
from iroyin.commands.found import found_store, sound_address
from iroyin.commands.mcp import speaking
from iroyin.compose import open_store
from iroyin.errors import InputError
from iroyin.model import Page
from iroyin.press import day_view, site_view
from iroyin.publish import BOOK, TOMBSTONE, day_path, design, ebook, redirect_pages
from iroyin.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette


def site_app(store: SqlStore, settings: Settings) -> "Starlette":
    """The site as an ASGI application: pages, search, e-books, the API and, where it is wished, MCP."""
    from iroyin.web import api
    from iroyin.web.app import make_app
    from iroyin.web.ebooks import Ebooks
    from iroyin.web.search import Searching

    machines, lifespan = api.routes(store, settings), None
    if settings.site_mcp:
        spoken = speaking(store, settings, "site.mcp")  # says what to install where the library is not there
        from iroyin.web.mcp import door

        route, lifespan = door(spoken)
        machines.append(route)
    return make_app(
        store,
        languages=settings.desk_languages,
        analytics=settings.site_analytics,
        search=Searching(store, settings),
        books=Ebooks(store, settings),
        api=machines,
        lifespan=lifespan,
    )


def serve(config: Path | None, *, port: int | None) -> None:
    """Serve the published pages until Ctrl-C."""
    from iroyin.web.serve import serve as listen

    settings = settings_of(config)
    at = settings.site_port if port is None else port
    sound_address(settings.site_host, at)
    tell_when_new(settings)
    with open_store(settings) as store:
        app = site_app(store, settings)
        if store.page("robots.txt") is None:
            tell("Nothing has been published yet: `iroyin once` makes a first pass, `iroyin demo` shows a sample.")
        where = f"serving {settings.desk_name} at http://{settings.site_host}:{at}/  (Ctrl-C stops)"
        listen(lambda: app, host=settings.site_host, port=at, ready=lambda: say(where))


def export(config: Path | None, directory: Path) -> None:
    """Write every page as a file under the folder."""
    settings = settings_of(config)
    with found_store(settings) as store:
        if store.page("robots.txt") is None:
            raise InputError(str(directory), "nothing has been published yet; `iroyin once` makes a first pass")
        site = site_view(settings, settings.now(datetime.now(UTC)))
        old = {page.path: page for page in redirect_pages(store.redirects(settings.desk_languages), site)}
        hashes = dict(store.page_etags())
        books = _books(store, settings, hashes)
        buried = (path for path in hashes if path.endswith(f"/{TOMBSTONE}") and path.count("/") > 1)
        graves = {path.removesuffix(TOMBSTONE) + "index.html": path for path in buried}

        def page_at(path: str) -> Page | None:
            if path in books:
                return ebook(day_view(store, *books[path][0]), site)
            return old.get(path) or store.page(graves.get(path, path))

        written, kept, gone = write_site(
            [*hashes, *old, *graves, *books],
            page_at,
            directory,
            etags=hashes | {path: hashed for path, (_, hashed) in books.items()},
        )
    say(f"{written} files written, {kept} unchanged, {gone} removed, in {directory}")


def _books(
    store: SqlStore, settings: Settings, hashes: Mapping[str, str]
) -> dict[str, tuple[tuple[str, date], str]]:
    """The path of each day's e-book: whose it is, and a hash that changes when it does."""
    books = {}
    for language in settings.desk_languages:
        for day, told in store.told_days(language).items():
            here = day_path(language, day).lstrip("/")
            page = hashes.get(f"{here}/index.html")  # whose own hash changes with the site's name and words
            if page:
                hashed = sha256(" ".join((design(), page, told)).encode()).hexdigest()
                books[f"{here}{BOOK}"] = ((language, day), hashed)
    return books
