"""The stories told in a language: newest first, from a place that stays valid while new ones come in; and by day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from iroyin.adapters.store.codec import unpack
from iroyin.adapters.store.schema import brief, slug, story
from iroyin.model import Brief, StoryId

Place = tuple[datetime, StoryId]
"""Where a page ends: the newest article of its last story, and that story."""


def told(
    connection: Connection, language: str, *, after: Place | None, limit: int
) -> Sequence[tuple[Place, str, str, Brief]]:
    """Stories as (place, section, slug, brief), newest activity first, beginning behind `after`."""
    rows = (
        select(story.c.id, story.c.last_at, story.c.section, slug.c.slug, brief.c.data)
        .join(brief, and_(brief.c.story_id == story.c.id, brief.c.language == language, brief.c.current))
        .join(slug, and_(slug.c.story_id == story.c.id, slug.c.language == language, slug.c.current))
        .order_by(story.c.last_at.desc(), story.c.id)
        .limit(limit)
    )
    if after:
        rows = rows.where(
            or_(story.c.last_at < after[0], and_(story.c.last_at == after[0], story.c.id > after[1]))
        )
    return [
        ((row.last_at, StoryId(row.id)), row.section, row.slug, unpack(Brief, row.data))
        for row in connection.execute(rows)
    ]


def days(connection: Connection, language: str, only: date | None = None) -> dict[date, str]:
    """The days on which stories told in this language began, each with a hash of what is told of them now."""
    rows = (
        select(story.c.id, story.c.first_at, slug.c.slug, brief.c.version, brief.c.written_at)
        .join(brief, and_(brief.c.story_id == story.c.id, brief.c.language == language, brief.c.current))
        .join(slug, and_(slug.c.story_id == story.c.id, slug.c.language == language, slug.c.current))
        .order_by(story.c.id)
    )
    hashes: dict[date, Any] = {}
    for row in connection.execute(rows if only is None else rows.where(*_within(only))):
        one = hashes.setdefault(row.first_at.date(), sha256())
        one.update(repr((row.id, row.slug, row.version, row.written_at.isoformat())).encode())
    return {day: one.hexdigest() for day, one in sorted(hashes.items())}


def on(connection: Connection, language: str, day: date) -> list[tuple[StoryId, str, Brief]]:
    """The stories told in this language that began on this day as (story, slug, brief)."""
    rows = (
        select(story.c.id, slug.c.slug, brief.c.data)
        .join(brief, and_(brief.c.story_id == story.c.id, brief.c.language == language, brief.c.current))
        .join(slug, and_(slug.c.story_id == story.c.id, slug.c.language == language, slug.c.current))
        .where(*_within(day))
        .order_by(story.c.id)
    )
    return [(StoryId(row.id), row.slug, unpack(Brief, row.data)) for row in connection.execute(rows)]


def _within(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    start = datetime.combine(day, time(), UTC)
    end = datetime.combine(day, time.max, UTC)  # the day after the last day of the calendar cannot be told
    return story.c.first_at >= start, story.c.first_at <= end
