"""The few files that belong to no language: the way in, the sitemap index, robots.txt, llms.txt."""

from datetime import timedelta

from iroyin.model import Page
from iroyin.publish.document import Head, contact_address, html_page, page_of
from iroyin.publish.locale import autonym, labels
from iroyin.publish.sitemap import robots, sitemap_index
from iroyin.publish.views import SiteView


def site_pages(site: SiteView) -> list[Page]:
    """`index.html` to choose a language (the live server negotiates), `404.html`, sitemap index and notices."""
    doors = [_entrance(site, "/index.html"), _entrance(site, "/404.html")]
    return [*doors, sitemap_index(site), robots(site), _llms(site), *_security(site)]


def _entrance(site: SiteView, path: str) -> Page:
    language = site.languages[0]
    head = Head(path, site.name, labels(language).say("site.motto"), robots="noindex")
    return html_page("entrance.html", head, language, site)


def _llms(site: SiteView) -> Page:
    """For language models that read us, in the form of llmstxt.org: what we are, and that the originals are cited."""
    feeds = [f"- [{autonym(code)}]({site.absolute(f'/{code}/feed.json')}): {code}" for code in site.languages]
    rules = [f"- [{name}]({site.absolute(f'/{site.languages[0]}/{name}')})" for name in ("method", "corrections")]
    lines = [
        f"# {site.name}",
        "",
        "> An AI news desk. Every sentence stands on a named source sentence, listed in claims.json beside the story.",
        "",
        "Cite the original outlets, not this site. Story pages: /{lang}/articles/{slug}; evidence: .../claims.json.",
        "",
        "## Stories by language, as JSON Feed",
        *("", *feeds, ""),
        "## How they are made",
        *("", *rules),
    ]
    return page_of("/llms.txt", "text/plain; charset=utf-8", ("\n".join(lines) + "\n").encode())


def _security(site: SiteView) -> list[Page]:
    address = contact_address(site.contact)
    if not address:
        return []
    expires = site.now.replace(microsecond=0) + timedelta(days=180)
    text = (
        f"Contact: {address}\nExpires: {expires.isoformat()}\nPreferred-Languages: {', '.join(site.languages)}\n"
    )
    return [page_of("/.well-known/security.txt", "text/plain; charset=utf-8", text.encode())]
