"""Lists, explanations and empty states, in every language of the site."""

import json
import re
from dataclasses import replace
from functools import cache
from html import escape
from time import process_time
from typing import Any

import pytest
from lxml.etree import fromstring
from newsroom import LANGUAGES, SECTIONS, TOLD, cards, index, site, whole
from newsroom import tag as tag_of

from iroyin.group import rank
from iroyin.model import Amendment, AmendmentKind, Page, Reason, Tag, TagKind
from iroyin.press import RANKING
from iroyin.publish import Correction, index_pages, site_pages, tag_pages
from iroyin.publish.changes import because
from iroyin.publish.locale import labels, tag
from markup import read

ALLOWED = {
    "AI",
    "log",
    "UTC",
    "EPUB",
    "OPML",
    "Atom",
    "JSON",
    "claims",
    "corrections",
    "json",
    "Iroyin",
    "Cookie",
    "SNS",
    "cookie",
    "cookies",
}
NOT_LATIN = ("ko", "ar", "zh", "hi", "ru", "ja", "bn", "el", "fa", "he", "th", "uk", "ur")


@cache
def everything() -> dict[str, Page]:
    return whole(site(sample=True))


def html_of(language: str) -> dict[str, Page]:
    return {p: page for p, page in everything().items() if p.startswith(f"{language}/") and p.endswith(".html")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_well_formed(language: str) -> None:
    for path, page in html_of(language).items():
        reading = read(page.body)
        assert [] == reading.faults, path
        assert len(reading.ids) == len(set(reading.ids)), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_loaded_from_another_site(language: str) -> None:
    for path, page in html_of(language).items():
        for tag_name, attributes in read(page.body).elements:
            address = attributes.get("src") or (attributes.get("href") if tag_name == "link" else "") or ""
            assert not address.startswith("http") or address.startswith("https://news.example/"), path


@pytest.mark.parametrize("language", NOT_LATIN)
def test_no_english_stands_on_a_page_in_another_language(language: str) -> None:
    for path, page in html_of(language).items():
        text = read(page.body).said(tag(language))
        words = set(re.findall(r"[A-Za-z]{2,}", text)) - ALLOWED
        assert not words, (path, words)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code not in (*NOT_LATIN, "en")])
def test_no_english_label_stands_on_a_latin_page(language: str) -> None:
    english = [f for forms in labels("en").texts.values() for f in forms if len(f.split()) > 2 and "{" not in f]
    for path, page in html_of(language).items():
        text = read(page.body).said(tag(language))
        assert not [label for label in english if label in text], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_desk_without_stories_or_feeds_explains_itself(language: str) -> None:
    empty = index(language, cards=(), feeds=(), states={})
    pages = {
        p.path: read(p.body).said(tag(language)) for p in index_pages(empty, site()) if p.path.endswith(".html")
    }
    words = labels(language)

    assert words.say("empty.front") in pages[f"{language}/index.html"]
    assert words.say("empty.list") in pages[f"{language}/sections/world/index.html"]
    assert words.say("empty.sources") in pages[f"{language}/sources/index.html"]
    assert words.say("corrections.none") in pages[f"{language}/corrections/index.html"]


def test_a_story_in_another_language_says_which() -> None:
    text = read(html_of("en")["en/index.html"].body).said("en")

    assert "in Korean" in text and "in Arabic" in text


def test_sources_show_health_owner_and_ai() -> None:
    page = read(html_of("en")["en/sources/index.html"].body)
    text = page.said("en", without=("script",))

    assert all(part in text for part in ("Failing", "status 503", "Meridian Group", "Written by AI", "State-run"))
    assert not [link for link in page.links if link.startswith("javascript")]


def test_a_tag_has_a_page_when_stories_share_it() -> None:
    pages = everything()
    story = next(p.body.decode() for path, p in pages.items() if path.startswith("en/articles/adun-bridge"))

    assert "en/tags/name-engineering/index.html" in pages and 'href="/en/tags/name-engineering"' in story
    assert "en/tags/name-adun-bridge/index.html" not in pages and "<li><bdi>Adun Bridge</bdi></li>" in story
    assert not [path for path in pages if path.startswith("ar/tags/")]


PLACE = Tag("place-kr", TagKind.PLACE, "South Korea")


def test_a_tag_has_one_address_in_every_language_and_its_name_there() -> None:
    mine, other = cards("ar")[0], replace(cards("en")[1], language="ko", tags=(PLACE,))
    listed = (replace(mine, language="ar", tags=(replace(PLACE, name="كوريا"),)), other)
    shared = {"ar": frozenset({"place-kr"}), "ko": frozenset({"place-kr"})}
    page = {p.path: p for p in index_pages(index("ar", cards=listed, tag_pages=shared), site())}[
        "ar/tags/place-kr/index.html"
    ].body.decode()

    assert "كوريا الجنوبية" in page and labels("ar").say("tags.place") in page
    assert 'hreflang="ko" href="https://news.example/ko/tags/place-kr"' in page
    assert other.href in page and labels("ar").say("list.abroad") in page


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        ([{"en": (PLACE,)}], {"en": frozenset()}),
        ([{"en": (PLACE,)}, {"en": (PLACE,)}], {"en": frozenset({"place-kr"})}),
        ([{"en": (PLACE,)}, {"ko": (PLACE,)}], {"en": frozenset({"place-kr"}), "ko": frozenset({"place-kr"})}),
        ([{"en": (PLACE,), "ko": (PLACE,)}], {"en": frozenset(), "ko": frozenset()}),
        ([{"en": (PLACE,)}, {"ko": (PLACE,)}, {"fr": ()}],
         {"en": frozenset({"place-kr"}), "ko": frozenset({"place-kr"}), "fr": frozenset()}),
    ],
)  # fmt: skip
def test_stories_share_a_tag_across_languages(
    editions: list[dict[str, tuple[Tag, ...]]], expected: dict[str, frozenset[str]]
) -> None:
    assert expected == tag_pages(editions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_page_prints_the_formula_with_the_constants_of_the_code(language: str) -> None:
    pages = {p.path: p.body.decode() for p in index_pages(index(language, ranking=RANKING), site())}
    page, words = pages[f"{language}/method/index.html"], labels(language)
    order = words.say("method.order", hours=words.number(rank.HALF_LIFE), sameness=words.percent(rank.SAMENESS),
                      section=words.percent(rank.SECTION))  # fmt: skip

    weight, half, hours = (words.number(value) for value in (rank.WEIGHT, 0.5, rank.HALF_LIFE))

    assert f"(log₂(1 + n))<sup>{weight}</sup> × {half}<sup>t ÷ {hours}</sup>" in page
    assert escape(order, quote=False) in page


def test_a_front_page_tells_its_own_stories_first() -> None:
    texts = [
        language
        for language, inside, _ in read(html_of("ar")["ar/index.html"].body).texts
        if set(inside.split()) & {"h2", "h3"} and "article" in inside.split()
    ]

    assert "ar" in texts and texts == sorted(texts, key=lambda language: language != "ar")


def test_lists_end_after_a_hundred_stories() -> None:
    many = tuple(replace(c, tags=(tag_of("Rain"),)) for c in cards("en")[:1] for _ in range(150))
    pages = {p.path: p for p in index_pages(index("en", cards=many), site())}

    for path in ("en/sections/world/index.html", "en/tags/name-rain/index.html"):
        assert 100 == pages[path].body.count(b"<article"), path


def test_consent_is_asked_only_when_visits_are_counted() -> None:
    plain = index_pages(index("fr"), site())[0].body.decode()
    counted = index_pages(index("fr"), site(analytics="https://count.example/c.js"))[0].body.decode()

    assert "consent" not in plain
    assert "Accepter" in counted and "Refuser" in counted and 'id="consent-open"' in counted
    assert '<script src="https://count' not in counted


def corrected(**changes: Any) -> Correction:
    card = cards("en")[0]
    one = Amendment(
        card.story_id, "en", 2, site().now, AmendmentKind.CHANGED, Reason.REFUSED, "It is 14.", "It is <41>.",
        "number", of_substance=True,
    )  # fmt: skip
    return replace(Correction(card.headline, card.href, site().now, (replace(one, id=7),)), **changes)


def test_corrections_are_listed_on_a_page_in_json_and_in_two_feeds() -> None:
    view = index("en", corrections=(corrected(),))
    pages = {p.path: p.body.decode() for p in index_pages(view, site())}

    body = pages["en/corrections/index.html"]
    assert "<del>It is 14.</del>" in body
    assert "<ins>It is &lt;41&gt;.</ins>" in body
    assert "a check refused it: numbers" in body
    assert all(f'href="/en/corrections{end}"' in body for end in ("/feed.atom", "/feed.json", ".json"))
    assert 'type="application/atom+xml" title="Iroyin" href="/en/corrections/feed.atom"' in body
    (listed,) = json.loads(pages["en/corrections.json"])["corrections"]
    assert ("refused", "number", "It is 14.", "It is <41>.", "changed") == tuple(
        listed[key] for key in ("reason", "detail", "before", "after", "kind")
    )
    story = cards("en")[0].story_id
    assert f"tag:news.example,2026:{story}/en/2/corrected/7" == listed["id"]
    (item,) = json.loads(pages["en/corrections/feed.json"])["items"]
    entry = fromstring(pages["en/corrections/feed.atom"].encode()).find("{*}entry")
    assert entry is not None
    assert f"tag:news.example,2026:{story}/en/2/corrected" == item["id"] == entry.findtext("{*}id")
    assert (
        "a check refused it: numbers. It is 14. → It is <41>"
        == item["content_text"]
        == entry.findtext("{*}content")
    )


def test_a_figure_that_a_later_article_replaced_is_no_error() -> None:
    one = replace(corrected().amendments[0], reason=Reason.NEW_ARTICLE, detail="")
    view = index("en", corrections=(corrected(amendments=(one,)),))
    pages = {p.path: p.body.decode() for p in index_pages(view, site())}

    (item,) = json.loads(pages["en/corrections/feed.json"])["items"]
    assert item["title"].startswith("Updated: ")
    assert not one.is_correction
    assert corrected().amendments[0].is_correction


def test_a_retraction_is_listed_without_a_word_of_the_story() -> None:
    card = cards("en")[0]
    gone = replace(
        corrected().amendments[0],
        kind=AmendmentKind.RETRACTED,
        reason=Reason.EDITOR,
        before="",
        after="",
        detail="a hoax",
    )
    view = index("en", cards=(), corrections=(corrected(headline="", amendments=(gone,)),))
    pages = {p.path: p.body.decode() for p in index_pages(view, site())}

    for path in ("en/corrections/index.html", "en/corrections/feed.atom", "en/corrections/feed.json"):
        assert "This article was retracted" in pages[path]
        assert "The editor’s reason: a hoax" in pages[path]
        assert card.headline not in pages[path]
    assert f'href="{card.href}"' in pages["en/corrections/index.html"]


@pytest.mark.parametrize("language", TOLD)
def test_every_reason_is_told_in_the_readers_language(language: str) -> None:
    one = corrected().amendments[0]
    for reason in Reason:
        told = because(labels(language), replace(one, reason=reason))
        assert labels(language).say(f"reason.{reason}") in told
        assert reason is not Reason.REFUSED or labels(language).say("check.number") in told


def test_the_site_has_its_notices() -> None:
    pages = {p.path: p.body.decode() for p in site_pages(site())}

    assert (
        "Disallow: /" not in pages["robots.txt"]
        and "Sitemap: https://news.example/sitemap.xml" in pages["robots.txt"]
    )
    assert "Disallow: /" in {p.path: p.body.decode() for p in site_pages(site(sample=True))}["robots.txt"]
    assert "Contact: mailto:desk@news.example" in pages[".well-known/security.txt"]
    assert all(f'href="/{code}/"' in pages["index.html"] for code in LANGUAGES)


def test_an_unknown_section_has_a_name_in_every_language() -> None:
    odd = tuple(replace(c, section="cryptids") for c in cards("yo"))
    page = index_pages(index("yo", cards=odd), site(sections=("world", "cryptids")))[0]

    assert labels("yo").say("section.other") in page.body.decode()


def test_eleven_hundred_stories_with_many_tags_cost_seconds() -> None:
    """Measured 0.8 s of processor time on 2 shared cores; the tags are what can grow without bound."""
    card = cards("en")[0]
    many = tuple(
        replace(
            card,
            section=SECTIONS[n % len(SECTIONS)],
            tags=tuple(tag_of(f"tag {(n * k) % 997}") for k in range(1, 6)),
            href=f"/en/articles/story-{n}",
        )
        for n in range(1100)
    )
    before = process_time()

    pages = index_pages(index("en", cards=many), site())

    assert process_time() - before < 6
    assert 900 < sum("/tags/" in page.path and page.path.endswith(".html") for page in pages) < 1000
