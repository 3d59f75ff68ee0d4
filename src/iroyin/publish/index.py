"""The pages that list (front, sections, tags, sources) and those that explain (method, about, privacy)."""

from collections.abc import Callable

from iroyin.model import Feed, FeedState, Page, Tag
from iroyin.publish.archive import archive_pages
from iroyin.publish.changes import corrections_pages
from iroyin.publish.document import Head, contact_address, html_page, page_of, section_name
from iroyin.publish.failures import KINDS, failure_page
from iroyin.publish.listing import Passage, by_language, editions, list_page
from iroyin.publish.locale import labels, unreviewed
from iroyin.publish.metadata import organisation, script_safe
from iroyin.publish.opml import opml
from iroyin.publish.outlets import country_pages, outlet_pages, outlets_of
from iroyin.publish.search import SearchView, search_index, search_page
from iroyin.publish.sitemap import language_sitemap, news_sitemap
from iroyin.publish.slug import slug
from iroyin.publish.syndicate import Channel, atom, json_feed
from iroyin.publish.tags import tag_name, tag_path
from iroyin.publish.views import IndexView, SiteView, StoryCard

Prose = list[Passage]
_ABROAD = 12  # stories in other languages at the foot of a front page


def index_pages(view: IndexView, site: SiteView) -> list[Page]:
    """Every page of one language that is not a story: lists, explanations, feeds, sitemaps, the list of sources."""
    pages = [_front(view, site)]
    for name in site.sections:
        pages += _section(name, view, site)
    pages += _tags(view, site)
    pages += archive_pages(view, site)
    pages += outlet_pages(view, site)
    pages += country_pages(view, site)
    pages += [_sources(view, site), search_page(SearchView(view.language), site), search_index(view)]
    pages += [_prose(name, view, site) for name in ("method", "about", "privacy")]
    pages += corrections_pages(view, site, _operator(view, site))
    pages += _feeds(f"/{view.language}", site.name, f"/{view.language}/", view.cards, view, site)
    pages += [
        language_sitemap(view, site),
        news_sitemap(view, site),
        opml(view, site),
        *(failure_page(status, view.language, site) for status in KINDS),
    ]
    return pages


def _front(view: IndexView, site: SiteView) -> Page:
    words = labels(view.language)
    desk = {"@context": "https://schema.org", **organisation(site, view.language)}
    head = Head(
        f"/{view.language}/",
        site.name,
        words.say("site.motto"),
        editions(site, "/"),
        jsonld=script_safe(desk),
    )
    own, others = by_language(view.cards, view.language)
    return html_page("front.html", head, view.language, site, cards=own[: view.front],
                     others=others[:_ABROAD], drawn=view.drawn)  # fmt: skip


def _section(name: str, view: IndexView, site: SiteView) -> list[Page]:
    path = f"/sections/{slug(name, 'en')}"
    here = f"/{view.language}{path}"
    title = section_name(view.language, name)
    cards = tuple(c for c in view.cards if c.section == name)
    words = labels(view.language)
    head = Head(here, title, words.say("section.about", section=title), editions(site, path), section=name,
                feed=f"{here}/feed")  # fmt: skip
    page = list_page(head, words.say("nav.section"), cards, view, site)
    return [page, *_feeds(here, f"{site.name}: {title}", here, cards, view, site)]


def _tags(view: IndexView, site: SiteView) -> list[Page]:
    """A page for each tag that brings stories together: those told in the language, then those told in others."""
    shared = view.tag_pages.get(view.language, frozenset())
    tagged: dict[str, list[StoryCard]] = {key: [] for key in sorted(shared)}
    named: dict[str, Tag] = {}
    for card in view.cards:
        for tag in card.tags:
            if tag.key in tagged:
                tagged[tag.key].append(card)
                if card.language == view.language:
                    named.setdefault(tag.key, tag)
    known = [(named[key], tuple(cards)) for key, cards in tagged.items() if key in named]
    return [page for tag, cards in known for page in _tag(tag, cards, view, site)]


def _tag(tag: Tag, cards: tuple[StoryCard, ...], view: IndexView, site: SiteView) -> list[Page]:
    words, name = labels(view.language), tag_name(tag, view.language)
    told_in = {code: tag_path(code, tag.key) for code in site.languages if tag.key in view.tag_pages.get(code, ())}
    here = tag_path(view.language, tag.key)
    head = Head(here, name, words.say("tags.about", tag=name), told_in, feed=f"{here}/feed")
    page = list_page(head, words.say(f"tags.{tag.kind}"), cards, view, site)
    return [page, *_feeds(here, f"{site.name}: {name}", here, cards, view, site)]


def _sources(view: IndexView, site: SiteView) -> Page:
    words = labels(view.language)
    head = Head(f"/{view.language}/sources", words.say("nav.sources"), words.say("sources.intro"),
                editions(site, "/sources"))  # fmt: skip
    name: Callable[[Feed], str] = lambda f: (f.outlet or f.title).casefold()  # noqa: E731
    feeds = sorted((f for f in view.feeds if f.active), key=lambda f: (name(f), f.id))
    states: dict[str, FeedState] = {str(i): s for i, s in view.states.items()}
    return html_page("sources.html", head, view.language, site, feeds=feeds, states=states,
                     known=frozenset(outlets_of(view)))  # fmt: skip


def _prose(name: str, view: IndexView, site: SiteView) -> Page:
    words = labels(view.language)
    sections = _SECTIONS[name](view, site)
    path = f"/{name}"
    head = Head(f"/{view.language}{path}", words.say(f"nav.{name}"), sections[0].text[:200], editions(site, path))
    operator = _operator(view, site) if name in {"about", "privacy"} else []
    return html_page("prose.html", head, view.language, site, sections=sections, operator=operator)


def _method(view: IndexView, site: SiteView) -> Prose:
    words = labels(view.language)
    names = ("sentence", "count", "checks", "writer", "pictures", "limits")
    told = [Passage(words.say(f"method.{n}.title"), words.say(f"method.{n}")) for n in names]
    return [*told[:2], *_order(view), *told[2:], *_translated(view, site)]


def _translated(view: IndexView, site: SiteView) -> Prose:
    """Which of the site's languages have labels that no speaker has reviewed yet."""
    words = labels(view.language)
    made = words.list(tuple(words.language_name(code) for code in site.languages if unreviewed(code)))
    return [Passage(words.say("method.labels.title"), words.say("method.labels", languages=made))] if made else []


def _order(view: IndexView) -> Prose:
    """How the front page is ordered: the very formula, n being the newsrooms and t the hours."""
    if view.ranking is None:
        return []
    words, rule = labels(view.language), view.ranking
    hours = words.number(rule.half_life)
    text = words.say(
        "method.order", hours=hours, sameness=words.percent(rule.sameness), section=words.percent(rule.section)
    )
    formula = (("(log₂(1 + n))", words.number(rule.weight)), (f" × {words.number(0.5)}", f"t ÷ {hours}"))
    return [Passage(words.say("method.order.title"), text, formula)]


def _about(view: IndexView, site: SiteView) -> Prose:
    words = labels(view.language)
    sections = [Passage("", words.say("about.text", name=site.name))]
    if site.sample:
        sections.append(Passage(words.say("sample.word").rstrip(".。।"), words.say("sample.banner")))
    return sections


def _operator(view: IndexView, site: SiteView) -> list[tuple[str, str, str, str]]:
    """What the operator entered, as (title, words, link, what to say when there are no words)."""
    words = labels(view.language)
    address = contact_address(site.contact)
    return [
        (words.say("about.imprint"), site.imprint, "", words.say("about.imprint.none")),
        (words.say("page.error"), site.contact, address, words.say("page.error.none")),
    ]


def _privacy(view: IndexView, site: SiteView) -> Prose:
    words = labels(view.language)
    measured = "privacy.analytics" if site.analytics else "privacy.none"
    kept = ("privacy.mark", "privacy.aids", "privacy.log", "privacy.people")
    return [Passage("", words.say(key)) for key in (measured, *kept)]


_SECTIONS: dict[str, Callable[[IndexView, SiteView], Prose]] = {
    "method": _method,
    "about": _about,
    "privacy": _privacy,
}


def _feeds(
    folder: str, title: str, home: str, cards: tuple[StoryCard, ...], view: IndexView, site: SiteView
) -> list[Page]:
    """Atom and JSON Feed of the stories that exist in the page's own language."""
    own = tuple(c for c in cards if c.language == view.language)[:50]
    channel = Channel(title, site.absolute(home), site.absolute(f"{folder}/feed"), view.language, own)
    return [
        page_of(f"{folder}/feed.atom", "application/atom+xml; charset=utf-8", atom(channel, site)),
        page_of(f"{folder}/feed.json", "application/feed+json; charset=utf-8", json_feed(channel, site)),
    ]
