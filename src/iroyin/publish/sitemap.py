"""What crawlers read: a sitemap a language, a news sitemap of the last 48 hours, their index and robots.txt.

Only stories that truly exist in a language stand in its sitemap.
"""

from datetime import timedelta
from typing import Any

from lxml import etree

from iroyin.model import Page
from iroyin.publish.document import page_of, quoted
from iroyin.publish.locale import tag
from iroyin.publish.slug import slug
from iroyin.publish.typeset import printable
from iroyin.publish.views import IndexView, SiteView, StoryCard

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
_NEWS_AGE = timedelta(hours=48)
_NEWS_MOST = 1000
_MOST = 50_000


def _own(view: IndexView) -> list[StoryCard]:
    return [c for c in view.cards if c.language == view.language]


def _put(parent: Any, space: str, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{space}}}{name}").text = printable(text)


def _page(path: str, root: Any) -> Page:
    body = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
    return page_of(path, "application/xml; charset=utf-8", body)


def language_sitemap(view: IndexView, site: SiteView) -> Page:
    """`/{lang}/sitemap.xml`: the fixed pages and the language's own stories with their other editions."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "xhtml": _XHTML, "image": _IMAGE})
    fixed = ["/", *(f"/sections/{slug(s, 'en')}" for s in site.sections), "/sources", "/method", "/about"]
    for rest in fixed:
        url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
        _put(url, _SITEMAP, "loc", site.absolute(f"/{view.language}{rest}"))
        _alternates(url, {code: f"/{code}{rest}" for code in site.languages}, site)
    for card in _own(view)[: _MOST - len(fixed)]:
        url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
        _put(url, _SITEMAP, "loc", site.absolute(quoted(card.href)))
        _put(url, _SITEMAP, "lastmod", card.updated.isoformat())
        _alternates(url, dict(card.editions), site)
        if card.figure:
            image = etree.SubElement(url, f"{{{_IMAGE}}}image")
            _put(image, _IMAGE, "loc", site.absolute(quoted(card.figure)))
    return _page(f"/{view.language}/sitemap.xml", root)


def _alternates(url: Any, editions: dict[str, str], site: SiteView) -> None:
    for code, path in editions.items():
        etree.SubElement(
            url, f"{{{_XHTML}}}link", rel="alternate", hreflang=tag(code), href=site.absolute(quoted(path))
        )  # fmt: skip


def news_sitemap(view: IndexView, site: SiteView) -> Page:
    """`/{lang}/news.xml`: the language's own stories first published in the 48 hours before `site.now`.

    The front page when there are none: a sitemap names one address at least.
    """
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "news": _NEWS})
    recent = [c for c in _own(view) if timedelta() <= site.now - c.first_at <= _NEWS_AGE]
    if not recent:
        _put(etree.SubElement(root, f"{{{_SITEMAP}}}url"), _SITEMAP, "loc", site.absolute(f"/{view.language}/"))
    for card in recent[:_NEWS_MOST]:
        url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
        _put(url, _SITEMAP, "loc", site.absolute(quoted(card.href)))
        news = etree.SubElement(url, f"{{{_NEWS}}}news")
        publication = etree.SubElement(news, f"{{{_NEWS}}}publication")
        _put(publication, _NEWS, "name", site.name)
        _put(publication, _NEWS, "language", "zh-cn" if card.language == "zh" else card.language)
        _put(news, _NEWS, "publication_date", card.first_at.isoformat())
        _put(news, _NEWS, "title", card.headline)
    return _page(f"/{view.language}/news.xml", root)


def sitemap_index(site: SiteView) -> Page:
    """`/sitemap.xml`: the sitemaps of all languages."""
    root = etree.Element(f"{{{_SITEMAP}}}sitemapindex", nsmap={None: _SITEMAP})
    for code in site.languages:
        for name in ("sitemap.xml", "news.xml"):
            entry = etree.SubElement(root, f"{{{_SITEMAP}}}sitemap")
            _put(entry, _SITEMAP, "loc", site.absolute(f"/{code}/{name}"))
    return _page("/sitemap.xml", root)


def robots(site: SiteView) -> Page:
    """`/robots.txt`: everything may be read, except by crawlers on a sample site."""
    rule = "Disallow: /" if site.sample else "Allow: /"
    text = f"User-agent: *\n{rule}\n\nSitemap: {site.absolute('/sitemap.xml')}\n"
    return page_of("/robots.txt", "text/plain; charset=utf-8", text.encode())
