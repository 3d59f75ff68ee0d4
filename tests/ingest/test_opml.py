"""Lists of feeds: written and read back, read from other programs, hostile ones bounded."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iroyin.errors import ParseError
from iroyin.ingest.identity import canonical_url
from iroyin.ingest.opml import MOST_FEEDS, read, write
from iroyin.model import Feed, FeedId, OutletKind, short_id


def feed(url: str, title: str, **more: object) -> Feed:
    return Feed(FeedId(short_id("f", canonical_url(url))), url, title, **more)  # type: ignore[arg-type]


def test_a_list_comes_back_as_it_was() -> None:
    feeds = [
        feed("https://a.example/feed?x=1&y=2", 'Ìròyìn & "more" <b>', language="yo", country="NG", outlet="Ìwé",
             family="Group", kind=OutletKind.PUBLIC, section="sport", ai_written=True),
        feed("https://b.example/", "B"),
    ]  # fmt: skip

    assert [feeds[0].title.replace("<b>", "").strip(), "B"] == [
        found.title for found in read(write(feeds, "Our list"))
    ]
    assert [replace_title(f) for f in feeds] == [replace_title(f) for f in read(write(feeds, "Our list"))]


def replace_title(feed: Feed) -> tuple[object, ...]:
    return (
        feed.id,
        feed.url,
        feed.language,
        feed.country,
        feed.outlet,
        feed.family,
        feed.kind,
        feed.section,
        feed.ai_written,
    )


def test_nested_repeated_and_unclean_outlines() -> None:
    body = b"""<?xml version="1.0"?><opml version="1.0"><body><outline text="News"><outline text="Inner">
    <outline type="rss" text="A &amp; co" XMLURL="https://a.example/feed"/></outline>
    <outline text="again" xmlUrl="https://A.example:443/feed#x"/></outline>
    <outline text="js" xmlUrl="javascript:x"/><outline type="include" xmlUrl="https://i.example/list.opml"/>
    <outline xmlUrl="https://untitled.example/feed" language="pt-BR"/></body></opml>"""

    assert [("A & co", "https://a.example/feed", "und"), ("https://untitled.example/feed",) * 2 + ("pt-BR",)] == [
        (found.title, found.url, found.language) for found in read(body)
    ]


def test_a_hundred_thousand_rows_are_bounded() -> None:
    rows = "".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(100_000))

    assert MOST_FEEDS == len(read(f"<opml><body>{rows}</body></opml>".encode()))


@pytest.mark.parametrize("body", [b"", b"{}", b"<rss><channel/></rss>", b"<opml>" + b"<outline>" * 100_000])
def test_other_documents_are_refused(body: bytes) -> None:
    with pytest.raises(ParseError):
        read(body)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_read_is_total(text: str) -> None:
    try:
        found = read(b"<opml><body>" + text.encode("utf-8", "replace"))
    except ParseError:
        return
    assert isinstance(found, list)
