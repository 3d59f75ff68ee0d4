"""No connection reaches the inside, whatever names, redirects and DNS say (hardening 58-67): zero hits, counted."""

import pytest
from evil import Evil, answer, redirect
from stage import FEED, Fetchers, Names

from iroyin.errors import AddressRefused, FetchError


def test_a_public_page_is_read(web: Evil, fetcher: Fetchers) -> None:
    got = fetcher().fetch(f"http://good.example:{web.port}/ok", "feed")

    assert (200, FEED) == (got.status, got.body)
    assert [f"good.example:{web.port}"] == [r.header("Host") for r in web.asked("/ok")]


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.2:{port}/secret", "http://inside.example:{port}/secret", "http://2130706434:{port}/secret"],
)
def test_an_inner_address_is_never_dialled(url: str, inside: Evil, fetcher: Fetchers) -> None:
    names = Names(inside_example=[["127.0.0.2"]])
    names.answers["2130706434"] = [["127.0.0.2"]]

    with pytest.raises(AddressRefused, match="private address"):
        fetcher(names=names, ports=frozenset({inside.port})).fetch(url.format(port=inside.port), "page")

    assert [] == inside.requests


def test_rebinding_cannot_move_a_judged_name(web: Evil, inside: Evil, fetcher: Fetchers) -> None:
    """The name is public when judged and private a moment later: one resolution a connection, and it is dialled."""
    names = Names(rebind_example=[["127.0.0.1"], ["127.0.0.2"]])
    found = fetcher(names=names, ports=frozenset({inside.port}))

    with pytest.raises(AddressRefused):
        found.fetch(f"http://rebind.example:{web.port}/ok", "feed")  # robots.txt takes the first answer

    assert (["/robots.txt"], []) == ([r.path for r in web.requests], inside.requests)
    assert ["rebind.example"] * 3 == names.asked  # robots.txt, tdmrep.json and the page: once a connection


def test_a_name_with_one_inner_address_is_refused_whole(web: Evil, inside: Evil, fetcher: Fetchers) -> None:
    names = Names(both_example=[["127.0.0.1", "127.0.0.2"]])

    with pytest.raises(AddressRefused):
        fetcher(names=names).fetch(f"http://both.example:{web.port}/ok", "feed")

    assert ([], []) == (web.requests, inside.requests)


@pytest.mark.parametrize("hop", [1, 2, 3, 4, 5])
def test_a_redirect_inward_is_refused_at_its_hop(hop: int, web: Evil, inside: Evil, fetcher: Fetchers) -> None:
    for number in range(1, hop):
        web.routes[f"/{number}"] = lambda _, to=f"/{number + 1}": redirect(to)
    web.routes[f"/{hop}"] = lambda _: redirect(f"http://127.0.0.2:{inside.port}/secret")

    with pytest.raises(AddressRefused):
        fetcher(ports=frozenset({inside.port})).fetch(f"http://good.example:{web.port}/1", "page")

    assert [f"/{number}" for number in range(1, hop + 1)] == web.pages_asked
    assert [] == inside.requests


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://good.example/",
        "data:text/html,x",
        "javascript:alert(1)",
        "http://good@127.0.0.1/",
        "//127.0.0.1\\@good.example/",
        "http://[::1",
        "http://good.example:22/",
    ],
)
def test_a_redirect_to_something_else_is_refused(location: str, web: Evil, fetcher: Fetchers) -> None:
    web.routes["/go"] = lambda _: redirect(location)

    with pytest.raises(AddressRefused):
        fetcher().fetch(f"http://good.example:{web.port}/go", "page")


def test_a_strangers_redirect_cannot_use_the_operators_list(web: Evil, inside: Evil, fetcher: Fetchers) -> None:
    """The operator opened the bridge for the desk, not for any page that redirects to it."""
    pair = f"bridge:{inside.port}"
    found = fetcher(names=Names(bridge=[["127.0.0.2"]]), fetch_allow=(pair,))
    web.routes["/go"] = lambda _: redirect(f"http://{pair}/secret")

    assert 200 == found.fetch(f"http://{pair}/secret", "feed").status
    hits = len(inside.requests)
    with pytest.raises(AddressRefused):
        found.fetch(f"http://good.example:{web.port}/go", "page")
    assert hits == len(inside.requests)


def test_robots_txt_may_not_lead_inward_either(web: Evil, inside: Evil, fetcher: Fetchers) -> None:
    web.routes["/robots.txt"] = lambda _: redirect(f"http://127.0.0.2:{inside.port}/secret")

    with pytest.raises(FetchError):
        fetcher(ports=frozenset({inside.port})).fetch(f"http://good.example:{web.port}/ok", "feed")

    assert [] == inside.requests


def test_proxies_of_the_environment_are_ignored(
    web: Evil, inside: Evil, fetcher: Fetchers, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.2:{inside.port}")

    assert 200 == fetcher().fetch(f"http://good.example:{web.port}/ok", "feed").status
    assert [] == inside.requests


def test_validators_and_cookies_stay_at_home(web: Evil, fetcher: Fetchers) -> None:
    with Evil(routes={"/there": lambda _: answer(FEED)}) as other:
        web.routes["/go"] = lambda _: answer(
            b"", "302 Found", Location=f"http://other.example:{other.port}/there", Set_Cookie="id=1; Path=/"
        )
        found = fetcher(ports=frozenset({other.port}))

        got = found.fetch(f"http://good.example:{web.port}/go", "feed", etag='"secret"', last_modified="yesterday")

        asked = other.asked("/there")[0]
        assert ('"secret"', None, None, None) == (
            web.asked("/go")[0].header("If-None-Match"),
            asked.header("If-None-Match"),
            asked.header("If-Modified-Since"),
            asked.header("Cookie"),
        )
        assert "set-cookie" not in got.headers


def test_dns_failure_is_told_apart(web: Evil, fetcher: Fetchers) -> None:
    with pytest.raises(FetchError, match="dns") as refusal:
        fetcher().fetch(f"http://nowhere.invalid:{web.port}/ok", "feed")

    assert type(refusal.value) is FetchError
