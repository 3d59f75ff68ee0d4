"""The one door for feed documents: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed and news sitemaps.

    bytes ─ inflate ─▶ decode ─▶ clean ─▶ check depth ─▶ read (xmlfeed, jsonfeed, sitemap) ─▶ choose ─▶ ParsedFeed

Whatever is wrong ends in ParseError with a short reason; the libraries behind this door may raise anything.
"""

from datetime import datetime

from iroyin.errors import ParseError
from iroyin.ingest import charset, cleaner, entries, jsonfeed, markup, plain, sitemap, xmlfeed
from iroyin.ingest.document import Document
from iroyin.ingest.identity import clean_url
from iroyin.ingest.wrapper import parsing
from iroyin.model import ParsedFeed

MOST_ENTRIES = 500


def parse(
    body: bytes, *, url: str, content_type: str = "", now: datetime, language: str = "", limit: int = MOST_ENTRIES
) -> ParsedFeed:
    """The feed in these bytes, fetched from `url`. Raises ParseError, nothing else."""
    with parsing():
        return _parse(body, url, content_type, now=now, language=language, limit=limit)


def _parse(body: bytes, url: str, content_type: str, *, now: datetime, language: str, limit: int) -> ParsedFeed:
    text, damage = charset.decode(charset.inflate(body), content_type=content_type, language=language)
    document = _document(text)
    spoken = entries.language_code(document.language) or language
    base = clean_url(document.base, url) or clean_url(document.home, url) or url
    chosen = entries.choose(document.items, base=base, now=now, language=spoken, limit=limit)
    return ParsedFeed(
        format=document.kind,
        title=plain.line(document.title),
        language=spoken,
        home_url=clean_url(document.home, url),
        hub_url=clean_url(document.hub, url),
        ttl_minutes=_minutes(document.ttl),
        entries=chosen.entries,
        skipped=chosen.skipped,
        notes=(*filter(None, (damage,)), *document.notes, *chosen.notes),
    )


def _document(text: str) -> Document:
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in {"{", "["}:
        return jsonfeed.read(text)
    cleaned = cleaner.clean(text)
    if cleaned is None:
        raise ParseError(_not_a_feed(text))
    markup.check_xml(cleaned.text)
    if cleaned.root in {"urlset", "sitemapindex"}:
        return sitemap.read(cleaned)
    if cleaned.root == "opml":
        raise ParseError("a list of feeds (OPML), not a feed")
    return xmlfeed.read(cleaned)


def _not_a_feed(text: str) -> str:
    """What the text is instead of a feed, in a few words."""
    head = text[:20_000].lower()
    if not head.strip("\ufeff\x00 \t\r\n"):
        return "empty"
    if not any(mark in head for mark in ("<html", "<!doctype html", "<head", "<body", "<title")):
        return "not a feed"
    if any(
        sign in head for sign in ("captcha", "cf-chl", "just a moment", "are you a robot", "verify you are human")
    ):
        return "not a feed: a captcha page"
    if 'type="password"' in head or "type='password'" in head:
        return "not a feed: a login page"
    return "not a feed: a web page"


def _minutes(ttl: str) -> int | None:
    ttl = ttl.strip()
    return min(int(ttl), 60 * 24 * 30) if ttl.isascii() and ttl.isdigit() and len(ttl) < 9 and int(ttl) else None
