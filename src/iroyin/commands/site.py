"""`iroyin serve` and `iroyin export`: one set of rendered pages, two ways to hand them out."""

from datetime import UTC, datetime
from pathlib import Path

from iroyin.adapters.export import write_site
from iroyin.commands.console import say, settings_of, tell
from iroyin.commands.found import found_store, sound_address
from iroyin.commands.mcp import speaking
from iroyin.compose import open_store
from iroyin.errors import InputError
from iroyin.press import site_view
from iroyin.publish import TOMBSTONE, redirect_pages


def serve(config: Path | None, *, port: int | None) -> None:
    """Serve the published pages until Ctrl-C."""
    from iroyin.web import api
    from iroyin.web.app import make_app
    from iroyin.web.search import Searching
    from iroyin.web.serve import serve as listen

    settings = settings_of(config)
    at = settings.site_port if port is None else port
    sound_address(settings.site_host, at)
    with open_store(settings) as store:
        machines, lifespan = api.routes(store, settings), None
        if settings.site_mcp:
            spoken = speaking(store, settings, "site.mcp")
            from iroyin.web.mcp import door

            route, lifespan = door(spoken)
            machines.append(route)
        if store.page("robots.txt") is None:
            tell("Nothing has been published yet: `iroyin once` makes a first pass, `iroyin demo` shows a sample.")
        say(f"serving {settings.desk_name} at http://{settings.site_host}:{at}/  (Ctrl-C stops)")
        app = make_app(
            store,
            languages=settings.desk_languages,
            analytics=settings.site_analytics,
            search=Searching(store, settings),
            api=machines,
            lifespan=lifespan,
        )
        listen(lambda: app, host=settings.site_host, port=at)


def export(config: Path | None, directory: Path) -> None:
    """Write every page as a file under the folder."""
    settings = settings_of(config)
    with found_store(settings) as store:
        if store.page("robots.txt") is None:
            raise InputError(str(directory), "nothing has been published yet; `iroyin once` makes a first pass")
        moved = redirect_pages(
            store.redirects(settings.desk_languages), site_view(settings, settings.now(datetime.now(UTC)))
        )
        old = {page.path: page for page in moved}
        hashes = store.page_etags()
        buried = (path for path in hashes if path.endswith(f"/{TOMBSTONE}") and path.count("/") > 1)
        graves = {path.removesuffix(TOMBSTONE) + "index.html": path for path in buried}
        written, kept, gone = write_site(
            [*hashes, *old, *graves],
            lambda path: old.get(path) or store.page(graves.get(path, path)),
            directory,
            etags=hashes,
        )
    say(f"{written} files written, {kept} unchanged, {gone} removed, in {directory}")
