"""What the sample outlets serve: article pages in five layouts, front pages, and feeds in seven formats.

The pages carry what real ones do (menus, cookie notices, teasers, metadata in one dialect or another), so that
reading them is real work. All texts are escaped by the templates.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from iroyin.sample.newsroom import Outlet, Piece, boilerplate

LAYOUTS = ("broadsheet", "soup", "tables", "portal", "wire")
FEED_TYPES = {
    "rss2": "application/rss+xml",
    "rss092": "text/xml",
    "rss1": "application/rdf+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_EARLY = datetime(2000, 1, 1, tzinfo=UTC)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("iroyin.sample"),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
    )


def layout_of(outlet: Outlet) -> str:
    """The page layout of an outlet, always the same one."""
    return LAYOUTS[outlet.ordinal % len(LAYOUTS)]


def article_page(outlet: Outlet, piece: Piece, *, site: str, others: Sequence[Piece]) -> bytes:
    """The HTML page of a piece; `others` are pieces of the outlet to tease, `site` its address without a slash."""
    template = _templates().get_template(f"{layout_of(outlet)}.html")
    url = site + piece.path
    page = template.render(
        **_frame(outlet, site),
        piece=piece,
        url=url,
        iso=_iso(piece),
        day=piece.published.strftime("%Y-%m-%d"),
        related=_related(piece, others),
        json_ld=_json_ld(outlet, piece, url),
    )
    return page.encode()


def front_page(outlet: Outlet, pieces: Sequence[Piece], *, site: str) -> bytes:
    """The outlet's front page: a list of links."""
    page = _templates().get_template("front.html").render(**_frame(outlet, site), related=pieces)
    return page.encode()


def feed_document(outlet: Outlet, pieces: Sequence[Piece], *, site: str) -> bytes:
    """The outlet's feed in its own format, newest piece first."""
    newest = sorted(pieces, key=lambda piece: (piece.published, piece.slug), reverse=True)
    if outlet.format == "json":
        return _json_feed(outlet, newest, site)
    template = _templates().get_template(f"{outlet.format}.xml")
    text = template.render(
        outlet=outlet,
        site=site,
        pieces=newest,
        updated=_iso(newest[0]) if newest else _EARLY.isoformat(),
        iso=_iso,
        rfc822=lambda piece: format_datetime(piece.published),
        teaser=_teaser,
    )
    return text.encode()


def robots_text(site: str) -> bytes:
    """A robots.txt that welcomes readers and closes the search page."""
    return f"User-agent: *\nDisallow: /search\nCrawl-delay: 1\n\nSitemap: {site}/feed\n".encode()


def _frame(outlet: Outlet, site: str) -> dict[str, Any]:
    return {
        "outlet": outlet,
        "site": site,
        "words": boilerplate(outlet.language),
        "rtl": outlet.language in _RIGHT_TO_LEFT,
        "feed_type": FEED_TYPES[outlet.format],
    }


def _related(piece: Piece, others: Sequence[Piece]) -> list[Piece]:
    """Up to four other pieces, chosen by hash so that a page is the same on every run."""
    pool = [other for other in others if other.slug != piece.slug]
    return sorted(pool, key=lambda other: sha256(f"{piece.slug}/{other.slug}".encode()).digest())[:4]


def _json_ld(outlet: Outlet, piece: Piece, url: str) -> Markup:
    """The NewsArticle of schema.org; "<" is written as an escape so that no text can close the script."""
    node: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": piece.title,
        "datePublished": _iso(piece),
        "inLanguage": outlet.language,
        "mainEntityOfPage": url,
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
    }
    if piece.author:
        node["author"] = {"@type": "Person", "name": piece.author}
    if piece.origin:
        node["sourceOrganization"] = {"@type": "Organization", "name": piece.origin}
    return Markup(json.dumps(node, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - escaped above


def _json_feed(outlet: Outlet, pieces: Sequence[Piece], site: str) -> bytes:
    items = []
    for piece in pieces:
        item: dict[str, Any] = {
            "id": f"{outlet.slug}:{piece.slug}",
            "url": site + piece.path,
            "title": piece.title,
            "summary": _teaser(piece),
            "date_published": _iso(piece),
            "language": outlet.language,
            "tags": [piece.section],
        }
        if piece.author:
            item["authors"] = [{"name": piece.author}]
        if piece.origin:
            item["_source"] = {"name": piece.origin}
        items.append(item)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{site}/",
        "feed_url": f"{site}/feed",
        "language": outlet.language,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False).encode()


def _teaser(piece: Piece) -> str:
    return piece.summary or (piece.paragraphs[0] if piece.paragraphs else "")


def _iso(piece: Piece) -> str:
    return piece.published.isoformat(timespec="seconds")
