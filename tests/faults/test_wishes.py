"""Pauses, silence, robots.txt and opt-outs as the fetcher keeps them, on a clock that only sleeping moves."""

import threading

import pytest
from evil import Evil, answer, drip
from stage import FEED, Clock, Fetchers

from iroyin.errors import FetchError, PolicyRefused


def text(body: str) -> bytes:
    return answer(body.encode(), Content_Type="text/plain")


def test_requests_to_one_host_are_two_seconds_apart(web: Evil, fetcher: Fetchers) -> None:
    clock = Clock()
    found = fetcher(clock=clock, fetch_host_delay=2.0)

    for host in ("a.example", "a.example", "b.example"):
        found.fetch(f"http://{host}:{web.port}/ok", "feed")

    # A host's first page follows robots.txt and tdmrep.json, so two pauses; the second page of a is one more.
    assert [2.0] * 5 == clock.slept


@pytest.mark.parametrize(("wish", "pause"), [("Crawl-delay: 9", 9.0), ("Crawl-delay: 86400", 60.0), ("", 2.0)])
def test_crawl_delay_is_kept_up_to_a_minute(wish: str, pause: float, web: Evil, fetcher: Fetchers) -> None:
    clock = Clock()
    web.routes["/robots.txt"] = lambda _: text(f"User-agent: *\n{wish}\n")
    found = fetcher(clock=clock, fetch_host_delay=2.0)

    for _ in range(3):
        found.fetch(f"http://a.example:{web.port}/ok", "feed")

    assert [pause, pause] == clock.slept[-2:]


def test_the_operators_own_loopback_server_is_not_waited_for(web: Evil, fetcher: Fetchers) -> None:
    clock = Clock()
    found = fetcher(clock=clock, fetch_host_delay=2.0, fetch_allow=(f"*.localhost:{web.port}",))

    for _ in range(3):
        found.fetch(f"http://own.localhost:{web.port}/ok", "feed")

    assert [] == clock.slept


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Busy"])
def test_a_host_that_asks_for_silence_gets_it_for_all_its_urls(status: str, web: Evil, fetcher: Fetchers) -> None:
    clock = Clock()
    web.routes["/busy"] = lambda _: answer(b"", status, Retry_After="600")
    found = fetcher(clock=clock)
    site = f"http://a.example:{web.port}"
    with pytest.raises(FetchError, match="status"):
        found.fetch(f"{site}/busy", "page")
    asked = len(web.requests)

    with pytest.raises(FetchError) as error:
        found.fetch(f"{site}/ok", "feed")

    assert ("silence", 600.0, asked) == (error.value.reason, error.value.retry_after, len(web.requests))
    assert 200 == found.fetch(f"http://b.example:{web.port}/ok", "feed").status
    clock.time += 601
    assert 200 == found.fetch(f"{site}/ok", "feed").status


@pytest.mark.parametrize("purpose", ["feed", "page"])
def test_robots_txt_is_obeyed_for_feeds_and_pages(purpose: str, web: Evil, fetcher: Fetchers) -> None:
    web.routes["/robots.txt"] = lambda _: text("User-agent: *\nDisallow: /ok\n")

    with pytest.raises(PolicyRefused) as error:
        fetcher().fetch(f"http://a.example:{web.port}/ok", purpose)  # type: ignore[arg-type]

    assert ("robots.txt", []) == (error.value.reason, web.pages_asked)


def test_robots_txt_of_a_redirects_target_is_obeyed_too(web: Evil, fetcher: Fetchers) -> None:
    with Evil(routes={"/robots.txt": lambda _: text("User-agent: *\nDisallow: /\n")}) as other:
        web.routes["/go"] = lambda _: answer(b"", "302 Found", Location=f"http://b.example:{other.port}/page")

        with pytest.raises(PolicyRefused):
            fetcher(ports=frozenset({other.port})).fetch(f"http://a.example:{web.port}/go", "page")

        assert [] == other.pages_asked


@pytest.mark.parametrize("status", ["404 Not Found", "401 Unauthorized", "403 Forbidden", "410 Gone"])
def test_no_robots_txt_means_all_is_allowed(status: str, web: Evil, fetcher: Fetchers) -> None:
    web.routes["/robots.txt"] = lambda _: answer(b"", status)

    assert FEED == fetcher().fetch(f"http://a.example:{web.port}/ok", "feed").body


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad Gateway", "503 Busy", "429 Too Many Requests"])
def test_a_server_that_cannot_say_is_left_alone_for_an_hour(status: str, web: Evil, fetcher: Fetchers) -> None:
    clock = Clock()
    web.routes["/robots.txt"] = lambda _: answer(b"", status)
    found = fetcher(clock=clock)
    url = f"http://a.example:{web.port}/ok"

    for _ in range(2):
        with pytest.raises(PolicyRefused, match=f"robots.txt unreachable: status {status[:3]}") as error:
            found.fetch(url, "feed")

    assert (3600.0, 1, []) == (error.value.retry_after, len(web.asked("/robots.txt")), web.pages_asked)
    web.routes["/robots.txt"] = lambda _: text("")
    clock.time += 3601
    assert FEED == found.fetch(url, "feed").body


def test_robots_txt_is_asked_once_a_day(web: Evil, fetcher: Fetchers) -> None:
    clock = Clock()
    found = fetcher(clock=clock)

    for hours in (0, 1, 22):
        clock.time += hours * 3600
        found.fetch(f"http://a.example:{web.port}/ok", "feed")
    assert 1 == len(web.asked("/robots.txt"))
    clock.time += 2 * 3600
    found.fetch(f"http://a.example:{web.port}/ok", "feed")

    assert 2 == len(web.asked("/robots.txt"))


def test_a_robots_txt_without_end_is_cut_and_obeyed(web: Evil, fetcher: Fetchers) -> None:
    endless = b"User-agent: *\nDisallow: /ok\n" + b"# filler\n" * 200_000
    web.routes["/robots.txt"] = lambda _: answer(endless, Content_Type="text/plain")

    with pytest.raises(PolicyRefused):
        fetcher().fetch(f"http://a.example:{web.port}/ok", "feed")


@pytest.mark.parametrize(
    ("path", "sent", "evidence"),
    [
        ("/ok", answer(FEED, X_Robots_Tag="noai"), "x-robots-tag: noai"),
        ("/ok", answer(FEED, TDM_Reservation="1"), "tdm-reservation: 1"),
        ("/ok", answer(FEED, Content_Usage="ai=n"), "content-usage: ai=n"),
        (
            "/robots.txt",
            text("User-agent: *\nContent-Signal: search=yes, ai-input=no\n"),
            "robots.txt: Content-Signal: search=yes, ai-input=no",
        ),
        (
            "/.well-known/tdmrep.json",
            text('[{"location": "/*", "tdm-reservation": 1}]'),
            '/.well-known/tdmrep.json: {"location": "/*", "tdm-reservation": 1}',
        ),
        ("/ok", answer(FEED, Content_Signal="ai-input=yes"), ""),
    ],
)
def test_a_reserved_text_is_marked_with_the_line_that_says_so(
    path: str, sent: bytes, evidence: str, web: Evil, fetcher: Fetchers
) -> None:
    web.routes[path] = lambda _: sent

    assert evidence == fetcher().fetch(f"http://a.example:{web.port}/ok", "page").opt_out


def test_a_header_overrides_the_sites_tdmrep_file(web: Evil, fetcher: Fetchers) -> None:
    web.routes["/.well-known/tdmrep.json"] = lambda _: text('[{"location": "/", "tdm-reservation": 1}]')
    web.routes["/free"] = lambda _: answer(FEED, TDM_Reservation="0")

    assert "" == fetcher().fetch(f"http://a.example:{web.port}/free", "page").opt_out


def test_noindex_on_a_feed_is_for_search_engines_and_on_a_page_for_us(web: Evil, fetcher: Fetchers) -> None:
    web.routes["/feed"] = lambda _: answer(FEED, X_Robots_Tag="noindex, follow")
    found, url = fetcher(), f"http://a.example:{web.port}/feed"

    assert "" == found.fetch(url, "feed").opt_out
    assert "x-robots-tag: noindex, follow" == found.fetch(url, "page").opt_out


def test_one_host_that_hangs_does_not_delay_the_others(web: Evil, fetcher: Fetchers) -> None:
    web.routes["/hang"] = lambda _: drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x")
    found = fetcher(fetch_deadline=1.0)
    hung: list[str] = []

    def hang() -> None:
        with pytest.raises(FetchError) as error:
            found.fetch(f"http://hang.example:{web.port}/hang", "page")
        hung.append(error.value.reason)

    threads = [threading.Thread(target=hang) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(10):
        found.fetch(f"http://host{number}.example:{web.port}/ok", "feed")
    still_hanging = len(hung) < 2
    for thread in threads:
        thread.join()

    assert (["timeout", "timeout"], True) == (hung, still_hanging)
