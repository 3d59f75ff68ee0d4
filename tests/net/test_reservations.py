"""What publishers say about machines is read from their raw lines, and any "no" counts."""

import json
import time

import pytest

from iroyin.adapters.optout import header_opt_out, path_matches, tdm_opt_out, tdm_rules, usage_refused
from iroyin.adapters.robots import ROBOTS_LIMIT, read_rules

URL = "https://news.example/world/a.html"
PATH = "/world/a.html"


@pytest.mark.parametrize(
    ("value", "refused"),
    [
        ("ai-input=no", True),
        ("search=yes, ai-input=no, ai-train=no", True),
        ("search=yes, ai-train=no", False),
        ("train-ai=n", False),
        ("ai=n", True),
        ("tdm=n;exp=1", True),
        ("unheard-of=no", True),
        ("ai-input=yes", False),
        ("AI-Input = NO", True),
        ("", False),
        ("no", False),
    ],
)
def test_a_no_to_use_counts_and_a_no_to_training_or_search_does_not(value: str, refused: bool) -> None:
    assert refused == usage_refused(value)


@pytest.mark.parametrize(
    ("name", "value", "page", "feed"),
    [
        ("x-robots-tag", "noai", True, True),
        ("x-robots-tag", "noindex, nofollow", True, False),
        ("x-robots-tag", "nosnippet", True, False),
        ("x-robots-tag", "none", True, False),
        ("x-robots-tag", "max-snippet:0", True, True),
        ("x-robots-tag", "max-snippet: -1", False, False),
        ("x-robots-tag", "noarchive", False, False),
        ("x-robots-tag", "googlebot: noindex", False, False),
        ("x-robots-tag", "Iroyin: noai", True, True),
        ("x-robots-tag", "unavailable_after: 25 Jun 2030 15:00:00 PST", False, False),
        ("tdm-reservation", "1", True, True),
        ("tdm-reservation", "0", False, False),
        ("tdm-reservation", "true", False, False),
        ("content-signal", "ai-input=no", True, True),
        ("content-usage", "ai=n", True, True),
        ("content-type", "noai", False, False),
    ],
)
def test_headers_opt_out_with_their_own_line_as_evidence(name: str, value: str, page: bool, feed: bool) -> None:
    line = f"{name}: {value}"
    headers = [("content-length", "5"), (name, value)]

    assert (line if page else "") == header_opt_out(headers, agent="Iroyin", feed=False)
    assert (line if feed else "") == header_opt_out(headers, agent="Iroyin", feed=True)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/", "/a", True),
        ("/world/", "/world/a", True),
        ("/world/", "/sport/a", False),
        ("/*.html", "/world/a.html", True),
        ("/*.html$", "/world/a.html?x", False),
        ("/*.html$", "/world/a.html", True),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a*b*c", "/axxbyyc", True),
        ("/a*b*c", "/axxcyyb", False),
        ("*", "/anything", True),
        ("/aa*aa$", "/aaa", False),
    ],
)
def test_patterns_match_as_in_robots_txt(pattern: str, path: str, matches: bool) -> None:
    assert matches == path_matches(pattern, path)


def test_tdmrep_takes_the_most_specific_location() -> None:
    rules = tdm_rules(
        json.dumps(
            [
                {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://news.example/policy"},
                {"location": "/open/", "tdm-reservation": 0},
                {"location": "/odd/", "tdm-reservation": "perhaps"},
            ]
        ).encode()
    )

    assert '/.well-known/tdmrep.json: {"location": "/", "tdm-reservation": 1}' == tdm_opt_out(rules, "/world/a")
    assert "" == tdm_opt_out(rules, "/open/a")
    assert "" != tdm_opt_out(rules, "/odd/a")


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"<html>", b"[1,2]", b"[" * 100_000, b'[{"location": 5}]', b"\xff\xfe"]
)
def test_rubbish_in_tdmrep_reserves_nothing(body: bytes) -> None:
    assert () == tdm_rules(body)


@pytest.mark.parametrize(
    ("robots", "refusal"),
    [
        ("", ""),
        ("User-agent: *\nDisallow: /world/", "robots.txt"),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Iroyin\nAllow: /", ""),
        ("User-agent: iroyin\nDisallow: /", "robots.txt"),
        ("User-agent: *\nDisallow: /world/\nAllow: /world/a", ""),
        ("\ufeffUser-agent: *\r\nDisallow: /", "robots.txt"),
        ("<html>not robots</html>", ""),
        ("User-agent: *\nDisallow: /*.html$", "robots.txt"),
    ],
)
def test_robots_txt_decides_what_may_be_fetched(robots: str, refusal: str) -> None:
    assert refusal == read_rules(robots.encode()).refusal(URL)


@pytest.mark.parametrize(
    ("robots", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nRequest-rate: 1/10", 10.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("User-agent: *\nCrawl-delay: -3", 0.0),
        ("User-agent: other\nCrawl-delay: 7", 0.0),
        ("", 0.0),
    ],
)
def test_the_pace_that_robots_txt_asks_for(robots: str, delay: float) -> None:
    assert delay == read_rules(robots.encode()).crawl_delay()


@pytest.mark.parametrize(
    ("robots", "evidence"),
    [
        ("User-agent: *\nContent-Signal: ai-input=no\nAllow: /", "robots.txt: Content-Signal: ai-input=no"),
        ("Content-Signal: ai-input=no", "robots.txt: Content-Signal: ai-input=no"),
        ("User-agent: *\nContent-Signal: search=yes, ai-train=no", ""),
        ("User-agent: other\nContent-Signal: ai-input=no", ""),
        ("User-agent: *\nContent-Signal: ai-input=no\nUser-agent: Iroyin\nContent-Signal: ai-input=yes", ""),
        ("User-agent: *\nContent-Usage: /world/ ai=n", "robots.txt: Content-Usage: /world/ ai=n"),
        ("User-agent: *\nContent-Usage: /sport/ ai=n", ""),
        ("User-agent: *\nContent-Usage: ai=n\nContent-Usage: /world/ ai=y", ""),
        (
            "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /world/",
            "robots.txt: User-agent: ccbot may not fetch /world/a.html",
        ),
        ("User-agent: GPTBot\nDisallow: /sport/", ""),
        ("User-agent: Googlebot\nDisallow: /", ""),
    ],
)
def test_robots_txt_says_who_may_use_the_text(robots: str, evidence: str) -> None:
    assert evidence == read_rules(robots.encode()).usage_opt_out(URL, PATH)


@pytest.mark.parametrize(
    "line",
    [
        b"Disallow: /" + b"*a" * 200 + b"%d",
        b"Disallow: /*a*b%d",
        b"Disallow: /" + b"*" * 1000 + b"%d",
        b"Content-Usage: /" + b"*a" * 200 + b"%d ai=n",
    ],
)
def test_a_hostile_robots_txt_costs_little(line: bytes) -> None:
    """Read and asked once, at the size we take: a worst case of seconds would be a way to stop the desk."""
    many = ROBOTS_LIMIT // len(line)  # each line another one, since equal ones are judged once
    robots = b"User-agent: *\n" + b"".join(line % number + b"\n" for number in range(many))
    url = "https://news.example/" + "a" * 2000
    began = time.process_time()

    rules = read_rules(robots)
    rules.refusal(url)
    rules.usage_opt_out(url, "/" + "a" * 2000)

    assert time.process_time() - began < 2.0
