"""Addresses are judged by a positive rule, names by all their addresses (hardening 58-62, 64, 67)."""

from ipaddress import ip_address

import pytest

from iroyin.adapters.netguard import Guard, check_url, is_public
from iroyin.errors import AddressRefused, FetchError

TABLE = """
yes 8.8.8.8 1.1.1.1 93.184.216.34 2606:4700:4700::1111 2a00:1450:4001:81b::200e ::ffff:8.8.8.8 64:ff9b::808:808
no  0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1
no  172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1
no  239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 ::7f00:1 ::ffff:127.0.0.1
no  ::ffff:169.254.169.254 64:ff9b::a9fe:a9fe 64:ff9b::7f00:1 64:ff9b:1::1 2002:a9fe:a9fe::1 2002:7f00:1::1
no  2001:0:53aa:64c::1 2001:db8::1 2001:20::1 3fff::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
no  ff0e::1 100::1 5f00::1 2606:4700::1%eth0
"""
CASES = [(text, line.startswith("yes")) for line in TABLE.strip().splitlines() for text in line.split()[1:]]


@pytest.mark.parametrize(("text", "public"), CASES)
def test_an_address_is_public_only_on_the_open_internet(text: str, public: bool) -> None:
    assert public == is_public(ip_address(text))


@pytest.mark.parametrize(
    "url",
    [
        "http://good.example@127.0.0.1/",
        "http://good.example:pass@good.example/",
        "http://@good.example/",
        "http://127.0.0.1\\@good.example/",
        "http:\\\\good.example/",
        "http:/\\evil.example",
        "http:///path",
        "http://",
        "http:good.example",
        "//good.example/",
        "/path",
        "",
        "http://good%2fevil.example/",
        "http://good.example\t/",
        "http://good.example/\r\nX: y",
        "http://good.example/\x00",
        "http://good.example/\x7f",
        "http://[fe80::1%25eth0]/",
        "http://①②⑦.0.0.1/",
        "http://ex\u200bample.com/",
        "http://a..b/",
        "http://good.example:99999/",
        "http://good.example:port/",
        "file:///etc/passwd",
        "ftp://good.example/",
        "gopher://good.example/",
        "javascript:alert(1)",
        "data:text/html,hello",
        "http://good.example/" + "a" * 9000,
    ],
)
def test_a_url_that_parsers_read_differently_is_refused_before_anything(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_url(url)


@pytest.mark.parametrize(
    ("url", "origin", "path"),
    [
        ("http://Good.Example/a b?c=d#e", "http://good.example", b"/a%20b?c=d"),
        ("https://good.example:443/", "https://good.example", b"/"),
        ("https://good.example:8443", "https://good.example:8443", b"/"),
        ("http://[2606:4700::1]:8080/x", "http://[2606:4700::1]:8080", b"/x"),
        ("http://bücher.example/ä", "http://xn--bcher-kva.example", b"/%C3%A4"),
        ("http://good.example/@user", "http://good.example", b"/@user"),
    ],
)
def test_a_clean_url_is_taken_apart(url: str, origin: str, path: bytes) -> None:
    target = check_url(url)

    assert (origin, path) == (target.origin, target.path)


def clock() -> float:
    return 0.0


def judged(url: str, found: list[str], *allow: str) -> list[str]:
    guard = Guard(allow, lambda host, port: found)
    return guard.addresses(check_url(url), 5.0, clock)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "[::ffff:7f00:1]", "localhost", "localhost.", "printer.localhost", "169.254.169.254"],
)
def test_loopback_by_any_name_is_refused_without_dns(host: str) -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError("DNS was asked")

    with pytest.raises(AddressRefused):
        Guard((), never).addresses(check_url(f"http://{host}/"), 5.0, clock)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1"])
def test_number_forms_are_judged_by_what_the_resolver_makes_of_them(host: str) -> None:
    with pytest.raises(AddressRefused, match=r"private address|not a clean URL"):
        judged(f"http://{host}/", ["127.0.0.1"])


def test_one_private_address_refuses_the_whole_name() -> None:
    with pytest.raises(AddressRefused, match="private address"):
        judged("http://two.example/", ["93.184.216.34", "10.0.0.1"])


@pytest.mark.parametrize("port", [22, 25, 6379, 8080, 3000])
def test_only_web_ports_are_dialled(port: int) -> None:
    with pytest.raises(AddressRefused, match=f"port {port}"):
        judged(f"http://good.example:{port}/", ["93.184.216.34"])


def test_the_operators_pair_may_be_private_and_nothing_beside_it() -> None:
    assert ["10.0.0.5"] == judged("http://rss-bridge:3000/", ["10.0.0.5"], "rss-bridge:3000")
    with pytest.raises(AddressRefused):
        judged("http://rss-bridge:3001/", ["10.0.0.5"], "rss-bridge:3000")
    with pytest.raises(AddressRefused):
        judged("http://other:3000/", ["10.0.0.5"], "rss-bridge:3000")


def test_localhost_names_may_be_opened_by_a_star_for_one_port() -> None:
    assert ["127.0.0.1"] == judged("http://a.localhost:8765/", [], "*.localhost:8765")
    for url in (
        "http://localhost:8765/",
        "http://a.localhost:8766/",
        "http://127.0.0.1:8765/",
        "http://a.local:8765/",
    ):
        with pytest.raises(AddressRefused):
            judged(url, ["127.0.0.1"], "*.localhost:8765")


def test_at_most_two_addresses_are_tried_one_of_each_family() -> None:
    many = ["2606:4700::1", "2606:4700::2", "8.8.8.8", "8.8.4.4", *["1.1.1.1"] * 500]

    assert ["2606:4700::1", "8.8.8.8"] == judged("http://many.example/", many)
    assert ["8.8.8.8", "8.8.4.4"] == judged("http://many.example/", ["8.8.8.8", "8.8.4.4", "1.1.1.1"])


@pytest.mark.parametrize("found", [[], ["rubbish"]])
def test_a_name_without_addresses_is_an_error_of_dns(found: list[str]) -> None:
    with pytest.raises(FetchError, match="dns"):
        judged("http://none.example/", found)


def test_a_listed_pair_does_not_count_for_a_strangers_redirect() -> None:
    guard = Guard(("rss-bridge:3000",), lambda host, port: ["10.0.0.5"])

    with pytest.raises(AddressRefused):
        guard.addresses(check_url("http://rss-bridge:3000/"), 5.0, clock, listed=False)
