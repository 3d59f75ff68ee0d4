"""A feed document in its own words, as every reader gives it: markup, relative links and dates untouched."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One item in the feed's own words: markup, relative links and all. `dates` are tried in order."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    dates: tuple[str, ...] = ()
    language: str = ""
    origin: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A feed in its own words. `kind` is its format; `notes` say what had to be repaired."""

    kind: str
    items: tuple[Item, ...]
    title: str = ""
    language: str = ""
    home: str = ""
    base: str = ""
    hub: str = ""
    ttl: str = ""
    notes: tuple[str, ...] = ()
