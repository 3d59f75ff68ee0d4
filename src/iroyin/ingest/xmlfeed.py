"""RSS, RDF and Atom by fastfeedparser, feedparser when that fails, and what both leave out by lxml.

fastfeedparser keeps neither `<source>`, `<ttl>` and the channel's language nor the words of a date; those are read
from the tree and joined to its entries by position, which holds when both count the same number of items.
"""

import html
from typing import Any

from iroyin.errors import ParseError
from iroyin.ingest.cleaner import Cleaned
from iroyin.ingest.document import Document, Item

_DATES = ("pubdate", "published", "date", "issued", "created", "dateadded", "updated", "modified")
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200}
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ITEMS = frozenset({"item", "entry"})


def read(cleaned: Cleaned) -> Document:
    """The feed of a cleaned XML document. Raises ParseError when neither library reads it."""
    body = cleaned.text.encode("utf-8", "replace")
    root = _tree(body)
    notes = ("cut off in the middle",) if cleaned.cut else ()
    channel, nodes = _channel(root), _nodes(root)
    found = _fast(body)
    if found is None or (not found[1] and nodes):
        found = _tolerant(body)
        notes = (*notes, "read by the tolerant parser")
    about, raw = found
    if not raw and not nodes and channel is None:
        raise ParseError("not a feed: no channel and no items")
    beside = nodes if len(nodes) == len(raw) else [None] * len(raw)
    return Document(
        kind=_kind(cleaned.root, root),
        items=tuple(_item(entry, node) for entry, node in zip(raw, beside, strict=True)),
        title=_string(about.get("title")),
        language=_child(channel, "language") or _lang(channel) or _lang(root) or _string(about.get("language")),
        home=_home(about, channel),
        base=_base(channel) or _base(root),
        hub=_rel(channel, "hub") or _rel(root, "hub"),
        ttl=_child(channel, "ttl") or _period(channel),
        notes=notes,
    )


def _fast(body: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
    import fastfeedparser

    try:
        parsed = fastfeedparser.parse(body, include_media=False, include_enclosures=False)
    # Fuzzing found stray IndexErrors beside its ValueError; the tolerant parser takes over for any of them.
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, SyntaxError):
        return None
    return parsed.get("feed") or {}, parsed.get("entries") or []


def _tolerant(body: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    import feedparser

    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version") and not parsed.get("entries"):
        raise ParseError("not a feed: broken XML")
    return parsed.get("feed") or {}, parsed.get("entries") or []


def _tree(body: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None


def _name(node: Any) -> str:
    tag = node.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _nodes(root: Any) -> list[Any]:
    return [] if root is None else [node for node in root.iter() if _name(node) in _ITEMS]


def _channel(root: Any) -> Any:
    if root is None:
        return None
    if _name(root) in {"feed", "channel"}:
        return root
    return next((node for node in root if _name(node) == "channel"), None)


def _child(node: Any, *names: str) -> str:
    """The text of the first child with one of these local names, in the order of the names."""
    if node is None:
        return ""
    texts: dict[str, str] = {}
    for child in node:
        name = _name(child)
        if name in names and name not in texts and (child.text or "").strip():
            texts[name] = child.text.strip()
    return next((texts[name] for name in names if name in texts), "")


def _inner(node: Any, *names: str) -> str:
    """Markup that stands unescaped in a child, which fastfeedparser passes over."""
    from lxml import etree

    for child in () if node is None else node:
        if _name(child) in names and len(child):
            return html.escape(child.text or "") + "".join(
                etree.tostring(part, encoding="unicode") for part in child
            )
    return ""


def _lang(node: Any) -> str:
    return "" if node is None else node.get(f"{_XML}lang", "")


def _base(node: Any) -> str:
    return "" if node is None else node.get(f"{_XML}base", "")


def _rel(node: Any, rel: str) -> str:
    """The address of the channel's first link of this relation."""
    for child in () if node is None else node:
        if _name(child) == "link" and child.get("rel", "").lower() == rel:
            return str(child.get("href", ""))
    return ""


def _period(channel: Any) -> str:
    """Minutes between updates as the syndication module states them."""
    minutes = _PERIODS.get(_child(channel, "updateperiod").lower(), 0)
    times = _child(channel, "updatefrequency")
    count = int(times) if times.isascii() and times.isdigit() and len(times) < 6 else 1
    return str(minutes // max(count, 1)) if minutes else ""


def _home(about: dict[str, Any], channel: Any) -> str:
    link = _string(about.get("link"))
    return link or _rel(channel, "alternate") or _child(channel, "link")


def _kind(root: str, tree: Any) -> str:
    if root == "feed":
        return "atom"
    if root == "rdf":
        return "rss1"
    version = tree.get("version", "") if tree is not None else ""
    return "rss0" if version.startswith("0.9") else "rss2"


def _item(entry: dict[str, Any], node: Any) -> Item:
    contents = [part for part in entry.get("content") or () if isinstance(part, dict)]
    raw_dates = _dates(node)
    guid, link = _string(entry.get("id")), _link(entry)
    if guid.startswith(("http://", "https://")) and link in {"", guid} and not _child(node, "link"):
        link = "" if _is_opaque(node) else guid
    return Item(
        guid=guid,
        link=link,
        title=_string(entry.get("title")) or _inner(node, "title"),
        summary=_string(entry.get("summary"))
        or _string(entry.get("description"))
        or _inner(node, "summary", "description"),
        content=(_string(contents[0].get("value")) if contents else "") or _inner(node, "content"),
        author=_child(node, "creator") or _string(entry.get("author")),
        dates=raw_dates or tuple(filter(None, (_string(entry.get("published")), _string(entry.get("updated"))))),
        language=_lang(node) or _child(node, "language"),
        origin=_source(entry, node),
        categories=tuple(_string(tag.get("term")) for tag in entry.get("tags") or () if isinstance(tag, dict)),
    )


def _link(entry: dict[str, Any]) -> str:
    link = _string(entry.get("link"))
    if link:
        return link
    links = [one for one in entry.get("links") or () if isinstance(one, dict)]
    return next((_string(one.get("href")) for one in links if one.get("rel") in {None, "alternate"}), "")


def _is_opaque(node: Any) -> bool:
    """Whether the item says that its GUID is not an address."""
    for child in () if node is None else node:
        if _name(child) == "guid":
            return str(child.get("isPermaLink", "")).strip().lower() == "false"
    return False


def _dates(node: Any) -> tuple[str, ...]:
    return tuple(filter(None, (_child(node, name) for name in _DATES))) if node is not None else ()


def _source(entry: dict[str, Any], node: Any) -> str:
    """Who the item says it was taken from: RSS `<source>` or the title of Atom's."""
    for child in () if node is None else node:
        if _name(child) == "source":
            return (child.text or "").strip() or _child(child, "title")
    source = entry.get("source")
    return _string(source.get("title")) if isinstance(source, dict) else ""


def _string(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
