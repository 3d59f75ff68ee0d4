"""Lists of feeds in OPML 2.0, read from any program and written so that they come back as they were.

What OPML has no word for (country, outlet, family, kind, section, AI-written) stands in attributes of our own
namespace.
"""

from collections.abc import Iterable
from typing import Any

from iroyin.errors import ParseError
from iroyin.ingest import charset, cleaner, markup, plain
from iroyin.ingest.entries import language_code
from iroyin.ingest.identity import canonical_url, clean_url
from iroyin.ingest.wrapper import parsing
from iroyin.languages import tidy
from iroyin.model import Feed, FeedId, OutletKind, short_id

NAMESPACE = "https://iroyin.example/opml"
MOST_FEEDS = 20_000

_OURS = f"{{{NAMESPACE}}}"
_STATED = ("country", "outlet", "family", "kind", "section", "ai-written")


def read(body: bytes) -> list[Feed]:
    """The feeds of an OPML document in its order, at most 20,000, each address once. Raises ParseError only.

    Includes (outlines of type `include` or `link`) are not followed.
    """
    with parsing():
        return _read(body)


def write(feeds: Iterable[Feed], title: str) -> bytes:
    """The feeds as an OPML 2.0 document in UTF-8; `read` gives them back."""
    from lxml import etree

    root = etree.Element("opml", version="2.0", nsmap={"iroyin": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = tidy(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        shown = tidy(feed.title)
        outline = etree.SubElement(body, "outline", type="rss", text=shown, title=shown, xmlUrl=feed.url)
        if feed.language != "und":
            outline.set("language", feed.language)
        ours = {"country": feed.country, "outlet": feed.outlet, "family": feed.family, "section": feed.section}
        ours["kind"] = feed.kind.value
        ours["ai-written"] = "true" if feed.ai_written else ""
        for name, value in ours.items():
            if value:
                outline.set(_OURS + name, tidy(value))
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return document


def _read(body: bytes) -> list[Feed]:
    text, _ = charset.decode(charset.inflate(body))
    cleaned = cleaner.clean(text)
    if cleaned is None or cleaned.root != "opml":
        raise ParseError("not OPML")
    markup.check_xml(cleaned.text)
    found: dict[FeedId, Feed] = {}
    for node in _tree(cleaned.text).iter():
        feed = _feed(node) if isinstance(node.tag, str) and _name(node) == "outline" else None
        if feed:
            found.setdefault(feed.id, feed)
        if len(found) == MOST_FEEDS:
            break
    return list(found.values())


def _tree(text: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise ParseError("not OPML: broken XML")
    return root


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2].lower()


def _feed(node: Any) -> Feed | None:
    # Attribute names are met in every mixture of cases.
    stated = {str(name).lower(): str(value) for name, value in node.attrib.items()}
    url = clean_url(stated.get("xmlurl", ""))
    if not url or stated.get("type", "").lower() in {"include", "link"}:
        return None
    own = {name: plain.line(stated.get(f"{_OURS}{name}".lower(), "")) for name in _STATED}
    kinds = {kind.value: kind for kind in OutletKind}
    return Feed(
        id=FeedId(short_id("f", canonical_url(url))),
        url=url,
        title=_title(node) or url,
        language=language_code(stated.get("language", "")) or "und",
        country=own["country"],
        outlet=own["outlet"],
        family=own["family"],
        kind=kinds.get(own["kind"], OutletKind.UNKNOWN),
        section=own["section"] or "world",
        ai_written=own["ai-written"] == "true",
    )


def _title(node: Any) -> str:
    stated = {str(name).lower(): str(value) for name, value in node.attrib.items()}
    return plain.line(stated.get("title", "") or stated.get("text", ""))
