"""What machines read of a story: schema.org `NewsArticle` in JSON-LD, matching what the page shows."""

import json
from collections.abc import Mapping
from typing import Any

from iroyin.model import Article, Brief, Figure, TagKind
from iroyin.publish.attribution import opening
from iroyin.publish.document import section_name, web_address
from iroyin.publish.evidence import cited
from iroyin.publish.locale import tag
from iroyin.publish.tags import tag_name, tag_path
from iroyin.publish.views import AUDIO, CARD, FIGURE, SiteView, StoryView

EXTRACTED = "https://schema.org/AlgorithmicMediaDigitalSource"
WRITTEN = "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
_LONGEST_HEADLINE = 110
_SUBJECTS = {TagKind.PLACE: "Place", TagKind.PERSON: "Person", TagKind.ORGANISATION: "Organization"}


def description(brief: Brief, length: int = 160) -> str:
    """The lede's first sentences up to about `length` characters, cut at a word if the first alone is longer."""
    shown = (opening(brief, count) for count in range(len(brief.lede), 0, -1))
    return _shortened(next((text for text in shown if len(text) <= length), "") or opening(brief, 1), length)


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    short = text[:length].rsplit(" ", 1)[0] if " " in text[:length] else text[:length]
    return short.rstrip(" ,;:") + "…"


def source_type(writer: str) -> str:
    """The schema.org term for how the text was made: by an algorithm, or by a trained model."""
    return EXTRACTED if writer.lower().startswith("extractive") else WRITTEN


def script_safe(document: Mapping[str, Any]) -> str:
    """JSON that may stand inside a `script` element: `<`, `>` and `&` are written as escapes."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(sign, escape)
    return text


def organisation(site: SiteView, language: str) -> dict[str, Any]:
    """The desk as the publisher, with its policies."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": site.absolute("/#desk"),
        "name": site.name,
        "url": site.absolute(f"/{language}/"),
        "publishingPrinciples": site.absolute(f"/{language}/method"),
        "correctionsPolicy": site.absolute(f"/{language}/corrections"),
        "verificationFactCheckingPolicy": site.absolute(f"/{language}/method"),
    }


def news_article(view: StoryView, site: SiteView, art: Figure, editions: Mapping[str, str]) -> str:
    """The story's JSON-LD, safe inside a `script` element."""
    brief, language = view.brief, view.brief.language
    url = site.absolute(view.path)  # not percent-encoded: JSON-LD takes IRIs, in a third of the bytes
    sources = [_source(a) for a in cited(brief, view.articles)]
    desk = organisation(site, language)
    made = source_type(brief.writer)
    headline = _shortened(brief.headline.text, _LONGEST_HEADLINE)
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "identifier": view.story.id,
        "url": url,
        "mainEntityOfPage": url,
        "headline": headline,
        "alternativeHeadline": opening(brief, 1) if headline == brief.headline.text else brief.headline.text,
        "description": description(brief),
        "inLanguage": tag(language),
        "datePublished": (view.published_at or brief.written_at).isoformat(),
        "dateModified": brief.written_at.isoformat(),
        "articleSection": section_name(language, view.section),
        "keywords": [tag_name(t, language) for t in brief.tags],
        "author": {
            **{name: desk[name] for name in ("@type", "@id", "name", "url")},
            "@reverse": {"agent": _writing(brief, url)},
        },
        "publisher": desk,
        "isAccessibleForFree": True,
        "digitalSourceType": made,
        "version": brief.version,
        **_corrections(view, desk),
        "publishingPrinciples": desk["publishingPrinciples"],
        **_subjects(view, site),
        "image": _image(view, site, art),
        **_audio(view, site),
        "isBasedOn": [source.get("url", source) for source in sources],
        "citation": sources,
        "subjectOf": {"@type": "Dataset", "name": "claims.json", "url": f"{url}/claims.json"},
    }
    others = [site.absolute(path) for code, path in editions.items() if code != language]
    if others:
        document["workTranslation"] = [{"@type": "NewsArticle", "url": other} for other in others]
    return script_safe(document)


def _image(view: StoryView, site: SiteView, art: Figure) -> dict[str, Any]:
    return {
        "@type": "ImageObject",
        "contentUrl": site.absolute(f"{view.path}{CARD if view.card and view.card.png else FIGURE}"),
        "width": _pixels(1200),
        "height": _pixels(675),
        "caption": art.caption,
        "creditText": site.name,
        "digitalSourceType": EXTRACTED if art.made_by == "code" else WRITTEN,
    }


def _audio(view: StoryView, site: SiteView) -> dict[str, Any]:
    """The page read aloud, which a trained model did; nothing when it is not there."""
    if view.audio is None or not view.audio.mp3:
        return {}
    return {
        "audio": {
            "@type": "AudioObject",
            "contentUrl": site.absolute(f"{view.path}{AUDIO}"),
            "encodingFormat": "audio/mpeg",
            "inLanguage": tag(view.brief.language),
            "digitalSourceType": WRITTEN,
        }
    }


def _pixels(number: int) -> dict[str, Any]:
    """A length in pixels, as schema.org wants it: a bare number is no length. E37 is UN/CEFACT's pixel."""
    return {"@type": "QuantitativeValue", "value": number, "unitCode": "E37"}


def _writing(brief: Brief, url: str) -> dict[str, Any]:
    """Who wrote with what: an author is a person or an organisation, so the software stands as its instrument."""
    software = {
        "@type": "SoftwareApplication",
        "name": f"Iroyin, {brief.writer}".strip(", "),
        "applicationCategory": "Artificial intelligence",
    }
    return {"@type": "CreateAction", "instrument": software, "result": {"@id": url},
            "endTime": brief.written_at.isoformat()}  # fmt: skip


def _subjects(view: StoryView, site: SiteView) -> dict[str, Any]:
    """What the article is about (its topics) and whom and what it mentions, with the page of each that has one."""
    language = view.brief.language
    told: dict[str, list[dict[str, Any]]] = {}
    for one in view.brief.tags:
        subject = {"@type": _SUBJECTS.get(one.kind, "Thing"), "name": tag_name(one, language)}
        if one.key in view.linked_tags:
            subject["url"] = site.absolute(tag_path(language, one.key))
        told.setdefault("about" if one.kind is TagKind.TOPIC else "mentions", []).append(subject)
    return told


def _source(article: Article) -> dict[str, Any]:
    source: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title,
        "inLanguage": tag(article.language),
        "datePublished": article.published_at.isoformat(),
        "publisher": {"@type": "Organization", "name": article.outlet},
    }
    if web_address(article.url):
        source["url"] = article.url
    return source


def _corrections(view: StoryView, desk: Mapping[str, Any]) -> dict[str, Any]:
    """What was put right, as schema.org tells it; nothing when nothing was."""
    made = (one for version in view.versions for one in version.amendments if one.is_correction)
    told = [
        {
            "@type": "CorrectionComment",
            "text": " → ".join(part for part in (one.before, one.after) if part),
            "datePublished": one.at.isoformat(),
            "author": {"@id": desk["@id"]},
        }
        for one in made
        if one.before
    ]
    return {"correction": told} if told else {}
