"""Rows of what changed on published pages. They are only ever added to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Select, func, insert, select

from iroyin.adapters.store import history, withdrawals
from iroyin.adapters.store.codec import pack, unpack
from iroyin.adapters.store.schema import amendment, brief
from iroyin.model import Amendment, Brief, LinkKind, StoryId


def keep(connection: Connection, found: Iterable[Amendment]) -> None:
    """Add amendments, in their order."""
    for one in found:
        row = {
            "story_id": one.story_id,
            "language": one.language,
            "version": one.version,
            "at": one.at,
            "of_substance": one.of_substance,
            "data": pack(one),
        }
        connection.execute(insert(amendment).values(row))


def of_story(connection: Connection, story_id: StoryId, language: str, *, limit: int) -> list[Amendment]:
    """The newest amendments of a story's page, oldest first."""
    asked = select(amendment).where(amendment.c.story_id == story_id, amendment.c.language == language)
    return _read(connection, asked, limit)[::-1]


def of_substance(connection: Connection, language: str, *, limit: int) -> list[Amendment]:
    """The newest amendments of substance in a language, newest first.

    Of a story that is retracted only that: the sentences that it had are not told again.
    """
    hidden = {one.one for one in history.standing(connection) if one.kind is LinkKind.RETRACT}
    asked = select(amendment).where(amendment.c.language == language, amendment.c.of_substance)
    found = _read(connection, asked, limit)
    return [one for one in found if one.kind.is_whole or one.story_id not in hidden]


def _read(connection: Connection, asked: Select[tuple[object, ...]], limit: int) -> list[Amendment]:
    rows = connection.execute(asked.order_by(amendment.c.id.desc()).limit(limit)).all()
    secret = {one.text for one in withdrawals.standing(connection) if not one.printed} if rows else set()
    found = (replace(unpack(Amendment, row.data), id=row.id) for row in rows)
    return [replace(one, before=_unless(one.before, secret), after=_unless(one.after, secret)) for one in found]


def _unless(text: str, secret: Collection[str]) -> str:
    """The text; nothing for one that an editor withdrew and that is not to be repeated."""
    return "" if text in secret else text


def first_version(connection: Connection, story_id: StoryId, language: str) -> tuple[int, datetime] | None:
    """Number and time of the first brief of a story in a language."""
    asked = select(brief.c.version, brief.c.written_at).where(
        brief.c.story_id == story_id, brief.c.language == language
    )
    row = connection.execute(asked.order_by(brief.c.version).limit(1)).first()
    return (row.version, row.written_at) if row else None


def last_briefs(connection: Connection, story_id: StoryId) -> Sequence[Brief]:
    """The last brief of the story in each language, told now or not."""
    last = (
        select(brief.c.language, func.max(brief.c.version).label("version"))
        .where(brief.c.story_id == story_id)
        .group_by(brief.c.language)
        .subquery()
    )
    asked = (
        select(brief.c.data)
        .join(last, (brief.c.language == last.c.language) & (brief.c.version == last.c.version))
        .where(brief.c.story_id == story_id)
        .order_by(brief.c.language)
    )
    return [unpack(Brief, row.data) for row in connection.execute(asked)]
