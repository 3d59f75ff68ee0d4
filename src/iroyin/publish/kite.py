"""A story in the field names of Kagi News's open front end, so that its readers can read us (names alone are taken)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from iroyin.model import Brief, Sentence
from iroyin.publish.attribution import attributed, opening


def kite_story(
    number: int, section: str, brief: Brief, sources: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """The story with `sources` as `claims.json` holds them; citations are `[domain#n]`, n counting a domain's own."""
    marks, articles = _citations(sources)
    body = [s for part in brief.body for s in part.sentences]
    quote = next(iter(brief.quotes), None)
    first = sources.get(quote.spans[0].article_id, {}) if quote else {}
    return {
        "id": brief.story_id,
        "cluster_number": number,
        "unique_domains": len({a["domain"] for a in articles}),
        "number_of_titles": brief.counts.articles,
        "sourceLanguage": brief.language,
        "selectedLanguage": brief.language,
        "category": section,
        "title": brief.headline.text,
        "short_summary": " ".join(_cited(s, marks) for s in brief.lede) or opening(brief),
        "talking_points": [_cited(s, marks) for s in body],
        "quote": quote.text if quote else "",
        "quote_author": quote.speaker if quote else "",
        "quote_attribution": first.get("outlet", ""),
        "quote_source_url": first.get("url", ""),
        "quote_source_domain": urlsplit(first.get("url", "")).hostname or "",
        "perspectives": [
            {"text": f"{d.label}: {s.text}", "sources": [{"name": s.attribution, "url": ""}]}
            for d in brief.differences
            for s in d.statements
        ],
        "articles": articles,
        "domains": [
            {"name": name, "favicon": "", "isPaywalled": False} for name in sorted({a["domain"] for a in articles})
        ],
    }


def _citations(sources: Mapping[str, Mapping[str, Any]]) -> tuple[dict[str, str], list[dict[str, str]]]:
    marks: dict[str, str] = {}
    articles: list[dict[str, str]] = []
    seen: dict[str, int] = {}
    for article_id, source in sources.items():
        domain = urlsplit(source.get("url", "")).hostname or ""
        if domain:
            seen[domain] = seen.get(domain, 0) + 1
            marks[article_id] = f"[{domain}#{seen[domain]}]"
            articles.append({"title": source.get("title", ""), "link": source["url"], "domain": domain,
                             "date": source.get("published_at", ""), "image": "", "image_caption": ""})  # fmt: skip
    return marks, articles


def _cited(sentence: Sentence, marks: Mapping[str, str]) -> str:
    found = dict.fromkeys(marks[s.article_id] for s in sentence.spans if s.article_id in marks)
    return " ".join((attributed(sentence), *found))
