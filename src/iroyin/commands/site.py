"""`iroyin serve` and `iroyin export`: one set of rendered pages, two ways to hand them out."""

from pathlib import Path

from iroyin.adapters.export import write_site
from iroyin.commands.console import say, settings_of, tell
from iroyin.commands.found import found_store, sound_address
from iroyin.compose import open_store
from iroyin.errors import InputError


def serve(config: Path | None, *, port: int | None) -> None:
    """Serve the published pages until Ctrl-C."""
    from iroyin.web.app import make_app
    from iroyin.web.search import Searching
    from iroyin.web.serve import serve as listen

    settings = settings_of(config)
    at = settings.site_port if port is None else port
    sound_address(settings.site_host, at)
    with open_store(settings) as store:
        if store.page("robots.txt") is None:
            tell("Nothing has been published yet: `iroyin once` makes a first pass, `iroyin demo` shows a sample.")
        say(f"serving {settings.desk_name} at http://{settings.site_host}:{at}/  (Ctrl-C stops)")
        app = make_app(
            store,
            languages=settings.desk_languages,
            analytics=settings.site_analytics,
            search=Searching(store, settings),
        )
        listen(lambda: app, host=settings.site_host, port=at)


def export(config: Path | None, directory: Path) -> None:
    """Write every page as a file under the folder."""
    with found_store(settings_of(config)) as store:
        if store.page("robots.txt") is None:
            raise InputError(str(directory), "nothing has been published yet; `iroyin once` makes a first pass")
        written, kept, gone = write_site(store.page_paths(), store.page, directory)
    say(f"{written} files written, {kept} unchanged, {gone} removed, in {directory}")
