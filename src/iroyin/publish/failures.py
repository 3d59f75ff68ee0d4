"""The pages for an address that does not exist, that was withdrawn, and for a fault of ours."""

from iroyin.model import Page
from iroyin.publish.document import Head, html_page
from iroyin.publish.listing import Passage
from iroyin.publish.locale import labels
from iroyin.publish.views import SiteView

KINDS = {"404": "lost", "410": "gone", "500": "failed"}


def failure_page(status: str, language: str, site: SiteView) -> Page:
    """The page of this status at `/{lang}/{status}.html`; it names no address."""
    words, label = labels(language), KINDS[status]
    head = Head(
        f"/{language}/{status}.html", words.say(f"{label}.title"), words.say(f"{label}.text"), robots="noindex"
    )
    pages = [
        ("/", "nav.front"),
        ("/search", "nav.search"),
        ("/archive", "nav.archive"),
        ("/sources", "nav.sources"),
    ]
    links = [(f"/{language}{rest}", words.say(name)) for rest, name in pages]
    return html_page(
        "prose.html", head, language, site, sections=[Passage("", words.say(f"{label}.text"))], links=links
    )


def not_found(language: str, site: SiteView) -> Page:
    """The page for an address that does not exist."""
    return failure_page("404", language, site)
