"""The API's description in OpenAPI 3.1, served at `/api/v1/openapi.json`."""

from typing import Any

_TEXT: dict[str, Any] = {"type": "string"}
_TRUTH: dict[str, Any] = {"type": "boolean"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_FAILURES = {"400": "A parameter makes no sense", "404": "There is nothing here", "410": "It was retracted"}
_MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(of: Any) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _query(name: str, schema: dict[str, Any], about: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": about}


def _path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def _get(
    name: str, about: str, answer: dict[str, Any], *parameters: dict[str, Any], fails: tuple[str, ...] = ()
) -> Any:
    told = {"description": about, "content": {"application/json": {"schema": answer}}}
    responses: dict[str, Any] = {"200": told, "304": {"description": "Not modified: the ETag still holds"}}
    for status in fails:
        responses[status] = {"description": _FAILURES[status],
                             "content": {"application/json": {"schema": _named("Error")}}}  # fmt: skip
    return {"get": {"operationId": name, "summary": about, "parameters": list(parameters), "responses": responses}}


def _schemas() -> dict[str, Any]:
    counts = _object(articles=_COUNT, texts=_COUNT, newsrooms=_COUNT)
    story = _object(
        id=_TEXT, language=_TEXT, headline=_TEXT, summary=_TEXT, section=_TEXT, url={**_TEXT, "format": "uri"},
        claims={**_TEXT, "format": "uri"}, updated=_MOMENT, counts=counts, tags=_list(_TEXT),
        ai_generated=_TRUTH, writer=_TEXT,
    )  # fmt: skip
    feed = _object(
        outlet=_TEXT, url=_TEXT, language=_TEXT, country=_TEXT, owner=_TEXT, kind=_TEXT, status=_TEXT,
        ok_at={"type": ["string", "null"], "format": "date-time"}, reason=_TEXT,
    )  # fmt: skip
    editions = {"type": "object", "additionalProperties": _named("Edition")}
    return {
        "Edition": story,
        "Story": _object(id=_TEXT, section=_TEXT, first_at=_MOMENT, last_at=_MOMENT, editions=editions),
        "Stories": _object(stories=_list(_named("Edition")), next={"type": ["string", "null"]}),
        "Found": _object(stories=_list(_named("Edition")), more=_TRUTH, stopped=_TRUTH),
        "Languages": _object(languages=_list(_object(code=_TEXT, tag=_TEXT))),
        "Feeds": _object(feeds=_list(feed)),
        "Claims": _claims(counts),
        "Kite": _kite(),
        "Error": _object(error=_TEXT),
    }


def _claims(counts: dict[str, Any]) -> dict[str, Any]:
    """`claims.json`. Texts of spans, titles and quotes are the sources' own: third-party text."""
    finding = _object(code=_TEXT, text=_TEXT, near=_TEXT, severity=_TEXT)
    place = {"article": _TEXT, "start": _COUNT, "end": _COUNT, "sha256": {**_TEXT, "pattern": "^[0-9a-f]{64}$"}}
    span = _object(**place, text=_TEXT, outlet=_TEXT, url=_TEXT, date=_MOMENT, language=_TEXT)
    parts = ["headline", "lede", "body", "quote", "difference", "unknown"]
    sentence = _object(
        n=_COUNT, part={"enum": parts}, text=_TEXT, language=_TEXT, kind=_TEXT, attribution=_TEXT, speaker=_TEXT,
        newsrooms=_COUNT, findings=_list(finding), spans={**_list(span), "minItems": 1},
    )  # fmt: skip
    variant = _object(
        **place, text=_TEXT, language=_TEXT, outlet=_TEXT, speaker=_TEXT, verb=_TEXT, translated=_TRUTH, url=_TEXT
    )
    source = _object(
        outlet=_TEXT, newsroom=_TEXT, title=_TEXT, url=_TEXT, published_at=_MOMENT, language=_TEXT, country=_TEXT,
        kind=_TEXT, ai_written=_TRUTH,
    )  # fmt: skip
    change = _object(
        version=_COUNT, at=_MOMENT, kind=_TEXT, reason=_TEXT, detail=_TEXT, before=_TEXT, after=_TEXT,
        of_substance=_TRUTH, is_correction=_TRUTH,
    )  # fmt: skip
    figure = _object(kind=_TEXT, made_by=_TEXT, sentences=_list(_COUNT))
    figure["properties"] |= {"card": _TRUTH, "why_no_card": _TEXT}  # where cards for sharing are made
    ledger = _object(
        format={"const": "iroyin-claims/1"}, story=_TEXT, version=_COUNT, language=_TEXT,
        url={**_TEXT, "format": "uri"}, publisher=_TEXT, sample=_TRUTH, written_at=_MOMENT, writer=_TEXT,
        ai_generated={"const": True}, counts=counts,
        checks=_list(_TEXT), sentences=_list(sentence),
        quotes=_list(_object(speaker=_TEXT, role=_TEXT, variants=_list(variant))),
        figure=figure, cut=_list(finding),
        gaps=_list(_object(field=_TEXT, read=_list(_TEXT))), changes=_list(change),
        sources={"type": "object", "additionalProperties": source}, reaction={"type": ["object", "null"]},
    )  # fmt: skip
    return {**ledger, "description": "claims.json: every sentence with the spans it stands on"}


def _kite() -> dict[str, Any]:
    article = _object(title=_TEXT, link=_TEXT, domain=_TEXT, date=_TEXT, image=_TEXT, image_caption=_TEXT)
    told = _object(text=_TEXT, sources=_list(_object(name=_TEXT, url=_TEXT)))
    story = _object(
        id=_TEXT, cluster_number=_COUNT, unique_domains=_COUNT, number_of_titles=_COUNT, sourceLanguage=_TEXT,
        selectedLanguage=_TEXT, category=_TEXT, title=_TEXT, short_summary=_TEXT, talking_points=_list(_TEXT),
        quote=_TEXT, quote_author=_TEXT, quote_attribution=_TEXT, quote_source_url=_TEXT, quote_source_domain=_TEXT,
        perspectives=_list(told), articles=_list(article),
        domains=_list(_object(name=_TEXT, favicon=_TEXT, isPaywalled=_TRUTH)),
    )  # fmt: skip
    told_by = _object(category=_TEXT, timestamp=_COUNT, stories=_list(story))
    return {**told_by, "description": "Stories in the field names of Kagi News's open front end"}


def description(name: str, url: str) -> dict[str, Any]:
    """The whole document for a site of this name and address."""
    language = _query("language", _TEXT, "A language of the site, such as en or yo")
    limit = _query("limit", {"type": "integer", "minimum": 1, "maximum": 100}, "Most stories in the answer")
    cursor = _query("cursor", _TEXT, "`next` of the page before")
    words = {**_query("q", _TEXT, "Words to look for"), "required": True}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{name}: stories and their evidence",
            "version": "1",
            "description": "Read only. Articles are put together by AI from named sources; cite the sources.",
        },
        "servers": [{"url": url}],
        "paths": {
            "/api/v1/languages": _get("languages", "Languages of the site", _named("Languages")),
            "/api/v1/stories": _get(
                "stories", "Stories of a language, newest first", _named("Stories"),
                language, cursor, limit, fails=("400",),
            ),
            "/api/v1/stories/{story}": _get(
                "story", "One story in all its languages", _named("Story"), _path("story"), fails=("404", "410")
            ),
            "/api/v1/stories/{story}/claims": _get(
                "claims", "Every sentence of a story with its sources", _named("Claims"),
                _path("story"), language, fails=("404", "410"),
            ),
            "/api/v1/search": _get(
                "search", "Stories by their words", _named("Found"), words, language, limit, fails=("400",)
            ),
            "/api/v1/feeds": _get("feeds", "Feeds and their health", _named("Feeds")),
            "/api/v1/kite/{language}": _get(
                "kite", "Newest stories for Kite readers", _named("Kite"), _path("language"), fails=("404",)
            ),
        },
        "components": {"schemas": _schemas()},
    }  # fmt: skip
