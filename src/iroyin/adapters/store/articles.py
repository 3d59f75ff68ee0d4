"""Rows of articles, their vectors, their placements and the stories these make."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.sqlite import insert

from iroyin.adapters.store import history, queue
from iroyin.adapters.store.codec import pack, pack_vector, unpack, unpack_vector
from iroyin.adapters.store.schema import article, placement, story, vector
from iroyin.model import DESK, LAST, REVISE, Article, ArticleId, Event, LogLine, Placement, Step, Story, StoryId
from iroyin.ports import Placed, Vectors


def keep(connection: Connection, one: Article, numbers: Vectors, embedder: str, *, now: datetime) -> bool:
    """Keep an article and its vector and queue its placing; False when the same text is kept already.

    A changed text replaces the old one under the same id, and the story it stands in is reported anew.
    """
    known = connection.execute(select(article.c.data).where(article.c.id == one.id)).scalar()
    before = unpack(Article, known) if known is not None else None
    if before and before.text == one.text and not before.gone:
        return False
    row = insert(article).values(
        id=one.id, url=one.url, language=one.language, published_at=one.published_at, data=pack(one)
    )
    new = {name: row.excluded[name] for name in ("url", "language", "published_at", "data")}
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_=new))
    kept = insert(vector).values(article_id=one.id, embedder=embedder, data=pack_vector(numbers))
    connection.execute(
        kept.on_conflict_do_update(
            index_elements=["article_id"],
            set_={"data": kept.excluded.data, "embedder": kept.excluded.embedder, "features": None},
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
        select(article.c.id, placement.c.story_id, vector.c.data, vector.c.features)
        .join(placement, placement.c.article_id == article.c.id)
        .join(vector, vector.c.article_id == article.c.id)
        .where(article.c.published_at >= since, vector.c.embedder == embedder)
        .order_by(placement.c.position)
    )
    for row in rows:
        yield Placed(ArticleId(row.id), StoryId(row.story_id), unpack_vector(row.data), row.features or b"")


def keep_features(connection: Connection, found: Mapping[ArticleId, bytes]) -> None:
    """Keep what grouping needs of these articles beside their vectors."""
    for article_id, data in found.items():
        connection.execute(update(vector).where(vector.c.article_id == article_id).values(features=data))


def place(connection: Connection, one: Placement, *, now: datetime) -> None:
    """Put an article into its story, which is made when it is new; does nothing when it stands already."""
    told = read(connection, one.article_id)
    if told is None or story_of(connection, one.article_id):
        return
    one = replace(one, story_id=end_of(connection, one.story_id))
    if not lives(connection, one.story_id):
        opened = LogLine(
            one.story_id, now, Event.OPENED, DESK, one.reason, None, (one.article_id,), score=one.score
        )
        history.write(connection, opened)
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


def lives(connection: Connection, story_id: StoryId) -> bool:
    """Whether there is such a story and it is not merged into another."""
    found = select(story.c.id).where(story.c.id == story_id, story.c.merged_into.is_(None))
    return connection.execute(found).first() is not None


def end_of(connection: Connection, story_id: StoryId) -> StoryId:
    """The live story that this one leads to, by as many merges as there were; itself when it lives or never was."""
    while into := connection.execute(select(story.c.merged_into).where(story.c.id == story_id)).scalar():
        story_id = StoryId(into)
    return story_id


def member_ids(connection: Connection, story_id: StoryId) -> list[ArticleId]:
    """The ids of a story's articles, oldest first."""
    rows = connection.execute(
        select(article.c.id)
        .join(placement, placement.c.article_id == article.c.id)
        .where(placement.c.story_id == story_id)
        .order_by(article.c.published_at, article.c.id)
    )
    return [ArticleId(found) for found in rows.scalars()]


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


def mark_gone(connection: Connection, article_id: ArticleId, why: str, *, now: datetime) -> None:
    """Nothing that is told stands on this article any more: its story is reported anew."""
    told = read(connection, article_id)
    if told is None or told.gone:
        return
    data = pack(replace(told, gone=why))
    connection.execute(update(article).where(article.c.id == article_id).values(data=data))
    if placed := story_of(connection, article_id):
        raise_version(connection, placed, now=now)


def members(connection: Connection, story_id: StoryId) -> list[Article]:
    """The articles of a story, oldest first, also those that are gone."""
    rows = connection.execute(
        select(article.c.data)
        .join(placement, placement.c.article_id == article.c.id)
        .where(placement.c.story_id == story_id)
        .order_by(article.c.published_at, article.c.id)
    )
    return [unpack(Article, row.data) for row in rows]
