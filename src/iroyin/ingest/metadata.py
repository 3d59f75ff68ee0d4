"""What a page says of itself: JSON-LD first, then Open Graph and other meta elements, then the markup."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from iroyin.ingest import dates, plain
from iroyin.ingest.entries import language_code
from iroyin.ingest.identity import clean_url
from iroyin.model import Confidence

MOST_JSON = 500_000
MOST_NODES = 2_000

_ARTICLES = frozenset(
    {
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
        "reviewnewsarticle", "backgroundnewsarticle", "askpublicnewsarticle", "liveblogposting", "blogposting",
        "socialmediaposting", "report", "techarticle", "scholarlyarticle", "webpage"
    }
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date",
    "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date", "article.published", "publish-date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own statements, cleaned; empty where it makes none."""

    title: str = ""
    author: str = ""
    published_at: datetime | None = None
    date_confidence: Confidence = Confidence.NONE
    canonical_url: str = ""
    language: str = ""
    site_name: str = ""
    origin: str = ""
    paywalled: bool = False


def read(root: Any, *, url: str, now: datetime, language: str = "") -> Metadata:
    """The metadata of a parsed page (lxml tree), as it stands before anything is removed."""
    article = _article(root)
    meta = _meta(root)
    spoken = _language(root, article, meta) or language_code(language)
    published, confidence = _date(root, article, meta, now=now, language=spoken)
    names = _names(article.get("author")) or _first(meta, *_AUTHORS)
    return Metadata(
        title=plain.line(_text(article.get("headline")) or _first(meta, *_TITLES) or _title_element(root)),
        author=plain.line("" if names.startswith("http") else names, most=200),
        published_at=published,
        date_confidence=confidence,
        canonical_url=_canonical(root, meta, url),
        language=spoken,
        site_name=plain.line(
            _first(meta, "og:site_name", "application-name") or _names(article.get("publisher")), most=200
        ),
        origin=plain.line(_names(article.get("sourceOrganization")) or _names(article.get("provider")), most=200),
        paywalled=_is_false(article.get("isAccessibleForFree"))
        or _first(meta, "article:content_tier") == "locked",
    )


def json_ld(root: Any) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of the page, those inside `@graph` and lists too; broken JSON is passed over."""
    count = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        stack = [_loaded(script.text or "")]
        while stack and count < MOST_NODES:
            value = stack.pop()
            if isinstance(value, list):
                stack.extend(reversed(value[:MOST_NODES]))
            elif isinstance(value, dict):
                count += 1
                yield value
                stack.extend(value[name] for name in ("mainEntity", "@graph") if name in value)


def _loaded(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    if len(text) > MOST_JSON:
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _article(root: Any) -> dict[str, Any]:
    """The JSON-LD object of the article: the most specific kind that has a headline."""
    best: tuple[int, dict[str, Any]] = (0, {})
    for node in json_ld(root):
        kinds = node.get("@type")
        names = {kind.lower() for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}
        if not names & _ARTICLES:
            continue
        score = 1 + ("webpage" not in names) + 2 * bool(_text(node.get("headline")))
        if score > best[0]:
            best = (score, node)
    return best[1]


def _meta(root: Any) -> dict[str, list[str]]:
    """Contents of meta elements by lower-case name, property or itemprop."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content[:5000])
    return found


def _first(meta: dict[str, list[str]], *names: str) -> str:
    return next((meta[name][0] for name in names if name in meta), "")


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any) -> str:
    """Names of people or organisations given as text, object or list."""
    values: Sequence[Any] = value[:8] if isinstance(value, list) else [value]
    names = [_text(one.get("name")) if isinstance(one, dict) else _text(one) for one in values]
    return ", ".join(dict.fromkeys(name for name in names if name and not name.startswith("http")))


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower().rpartition("/")[2] == "false")


def _title_element(root: Any) -> str:
    for name in ("h1", "title"):
        found = [" ".join(element.text_content().split()) for element in root.iter(name)]
        texts = [text for text in found if text]
        if len(texts) == 1 or (name == "title" and texts):
            return texts[0]
    return ""


def _canonical(root: Any, meta: dict[str, list[str]], url: str) -> str:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            found = clean_url(link.get("href") or "", url)
            if found:
                return found
    return clean_url(_first(meta, "og:url"), url)


def _language(root: Any, article: dict[str, Any], meta: dict[str, list[str]]) -> str:
    top = root.getroottree().getroot()
    stated = (
        top.get("lang"),
        top.get("{http://www.w3.org/XML/1998/namespace}lang"),
        _text(article.get("inLanguage")),
    )
    more = (_first(meta, "og:locale"), _first(meta, "content-language", "dc.language", "language"))
    return next((code for code in map(language_code, (text or "" for text in (*stated, *more))) if code), "")


def _date(
    root: Any, article: dict[str, Any], meta: dict[str, list[str]], *, now: datetime, language: str
) -> dates.Dated:
    stated = [_text(article.get(name)) for name in ("datePublished", "dateCreated")]
    stated += [_first(meta, name) for name in _DATES]
    elements = list(root.iter("time"))[:20]
    stated += [e.get("datetime", "") for e in elements if "pub" in " ".join(e.attrib.values()).lower()]
    if len(elements) == 1:
        stated += [elements[0].get("datetime", ""), elements[0].text_content()[:100]]
    best: dates.Dated = (None, Confidence.NONE)
    for text in filter(None, stated):
        found = dates.parse(text, now=now, language=language)
        if found[1] is Confidence.HIGH:
            return found
        best = best if best[0] else found
    return best
