"""Feed documents: what good ones say, what broken ones still say, and how others are refused."""

import gzip
import time
from datetime import timedelta
from pathlib import Path

import pytest
from gold import NOW, documents, expected, stated
from hypothesis import given, settings
from hypothesis import strategies as st

from iroyin.errors import ParseError
from iroyin.ingest.feed import parse
from iroyin.languages import tidy
from iroyin.model import Confidence, ParsedFeed

URL = "https://feeds.example/feed.xml"


def read(body: bytes, **more: str) -> ParsedFeed:
    return parse(body, url=URL, now=NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("document", documents("feeds"), ids=lambda path: path.stem)
def test_document_reads_as_its_toml_says(document: Path) -> None:
    want = expected(document)
    if "refused" in want:
        with pytest.raises(ParseError) as error:
            read(document.read_bytes())
        assert want["refused"] == error.value.reason
        return

    feed = read(document.read_bytes())

    entries = want.pop("entries")
    assert want == stated(feed, want)
    assert len(entries) == len(feed.entries)
    for wanted, entry in zip(entries, feed.entries, strict=True):
        assert wanted == stated(entry, wanted)


def rss(items: str, head: str = "") -> bytes:
    return f'<rss version="2.0"><channel><title>T</title>{head}{items}</channel></rss>'.encode()


def test_the_newest_500_of_20_000_entries_are_kept_and_the_rest_counted() -> None:
    items = "".join(
        f"<item><guid>{n}</guid><title>Item {n}</title><pubDate>{NOW - timedelta(minutes=n):%a, %d %b %Y %H:%M:%S} GMT"
        f"</pubDate></item>"
        for n in reversed(range(20_000))
    )

    feed = read(rss(items))

    assert (500, 19_500) == (len(feed.entries), feed.skipped)
    assert ("499", "0") == (feed.entries[0].key, feed.entries[-1].key)
    assert ("19500 skipped: older than the newest 500",) == feed.notes


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("100,000 levels", rss("<item>" + "<a>" * 100_000), "nested deeper than 200 levels"),
        (
            "200,000 attributes",
            rss("<item " + " ".join(f'a{n}="1"' for n in range(200_000)) + "><title>x</title></item>"),
            "more than 1000 attributes on one tag",
        ),
        ("a gzip bomb", gzip.compress(b"<rss>" + b" " * (16 * 2**20)), "too large when unpacked"),
        ("broken JSON", b"[" * 100_000, "not a feed: broken JSON"),
        ("a long number", b'{"items": [' + b"9" * 5000 + b"]}", "not a feed: broken JSON"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)
def test_floods_are_refused_before_a_parser_sees_them(name: str, body: bytes, reason: str) -> None:
    begun = time.process_time()

    with pytest.raises(ParseError) as error:
        read(body)

    assert reason == error.value.reason
    assert time.process_time() - begun < 1.5, name


@pytest.mark.parametrize(
    "body",
    [
        b"<a " * 300_000,
        b"<rss " + b"<a " * 300_000,
        b"<rss>" + b"<![CDATA[" * 100_000,
        b"<rss>" + b"<!--" * 100_000,
        b"<rss>" + b"&" * 500_000,
        b"<rss>" + b"</item" * 100_000,
        b"<" * 1_000_000,
        b"<rss><!DOCTYPE " * 50_000,
    ],
    ids=["tags", "tags in a root", "cdata", "comments", "ampersands", "ends", "less than", "doctypes"],
)
def test_the_scan_itself_is_linear(body: bytes) -> None:
    begun = time.process_time()

    with pytest.raises(ParseError):
        read(body)

    assert time.process_time() - begun < 2


def test_a_sentinel_file_is_never_read(tmp_path: Path) -> None:
    sentinel = tmp_path / "sentinel"
    sentinel.write_text("SENTINEL")
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "{sentinel.as_uri()}" [<!ENTITY x SYSTEM "{sentinel.as_uri()}">'
        f'<!ENTITY % p SYSTEM "{sentinel.as_uri()}"> %p;]>'
        f'<rss version="2.0" xmlns:xi="http://www.w3.org/2001/XInclude">'
        f"<channel><title>&x;</title><item><guid>1</guid><title>A &x;</title><description>"
        f'<xi:include parse="text" href="{sentinel.as_uri()}"/></description></item></channel></rss>'
    )

    feed = read(body.encode())

    assert "SENTINEL" not in repr(feed)
    assert "A &x;" == feed.entries[0].title


def test_fields_are_bounded() -> None:
    categories = "".join(f"<category>c{n}</category>" for n in range(10_000))
    item = f"<item><title>{'T' * 1_000_000}</title><guid>{'g' * 1_000_000}</guid><link>https://l.example/{'x' * 10_000}"

    feed = read(rss(f"{item}</link>{categories}<description>{'word ' * 60_000}</description></item>"))

    entry = feed.entries[0]
    assert (500, 64, "", 30) == (len(entry.title), len(entry.key), entry.url, len(entry.categories))
    assert len(entry.summary) <= 200_000


def test_a_mail_pattern_bomb_ends_soon() -> None:
    begun = time.process_time()

    feed = read(rss(f"<item><title>x</title><author>{'a.' * 8_000}@</author></item>" * 20))

    assert 1 == len(feed.entries)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("mail@a.example (Jo Berg)", "Jo Berg"),
        ("Jo Berg (mail@a.example)", "Jo Berg"),
        ("mail@a.example", ""),
        ("Jo Berg", "Jo Berg"),
        ("Jo Berg (AP)", "Jo Berg (AP)"),
    ],
)
def test_an_author_is_a_name_and_no_address(author: str, name: str) -> None:
    assert name == read(rss(f"<item><title>x</title><author>{author}</author></item>")).entries[0].author


def test_the_header_and_the_language_help_to_decode() -> None:
    body = rss("<item><guid>1</guid><title>Дождь в порту и ещё раз дождь</title></item>").decode().encode("cp1251")

    assert "Дождь в порту и ещё раз дождь" == read(body, language="ru").entries[0].title
    assert (
        "Дождь в порту и ещё раз дождь"
        == read(body, content_type="text/xml; charset=windows-1251").entries[0].title
    )


def test_a_gzip_body_nobody_announced_is_unpacked() -> None:
    assert "x" == read(gzip.compress(rss("<item><title>x</title></item>"))).entries[0].title


_PIECES = st.sampled_from(
    [
        "<rss>", "<channel>", "<item>", "<title>", "</title>", "</item>", "<entry>", "<feed>", "<link href='", "'/>",
        "&", "&#0;", "&#xD800;", "]]>", "<![CDATA[", "<guid>", "a.a@a", "<pubDate>", "<!--", "<?xml", "<!DOCTYPE",
        "\ud800", "\x00", "<dc:date>", "99999-01-01", "<rdf:RDF", "xmlns:x='", "{", "}", '"items":', "[", "]",
        '"version":"https://jsonfeed.org/"', ":", ",",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=40).map("".join), st.text()))
def test_parse_is_total(text: str) -> None:
    for body in (text.encode("utf-8", "replace"), text.encode("utf-16", "surrogatepass")):
        try:
            feed = read(body)
        except ParseError as error:
            assert error.reason
            continue
        for entry in feed.entries:
            assert entry.title or entry.summary or entry.content
            assert all(tidy(field) == field for field in (entry.title, entry.summary, entry.content, entry.author))
            assert (entry.published_at is None) == (entry.date_confidence is Confidence.NONE)
            assert not entry.url or entry.url.startswith(("http://", "https://"))


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["title", "url", "id", "items", "authors", "tags", "content_html", "date_published", "hubs"]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=20,
    )
)
def test_json_feeds_of_wrong_types_are_refused_or_cleaned(value: object) -> None:
    import json

    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [value, {"title": value, "id": value}]}
    )
    feed = read(body.encode())

    assert len(feed.entries) <= 2
