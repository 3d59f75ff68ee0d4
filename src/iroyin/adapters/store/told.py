"""The stories told in a language, newest first, page by page from a place that stays valid while new ones come in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, or_, select

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
