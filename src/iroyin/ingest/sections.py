"""The section an article stands in, from the words by which its feed and its address name it."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from urllib.parse import unquote, urlsplit

from iroyin.languages import tidy


@cache
def _sections() -> dict[str, str]:
    """Every known word to its section."""
    text = (resources.files("iroyin.ingest") / "sections.toml").read_text("utf-8")
    return {
        tidy(word).strip().casefold(): section
        for section, words in tomllib.loads(text).items()
        for word in words.split(",")
    }


def section_of(categories: Iterable[str], url: str, *, otherwise: str) -> str:
    """The section named by the entry's categories, else by a folder of its address, else the feed's own."""
    known = _sections()
    folders = [unquote(part) for part in urlsplit(url).path.split("/")[:-1]]
    for name in (*categories, *folders):
        section = known.get(name.strip().casefold())
        if section:
            return section
    return otherwise
