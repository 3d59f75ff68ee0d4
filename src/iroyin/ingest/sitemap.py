"""News sitemaps: addresses with a title, a date and a language. A sitemap without news is no feed."""

from typing import Any

from iroyin.errors import ParseError
from iroyin.ingest.cleaner import Cleaned
from iroyin.ingest.document import Document, Item

MOST_ADDRESSES = 50_000


def read(cleaned: Cleaned) -> Document:
    """The news entries of a cleaned sitemap. Raises ParseError for an index and for a sitemap without news."""
    if cleaned.root == "sitemapindex":
        raise ParseError("a list of sitemaps: give the address of the one with news")
    from lxml import etree

    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    root = etree.fromstring(cleaned.text.encode("utf-8", "replace"), parser)
    items: list[Item] = []
    title = ""
    for count, url in enumerate(node for node in (root if root is not None else ()) if _name(node) == "url"):
        if count >= MOST_ADDRESSES:
            break
        news = next((child for child in url if _name(child) == "news"), None)
        if news is None:
            continue
        publication = next((child for child in news if _name(child) == "publication"), None)
        title = title or _text(publication, "name")
        items.append(
            Item(
                guid=_text(url, "loc"),
                link=_text(url, "loc"),
                title=_text(news, "title"),
                dates=tuple(filter(None, (_text(news, "publication_date"), _text(url, "lastmod")))),
                language=_text(publication, "language"),
                categories=tuple(part.strip() for part in _text(news, "keywords").split(",")),
            )
        )
    if not items:
        raise ParseError("a sitemap without news")
    notes = ("cut off in the middle",) if cleaned.cut else ()
    return Document(kind="sitemap", items=tuple(items), title=title, language=items[0].language, notes=notes)


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(node.tag, str) else ""


def _text(node: Any, name: str) -> str:
    for child in () if node is None else node:
        if _name(child) == name:
            return (child.text or "").strip()
    return ""
