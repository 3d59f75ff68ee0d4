"""Feed text as an XML parser wants it. Linear: one pass a rule, each rule bounded.

The document type is cut away, so no entity is ever declared or expanded; junk before the root and after its end is
cut; a document that breaks off loses its last, cut item; named HTML entities become characters, stray `&` is
escaped.
"""

import html
import html.entities
import re
from collections import deque
from typing import NamedTuple

ROOTS = ("rss", "feed", "rdf", "urlset", "sitemapindex", "opml", "channel")

_ROOT = re.compile(r"<(?:([A-Za-z][\w.-]{0,30}):)?(rss|feed|rdf|urlset|sitemapindex|opml|channel)(?=[\s>/])", re.I)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)[\s>]", re.I)
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 65534, 65535, *range(55296, 57344)))
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.S)
_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?)?")
_LAST_ITEM = re.compile(r"</(?:[A-Za-z][\w.-]{0,30}:)?(?:item|entry|url)\s*>", re.I)
_FIRST_ITEM = re.compile(r"<(?:[A-Za-z][\w.-]{0,30}:)?(?:item|entry|url)[\s>]", re.I)
_XML_FIVE = frozenset({"amp", "lt", "gt", "quot", "apos"})


class Cleaned(NamedTuple):
    """The repaired document, the lower-case local name of its root, and whether it had been cut off."""

    text: str
    root: str
    cut: bool


def find_root(text: str) -> re.Match[str] | None:
    """The start of a feed's root element; none for a page, even one that embeds or mentions a feed."""
    found = _ROOT.search(text)
    page = _PAGE.search(text, 0, found.start()) if found else None
    return None if page else found


def clean(text: str) -> Cleaned | None:
    """The document in XML that parses, or None when it has no root of a feed."""
    text = text.translate(_CONTROLS)
    found = find_root(text)
    if not found:
        return None
    prefix, name = found[1], found[2]
    text, cut = _whole(text[found.start() :], f"{prefix}:{name}" if prefix else name, name.lower())
    parts = _CDATA.split(text)
    for index in range(0, len(parts), 2):
        parts[index] = _AMPERSAND.sub(_entity, parts[index])
    return Cleaned("".join(parts), name.lower(), cut)


def _whole(text: str, root: str, kind: str) -> tuple[str, bool]:
    """The text up to the root's end; without one, up to the last whole item, with the missing ends added."""
    end = text.rfind(f"</{root}")
    if end >= 0:
        return text[:end] + f"</{root}>", False
    last = deque(_LAST_ITEM.finditer(text), maxlen=1)
    first = None if last else _FIRST_ITEM.search(text)
    whole = text[: last[0].end()] if last else text[: first.start()] if first else text
    channel = "</channel>" if kind == "rss" and "<channel" in whole and "</channel" not in whole else ""
    return f"{whole}{channel}</{root}>", True


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return "&amp;"
    if name in _XML_FIVE:
        return f"&{name};"
    if name[0] == "#":
        char = html.unescape(f"&{name};")
    else:
        # Without its semicolon "&copy" in an address's query is a parameter, not a sign.
        char = html.entities.html5.get(f"{name};", "") if found[0].endswith(";") else ""
        if not char:
            return "&amp;" + found[0][1:]
    return html.escape(char.translate(_CONTROLS), quote=True)
