"""The sample's outlets are a real web: every feed parses, every page extracts, the hostile outlet stays harmless."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from iroyin.adapters.http import GuardedFetcher
from iroyin.adapters.sandbox import ChildParser
from iroyin.errors import FetchError, ParseError
from iroyin.ingest.extract import extract
from iroyin.ingest.feed import parse
from iroyin.model import Feed
from iroyin.sample import hostile, pages
from iroyin.sample.newsroom import Outlet, Piece, boilerplate, outlets, pieces
from iroyin.sample.server import SampleWeb
from iroyin.settings import Settings

NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
OUTLETS = {outlet.slug: outlet for outlet in outlets()}
NASTY = "A <b>\"bold\"</b> & 'odd' </script><script>alert(1)</script> ]]> title"


@pytest.fixture(scope="module")
def web() -> Iterator[SampleWeb]:
    with SampleWeb() as server:
        yield server


@pytest.fixture(scope="module")
def fetcher(web: SampleWeb) -> GuardedFetcher:
    return GuardedFetcher(Settings(fetch_allow=(f"*.localhost:{web.port}",)))


def own(slug: str) -> list[Piece]:
    return [piece for piece in pieces() if piece.outlet == slug]


def spaced(text: str) -> str:
    """Single spaces, as reading leaves them (Japanese headlines have wide ones)."""
    return " ".join(text.split())


def feed_of(web: SampleWeb, slug: str) -> Feed:
    return next(feed for feed in web.feeds() if feed.url.startswith(f"http://{slug}."))


@pytest.mark.parametrize("slug", [slug for slug, outlet in OUTLETS.items() if not outlet.hostile])
def test_every_feed_tells_every_piece(slug: str, web: SampleWeb, fetcher: GuardedFetcher) -> None:
    feed = feed_of(web, slug)
    got = fetcher.fetch(feed.url, "feed")

    parsed = parse(
        got.body, url=got.url, content_type=got.headers["content-type"], now=NOW, language=feed.language
    )

    told = {(entry.url, entry.title) for entry in parsed.entries}
    assert {(web.site(slug) + piece.path, spaced(piece.title)) for piece in own(slug)} == told
    if OUTLETS[slug].format != "rss092":  # 0.92 items have no date; the page tells it
        dates = {entry.url: entry.published_at for entry in parsed.entries}
        assert {web.site(slug) + piece.path: piece.published for piece in own(slug)} == dates


@pytest.mark.parametrize("slug", [slug for slug, outlet in OUTLETS.items() if not outlet.hostile])
def test_every_page_yields_its_text_and_no_menu(slug: str, web: SampleWeb, fetcher: GuardedFetcher) -> None:
    words = boilerplate(OUTLETS[slug].language)
    for piece in own(slug):
        got = fetcher.fetch(web.site(slug) + piece.path, "page")

        found = extract(got.body, url=got.url, language=OUTLETS[slug].language)

        text = spaced(found.text)
        missing = [paragraph for paragraph in piece.paragraphs if spaced(paragraph) not in text]
        assert ([], piece.published) == (missing, found.published_at)
        assert spaced(piece.title) == found.title
        assert [] == [words[name] for name in ("cookies", "subscribe", "rights") if words[name] in found.text]


def test_every_layout_and_feed_format_is_in_use() -> None:
    assert set(pages.LAYOUTS) == {pages.layout_of(outlet) for outlet in OUTLETS.values()}
    assert set(pages.FEED_TYPES) == {outlet.format for outlet in OUTLETS.values()}


@pytest.mark.parametrize("layout", range(len(pages.LAYOUTS)))
def test_pages_escape_what_they_print(layout: int) -> None:
    outlet = next(outlet for outlet in OUTLETS.values() if outlet.ordinal == layout)
    piece = Piece(outlet.slug, "nasty", NOW, "world", NASTY, f"{NASTY}\n\nMore text.", NASTY, NASTY, NASTY)

    page = pages.article_page(outlet, piece, site="http://x.localhost", others=[piece]).decode()

    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("kind", pages.FEED_TYPES)
def test_feeds_escape_what_they_print(kind: str) -> None:
    given = next(outlet for outlet in OUTLETS.values() if outlet.format == kind and not outlet.hostile)
    piece = Piece(given.slug, "nasty", NOW, "world", NASTY, NASTY, "Plain & simple", "A & B", "C <D>")

    body = pages.feed_document(given, [piece], site="http://x.localhost")

    entry = parse(body, url="http://x.localhost/feed", now=NOW).entries[0]
    assert ("http://x.localhost/world/nasty.html", True) == (entry.url, "odd" in entry.title)


def test_conditional_requests_are_answered_304(web: SampleWeb, fetcher: GuardedFetcher) -> None:
    url = feed_of(web, "harbour-post").url
    first = fetcher.fetch(url, "feed")

    by_tag = fetcher.fetch(url, "feed", etag=first.headers["etag"])
    by_date = fetcher.fetch(url, "feed", last_modified=first.headers["last-modified"])
    stale = fetcher.fetch(url, "feed", etag='"old"', last_modified=first.headers["last-modified"])

    assert (200, 304, 304, 200) == (first.status, by_tag.status, by_date.status, stale.status)


def test_gold_names_pages_that_exist(web: SampleWeb, fetcher: GuardedFetcher) -> None:
    gold = web.gold()

    assert len(gold) == len([piece for piece in pieces() if piece.story]) > 0
    assert 200 == fetcher.fetch(next(iter(gold)), "page").status


def test_feeds_carry_what_is_known_of_the_outlet(web: SampleWeb) -> None:
    feed = feed_of(web, "northern-ledger")

    assert ("Northern Ledger", "en", "CA", "Meridian Group") == (
        feed.outlet,
        feed.language,
        feed.country,
        feed.newsroom,
    )
    assert [True] == [feed.ai_written for feed in web.feeds() if feed.outlet == "AutoBrief Daily"]


def test_a_named_origin_is_printed_by_the_name_of_its_outlet() -> None:
    slugs = set(OUTLETS)

    assert [] == [piece.slug for piece in pieces() if piece.origin in slugs]


def test_unknown_hosts_get_nothing_and_are_counted() -> None:
    web = SampleWeb()
    try:
        assert [None] * 3 == [web.answer(host, "/feed") for host in ("127.0.0.1:1", "nobody.localhost:1", "")]
        assert 3 == web.inside_hits
        assert web.answer("harbour-post.localhost", "/feed")
    finally:
        web.stop()


def test_the_hostile_outlet_reaches_nothing_and_leaves_two_clean_texts(
    web: SampleWeb, fetcher: GuardedFetcher
) -> None:
    feed = feed_of(web, "click-fountain")
    got = fetcher.fetch(feed.url, "feed")
    entries = parse(got.body, url=got.url, now=NOW).entries
    texts: dict[str, str] = {}
    refused: list[str] = []

    with ChildParser(Settings(parse_children=1)) as parser:
        for entry in entries:
            try:
                page = fetcher.fetch(entry.url, "page")
                texts[page.url] = parser.page(page.body, page.url).text
            except (FetchError, ParseError) as error:
                refused.append(error.reason)

    site = web.site("click-fountain")
    assert 0 == web.inside_hits
    assert "Anna Quill" in texts[site + hostile.GOOD]
    assert "seven restored movements" in texts[site + hostile.WHISPERS]
    assert [] == [word for word in ("Ignore", "stole", "alert", "steal") if word in texts[site + hostile.WHISPERS]]
    assert site + hostile.ATTRIBUTES not in texts
    assert site + hostile.INWARD not in texts
    assert len(entries) > 20
    assert max(len(entry.title) for entry in entries) < 1000


def test_outlets_without_pieces_still_publish() -> None:
    outlet = Outlet("empty", "Empty", "en", "GB", next(iter(OUTLETS.values())).kind, "atom", 0)

    parsed = parse(
        pages.feed_document(outlet, [], site="http://x.localhost"), url="http://x.localhost/feed", now=NOW
    )

    assert () == parsed.entries
