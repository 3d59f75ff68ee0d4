"""Addresses: one form each, nothing but clean http(s), and our own site recognised."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iroyin.ingest.identity import article_id, canonical_url, clean_url, content_hash, entry_id, host_of, is_own
from iroyin.model import FeedEntry, FeedId


@pytest.mark.parametrize(
    ("url", "want"),
    [
        ("HTTP://Example.org:80/a/../b?utm_source=x&z=1&a=2#top", "http://example.org/b?a=2&z=1"),
        ("https://example.org:443", "https://example.org/"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
        ("https://münchen.example/ä b?q=ü&fbclid=1", "https://xn--mnchen-3ya.example/%C3%A4%20b?q=%C3%BC"),
        ("https://example.org./x", "https://example.org/x"),
        ("https://example.org/x?id=7&gclid=1", "https://example.org/x?id=7"),
        ("https://example.org/%7euser", "https://example.org/~user"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("http://user@example.org/", ""),
        ("ftp://example.org/", ""),
        ("http://example.org:99999/", ""),
        ("", ""),
    ],
)
def test_canonical_form(url: str, want: str) -> None:
    assert want == canonical_url(url)


@pytest.mark.parametrize(
    ("link", "want"),
    [
        ("/a?b=c", "https://news.example/a?b=c"),
        ("  https://other.example/x \n", "https://other.example/x"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("?p=1", "https://news.example/feed?p=1"),
        ("a b", "https://news.example/a%20b"),
        ("javascript:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        ("vbscript:x", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("https://good@127.0.0.1/", ""),
        ("http://127.0.0.1\\@good/", ""),
        ("https://x.example/\x00", ""),
        ("https://x.example/\u202e", ""),
        ("http://", ""),
        ("http://[", ""),
        ("https://x.example/" + "a" * 10_000, ""),
    ],
)
def test_links_are_clean_or_none(link: str, want: str) -> None:
    assert want == clean_url(link, "https://news.example/feed")


_URLS = st.builds(
    "{}://{}{}/{}?{}#{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.from_regex(r"[a-zA-Zä]{1,6}(\.[a-zé]{1,5}){0,2}\.?", fullmatch=True),
    st.sampled_from(["", ":80", ":443", ":8080", ":0", ":"]),
    st.text(max_size=12),
    st.text(max_size=20),
    st.text(max_size=4),
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(_URLS, st.text(max_size=30), st.from_regex(r"https?://[a-z.]{1,8}/[%\w./;?&=+~-]{0,20}")))
def test_canonical_is_idempotent_and_total(url: str) -> None:
    once = canonical_url(url)

    assert once == canonical_url(once)
    assert once.isascii()


@pytest.mark.parametrize(
    ("url", "site", "own"),
    [
        ("https://desk.example/feed.xml", "http://desk.example:8000", True),
        ("https://www.desk.example/feed.xml", "https://desk.example", True),
        ("https://DESK.example./feed", "https://desk.example", True),
        ("https://other.example/desk.example", "https://desk.example", False),
        ("http://127.0.0.1:8000/feed", "http://127.0.0.1:8000", True),
        ("http://127.0.0.1:9000/feed", "http://127.0.0.1:8000", False),
        ("not an address", "https://desk.example", False),
    ],
)
def test_our_own_site_is_no_source(url: str, site: str, own: bool) -> None:
    assert own == is_own(url, site)


def test_ids_are_stable_and_follow_the_canonical_address() -> None:
    assert article_id("https://a.example/x?utm_medium=rss") == article_id("HTTPS://a.example:443/x#c")
    assert article_id("", fallback="e1") != article_id("", fallback="e2")
    assert entry_id(FeedId("f1"), "k") != entry_id(FeedId("f2"), "k")
    assert "xn--mnchen-3ya.example" == host_of("https://www.MÜNCHEN.example/")


def test_a_new_date_is_no_new_content() -> None:
    entry = FeedEntry(key="1", url="https://a.example/1", title="A  title", summary="s")

    assert content_hash(entry) == content_hash(FeedEntry(key="2", url="", title="A title", summary="s\n"))
    assert content_hash(entry) != content_hash(FeedEntry(key="1", url="", title="A title", summary="t"))
