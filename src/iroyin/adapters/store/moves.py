"""Stories merged and split in the tables: articles move, addresses lead on, both stories are told anew and logged.

A merged story keeps its row, its slugs and its place in the log, and `merged_into` says where it leads. So a split can
bring it back under its own id and address.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.sqlite import insert

from iroyin.adapters.store import articles, history, pages, queue, search
from iroyin.adapters.store.codec import pack, unpack
from iroyin.adapters.store.schema import article, placement, story
from iroyin.group.links import Links
from iroyin.model import INDEX, LAST, ArticleId, Event, LogLine, Move, Placement, Step, StoryId


def objection(connection: Connection, one: Move, links: Links) -> str:
    """Why the desk may not make this move: the link that forbids it; empty when none does."""
    members = articles.member_ids(connection, one.story_id)
    go = [found for found in members if not one.article_ids or found in one.article_ids]
    stay = [found for found in members if found not in go]
    return links.objection(one, go, stay, articles.member_ids(connection, one.into))


def make(connection: Connection, one: Move, *, who: str, now: datetime) -> bool:
    """Make a move with all that follows from it; False, and nothing is done, when the stories are not as it says."""
    members = articles.member_ids(connection, one.story_id)
    go = [found for found in members if not one.article_ids or found in one.article_ids]
    whole = len(go) == len(members)
    if not go or one.story_id == one.into or not set(one.article_ids) <= set(members):
        return False
    if whole and not articles.lives(connection, one.into):
        return False
    _open(connection, one)
    _carry(connection, go, one.into)
    what = Event.MERGED if whole else Event.SPLIT
    history.write(connection, LogLine(one.story_id, now, what, who, one.why, one.into, tuple(go), one.score))
    _date(connection, one.into)
    articles.raise_version(connection, one.into, now=now)
    if whole:
        _close(connection, one, now=now)
    else:
        _date(connection, one.story_id)
        articles.raise_version(connection, one.story_id, now=now)
    return True


def _open(connection: Connection, one: Move) -> None:
    """The story that articles go to is live from now on: made, or brought back from where it was merged."""
    left = connection.execute(select(story).where(story.c.id == one.story_id)).one()
    row = insert(story).values(
        id=one.into, version=0, first_at=left.first_at, last_at=left.last_at, section=left.section, reported=0
    )
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"merged_into": None}))


def _carry(connection: Connection, go: Sequence[ArticleId], into: StoryId) -> None:
    """The articles stand in the other story now, with the reason for which they were placed."""
    for one in go:
        here = placement.c.article_id == one
        data = connection.execute(select(placement.c.data).where(here)).scalar_one()
        told = replace(unpack(Placement, data), story_id=into)
        connection.execute(update(placement).where(here).values(story_id=into, data=pack(told)))


def _date(connection: Connection, story_id: StoryId) -> None:
    """When the story begins and ends, by the articles it has now."""
    ends = (
        select(func.min(article.c.published_at), func.max(article.c.published_at))
        .join(placement, placement.c.article_id == article.c.id)
        .where(placement.c.story_id == story_id)
    )
    first, last = connection.execute(ends).one()
    connection.execute(update(story).where(story.c.id == story_id).values(first_at=first, last_at=last))


def _close(connection: Connection, one: Move, *, now: datetime) -> None:
    """The emptied story leads to the other, and leaves the pages that show it."""
    gone = {"merged_into": one.into, "version": story.c.version + 1}
    connection.execute(update(story).where(story.c.id == one.story_id).values(gone))
    pages.withdraw(connection, one.story_id)
    search.forget(connection, one.story_id)
    for other in pages.shown_otherwise(connection, one.story_id, ""):
        queue.enqueue(connection, Step.PUBLISH, other, run_at=now)
    queue.enqueue(connection, Step.PUBLISH, INDEX, run_at=now, order=LAST)
