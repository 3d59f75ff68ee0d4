"""Rows of what an editor took back from the public: stories that were retracted, and what is to come at an address."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from iroyin.adapters.store import amendments, articles, history, pages, queue, search
from iroyin.adapters.store.schema import link, slug
from iroyin.model import INDEX, LAST, Act, Amendment, AmendmentKind, Link, LinkKind, Reason, Step, StoryId


def standing(connection: Connection) -> dict[StoryId, Link]:
    """The retractions that stand, by story."""
    said = (one for one in history.standing(connection) if one.kind is LinkKind.RETRACT)
    return {StoryId(one.one): one for one in said}


def retracted(connection: Connection, story_id: StoryId) -> bool:
    """Whether a retraction of this story stands."""
    stands = link.c.taken_back_at.is_(None)
    asked = select(link.c.id).where(link.c.kind == LinkKind.RETRACT, link.c.one == story_id, stands)
    return connection.execute(asked).first() is not None


def follow(connection: Connection, act: Act, before: dict[StoryId, Link]) -> None:
    """What an act retracts is gone from pages, search and API at once; what it takes back is told anew.

    `before` are the retractions that stood until now.
    """
    for one in act.links:
        if one.kind is LinkKind.RETRACT:
            story_id = StoryId(one.one)
            told = pages.briefs_of(connection, story_id)
            _amend(connection, story_id, AmendmentKind.RETRACTED, [b.language for b in told], one.why, now=act.at)
            _take_away(connection, story_id, now=act.at)
    for story_id, word in before.items():
        if word.id in act.taken_back:
            again = [b.language for b in amendments.last_briefs(connection, story_id)]
            _amend(connection, story_id, AmendmentKind.RESTORED, again, act.told[0].why, now=act.at)
            articles.raise_version(connection, story_id, now=act.at)


def _amend(
    connection: Connection,
    story_id: StoryId,
    kind: AmendmentKind,
    languages: Sequence[str],
    why: str,
    *,
    now: datetime,
) -> None:
    found = articles.read_story(connection, story_id)
    version = found.version if found else 0
    amendments.keep(
        connection,
        (
            Amendment(story_id, language, version, now, kind, Reason.EDITOR, detail=why, of_substance=True)
            for language in languages
        ),
    )


def _take_away(connection: Connection, story_id: StoryId, *, now: datetime) -> None:
    pages.withdraw(connection, story_id)
    search.forget(connection, story_id)
    for shows in (story_id, *pages.shown_otherwise(connection, story_id, "")):
        queue.enqueue(connection, Step.PUBLISH, shows, run_at=now)
    queue.enqueue(connection, Step.PUBLISH, INDEX, run_at=now, order=LAST)


def awaited(connection: Connection, language: str, wanted: str) -> bool:
    """Whether the story that has or had this slug is being told: its report or its pages are under way."""
    asked = select(slug.c.story_id).where(slug.c.language == language, slug.c.slug == wanted)
    found = connection.execute(asked).scalar()
    if found is None:
        return False
    story_id = articles.end_of(connection, StoryId(found))
    if retracted(connection, story_id):
        return False
    return any(queue.waits(connection, step, story_id) for step in (Step.REPORT, Step.PUBLISH))
