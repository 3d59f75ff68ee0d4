"""Rows of articles, their vectors, their placements and the stories these make."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.sqlite import insert

from iroyin.adapters.store import queue
from iroyin.adapters.store.codec import pack, pack_vector, unpack, unpack_vector
from iroyin.adapters.store.schema import article, placement, story, vector
from iroyin.model import LAST, REVISE, Article, ArticleId, Placement, Step, Story, StoryId
from iroyin.ports import Move, Placed, Vectors


def keep(connection: Connection, one: Article, numbers: Vectors, embedder: str, *, now: datetime) -> bool:
    """Keep an article and its vector and queue its placing; False when the same text is kept already.

    A changed text replaces the old one under the same id, and the story it stands in is reported anew.
    """
    known = connection.execute(select(article.c.data).where(article.c.id == one.id)).scalar()
    if known is not None and unpack(Article, known).text == one.text:
        return False
    row = insert(article).values(
        id=one.id, url=one.url, language=one.language, published_at=one.published_at, data=pack(one)
    )
    new = {name: row.excluded[name] for name in ("url", "language", "published_at", "data")}
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_=new))
    kept = insert(vector).values(article_id=one.id, embedder=embedder, data=pack_vector(numbers))
    connection.execute(
        kept.on_conflict_do_update(
            index_elements=["article_id"], set_={"data": kept.excluded.data, "embedder": kept.excluded.embedder}
        )
    )
    placed = story_of(connection, one.id)
    if placed:
        raise_version(connection, placed, now=now)
    else:
        queue.enqueue(connection, Step.PLACE, one.id, run_at=now, order=one.published_at.isoformat())
    return True


def read(connection: Connection, article_id: ArticleId) -> Article | None:
    """One article."""
    data = connection.execute(select(article.c.data).where(article.c.id == article_id)).scalar()
    return unpack(Article, data) if data is not None else None


def vector_of(connection: Connection, article_id: ArticleId, embedder: str) -> Vectors | None:
    """The article's vector by this embedder."""
    asked = select(vector.c.data).where(vector.c.article_id == article_id, vector.c.embedder == embedder)
    data = connection.execute(asked).scalar()
    return unpack_vector(data) if data is not None else None


def window(connection: Connection, since: datetime, embedder: str) -> Iterator[Placed]:
    """Placed articles published after `since`, in the order of placing."""
    rows = connection.execute(
        select(article.c.data, placement.c.story_id, vector.c.data.label("numbers"))
        .join(placement, placement.c.article_id == article.c.id)
        .join(vector, vector.c.article_id == article.c.id)
        .where(article.c.published_at >= since, vector.c.embedder == embedder)
        .order_by(placement.c.position)
    )
    for row in rows:
        yield Placed(unpack(Article, row.data), StoryId(row.story_id), unpack_vector(row.numbers))


def place(connection: Connection, one: Placement, *, now: datetime) -> None:
    """Put an article into its story, which is made when it is new; does nothing when it stands already."""
    if story_of(connection, one.article_id):
        return
    told = read(connection, one.article_id)
    if told is None:
        return
    made = insert(story).values(
        id=one.story_id,
        version=0,
        first_at=told.published_at,
        last_at=told.published_at,
        section=told.section,
        reported=0,
    )
    connection.execute(made.on_conflict_do_nothing())
    connection.execute(
        insert(placement).values(article_id=one.article_id, story_id=one.story_id, score=one.score, data=pack(one))
    )
    connection.execute(
        update(story)
        .where(story.c.id == one.story_id)
        .values(
            first_at=func.min(story.c.first_at, told.published_at),
            last_at=func.max(story.c.last_at, told.published_at),
        )
    )
    raise_version(connection, one.story_id, now=now)
    queue.enqueue(connection, Step.PLACE, REVISE, run_at=now, order=LAST)


def move(connection: Connection, one: Move, *, now: datetime) -> None:
    """Put articles of a story into another; an emptied story keeps its row, with where it went and why."""
    left = connection.execute(select(story).where(story.c.id == one.story_id)).one()
    span = {"first_at": left.first_at, "last_at": left.last_at}
    made = insert(story).values(id=one.into, version=0, section=left.section, reported=0, **span)
    connection.execute(made.on_conflict_do_nothing())
    rows = connection.execute(
        select(placement.c.position, placement.c.article_id, placement.c.data).where(
            placement.c.story_id == one.story_id
        )
    ).all()
    moved = [row for row in rows if not one.article_ids or row.article_id in one.article_ids]
    for position, _, data in moved:
        told = replace(unpack(Placement, data), story_id=one.into, reason=one.reason)
        connection.execute(
            update(placement).where(placement.c.position == position).values(story_id=one.into, data=pack(told))
        )
    lives = {"merged_into": None, "merged_at": None, "merged_why": None}
    connection.execute(update(story).where(story.c.id == one.into).values(lives))
    if len(moved) == len(rows):
        gone = {"merged_into": one.into, "merged_at": now, "merged_why": one.reason}
        connection.execute(update(story).where(story.c.id == one.story_id).values(gone))
    else:
        _respan(connection, one.story_id)
        raise_version(connection, one.story_id, now=now)
    _respan(connection, one.into)
    raise_version(connection, one.into, now=now)


def _respan(connection: Connection, story_id: StoryId) -> None:
    """The story's span is that of its articles."""
    asked = (
        select(func.min(article.c.published_at), func.max(article.c.published_at))
        .join(placement, placement.c.article_id == article.c.id)
        .where(placement.c.story_id == story_id)
    )
    first, last = connection.execute(asked).one()
    if first is not None:
        connection.execute(update(story).where(story.c.id == story_id).values(first_at=first, last_at=last))


def raise_version(connection: Connection, story_id: StoryId, *, now: datetime) -> None:
    """The story has changed: one version more, and a report is due."""
    connection.execute(update(story).where(story.c.id == story_id).values(version=story.c.version + 1))
    queue.enqueue(connection, Step.REPORT, story_id, run_at=now)


def is_empty(connection: Connection, story_id: StoryId) -> bool:
    """Whether no article stands in the story."""
    asked = select(placement.c.position).where(placement.c.story_id == story_id).limit(1)
    return connection.execute(asked).first() is None


def placement_of(connection: Connection, article_id: ArticleId) -> Placement | None:
    """Why an article stands where it stands."""
    data = connection.execute(select(placement.c.data).where(placement.c.article_id == article_id)).scalar()
    return unpack(Placement, data) if data is not None else None


def story_of(connection: Connection, article_id: ArticleId) -> StoryId | None:
    """The story an article stands in."""
    found = connection.execute(select(placement.c.story_id).where(placement.c.article_id == article_id)).scalar()
    return StoryId(found) if found else None


def read_story(connection: Connection, story_id: StoryId) -> Story | None:
    """One story with the ids and languages of its articles."""
    row = connection.execute(select(story).where(story.c.id == story_id)).first()
    if row is None:
        return None
    members = connection.execute(
        select(article.c.id, article.c.language)
        .join(placement, placement.c.article_id == article.c.id)
        .where(placement.c.story_id == story_id)
        .order_by(article.c.published_at, article.c.id)
    ).all()
    languages = tuple(dict.fromkeys(member.language for member in members))
    ids = tuple(ArticleId(member.id) for member in members)
    return Story(story_id, row.version, ids, row.first_at, row.last_at, languages, row.section)


def newest(connection: Connection, *, since: datetime | None, limit: int) -> list[StoryId]:
    """Ids of stories, newest activity first."""
    alive = story.c.merged_into.is_(None)
    asked = select(story.c.id).where(alive).order_by(story.c.last_at.desc(), story.c.id).limit(limit)
    if since is not None:
        asked = asked.where(story.c.last_at >= since)
    return [StoryId(found) for found in connection.execute(asked).scalars()]


def newest_at(connection: Connection) -> datetime:
    """When the newest story was last told; the year 1970 when there is none."""
    newest: datetime | None = connection.execute(select(func.max(story.c.last_at))).scalar()
    return newest or datetime(1970, 1, 31, tzinfo=UTC)


def members(connection: Connection, story_id: StoryId) -> list[Article]:
    """The articles of a story, oldest first."""
    rows = connection.execute(
        select(article.c.data)
        .join(placement, placement.c.article_id == article.c.id)
        .where(placement.c.story_id == story_id)
        .order_by(article.c.published_at, article.c.id)
    )
    return [unpack(Article, row.data) for row in rows]
