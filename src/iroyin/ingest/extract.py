"""One HTML page to the plain text of its article and what the page says of it.

    bytes ─ decode ─▶ check depth ─▶ tree ─▶ metadata, opt-outs ─▶ remove hidden ─▶ trafilatura ─▶ Extract

trafilatura with `favor_precision` reads the text; readability takes over below 250 characters.
"""

import re
from datetime import UTC, datetime
from typing import Any

from iroyin.errors import ParseError
from iroyin.ingest import hidden, markup, metadata, optout, origin, plain, thin
from iroyin.ingest.charset import decode, inflate
from iroyin.ingest.wrapper import parsing
from iroyin.languages.tidy import tidy
from iroyin.model import Extract

FALLBACK_BELOW = 250

_FAR_FUTURE = datetime(2100, 1, 1, tzinfo=UTC)
_NOT_TEXT = re.compile(rb"%PDF-|\x89PNG|GIF8|\xff\xd8\xff|PK\x03\x04|\x7fELF|Rar!|RIFF|\x00\x00\x00.ftyp", re.S)
_LINES = re.compile(r"\s*\n\s*")


def extract(
    body: bytes, *, url: str, charset: str = "", language: str = "", now: datetime | None = None
) -> Extract:
    """The article on the page at `url`; `charset` is what the server stated. Raises ParseError, nothing else.

    Dates later than `now` + 1 day are not believed; without `now` only absurd ones are.
    """
    with parsing():
        return _extract(body, url, charset, language=language, now=now or _FAR_FUTURE)


def _extract(body: bytes, url: str, encoding: str, *, language: str, now: datetime) -> Extract:
    text, damage = _decoded(body, encoding, language)
    markup.check_html(text)
    root = _tree(text)
    told = metadata.read(root, url=url, now=now, language=language)
    refused = optout.from_page(root)
    notes = [damage] if damage else []
    removed = hidden.remove_hidden(root)
    if removed:
        notes.append(f"{removed} hidden elements removed")
    words, by = _text(root, url)
    notes += [f"text by {by}"] if by else []
    words = _without_title(words, told.title)
    wall = thin.reason(told.title, words, told.language)
    return Extract(
        title=told.title,
        text=words,
        author=told.author,
        published_at=told.published_at,
        date_confidence=told.date_confidence,
        canonical_url=told.canonical_url,
        language=told.language,
        site_name=told.site_name,
        origin=origin.canonical_name(told.origin) if told.origin else origin.named(words, told.language),
        opt_out=refused,
        thin=bool(wall),
        paywalled=told.paywalled,
        notes=(*notes, *([f"thin: {wall}"] if wall else [])),
    )


def _decoded(body: bytes, encoding: str, language: str) -> tuple[str, str]:
    body = inflate(body)
    if not body.strip():
        raise ParseError("empty")
    if _NOT_TEXT.match(body):
        raise ParseError("not a page")
    text, damage = decode(body, content_type=f"charset={encoding}" if encoding else "", language=language)
    if text.count("\0") > len(text) // 100:
        raise ParseError("not a page: binary bytes")
    return text.replace("\0", ""), damage


def _tree(text: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ParseError("not a page") from error
    return root


def _text(root: Any, url: str) -> tuple[str, str]:
    """The article's text, one paragraph a line, and the name of the fallback when that was used."""
    import trafilatura

    found = trafilatura.bare_extraction(root, url=url or None, favor_precision=True, include_comments=False)
    # Its caches grow (issues 216, 219); emptying them costs 14 ms a page, so the child process is replaced.
    text = _paragraphs(getattr(found, "text", "") or "")
    if len(text) >= FALLBACK_BELOW:
        return text, ""
    second = _paragraphs(_readability(root, url))
    return (second, "readability") if len(second) > 2 * len(text) and len(second) >= FALLBACK_BELOW else (text, "")


def _readability(root: Any, url: str) -> str:
    import html_text
    from lxml import html
    from readability import Document

    summary = Document(html.tostring(root, encoding="unicode"), url=url or None).summary(html_partial=True)
    return str(html_text.extract_text(summary))


def _paragraphs(text: str) -> str:
    return plain.shorten(_LINES.sub("\n", tidy(text)).strip(), plain.MOST_TEXT)


def _without_title(text: str, title: str) -> str:
    """The text without its title repeated as first line."""
    first, _, rest = text.partition("\n")
    return rest if title and rest and _folded(first) == _folded(title) else text


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
