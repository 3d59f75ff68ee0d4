"""Style sheet, scripts and mark of the site, served under names that carry the hash of their content."""

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from iroyin.model import Page

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}

_COMMENTS = re.compile(rb"/\*.*?\*/|(?<=[{};,])\s+|\s+(?=[{}])", re.DOTALL)


def _small(css: bytes) -> bytes:
    """The sheet without comments and line ends."""
    return _COMMENTS.sub(b"", css).strip()


@cache
def _assets() -> dict[str, Page]:
    pages = {}
    for file in sorted((files("iroyin.publish") / "static").iterdir(), key=lambda f: f.name):
        stem, _, ending = file.name.rpartition(".")
        if ending in _TYPES:
            body = _small(file.read_bytes()) if ending == "css" else file.read_bytes()
            digest = sha256(body).hexdigest()
            pages[file.name] = Page(f"static/{stem}.{digest[:10]}.{ending}", _TYPES[ending], body, etag=digest)
    return pages


@cache
def plates() -> str:
    """A hash of all that makes pages of values: code, templates, labels, style sheets."""
    return sha256(b"\0".join(_texts(files("iroyin.publish")))).hexdigest()


def _texts(folder: Traversable) -> Iterator[bytes]:
    """Name and content of every file under a folder, in the order of their names."""
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir() and one.name != "__pycache__":
            yield from _texts(one)
        elif one.is_file():
            yield one.name.encode()
            yield one.read_bytes()


def asset(name: str) -> str:
    """The path from the root of an asset, such as `/static/page.0123456789.css`. Raises KeyError."""
    return "/" + _assets()[name].path


def static_pages() -> list[Page]:
    """Every asset as a page."""
    return list(_assets().values())
