"""Rows of the editors' links and of the log of stories."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, and_, case, func, insert, or_, select, update

from iroyin.adapters.store.codec import pack, unpack
from iroyin.adapters.store.schema import link, placement, story_log
from iroyin.model import ArticleId, Event, Heard, Link, LinkKind, LogLine, StoryId


def standing(connection: Connection) -> list[Link]:
    """The links that nobody took back, the oldest first."""
    rows = connection.execute(select(link).where(link.c.taken_back_at.is_(None)).order_by(link.c.id))
    return [Link(LinkKind(row.kind), row.one, row.other, row.by, row.at, row.why, row.id) for row in rows]


def heard(connection: Connection) -> Heard:
    """How much editors have said: links that were kept and links that were taken back."""
    words = func.count() + func.count(link.c.taken_back_at)
    asked = select(words, func.count(case((link.c.moved, 1)))).select_from(link)
    return Heard(*connection.execute(asked).one())


def keep(connection: Connection, links: Sequence[Link], *, moved: bool) -> None:
    """Keep the links of one act."""
    for one in links:
        row = {"kind": one.kind, "one": one.one, "other": one.other, "by": one.by, "at": one.at, "why": one.why}
        connection.execute(insert(link).values(row | {"moved": moved}))


def take_back(connection: Connection, numbers: Sequence[int], *, now: datetime) -> None:
    """Let links stand no longer."""
    for number in numbers:
        connection.execute(update(link).where(link.c.id == number).values(taken_back_at=now))


def broken(connection: Connection) -> bool:
    """Whether articles stand otherwise than a standing link says."""
    here, there = placement.alias("here"), placement.alias("there")
    against = or_(
        and_(link.c.kind == LinkKind.MUST, here.c.story_id != there.c.story_id),
        and_(link.c.kind == LinkKind.CANNOT, here.c.story_id == there.c.story_id),
    )
    found = (
        select(link.c.id)
        .join(here, here.c.article_id == link.c.one)
        .join(there, there.c.article_id == link.c.other)
        .where(link.c.taken_back_at.is_(None), against)
    )
    return connection.execute(found).first() is not None


def write(connection: Connection, one: LogLine) -> None:
    """One line more in the log."""
    connection.execute(
        insert(story_log).values(
            story_id=one.story_id,
            at=one.at,
            what=one.what,
            who=one.who,
            why=one.why,
            other_id=one.other,
            article_ids=pack(one.article_ids),
            score=one.score,
        )
    )


def lines(connection: Connection, story_id: StoryId | None, *, limit: int) -> list[LogLine]:
    """The newest lines, in the order in which it happened, of one story or of all."""
    asked = select(story_log).order_by(story_log.c.id.desc()).limit(limit)
    if story_id is not None:
        asked = asked.where(or_(story_log.c.story_id == story_id, story_log.c.other_id == story_id))
    return [_line(row) for row in connection.execute(asked)][::-1]


def _line(row: Row[tuple[object, ...]]) -> LogLine:
    about = unpack(tuple[ArticleId, ...], row.article_ids)
    other = StoryId(row.other_id) if row.other_id else None
    return LogLine(StoryId(row.story_id), row.at, Event(row.what), row.who, row.why, other, about, row.score)
