"""Old addresses in a copy of the site without a server: a page that leads on, and the list that some hosts read."""

from collections.abc import Iterable
from html import escape

from iroyin.model import Page
from iroyin.publish.document import page_of, quoted
from iroyin.publish.locale import direction, labels, tag
from iroyin.publish.views import SiteView, story_path


def redirect_pages(moved: Iterable[tuple[str, str, str, str]], site: SiteView) -> list[Page]:
    """A page at each old address and `_redirects` with all: (language, old slug, present language, present slug)."""
    pages, lines = [], []
    for language, old, now, new in moved:
        if language in site.languages:
            there = quoted(story_path(now, new))
            pages.append(page_of(f"{story_path(language, old)}/index.html", "text/html; charset=utf-8",
                                 _leads_on(language, there, site)))  # fmt: skip
            lines.append(f"{quoted(story_path(language, old))} {there} 301")
    return [*pages, page_of("/_redirects", "text/plain; charset=utf-8", ("\n".join(lines) + "\n").encode())]


def _leads_on(language: str, there: str, site: SiteView) -> bytes:
    address = escape(there, quote=True)
    return (
        f'<!doctype html>\n<html lang="{tag(language)}" dir="{direction(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(site.name)}</title>"
        f'<link rel="canonical" href="{escape(site.absolute(there), quote=True)}">'
        f'<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={address}"></head>'
        f'<body><p><a href="{address}">{escape(labels(language).say("nav.skip"))}</a></p></body></html>\n'
    ).encode()
