"""Feeds out: Atom and JSON Feed. Every item says that an AI reported it.

Atom is built with lxml and not with `feedgenerator`, which asks the clock when a feed is empty: these functions are
pure. Ids are `tag:` URIs of story and language, the same over every retitle; `updated` is that of the story.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from lxml import etree

from iroyin.publish.document import quoted, section_name
from iroyin.publish.locale import labels, tag
from iroyin.publish.metadata import source_type
from iroyin.publish.tags import tag_name
from iroyin.publish.typeset import printable
from iroyin.publish.views import SiteView, StoryCard

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
_LAUNCH = "2026"  # the year in which the ids were coined; part of every id, so it never changes


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed: `address` is its absolute address without `.atom` or `.json`; `cards` are in its language."""

    title: str
    home: str
    address: str
    language: str
    cards: tuple[StoryCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """An item that is no story: `id` for ever, a title, its lines, and where to read more."""

    id: str
    title: str
    lines: tuple[str, ...]
    url: str
    published_at: datetime
    updated_at: datetime


def story_tag(site: SiteView, card: StoryCard) -> str:
    """The permanent id of a story in one language."""
    return f"{desk_tag(site)}:{card.story_id}/{tag(card.language)}"


def desk_tag(site: SiteView) -> str:
    """What every permanent id of this desk begins with (RFC 4151)."""
    return f"tag:{urlsplit(site.url).hostname or 'localhost'},{_LAUNCH}"


def disclosure(card: StoryCard) -> str:
    """The line that opens every item: reported by AI, from how many articles and newsrooms."""
    words = labels(card.language)
    return words.say(
        "byline",
        articles=words.count("count.articles", card.counts.articles),
        texts=words.count("count.texts", card.counts.texts),
        newsrooms=words.count("count.newsrooms", card.counts.newsrooms),
    )


def _content(card: StoryCard) -> str:
    return f"<p><strong>{escape(printable(disclosure(card)))}</strong></p><p>{escape(printable(card.lede))}</p>"


def _newest(channel: Channel) -> datetime | None:
    return max((c.updated for c in channel.cards), default=None)


def atom(channel: Channel, site: SiteView) -> bytes:
    """The channel as an Atom 1.0 document."""
    root = _opened(channel, labels(channel.language).say("footer.ai"), _newest(channel) or site.now, site)
    for card in channel.cards:
        _entry(root, card, site)
    return _written(root)


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _opened(channel: Channel, about: str, updated: datetime, site: SiteView) -> Any:
    """An Atom feed without its entries."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set(f"{{{_XML}}}lang", tag(channel.language))
    _put(root, "id", quoted(f"{channel.address}.atom"))
    _put(root, "title", channel.title)
    _put(root, "subtitle", about)
    _put(root, "updated", updated.isoformat())
    _link(root, "self", f"{channel.address}.atom", "application/atom+xml")
    _link(root, "alternate", channel.home, "text/html")
    if site.hub:
        _link(root, "hub", site.hub, "")
    author = etree.SubElement(root, f"{{{_ATOM}}}author")
    _put(author, "name", site.name)
    _put(author, "uri", site.url)
    return root


def _entry(root: Any, card: StoryCard, site: SiteView) -> None:
    entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
    _put(entry, "id", story_tag(site, card))
    _put(entry, "title", card.headline)
    _put(entry, "published", card.first_at.isoformat())
    _put(entry, "updated", card.updated.isoformat())
    _link(entry, "alternate", site.absolute(card.href), "text/html")
    _put(entry, "summary", card.lede)
    _put(entry, "content", _content(card)).set("type", "html")
    _category(entry, card.section, "", section_name(card.language, card.section))
    for one in card.tags:
        _category(entry, one.key, "urn:iroyin:tag", tag_name(one, card.language))
    _category(entry, "ai-generated", "urn:iroyin:ai-disclosure", labels(card.language).say("ai.reported"))


def _put(parent: Any, name: str, text: str) -> Any:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = printable(text)
    return element


def _link(parent: Any, relation: str, href: str, media_type: str) -> None:
    link = etree.SubElement(parent, f"{{{_ATOM}}}link", rel=relation, href=quoted(href))
    if media_type:
        link.set("type", media_type)


def _category(parent: Any, term: str, scheme: str, label: str) -> None:
    category = etree.SubElement(parent, f"{{{_ATOM}}}category", term=printable(term), label=printable(label))
    if scheme:
        category.set("scheme", scheme)


def json_feed(channel: Channel, site: SiteView) -> bytes:
    """The channel as a JSON Feed 1.1 document."""
    items = [_item(card, site) for card in channel.cards]
    return _json(channel, labels(channel.language).say("footer.ai"), items, site)


def _json(channel: Channel, about: str, items: Sequence[Mapping[str, Any]], site: SiteView) -> bytes:
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": quoted(channel.home),
        "feed_url": quoted(f"{channel.address}.json"),
        "description": about,
        "language": tag(channel.language),
        "authors": [{"name": site.name, "url": site.url}],
        "items": items,
    }
    if site.hub:
        document["hubs"] = [{"type": "WebSub", "url": site.hub}]
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _item(card: StoryCard, site: SiteView) -> dict[str, Any]:
    return {
        "id": story_tag(site, card),
        "url": site.absolute(quoted(card.href)),
        "title": printable(card.headline),
        "summary": printable(card.lede),
        "content_html": _content(card),
        "date_published": card.first_at.isoformat(),
        "date_modified": card.updated.isoformat(),
        "language": tag(card.language),
        "tags": [card.section, *(tag_name(one, card.language) for one in card.tags)],
        "_ai": {
            "about": site.absolute(f"/{card.language}/method"),
            "generated": True,
            "label": labels(card.language).say("ai.reported"),
            "digital_source_type": source_type(card.writer),
            "claims": site.absolute(quoted(card.href) + "/claims.json"),
        },
    }


def notices_atom(channel: Channel, about: str, notices: Sequence[Notice], site: SiteView) -> bytes:
    """Notices as an Atom 1.0 document."""
    root = _opened(channel, about, max((n.updated_at for n in notices), default=site.now), site)
    for one in notices:
        entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
        _put(entry, "id", one.id)
        _put(entry, "title", one.title)
        _put(entry, "published", one.published_at.isoformat())
        _put(entry, "updated", one.updated_at.isoformat())
        _link(entry, "alternate", one.url, "text/html")
        _put(entry, "content", "\n".join(one.lines)).set("type", "text")
    return _written(root)


def notices_json(channel: Channel, about: str, notices: Sequence[Notice], site: SiteView) -> bytes:
    """Notices as a JSON Feed 1.1 document."""
    items = [
        {
            "id": one.id,
            "url": one.url,
            "title": printable(one.title),
            "content_text": printable("\n".join(one.lines)),
            "date_published": one.published_at.isoformat(),
            "date_modified": one.updated_at.isoformat(),
            "language": tag(channel.language),
        }
        for one in notices
    ]
    return _json(channel, about, items, site)
