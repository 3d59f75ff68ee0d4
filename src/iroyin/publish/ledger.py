"""`claims.json`: each printed sentence with the spans it stands on, so that a stranger can check the page."""

import json
from typing import Any

from iroyin.model import Article, Card, Figure, Finding, Sentence, Utterance
from iroyin.publish.changes import amended
from iroyin.publish.evidence import Articles
from iroyin.publish.locale import tag
from iroyin.publish.people import heard
from iroyin.publish.views import SiteView, StoryView


def ledger(view: StoryView, site: SiteView, art: Figure) -> bytes:
    """The ledger of a proved brief as JSON. Offsets count Unicode characters of the article's stored text."""
    brief = view.brief
    sources = {i: _source(a) for i, a in view.articles.items() if i in _used(view)}
    document = {
        "format": "iroyin-claims/1",
        "story": brief.story_id,
        "version": brief.version,
        "language": tag(brief.language),
        "url": site.absolute(view.path),
        "publisher": site.name,
        "sample": site.sample,
        "written_at": brief.written_at.isoformat(),
        "writer": brief.writer,
        "ai_generated": True,
        "counts": {
            "articles": brief.counts.articles,
            "texts": brief.counts.texts,
            "newsrooms": brief.counts.newsrooms,
        },
        "checks": list(brief.checks),
        "sentences": [
            {"n": n, "part": part, **_sentence(s, view.articles)} for n, (part, s) in enumerate(_parts(view))
        ],
        "quotes": [_utterance(one, view.articles) for one in brief.utterances],
        "figure": {"kind": art.kind, "made_by": art.made_by, "sentences": list(art.claims), **_carded(view.card)},
        "cut": [_finding(f) for f in brief.cut],
        "gaps": [{"field": gap.field, "read": list(gap.read)} for gap in brief.gaps],
        "changes": [amended(one) for version in view.versions for one in version.amendments],
        "sources": sources,
        "reaction": heard(view.reaction) if view.reaction else None,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _carded(card: Card | None) -> dict[str, object]:
    """Whether there is a PNG for sharing, and why not."""
    if card is None:
        return {}
    return {"card": True} if card.png else {"card": False, "why_no_card": card.reason or "not drawn yet"}


def _parts(view: StoryView) -> list[tuple[str, Sentence]]:
    brief = view.brief
    return [
        ("headline", brief.headline),
        *(("lede", s) for s in brief.lede),
        *(("body", s) for part in brief.body for s in part.sentences),
        *(("quote", s) for s in brief.quotes),
        *(("difference", s) for d in brief.differences for s in d.statements),
        *(("unknown", s) for s in brief.unknown),
    ]


def _used(view: StoryView) -> set[str]:
    return {span.article_id for s in view.brief.all_sentences() for span in s.spans}


def _sentence(sentence: Sentence, articles: Articles) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "language": sentence.language,
        "kind": str(sentence.kind),
        "attribution": sentence.attribution,
        "speaker": sentence.speaker,
        "newsrooms": sentence.newsrooms,
        "findings": [_finding(f) for f in sentence.findings],
        "spans": [
            {
                "article": span.article_id,
                "start": span.start,
                "end": span.end,
                "sha256": span.hash,
                "text": articles[span.article_id].text[span.start : span.end],
                "outlet": articles[span.article_id].outlet,
                "url": articles[span.article_id].url,
                "date": articles[span.article_id].published_at.isoformat(),
                "language": articles[span.article_id].language,
            }
            for span in sentence.spans
        ],
    }


def _utterance(one: Utterance, articles: Articles) -> dict[str, Any]:
    """Who said it, and each outlet's wording in the language it was published in."""
    return {
        "speaker": one.speaker,
        "role": one.role,
        "variants": [
            {
                "text": quote.text,
                "language": tag(quote.language),
                "outlet": quote.outlet,
                "speaker": quote.speaker,
                "verb": quote.verb,
                "translated": quote.translated,
                "article": quote.span.article_id,
                "start": quote.span.start,
                "end": quote.span.end,
                "sha256": quote.span.hash,
                "url": articles[quote.span.article_id].url,
            }
            for quote in one.variants
        ],
    }


def _source(article: Article) -> dict[str, Any]:
    return {
        "outlet": article.outlet,
        "newsroom": article.newsroom,
        "title": article.title,
        "url": article.url,
        "published_at": article.published_at.isoformat(),
        "language": article.language,
        "country": article.country,
        "kind": str(article.kind),
        "ai_written": article.ai_written,
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {"code": finding.code, "text": finding.text, "near": finding.near, "severity": str(finding.severity)}
