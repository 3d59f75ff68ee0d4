"""What every page that lists stories shares: its own language first, the editions of the page, the number of cards."""

from dataclasses import dataclass

from iroyin.model import Page
from iroyin.publish.document import Head, html_page
from iroyin.publish.views import IndexView, SiteView, StoryCard

Cards = tuple[StoryCard, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A titled paragraph; `formula` is a product of powers, as pairs of base and exponent."""

    title: str
    text: str
    formula: tuple[tuple[str, str], ...] = ()


MOST = 100  # cards on a page that lists


def editions(site: SiteView, rest: str) -> dict[str, str]:
    """The path of the same page in each language of the site."""
    return {code: f"/{code}{rest}" for code in site.languages}


def by_language(cards: Cards, language: str) -> tuple[Cards, Cards]:
    """The cards in the page's own language, and the others; each in its order."""
    return tuple(c for c in cards if c.language == language), tuple(c for c in cards if c.language != language)


def list_page(
    head: Head,
    kicker: str,
    cards: Cards,
    view: IndexView,
    site: SiteView,
    *,
    template: str = "list.html",
    **values: object,
) -> Page:
    """A page of cards under the title of its head; `kicker` says what kind of list it is."""
    own, others = by_language(cards, view.language)
    shown = own[:MOST]
    return html_page(
        template, head, view.language, site,
        kicker=kicker, heading=head.title, drawn=view.drawn, cards=shown, others=others[: MOST - len(shown)], **values,
    )  # fmt: skip
