"""The desk's own list of sources as OPML 2.0, so that anyone can read what the desk reads."""

from lxml import etree

from iroyin.model import Page
from iroyin.publish.document import page_of, web_address
from iroyin.publish.locale import labels, tag
from iroyin.publish.typeset import printable
from iroyin.publish.views import IndexView, SiteView


def opml(view: IndexView, site: SiteView) -> Page:
    """`/{lang}/sources.opml`: every active feed with an http(s) address."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = printable(f"{site.name}: {labels(view.language).say('nav.sources')}")
    body = etree.SubElement(root, "body")
    for feed in sorted(view.feeds, key=lambda f: (f.title.casefold(), f.id)):
        if feed.active and web_address(feed.url):
            etree.SubElement(
                body,
                "outline",
                type="rss",
                text=printable(feed.outlet or feed.title),
                title=printable(feed.title),
                xmlUrl=printable(feed.url),
                language=tag(feed.language),
            )
    text = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return page_of(f"/{view.language}/sources.opml", "text/x-opml; charset=utf-8", bytes(text))
