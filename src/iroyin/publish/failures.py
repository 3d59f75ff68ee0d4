"""The pages for an address that does not exist, that was withdrawn or is not there yet, and for a fault of ours."""

from iroyin.model import Page
from iroyin.publish.document import Head, html_page
from iroyin.publish.listing import Passage
from iroyin.publish.locale import labels
from iroyin.publish.views import TOMBSTONE, Retraction, SiteView

KINDS = {"404": "lost", "410": "gone", "500": "failed", "503": "awaited"}
_WAYS = (("/", "nav.front"), ("/search", "nav.search"), ("/archive", "nav.archive"), ("/sources", "nav.sources"))


def failure_page(status: str, language: str, site: SiteView) -> Page:
    """The page of this status at `/{lang}/{status}.html`; it names no address."""
    words, label = labels(language), KINDS[status]
    head = Head(
        f"/{language}/{status}.html", words.say(f"{label}.title"), words.say(f"{label}.text"), robots="noindex"
    )
    links = [(f"/{language}{rest}", words.say(name)) for rest, name in _WAYS]
    return html_page(
        "prose.html", head, language, site, sections=[Passage("", words.say(f"{label}.text"))], links=links
    )


def not_found(language: str, site: SiteView) -> Page:
    """The page for an address that does not exist."""
    return failure_page("404", language, site)


def tombstone(told: Retraction, site: SiteView) -> Page:
    """What stands in place of a retracted story: that it was, when and why, and no sentence of it."""
    words = labels(told.language)
    when = words.say("retracted.text", published=words.date(told.published_at), retracted=words.date(told.at))
    head = Head(
        f"{told.path}/{TOMBSTONE}", words.say("retracted.title"), when, robots="noindex", story=told.story_id
    )
    ways = (("/corrections", "nav.corrections"), *_WAYS)
    links = [(f"/{told.language}{rest}", words.say(name)) for rest, name in ways]
    return html_page(
        "prose.html", head, told.language, site, sections=[Passage("", when)], links=links,
        said=(words.say("retracted.why"), told.why),
    )  # fmt: skip
