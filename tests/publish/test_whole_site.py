"""The site as a whole: every address it names is there once, and every file reads as what it says it is."""

import json
import re
from collections import Counter
from functools import cache
from html import unescape
from urllib.parse import unquote, urldefrag

import html5lib
import pytest
from lxml import etree
from newsroom import LANGUAGES, every, site

from iroyin.model import Page
from markup import Reading, read

SITE = site(sample=True)
OWN = re.compile(rf"{re.escape(SITE.url)}[^\s\"'<>\\)]*")


@cache
def made() -> tuple[Page, ...]:
    return tuple(every(SITE))


@cache
def by_path() -> dict[str, Page]:
    return {page.path: page for page in made()}


@cache
def html() -> dict[str, Reading]:
    return {page.path: read(page.body) for page in made() if page.media_type.startswith("text/html")}


def target(address: str, at: str) -> str | None:
    """The path of the page that an address leads to, as the server would find it; None when there is none."""
    path = unquote(address.removeprefix(SITE.url)).split("?")[0]
    if not path:
        return at
    name = path.strip("/")
    return next((p for p in (name, f"{name}/index.html".lstrip("/")) if p in by_path()), None)


@pytest.mark.parametrize("language", [*LANGUAGES, ""])
def test_every_address_of_our_own_leads_to_a_page_and_a_place_on_it(language: str) -> None:
    lost = []
    for at, reading in html().items():
        if at.startswith(f"{language}/") if language else "/" not in at:
            attributes = [str(a[n]) for _, a in reading.elements for n in ("href", "src") if a.get(n)]
            for address in attributes:
                if address.startswith(("/", "#", SITE.url)):
                    bare, place = urldefrag(address)
                    found = target(bare, at)
                    if found is None or (place and place not in html()[found].ids):
                        lost.append((at, address))

    assert not lost


def test_every_address_in_a_feed_a_sitemap_or_a_ledger_leads_to_a_page() -> None:
    named = {
        (page.path, unescape(found.group()))
        for page in made()
        if not page.path.startswith("static/") and not page.path.endswith(".epub")  # see test_ebook.py
        for found in OWN.finditer(page.body.decode())
    }

    assert len(named) > 500
    assert not [(at, address) for at, address in named if target(urldefrag(address)[0], at) is None]


def test_no_two_pages_share_a_path() -> None:
    assert not [path for path, times in Counter(page.path for page in made()).items() if times > 1]


@pytest.mark.parametrize("language", [*LANGUAGES, ""])
def test_html_parses_without_an_error(language: str) -> None:
    for page in made():
        here = page.path.startswith(f"{language}/") if language else "/" not in page.path
        if here and page.media_type.startswith("text/html"):
            parser = html5lib.HTMLParser()
            parser.parse(page.body, transport_encoding="utf-8")
            assert not parser.errors, (page.path, parser.errors[:3])


def test_a_sample_says_so_on_every_page_and_a_real_desk_on_none() -> None:
    def said(pages: list[Page]) -> list[bool]:
        return [b'class="sample"' in p.body for p in pages if p.media_type.startswith("text/html")]

    assert all(said(list(made()))) and len(said(list(made()))) > 100
    assert not any(said(every(site())))


def test_machine_files_parse() -> None:
    kinds: Counter[str] = Counter()
    for page in made():
        kind = page.media_type.partition(";")[0]
        kinds[kind] += 1
        if kind.endswith("json"):
            json.loads(page.body)
        elif kind.endswith("xml"):
            etree.fromstring(page.body)

    assert {
        "application/json",
        "application/feed+json",
        "application/atom+xml",
        "application/xml",
        "image/svg+xml",
    } <= set(kinds)


def test_no_page_names_a_picture_for_sharing_while_there_is_none() -> None:
    named = [at for at, reading in html().items() for _, a in reading.elements if a.get("property") == "og:image"]

    assert not named
