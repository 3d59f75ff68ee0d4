"""Each machine file of the invented newsroom by the rules of its format, and the rules against files that are wrong."""

from collections import Counter
from functools import cache

import pytest
from machine_files import KINDS, faults, kind_of
from newsroom import index, site, whole

from iroyin.model import Page
from iroyin.publish import index_pages

SITE = site(hub="https://hub.example/", sample=True)


@cache
def made() -> dict[str, Page]:
    return whole(SITE)


def test_every_file_is_sound_and_every_format_is_met() -> None:
    met = Counter(kind_of(path) for path in made())

    assert not [(path, fault) for path, page in made().items() for fault in faults(path, page.body)]
    assert set(KINDS) <= set(met) and met["atom"] == met["json feed"] > 100 and met["sitemap"] == 65


@pytest.mark.parametrize(
    "path", ["yo/feed.atom", "yo/feed.json", "yo/news.xml", "yo/sitemap.xml", "yo/sources.opml"]
)
def test_a_desk_that_has_told_nothing_is_sound_too(path: str) -> None:
    page = next(page for page in index_pages(index("yo", cards=()), SITE) if page.path == path)

    assert not faults(path, page.body)


WRONG = {
    "a moment without a zone": ("en/feed.atom", b"+00:00</updated>", b"</updated>"),
    "an address with a space": (
        "en/feed.json",
        b"https://news.example/en/articles/",
        b"https://news.example/en/a b",
    ),
    "an entry without an id": ("en/feed.atom", b"id>", b"uri>"),
    "an entry without a title": ("en/feed.atom", b"title>", b"name>"),
    "a feed without an author": ("en/feed.atom", b"author>", b"contributor>"),
    "a text of an unknown type": ("en/feed.atom", b'content type="html"', b'content type="wiki"'),
    "a link without an address": ("en/feed.atom", b" href=", b" title="),
    "a feed that does not name itself": ("en/feed.atom", b'rel="self"', b'rel="via"'),
    "the same id in each entry": ("en/feed.atom", b"2026:", b"2026:same</id><id>"),
    "an older JSON Feed": ("en/feed.json", b"version/1.1", b"version/1"),
    "a field of our own without a dash": ("en/feed.json", b'"_ai"', b'"ai"'),
    "items without content": ("en/feed.json", b'"content_html"', b'"content"'),
    "a language that is none": ("en/feed.json", b'"language": "en"', b'"language": "English (UK)"'),
    "a path as an address": ("en/sitemap.xml", b"<loc>https://news.example/", b"<loc>/"),
    "a day that is none": ("en/sitemap.xml", b"<lastmod>2026-01-", b"<lastmod>2026-13-"),
    "an edition without a language": ("en/sitemap.xml", b" hreflang=", b" lang="),
    "news without a title": ("en/news.xml", b"news:title>", b"news:name>"),
    "news in a language by its name": ("en/news.xml", b"<news:language>en<", b"<news:language>English<"),
    "an index of pages": ("sitemap.xml", b"sitemap>", b"url>"),
    "a feed under another name": ("en/sources.opml", b"xmlUrl", b"url"),
    "an outline without words": ("en/sources.opml", b" text=", b" words="),
    "an older OPML": ("en/sources.opml", b'version="2.0"', b'version="1.0"'),
    "a list without a heading": ("llms.txt", b"## ", b""),
    "no summary": ("llms.txt", b"> ", b""),
    "a line that is no link": ("llms.txt", b"](http", b"] (http"),
    "no sitemap": ("robots.txt", b"Sitemap", b"Map"),
    "no end": (".well-known/security.txt", b"Expires", b"Ends"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_found(case: str) -> None:
    path, right, wrong = WRONG[case]
    body = made()[path].body
    assert right in body

    assert faults(path, body.replace(right, wrong))
