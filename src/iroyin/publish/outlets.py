"""A page for each outlet whose reports are on the site and for each country it reports from, and the list of both."""

from collections import Counter

from iroyin.model import Feed, Page
from iroyin.publish.document import Head, html_page
from iroyin.publish.listing import Cards, editions, list_page
from iroyin.publish.locale import labels
from iroyin.publish.paths import country_path, outlet_key
from iroyin.publish.views import IndexView, SiteView


def outlets_of(view: IndexView) -> dict[str, str]:
    """The outlets that have a page, by key, as the first card spells them."""
    return {outlet_key(name): name for card in reversed(view.cards) for name in card.outlets}


def outlet_pages(view: IndexView, site: SiteView) -> list[Page]:
    """Every outlet's page: who it is, whether its feeds work, the stories it reported."""
    names = outlets_of(view)
    told: dict[str, list[int]] = {key: [] for key in names}
    for at, card in enumerate(view.cards):
        for key in dict.fromkeys(outlet_key(name) for name in card.outlets):
            told[key].append(at)
    feeds: dict[str, list[Feed]] = {}
    for feed in view.feeds:
        if feed.active:
            feeds.setdefault(outlet_key(feed.outlet or feed.title), []).append(feed)
    return [
        _outlet(name, tuple(view.cards[at] for at in told[key]), feeds.get(key, []), view, site)
        for key, name in sorted(names.items())
    ]


def _outlet(name: str, cards: Cards, feeds: list[Feed], view: IndexView, site: SiteView) -> Page:
    words, rest = labels(view.language), f"/outlets/{outlet_key(name)}"
    head = Head(f"/{view.language}{rest}", name, words.say("outlet.about", outlet=name), editions(site, rest))
    states = {str(i): s for i, s in view.states.items()}
    return list_page(head, words.say("sources.outlet"), cards, view, site,
                     template="outlet.html", feeds=feeds, states=states)  # fmt: skip


def country_pages(view: IndexView, site: SiteView) -> list[Page]:
    """`/{lang}/countries` and the page of each country that has outlets on the site."""
    told: dict[str, list[int]] = {}
    for at, card in enumerate(view.cards):
        for code in card.countries:
            told.setdefault(code, []).append(at)
    words = labels(view.language)
    named = sorted(((words.country(code), code) for code in told), key=lambda pair: pair[0].casefold())
    pages = [_countries(named, Counter({code: len(at) for code, at in told.items()}), view, site)]
    for name, code in named:
        rest = f"/countries/{code.lower()}"
        head = Head(
            f"/{view.language}{rest}", name, words.say("country.about", country=name), editions(site, rest)
        )
        cards = tuple(view.cards[at] for at in told[code])
        pages.append(list_page(head, words.say("sources.country"), cards, view, site, standfirst=head.description))
    return pages


def _countries(named: list[tuple[str, str]], stories: Counter[str], view: IndexView, site: SiteView) -> Page:
    words = labels(view.language)
    head = Head(f"/{view.language}/countries", words.say("nav.countries"), words.say("countries.about"),
                editions(site, "/countries"))  # fmt: skip
    most = max(stories.values(), default=1)
    rows = [(name, country_path(view.language, code), stories[code], round(100 * stories[code] / most))
            for name, code in named]  # fmt: skip
    return html_page("countries.html", head, view.language, site, rows=rows)
