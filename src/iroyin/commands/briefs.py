"""`iroyin write`: one story's articles to one brief, with all that a stranger needs to check it."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from iroyin.adapters.store.codec import pack
from iroyin.commands.console import settings_of, tell
from iroyin.commands.rows import NO_ARTICLE, LeftOut, line_of, rows, writing
from iroyin.compose import open_writer, with_model
from iroyin.copydesk import brief_of
from iroyin.errors import InputError
from iroyin.ingest.article import from_row
from iroyin.languages import canonical
from iroyin.model import Article, ArticleId, Story, StoryId, short_id

LONGEST_ID = 200


def write_brief(config: Path | None, file: Path, output: Path, *, language: str) -> None:
    """One story's articles to one brief with its ledger, as JSON.

    Beside the brief stand its articles: `start` and `end` of a span count characters of `articles[id].text`, and
    `hash` is the SHA-256 of those characters in UTF-8.
    """
    settings = settings_of(config)
    now = settings.now(datetime.now(UTC))
    code = canonical(language)
    if code == "und":
        raise InputError(language, "is not a language code; --lang takes one such as en, yo or zh")
    told = sorted(_under_own_ids(file, now=now), key=lambda a: (a.published_at, a.id))
    story = _story(told)
    known = ", ".join(story.languages)
    if code not in story.languages:
        raise InputError(str(file), f"has no article in {code!r}; write in one of: {known}")
    with with_model(settings) as served:
        brief = brief_of(story, told, code, open_writer(served), served, now=now)
    if brief is None:
        raise InputError(str(file), f"nothing in {code!r} passes the checks, so nothing is written")
    with writing(output) as lines:
        lines.write(line_of(json.loads(pack(brief)) | {"articles": _articles(told)}))
    tell(f"{len(brief.all_sentences())} sentences, {len(brief.cut)} refused, written to {output}")


def _under_own_ids(file: Path, *, now: datetime) -> list[Article]:
    """The file's articles, under the ids they have in the file when those are texts or numbers and told apart."""
    left_out = LeftOut(file)
    told: dict[str, Article] = {}
    for number, row in rows(file):
        try:
            if isinstance(row, str):
                raise InputError("row", row)
            article = from_row(row, now=now)
            own = row.get("id")
            if isinstance(own, int) or (isinstance(own, str) and own.isprintable() and 0 < len(own) <= LONGEST_ID):
                article = replace(article, id=ArticleId(str(own)))
            if article.id in told:
                raise InputError("row", f"its id {article.id!r} stands on an earlier line")
        except InputError as error:
            left_out.add(number, error.reason)
        else:
            left_out.good()
            told[article.id] = article
    left_out.end(NO_ARTICLE)
    return list(told.values())


def _story(told: list[Article]) -> Story:
    return Story(
        StoryId(short_id("s", told[0].id)),
        1,
        tuple(a.id for a in told),
        told[0].published_at,
        told[-1].published_at,
        tuple(dict.fromkeys(a.language for a in told)),
    )


def _articles(told: Iterable[Article]) -> dict[str, Any]:
    return {
        article.id: {
            "text": article.text,
            "url": article.url,
            "outlet": article.outlet,
            "language": article.language,
            "published_at": article.published_at.isoformat(),
        }
        for article in told
    }
