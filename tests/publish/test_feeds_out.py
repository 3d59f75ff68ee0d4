"""Feeds, sitemaps, JSON-LD and OPML: they parse back to what went in."""

import json
from dataclasses import replace
from datetime import timedelta

import feedparser
import pytest
from lxml import etree
from newsroom import LANGUAGES, NOW, cards, index, site, views

from iroyin.publish import IndexView, StoryView, index_pages, story_pages
from markup import read

SITE = site(hub="https://hub.example/")
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def file(view: IndexView, path: str) -> bytes:
    return next(p.body for p in index_pages(view, SITE) if p.path == path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_atom_parses_back_and_discloses(language: str) -> None:
    own = [c for c in cards(language) if c.language == language]

    feed = feedparser.parse(file(index(language), f"{language}/feed.atom"))

    assert not feed.bozo
    assert [c.headline for c in own] == [e.title for e in feed.entries]
    for card, entry in zip(own, feed.entries, strict=True):
        assert entry.id.startswith(f"tag:news.example,2026:{card.story_id}/")
        assert "ai-generated" in [t.term for t in entry.tags]
        assert (
            "AI" in entry.content[0].value or "الذكاء" in entry.content[0].value or "ИИ" in entry.content[0].value
        )
        assert card.updated.isoformat() == entry.updated


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_feed_parses_back_and_discloses(language: str) -> None:
    feed = json.loads(file(index(language), f"{language}/feed.json"))
    own = [c.headline for c in cards(language) if c.language == language]

    assert "https://jsonfeed.org/version/1.1" == feed["version"]
    assert own == [item["title"] for item in feed["items"]]
    assert all(item["_ai"]["generated"] and item["_ai"]["label"] for item in feed["items"])
    assert [{"type": "WebSub", "url": "https://hub.example/"}] == feed["hubs"]


def test_an_id_stays_over_a_new_headline() -> None:
    card = cards("en")[0]
    renamed = replace(card, headline="Bridge opens", href="/en/articles/bridge-opens")

    before, after = (
        feedparser.parse(file(index("en", cards=(c,)), "en/feed.atom")).entries[0] for c in (card, renamed)
    )

    assert before.id == after.id and before.link != after.link


def test_an_empty_feed_is_valid_and_uses_the_time_given() -> None:
    feed = feedparser.parse(file(index("sw", cards=()), "sw/feed.atom"))

    assert not feed.bozo and NOW.isoformat() == feed.feed.updated


def test_sitemaps_hold_only_what_exists_in_the_language() -> None:
    tree = etree.fromstring(file(index("yo"), "yo/sitemap.xml"))
    stories = [u for u in tree.xpath("//s:url/s:loc/text()", namespaces=NS) if "/articles/" in u]

    assert 1 == len(stories) and stories[0].startswith("https://news.example/yo/articles/af%C3%A1r%C3%A1")
    alternates = tree.xpath("//s:url[last()]/x:link/@hreflang", namespaces=NS)
    assert {"en", "ar", "yo", "zh-Hans", "ko", "hi"} == set(alternates)


def test_the_news_sitemap_ends_after_48_hours() -> None:
    old = replace(cards("en")[0], first_at=NOW - timedelta(hours=49))
    new = replace(cards("en")[0], first_at=NOW - timedelta(hours=47))

    for card, want in ((old, 0), (new, 1)):
        tree = etree.fromstring(file(index("en", cards=(card,)), "en/news.xml"))
        assert want == len(tree.xpath("//n:news", namespaces=NS))


def test_opml_lists_what_can_be_read() -> None:
    tree = etree.fromstring(file(index("en"), "en/sources.opml"))

    assert 5 == len(tree.xpath("//outline[@xmlUrl]"))


@pytest.mark.parametrize("view", views(), ids=lambda v: f"{v.story.id}-{v.brief.language}")
def test_json_ld_names_sources_and_maker(view: StoryView) -> None:
    page = read(story_pages(view, SITE)[0].body)
    text = next(t for _, inside, t in page.texts if "script" in inside)

    data = json.loads(text)

    assert "NewsArticle" == data["@type"] and data["headline"] == view.brief.headline.text
    assert {view.articles[s.article_id].outlet for x in view.brief.all_sentences() for s in x.spans} == {
        c["publisher"]["name"] for c in data["citation"]
    }
    assert [c["url"] for c in data["citation"] if "url" in c] == data["isBasedOn"]
    assert "https://schema.org/AlgorithmicMediaDigitalSource" == data["digitalSourceType"]
    assert data["datePublished"] <= data["dateModified"]
