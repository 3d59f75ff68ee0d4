"""What machines read of the site, file by file against the rules of its format.

Atom and sitemaps against grammars in RELAX NG (written from the texts of the standards, for no Python package was found
that carries theirs), feeds and lists by readers that are not ours, JSON Feed 1.1 by a JSON Schema from its text.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import feedparser
import jsonschema
import listparser
import schema_org
from lxml import etree
from protego import Protego

_HERE = Path(__file__).parent
_A = {"a": "http://www.w3.org/2005/Atom"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
_ADDRESS = {"type": "string", "pattern": r"^https?://[!-~]+$"}
_WORDS = {"type": "string", "minLength": 1}
_TONGUE = {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}
_AUTHORS = {
    "type": "array",
    "items": {
        "type": "object",
        "minProperties": 1,
        "properties": {"name": _WORDS, "url": _ADDRESS, "avatar": _ADDRESS},
    },
}
_OWN = {"^_[^.]+$": {"type": "object"}}  # the publisher's own fields begin with a dash
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "patternProperties": _OWN,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": _WORDS,
        **dict.fromkeys(("home_page_url", "feed_url", "next_url", "icon", "favicon"), _ADDRESS),
        "description": {"type": "string"},
        "user_comment": {"type": "string"},
        "expired": {"type": "boolean"},
        "authors": _AUTHORS,
        "language": _TONGUE,
        "hubs": {"type": "array", "items": {"type": "object", "required": ["type", "url"],
                                            "properties": {"type": _WORDS, "url": _ADDRESS}}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "patternProperties": _OWN,
                "properties": {
                    "id": _WORDS,
                    **dict.fromkeys(("url", "external_url", "image", "banner_image"), _ADDRESS),
                    **{name: {"type": "string"} for name in ("title", "content_html", "content_text", "summary")},
                    "date_published": _MOMENT,
                    "date_modified": _MOMENT,
                    "authors": _AUTHORS,
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": _TONGUE,
                    "attachments": {"type": "array", "items": {"type": "object", "required": ["url", "mime_type"]}},
                },
            },
        },
    },
}  # fmt: skip


def kind_of(path: str) -> str:
    """The name of the format that a file is held against; empty for a file without one."""
    return next((name for name, (pattern, _) in KINDS.items() if re.search(pattern, path)), "")


def faults(path: str, body: bytes) -> list[str]:
    """What is wrong with a file of the site by the rules of its format; empty when it is sound or has none."""
    kind = kind_of(path)
    return list(KINDS[kind][1](body)) if kind else []


@cache
def grammar(name: str) -> etree.RelaxNG:
    """One of the grammars beside this file."""
    return etree.RelaxNG(etree.parse(_HERE / f"{name}.rng"))


def _by(name: str, root: etree._Element) -> list[str]:
    rules = grammar(name)
    return [] if rules.validate(root) else [str(error) for error in rules.error_log]


def _html(body: bytes) -> Iterable[str]:
    for block in schema_org.blocks(body.decode()):
        yield from schema_org.faults(block)


def _atom(body: bytes) -> Iterable[str]:
    root = etree.fromstring(body)
    yield from _by("atom", root)
    read = feedparser.parse(body)
    if read.bozo or len(read.entries) != len(root.findall("a:entry", _A)):
        yield f"feedparser reads {len(read.entries)} entries: {read.get('bozo_exception')}"
    yield from (f"id {one} twice" for one in _twice(root.xpath("//a:entry/a:id/text()", namespaces=_A)))
    for one in (root, *root.findall("a:entry", _A)):  # 4.1.1, 4.1.2: one alternate of a type and language
        links = one.xpath("a:link[not(@rel) or @rel='alternate']", namespaces=_A)
        yield from (f"alternate {of} twice" for of in _twice((at.get("type"), at.get("hreflang")) for at in links))
        if one is not root and one.find("a:content", _A) is None and not links:
            yield "an entry with neither content nor an alternate"
        if one is not root and root.find("a:author", _A) is None and one.find("a:author", _A) is None:
            yield "an entry that nobody wrote"
    if not root.xpath("a:link[@rel='self']", namespaces=_A):
        yield "no link to itself"


def _twice(values: Iterable[object]) -> list[object]:
    return [value for value, times in Counter(values).items() if times > 1]


def _json_feed(body: bytes) -> Iterable[str]:
    feed = json.loads(body)
    yield from (error.message for error in jsonschema.Draft202012Validator(JSON_FEED).iter_errors(feed))
    yield from (f"id {one} twice" for one in _twice(item.get("id") for item in feed.get("items", [])))


def _sitemap(body: bytes) -> Iterable[str]:
    root = etree.fromstring(body)
    yield from _by("sitemap", root)
    yield from (f"{one} twice" for one in _twice(root.xpath("*/*[local-name()='loc']/text()")))
    if len(root) > 50_000 or len(body) > 50 * 2**20:
        yield "too large for one sitemap"


def _opml(body: bytes) -> Iterable[str]:
    root = etree.fromstring(body)
    outlines = root.findall(".//outline")
    if (root.tag, root.get("version"), [one.tag for one in root]) != (
        "opml",
        "2.0",
        ["head", "body"],
    ) or not outlines:
        yield "no OPML 2.0 with head, body and outlines"
    yield from ("an outline without text" for one in outlines if not one.get("text"))
    yield from (
        "a feed without its address" for one in outlines if one.get("type") == "rss" and not one.get("xmlUrl")
    )
    read = listparser.parse(body.decode())
    if read.bozo or len(read.feeds) != len({one.get("xmlUrl") for one in outlines}):
        yield f"listparser reads {len(read.feeds)} feeds: {read.get('bozo_exception')}"


def _llms(body: bytes) -> Iterable[str]:
    """One title, one summary, words without headings, then headings with lists of links only (llmstxt.org)."""
    head, *sections = re.split(r"^## +", body.decode(), flags=re.M)
    if not re.match(r"# \S.*\n\n> \S.*\n(?!.*^#)", head, re.M | re.S) or not sections:
        yield "no title, summary and lists"
    for section in sections:
        lines = [line for line in section.splitlines()[1:] if line.strip()]
        yield from (
            f"no link: {one}" for one in lines if not re.fullmatch(r"- \[[^\]]+\]\(https?://\S+\)(: .+)?", one)
        )
        if not lines:
            yield "a heading over nothing"


def _robots(body: bytes) -> Iterable[str]:
    if not list(Protego.parse(body.decode()).sitemaps):
        yield "no sitemap"


def _security(body: bytes) -> Iterable[str]:
    fields = Counter(line.partition(":")[0] for line in body.decode().splitlines())  # RFC 9116, 2.5
    if not fields["Contact"] or fields["Expires"] != 1 or fields["Preferred-Languages"] > 1:
        yield f"fields {dict(fields)}"


KINDS: dict[str, tuple[str, Callable[[bytes], Iterable[str]]]] = {
    "html": (r"\.html$", _html),
    "atom": (r"\.atom$", _atom),
    "json feed": (r"feed\.json$", _json_feed),
    "sitemap": (r"(sitemap|news)\.xml$", _sitemap),
    "opml": (r"\.opml$", _opml),
    "llms.txt": (r"^llms\.txt$", _llms),
    "robots.txt": (r"^robots\.txt$", _robots),
    "security.txt": (r"security\.txt$", _security),
}
