"""JSON Feed 1.0 and 1.1, read by type: what is not of the stated type is as if it were not there."""

import json
from typing import Any

from iroyin.errors import ParseError
from iroyin.ingest.document import Document, Item


def read(text: str) -> Document:
    """The feed of a JSON text. Raises ParseError for JSON that is not a feed."""
    try:
        root = json.loads(text.lstrip("\ufeff \t\r\n"))
    except (ValueError, RecursionError) as error:
        raise ParseError("not a feed: broken JSON") from error
    if not isinstance(root, dict) or not isinstance(root.get("items"), list):
        raise ParseError("not a feed: JSON without items")
    if "jsonfeed.org" not in _string(root, "version") and not _string(root, "title"):
        raise ParseError("not a feed: JSON of another kind")
    hubs = [hub for hub in _list(root, "hubs") if isinstance(hub, dict)]
    items = [item for item in root["items"] if isinstance(item, dict)]
    dropped = len(root["items"]) - len(items)
    return Document(
        kind="json",
        items=tuple(_item(item) for item in items),
        title=_string(root, "title"),
        language=_string(root, "language"),
        home=_string(root, "home_page_url"),
        base=_string(root, "home_page_url") or _string(root, "feed_url"),
        hub=_string(hubs[0], "url") if hubs else "",
        notes=(f"{dropped} items are not objects",) if dropped else (),
    )


def _item(item: dict[str, Any]) -> Item:
    return Item(
        guid=_identifier(item.get("id")),
        link=_string(item, "url") or _string(item, "external_url"),
        title=_string(item, "title"),
        summary=_string(item, "summary"),
        content=_string(item, "content_html") or _string(item, "content_text"),
        author=_author(item),
        dates=tuple(filter(None, (_string(item, "date_published"), _string(item, "date_modified")))),
        language=_string(item, "language"),
        origin=_string(_dict(item, "_source"), "name") or _string(_dict(item, "source"), "name"),
        categories=tuple(tag for tag in _list(item, "tags") if isinstance(tag, str)),
    )


def _author(item: dict[str, Any]) -> str:
    authors = [author for author in _list(item, "authors") if isinstance(author, dict)] or [_dict(item, "author")]
    return ", ".join(filter(None, (_string(author, "name") for author in authors[:5])))


def _identifier(value: Any) -> str:
    """Ids should be strings; numbers are met too."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        return str(value)
    except ValueError:  # an integer beyond Python's limit of digits
        return ""


def _string(table: dict[str, Any], name: str) -> str:
    value = table.get(name)
    return value if isinstance(value, str) else ""


def _list(table: dict[str, Any], name: str) -> list[Any]:
    value = table.get(name)
    return value if isinstance(value, list) else []


def _dict(table: dict[str, Any], name: str) -> dict[str, Any]:
    value = table.get(name)
    return value if isinstance(value, dict) else {}
