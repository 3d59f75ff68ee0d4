"""Every answer of the live server: what is served, where it sends readers, and what it never says."""

from collections.abc import Sequence
from functools import cache
from urllib.parse import quote, unquote

import pytest
from newsroom import LANGUAGES, site, whole
from starlette.testclient import TestClient

from iroyin.model import Page
from iroyin.publish import label_languages
from iroyin.publish.locale import labels
from iroyin.web.app import make_app
from iroyin.web.negotiate import preferred
from iroyin.web.secure import security_headers

# ruff: noqa: E501
STORY = "en/articles/adun-bridge-reopens-to-traffic-after-eleven-months-of-repairs"


@cache
def published() -> dict[str, Page]:
    return whole(site())


class Kept:
    """The pages in memory; one slug was renamed."""

    def page(self, path: str) -> Page | None:
        if path == "en/breaks/index.html":
            raise RuntimeError("secret detail")
        return published().get(path)

    def resolve_slug(self, language: str, slug: str, languages: Sequence[str]) -> tuple[str, str] | None:
        return (
            ("en", STORY.rpartition("/")[2])
            if (language, slug) in {("en", "old-name"), ("yo", "merged")}
            else None
        )

    def withdrawn(self, language: str, slug: str) -> bool:
        return slug == "withdrawn"

    def awaited(self, language: str, slug: str) -> bool:
        return slug == "awaited"


def client(host: str = "127.0.0.1", analytics: str = "") -> TestClient:
    app = make_app(Kept(), languages=LANGUAGES, analytics=analytics)
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False, client=(host, 5000))


@pytest.mark.parametrize(
    ("path", "media"),
    [("/en/", "text/html"), (f"/{STORY}", "text/html"), (f"/{STORY}/claims.json", "application/json"),
     (f"/{STORY}/figure.svg", "image/svg+xml"), ("/yo/feed.atom", "application/atom+xml"), ("/robots.txt", "text/plain"),
     ("/sitemap.xml", "application/xml"), ("/ar/sources", "text/html")],
)  # fmt: skip
def test_pages_are_served_with_validators(path: str, media: str) -> None:
    got = client().get(path)

    assert 200 == got.status_code and got.headers["content-type"].startswith(media)
    assert "public, max-age=60, stale-while-revalidate=600" == got.headers["cache-control"]
    again = client().get(path, headers={"if-none-match": got.headers["etag"]})
    assert 304 == again.status_code and b"" == again.content


def test_addresses_in_any_script() -> None:
    path = next(p for p in published() if p.startswith("zh/articles/") and p.endswith("index.html"))

    assert 200 == client().get("/" + quote(path.removesuffix("/index.html"))).status_code


def test_assets_may_be_kept_for_ever() -> None:
    style = next(p for p in published() if p.endswith(".css"))

    assert "immutable" in client().get("/" + style).headers["cache-control"]


@pytest.mark.parametrize(
    ("path", "want"),
    [("/en", "/en/"), ("/en/about/", "/en/about"), ("/en/about/index.html", "/en/about"), ("/en/index.html", "/en/"),
     ("/en/articles/old-name", f"/{STORY}"), ("/en/articles/old-name/", f"/{STORY}"),
     ("/en/articles/old-name/claims.json", f"/{STORY}/claims.json"),
     ("/yo/articles/merged", f"/{STORY}"), ("/yo/articles/merged/figure.svg", f"/{STORY}/figure.svg")],
)  # fmt: skip
def test_moved_addresses(path: str, want: str) -> None:
    got = client().get(path)

    assert (301, want) == (got.status_code, unquote(got.headers["location"]))


@pytest.mark.parametrize(
    ("header", "want"),
    [("yo-NG,en;q=0.5", "yo"), ("am, fr;q=0.3, ko;q=0.9", "ko"), ("", "en"), ("am", "en"), ("nb-NO", "no"), ("zh-CN", "zh"),
     ("fr;q=0", "en"), ("q=;;;,,,", "en"), ("ar;q=x, sw;q=0.1", "sw"), ("en;q=9e99", "en")],
)  # fmt: skip
def test_the_way_in_asks_the_browser(header: str, want: str) -> None:
    got = client().get("/", headers={"accept-language": header})

    assert (302, f"/{want}/") == (got.status_code, got.headers["location"])
    assert "accept-language" in got.headers["vary"].lower()
    assert want == preferred(header, LANGUAGES)


@pytest.mark.parametrize("language", label_languages())
def test_a_lost_page_is_said_in_the_language_of_the_address(language: str) -> None:
    got = client().get(f"/{language}/no-such-page")

    assert 404 == got.status_code and labels(language).say("lost.text") in got.text


HOSTILE = ["/%3Cscript%3Ealert(1)%3C/script%3E", "/en/%3Cimg%20src=x%3E", "/static/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
           "/en/articles/%00", "/en/..%5c..%5cx", "/" + "a" * 5000, "/%2f%2fevil.example/", "/%2fevil.example", "/en/articles//evil.example", "/en/404.html",
           "/%0d%0aset-cookie:x=1"]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_odd_addresses_are_lost_and_never_echoed(path: str) -> None:
    got = client().get(path)

    assert 404 == got.status_code
    assert "alert(1)" not in got.text and "etc/passwd" not in got.text and "evil" not in got.text
    assert "set-cookie" not in got.headers


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/en", "/nope", "/healthz", "/en/breaks", "/en/articles/old-name", "/robots.txt"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_answer_has_its_security_headers(path: str, method: str) -> None:
    got = client().request(method, path)

    for name, value in security_headers().items():
        assert value == got.headers[name], (path, name)
    assert "unsafe-inline" not in got.headers["content-security-policy"]
    assert 1 == len(got.headers.get_list("content-security-policy"))


@pytest.mark.parametrize("asked", ["", "?as=is"])
def test_a_drawing_may_show_the_picture_it_holds_and_nothing_else_is_looser(asked: str) -> None:
    got = client().get(f"/{STORY}/figure.svg{asked}")
    again = client().get(f"/{STORY}/figure.svg", headers={"if-none-match": got.headers.get("etag", "*")})

    for answer in (got, again):
        rules = answer.headers["content-security-policy"]
        assert "; img-src 'self' data:; " in rules
        assert security_headers()["content-security-policy"] == rules.replace(" data:", "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_reading_is_allowed(method: str) -> None:
    assert 405 == client().request(method, "/en/").status_code


def test_head_has_no_body() -> None:
    got = client().head("/en/")

    assert 200 == got.status_code and b"" == got.content


def test_a_failure_tells_nothing() -> None:
    got = client().get("/en/breaks")

    assert 500 == got.status_code and "secret" not in got.text and "no-store" == got.headers["cache-control"]


def test_health_is_for_this_machine_only() -> None:
    assert 200 == client().get("/healthz").status_code
    assert 404 == client("203.0.113.9").get("/healthz").status_code
    assert 404 == client().get("/healthz", headers={"x-forwarded-for": "203.0.113.9"}).status_code


def test_a_counting_script_widens_the_policy_to_its_origin_only() -> None:
    policy = client(analytics="https://count.example/c.js").get("/en/").headers["content-security-policy"]

    assert "script-src 'self' https://count.example;" in policy
    assert "javascript" not in security_headers(analytics="javascript:alert(1)")["content-security-policy"]
