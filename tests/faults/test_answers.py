"""Servers that break every rule cost a recorded reason and at most the deadline (hardening 1-27)."""

import gzip
import socket
import time
import zlib

import pytest
from evil import Evil, Request, answer, drip, endless, redirect
from stage import FEED, Fetchers

from iroyin.errors import FetchError

PAGE = b"<html><body>" + b"<p>text</p>" * 200 + b"</body></html>"
ZIPPED = gzip.compress(FEED)
BOMB = gzip.compress(b"a" * 60_000_000, 9)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
OPEN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"

BROKEN = {
    "empty": (answer(b""), "empty"),
    "blank": (answer(b" \r\n\t "), "empty"),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", "empty"),
    "short": (answer(b"half", Content_Length="400"), "short body"),
    "short chunks": (CHUNKED + b"5\r\nhello\r\n", "short body"),
    "bad chunks": (CHUNKED + b"zz\r\nhello\r\n", "short body"),
    "too long by its own word": (answer(b"x", Content_Length="99999999999"), "too-large"),
    "brotli": (answer(b"xxxx", Content_Encoding="br"), "encoding not asked for"),
    "zstd": (answer(b"xxxx", Content_Encoding="zstd"), "encoding not asked for"),
    "deflate": (answer(zlib.compress(FEED), Content_Encoding="deflate"), "encoding not asked for"),
    "two layers": (answer(gzip.compress(ZIPPED), Content_Encoding="gzip, gzip"), "encoding not asked for"),
    "gzip in gzip": (answer(gzip.compress(ZIPPED), Content_Encoding="gzip"), "not text"),
    "bad checksum": (answer(ZIPPED[:-8] + b"\0" * 8, Content_Encoding="gzip"), "encoding"),
    "bad deflate": (answer(ZIPPED[:10] + b"\x07" * 40, Content_Encoding="gzip"), "encoding"),
    "truncated gzip": (answer(ZIPPED[:-12], Content_Encoding="gzip"), "short body"),
    "gzip bomb": (answer(BOMB, Content_Encoding="gzip"), "too-large"),
    "pdf": (answer(b"%PDF-1.7 ..."), "not text"),
    "zip": (answer(b"PK\x03\x04..."), "not text"),
    "png": (answer(b"\x89PNG\r\n\x1a\n"), "not text"),
    "video": (answer(b"\x00\x00\x00\x20ftypisom"), "not text"),
    "nul bytes": (answer(b"<html>\x00\x00\x00</html>"), "not text"),
    "no location": (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "redirects"),
    "empty location": (redirect(""), "redirects"),
    "loop": (redirect("/broken"), "redirects"),
    "2,000 headers": (answer(b"x", **{f"X{n}": "y" * 60 for n in range(2000)}), "protocol"),
    "1 MB header": (answer(b"x", X="y" * 1_000_000), "protocol"),
    "bad status line": (b"HELLO\r\n\r\nx", "protocol"),
    "HTTP/0.9": (b"<html>old</html>", "protocol"),
    "nothing at all": (b"", "protocol"),
    "negative length": (answer(b"x", Content_Length="-5"), "protocol"),
    "switch": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "protocol"),
    "partial": (answer(FEED, "206 Partial Content"), "status 206"),
    "choices": (answer(b"", "300 Multiple Choices"), "status 300"),
    "gone": (answer(b"", "410 Gone"), "status 410"),
    "teapot": (answer(b"", "418 I'm a teapot"), "status 418"),
    "odd status": (answer(b"", "599 Odd"), "status 599"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_a_reason(name: str, web: Evil, fetcher: Fetchers) -> None:
    sent, reason = BROKEN[name]
    web.routes["/broken"] = lambda _: sent

    with pytest.raises(FetchError) as error:
        fetcher(fetch_page_bytes=1_000_000).fetch(f"http://good.example:{web.port}/broken", "page")

    assert reason == error.value.reason


WHOLE = {
    "gzip": (answer(ZIPPED, Content_Encoding="gzip"), FEED),
    "x-gzip": (answer(ZIPPED, Content_Encoding="X-GZIP"), FEED),
    "gzip by its bytes": (answer(ZIPPED, Content_Type="application/gzip"), FEED),
    "gzip in two members": (
        answer(gzip.compress(FEED[:9]) + gzip.compress(FEED[9:]), Content_Encoding="gzip"),
        FEED,
    ),
    "gzip with padding": (answer(ZIPPED + bytes(100), Content_Encoding="gzip"), FEED),
    "chunks": (CHUNKED + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"),
    "until closed": (OPEN + PAGE, PAGE),
    "wide text": (answer("<p>x</p>".encode("utf-16")), "<p>x</p>".encode("utf-16")),
    "wide text unmarked": (answer("<p>x</p>".encode("utf-16-le")), "<p>x</p>".encode("utf-16-le")),
    "exact limit": (answer(b"x" * 5000), b"x" * 5000),
    "gzip of zeros' length": (answer(gzip.compress(b"ab" * 2500), Content_Encoding="gzip"), b"ab" * 2500),
    "non-authoritative": (answer(FEED, "203 Non-Authoritative Information"), FEED),
}


@pytest.mark.parametrize("name", WHOLE)
def test_an_unusual_but_whole_answer_is_taken(name: str, web: Evil, fetcher: Fetchers) -> None:
    sent, body = WHOLE[name]
    web.routes["/whole"] = lambda _: sent

    assert body == fetcher(fetch_page_bytes=5000).fetch(f"http://good.example:{web.port}/whole", "page").body


def test_gzip_output_that_ends_on_a_piece_is_whole(web: Evil, fetcher: Fetchers) -> None:
    """zlib may hold output back when a piece is full although all input is eaten."""
    for size in (65536, 131072, 131073):
        body = b"a" * size
        sent = answer(gzip.compress(body), Content_Encoding="gzip")
        web.routes["/whole"] = lambda _, sent=sent: sent

        assert body == fetcher().fetch(f"http://good.example:{web.port}/whole", "page").body


DRIPS = {
    "body": lambda _: drip(OPEN, b"x"),
    "head": lambda _: drip(b"HTTP/1.1 200 OK\r\nX: ", b"y"),
    "silence": lambda _: drip(b"", b""),
    "silence after the head": lambda _: drip(OPEN, b""),
    "gzip": lambda _: drip(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + ZIPPED[:10], b"\x00"),
}


@pytest.mark.parametrize("name", DRIPS)
def test_a_dripping_server_is_cut_at_the_deadline(name: str, web: Evil, fetcher: Fetchers) -> None:
    web.routes["/drip"] = DRIPS[name]
    found = fetcher(fetch_deadline=0.4)
    began = time.monotonic()

    with pytest.raises(FetchError) as error:
        found.fetch(f"http://good.example:{web.port}/drip", "page")

    assert error.value.reason in {"timeout", "encoding"}
    assert time.monotonic() - began < 2.0


@pytest.mark.parametrize("head", [OPEN, CHUNKED])
def test_an_endless_body_is_cut_at_its_size(head: bytes, web: Evil, fetcher: Fetchers) -> None:
    piece = b"x" * 4096 if head == OPEN else b"1000\r\n" + b"x" * 4096 + b"\r\n"
    web.routes["/endless"] = lambda _: endless(head, piece)

    with pytest.raises(FetchError, match="too-large"):
        fetcher(fetch_page_bytes=200_000).fetch(f"http://good.example:{web.port}/endless", "page")


def test_redirects_share_one_deadline(web: Evil, fetcher: Fetchers) -> None:
    web.routes["/slow"] = lambda _: [None] * 10 + [redirect("/slow")]
    began = time.monotonic()

    with pytest.raises(FetchError, match="timeout"):
        fetcher(fetch_deadline=0.5).fetch(f"http://good.example:{web.port}/slow", "page")

    assert time.monotonic() - began < 2.0
    assert 2 <= len(web.asked("/slow")) <= 4


@pytest.mark.parametrize("accepts", [False, True])
def test_a_server_that_does_not_answer_is_a_timeout_or_no_connection(accepts: bool, fetcher: Fetchers) -> None:
    quiet = socket.socket()
    quiet.bind(("127.0.0.1", 0))
    if accepts:
        quiet.listen(1)
    port = quiet.getsockname()[1]
    try:
        with pytest.raises(FetchError) as error:
            fetcher(ports=frozenset({port}), fetch_deadline=0.3).fetch(f"http://quiet.example:{port}/", "page")
    finally:
        quiet.close()

    assert ("robots.txt unreachable: timeout" if accepts else "connect") == error.value.reason


def test_identity_labelled_gzip_is_asked_once_more(web: Evil, fetcher: Fetchers) -> None:
    def mislabel(request: Request) -> bytes:
        gzipped = "gzip" in (request.header("Accept-Encoding") or "")
        return answer(PAGE, Content_Encoding="gzip") if gzipped else answer(PAGE)

    web.routes["/page"] = mislabel

    assert PAGE == fetcher().fetch(f"http://good.example:{web.port}/page", "page").body
    assert ["gzip", "identity"] == [r.header("Accept-Encoding") for r in web.asked("/page")]


def test_a_server_that_always_mislabels_is_given_up_after_two(web: Evil, fetcher: Fetchers) -> None:
    web.routes["/page"] = lambda _: answer(PAGE, Content_Encoding="gzip")

    with pytest.raises(FetchError, match="encoding"):
        fetcher().fetch(f"http://good.example:{web.port}/page", "page")

    assert 2 == len(web.asked("/page"))


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_reaches_the_caller(status: int, web: Evil, fetcher: Fetchers) -> None:
    web.routes["/busy"] = lambda _: answer(b"", f"{status} Busy", Retry_After="120")

    with pytest.raises(FetchError) as error:
        fetcher().fetch(f"http://good.example:{web.port}/busy", "page")

    assert (f"status {status}", status, 120.0) == (error.value.reason, error.value.status, error.value.retry_after)


def test_the_agent_says_who_it_is(web: Evil, fetcher: Fetchers) -> None:
    found = fetcher(desk_url="https://desk.example", desk_contact="desk@desk.example\r\nX: y")

    found.fetch(f"http://good.example:{web.port}/ok", "feed")

    asked = web.asked("/ok")[0]
    assert (asked.header("User-Agent") or "").startswith("Iroyin/")
    assert (asked.header("User-Agent") or "").endswith("(+https://desk.example/about; desk@desk.exampleX: y)")
    assert ("gzip", None) == (asked.header("Accept-Encoding"), asked.header("X"))
