"""Validators go back byte for byte, redirects are told permanent or not (hardening 1-5)."""

import pytest
from evil import Evil, Request, answer, redirect
from stage import FEED, Fetchers, Names

from iroyin.errors import FetchError

NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "new"\r\n\r\n'


@pytest.mark.parametrize("etag", ['"a"', 'W/"a"', "unquoted", '"ü\xff!#"', '"a, b"', "''"])
def test_validators_are_echoed_byte_for_byte(etag: str, web: Evil, fetcher: Fetchers) -> None:
    web.routes["/feed"] = lambda _: answer(FEED, ETag=etag, Last_Modified="some day, perhaps")
    found = fetcher()
    got = found.fetch(f"http://good.example:{web.port}/feed", "feed")
    web.routes["/feed"] = lambda _: NOT_MODIFIED

    again = found.fetch(
        f"http://good.example:{web.port}/feed",
        "feed",
        etag=got.headers["etag"],
        last_modified=got.headers["last-modified"],
    )

    asked = web.asked("/feed")[1]
    assert (etag, "some day, perhaps") == (asked.header("If-None-Match"), asked.header("If-Modified-Since"))
    assert (304, b"", '"new"') == (again.status, again.body, again.headers["etag"])


@pytest.mark.parametrize("etag", ['"a"\r\nX-Evil: 1', "a\nb", "a\x00", " ", "\u20ac"])
def test_a_validator_that_could_break_a_header_is_not_sent(etag: str, web: Evil, fetcher: Fetchers) -> None:
    fetcher().fetch(f"http://good.example:{web.port}/ok", "feed", etag=etag, last_modified=etag)

    asked = web.asked("/ok")[0]
    assert (None, None, None) == tuple(
        asked.header(name) for name in ("If-None-Match", "If-Modified-Since", "X-Evil")
    )


def test_304_without_validators_is_asked_again_once(web: Evil, fetcher: Fetchers) -> None:
    answers = [NOT_MODIFIED, answer(FEED)]
    web.routes["/feed"] = lambda _: answers.pop(0)

    assert FEED == fetcher().fetch(f"http://good.example:{web.port}/feed", "feed").body


def test_304_without_validators_for_ever_is_an_error(web: Evil, fetcher: Fetchers) -> None:
    web.routes["/feed"] = lambda _: NOT_MODIFIED

    with pytest.raises(FetchError, match="status 304"):
        fetcher().fetch(f"http://good.example:{web.port}/feed", "feed")

    assert 2 == len(web.asked("/feed"))


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        (["301 Moved"], "/1"),
        (["308 Moved"], "/1"),
        (["302 Found"], ""),
        (["307 Temporary"], ""),
        (["303 See Other"], ""),
        (["301 Moved", "308 Moved"], "/2"),
        (["301 Moved", "302 Found"], "/1"),
        (["302 Found", "301 Moved"], ""),
        (["301 Moved"] * 5, "/5"),
    ],
)
def test_only_an_unbroken_run_of_permanent_redirects_moves_a_feed(
    statuses: list[str], permanent: str, web: Evil, fetcher: Fetchers
) -> None:
    for number, status in enumerate(statuses):
        web.routes[f"/{number}"] = lambda _, to=f"/{number + 1}", status=status: redirect(to, status)
    web.routes[f"/{len(statuses)}"] = lambda _: answer(FEED)
    site = f"http://good.example:{web.port}"

    got = fetcher().fetch(f"{site}/0", "feed")

    assert (f"{site}/0", f"{site}/{len(statuses)}") == (got.requested_url, got.url)
    assert (site + permanent if permanent else "") == got.permanent_url


def test_six_redirects_are_one_too_many(web: Evil, fetcher: Fetchers) -> None:
    for number in range(6):
        web.routes[f"/{number}"] = lambda _, to=f"/{number + 1}": redirect(to)

    with pytest.raises(FetchError, match="redirects"):
        fetcher().fetch(f"http://good.example:{web.port}/0", "feed")

    assert 6 == len(web.pages_asked)


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("next", "/a/next"),
        ("../next", "/next"),
        ("?q=1", "/a/b?q=1"),
        ("/é ü", "/%C3%A9%20%C3%BC"),
        ("#top", "/a/b"),
    ],
)
def test_relative_locations_are_resolved(location: str, path: str, web: Evil, fetcher: Fetchers) -> None:
    seen: list[str] = []

    def turn(request: Request) -> bytes:
        seen.append(request.path)
        return answer(FEED) if len(seen) > 1 else redirect(location.encode().decode("latin-1"))

    for route in ("/a/b", path.partition("?")[0]):
        web.routes[route] = turn

    fetcher(names=Names()).fetch(f"http://good.example:{web.port}/a/b", "feed")

    assert ["/a/b", path] == seen
