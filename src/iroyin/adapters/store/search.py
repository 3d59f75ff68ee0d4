"""Full-text search over the briefs that are told now: an FTS5 index of our own words, and who each row is.

The texts are cut into words and pairs by `languages.searching`; SQLite only keeps and finds them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any

from sqlalchemy import Connection, select, text, tuple_
from sqlalchemy.exc import DatabaseError

from iroyin.adapters.store.codec import unpack
from iroyin.adapters.store.schema import brief, slug, story
from iroyin.languages.searching import indexed
from iroyin.model import Brief, StoryId

_CHECKED_EVERY = 2000  # steps of SQLite's machine between two looks at the clock


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: `match` is an FTS5 query; empty filters do not filter; `since` and `until` are whole days."""

    match: str
    languages: tuple[str, ...] = ()
    section: str = ""
    since: date | None = None
    until: date | None = None
    skip: int = 0
    limit: int = 20
    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class Hits:
    """Stories found, best first, each in the language it was found in; whether there are more; whether time ran out."""

    found: tuple[tuple[StoryId, str], ...] = ()
    more: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """What a hit is shown by: the story's section, its present slug and brief in the language it was found in."""

    section: str
    slug: str
    brief: Brief


def keep(connection: Connection, story_id: StoryId, section: str, day: date, briefs: Sequence[Brief]) -> None:
    """Put these briefs of a story in the index in place of what it held of it."""
    forget(connection, story_id)
    for one in briefs:
        row = connection.execute(
            text(
                "INSERT INTO searched(story_id, language, section, day) VALUES (:story, :language, :section, :day)"
            ),
            {"story": story_id, "language": one.language, "section": section, "day": day.isoformat()},
        )
        told = " ".join(s.text for s in one.all_sentences()[1:])
        names = " ".join(tag.name for tag in one.tags)
        connection.execute(
            text("INSERT INTO search(rowid, headline, body) VALUES (:id, :headline, :body)"),
            {"id": row.lastrowid, "headline": indexed(one.headline.text), "body": indexed(f"{told} {names}")},
        )


def forget(connection: Connection, story_id: StoryId) -> None:
    """Take a story out of the index."""
    ids = connection.execute(text("SELECT id FROM searched WHERE story_id = :story"), {"story": story_id})
    for number in ids.scalars().all():
        connection.execute(text("DELETE FROM search WHERE rowid = :id"), {"id": number})
    connection.execute(text("DELETE FROM searched WHERE story_id = :story"), {"story": story_id})


def fill(connection: Connection) -> None:
    """Index what a database from before the index holds; nothing when the index holds anything."""
    if connection.execute(text("SELECT 1 FROM searched LIMIT 1")).first():
        return
    rows = connection.execute(
        select(story.c.id, story.c.section, story.c.first_at, brief.c.data)
        .join(brief, story.c.id == brief.c.story_id)
        .where(brief.c.current)
        .order_by(story.c.id)
    ).all()
    told: dict[str, list[Any]] = {}
    for row in rows:
        told.setdefault(row.id, []).append(row)
    for story_id, of_story in told.items():
        first = of_story[0]
        keep(connection, StoryId(story_id), first.section, first.first_at.date(),
             [unpack(Brief, row.data) for row in of_story])  # fmt: skip


def find(connection: Connection, asked: Asked) -> Hits:
    """The answer, within the time that the question allows."""
    if asked.seconds <= 0:
        return Hits(stopped=True)
    end = monotonic() + asked.seconds
    raw: Any = connection.connection.dbapi_connection
    raw.set_progress_handler(lambda: monotonic() > end, _CHECKED_EVERY)
    try:
        rows = connection.execute(text(_query(asked)), _values(asked)).all()
    except DatabaseError as error:
        if "interrupted" not in str(error.orig):
            raise
        return Hits(stopped=True)
    finally:
        raw.set_progress_handler(None, 0)
    found = tuple((StoryId(row.story_id), str(row.language)) for row in rows[asked.skip :][: asked.limit])
    return Hits(found, len(rows) > asked.skip + asked.limit)


def printed(connection: Connection, found: Sequence[tuple[StoryId, str]]) -> Mapping[tuple[StoryId, str], Printed]:
    """What these hits are shown by; one that has gone in the meantime is left out."""
    rows = connection.execute(
        select(brief.c.story_id, brief.c.language, story.c.section, slug.c.slug, brief.c.data)
        .join(story, story.c.id == brief.c.story_id)
        .join(slug, (slug.c.story_id == brief.c.story_id) & (slug.c.language == brief.c.language))
        .where(brief.c.current, slug.c.current, tuple_(brief.c.story_id, brief.c.language).in_(found))
    ).all()
    return {
        (StoryId(row.story_id), row.language): Printed(row.section, row.slug, unpack(Brief, row.data))
        for row in rows
    }


def _query(asked: Asked) -> str:
    return " ".join(
        (
            "SELECT story_id, language FROM search JOIN searched ON searched.id = search.rowid",
            "WHERE search MATCH :match",
            *_conditions(asked),
            "ORDER BY bm25(search, 8.0, 1.0), day DESC, story_id LIMIT :most",
        )
    )


def _conditions(asked: Asked) -> Iterable[str]:
    if asked.languages:
        yield f"AND language IN ({', '.join(f':language{at}' for at in range(len(asked.languages)))})"
    if asked.section:
        yield "AND section = :section"
    if asked.since:
        yield "AND day >= :since"
    if asked.until:
        yield "AND day <= :until"


def _values(asked: Asked) -> dict[str, object]:
    values: dict[str, object] = {"match": asked.match, "most": asked.skip + asked.limit + 1}
    values |= {f"language{at}": language for at, language in enumerate(asked.languages)}
    if asked.section:
        values["section"] = asked.section
    if asked.since:
        values["since"] = asked.since.isoformat()
    if asked.until:
        values["until"] = asked.until.isoformat()
    return values
