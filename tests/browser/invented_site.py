"""The invented newsroom as a site on loopback."""

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import uvicorn

from iroyin.model import Page
from iroyin.web.app import make_app

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

from newsroom import LANGUAGES, site, whole


class Kept:
    """The invented newsroom in memory."""

    def __init__(self, pages: dict[str, Page]) -> None:
        self._pages = pages

    def page(self, path: str) -> Page | None:
        return self._pages.get(path)

    def resolve_slug(self, language: str, slug: str, languages: object) -> None:
        return None

    def withdrawn(self, language: str, slug: str) -> bool:
        return slug == "withdrawn"

    def awaited(self, language: str, slug: str) -> bool:
        return False


def serve(analytics: str = "", *more: Page) -> Iterator[str]:
    """The address of a site made of the invented newsroom, and of more pages."""
    pages = whole(site(sample=True, analytics=analytics)) | {page.path: page for page in more}
    app = make_app(Kept(pages), languages=LANGUAGES, analytics=analytics)
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)
