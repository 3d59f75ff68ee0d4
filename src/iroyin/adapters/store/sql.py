"""`SqlStore`: the `Store` and `Jobs` ports on one SQLite file. Each `commit_*` is one transaction."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from iroyin.adapters.store import (
    amendments,
    articles,
    calls,
    feeds,
    history,
    moves,
    pages,
    proofs,
    queue,
    retractions,
    search,
)
from iroyin.adapters.store.connect import copy
from iroyin.adapters.store.schema import metadata
from iroyin.adapters.store.search import Asked, Hits, Printed
from iroyin.adapters.store.sqljobs import real_time
from iroyin.adapters.store.sqltold import SqlTold
from iroyin.group.links import Links
from iroyin.model import (
    DESK,
    Amendment,
    Article,
    ArticleId,
    Brief,
    Call,
    Entry,
    EntryId,
    EntryState,
    Feed,
    FeedId,
    FeedState,
    Heard,
    Job,
    Move,
    Placement,
    Proof,
    Spent,
    Step,
    Story,
    StoryId,
)
from iroyin.ports import Placed, Vectors


class SqlStore(SqlTold):
    """All of the desk's state. One writer at a time, many readers. Close it when done, or use it in a `with`."""

    def __init__(
        self, path: Path, *, lease: float = 120.0, attempts: int = 3, clock: Callable[[], datetime] = real_time
    ) -> None:
        super().__init__(path, lease=lease, attempts=attempts, clock=clock)
        with self._writer.begin() as connection:
            search.fill(connection)

    # feeds and entries

    def add_feeds(self, added: Iterable[Feed], *, now: datetime) -> int:
        """See `Store`."""
        with self._turn, self._writer.begin() as connection:
            return feeds.add(connection, added, now=now)

    def remove_feed(self, feed_id: FeedId) -> bool:
        """See `Store`."""
        with self._turn, self._writer.begin() as connection:
            return feeds.remove(connection, feed_id)

    def feeds(self) -> list[Feed]:
        """See `Store`."""
        with self._read() as connection:
            return feeds.every(connection)

    def feed(self, feed_id: FeedId) -> Feed | None:
        """See `Store`."""
        with self._read() as connection:
            return feeds.one(connection, feed_id)

    def feed_states(self) -> Mapping[FeedId, FeedState]:
        """See `Store`."""
        with self._read() as connection:
            return feeds.states(connection)

    def commit_poll(self, job: Job, state: FeedState, entries: Sequence[Entry], *, now: datetime) -> int:
        """See `Store`; the next poll is queued for the state's time, unless the feed is gone."""
        with self._turn, self._writer.begin() as connection:
            queue.finish(connection, job)
            feeds.keep_state(connection, state)
            kept = feeds.keep_entries(connection, entries, now=now)
            if state.next_poll_at is not None:
                queue.enqueue(connection, Step.POLL, state.feed_id, run_at=state.next_poll_at, lane=job.lane)
            return kept

    def entry(self, entry_id: EntryId) -> Entry | None:
        """See `Store`."""
        with self._read() as connection:
            return feeds.read_entry(connection, entry_id)

    def entry_outcomes(self) -> list[tuple[EntryState, str, int]]:
        """How many entries stand in each state, by reason."""
        with self._read() as connection:
            return feeds.outcomes(connection)

    # articles and stories

    def commit_read(self, job: Job, article: Article, vector: Vectors, embedder: str) -> None:
        """See `Store`."""
        with self._turn, self._writer.begin() as connection:
            queue.finish(connection, job)
            articles.keep(connection, article, vector, embedder, now=self._clock())
            if article.entry_id is not None:
                feeds.mark(connection, article.entry_id, EntryState.READ, gave=article.id)

    def commit_skip(self, job: Job, entry_id: EntryId, reason: str) -> None:
        """See `Store`."""
        with self._turn, self._writer.begin() as connection:
            queue.finish(connection, job)
            feeds.mark(connection, entry_id, EntryState.SKIPPED, reason)

    def add_articles(self, added: Sequence[Article], vectors: Vectors, embedder: str) -> int:
        """See `Store`."""
        now = self._clock()
        with self._turn, self._writer.begin() as connection:
            kept = [
                articles.keep(connection, a, v, embedder, now=now) for a, v in zip(added, vectors, strict=True)
            ]
            return sum(kept)

    def article(self, article_id: ArticleId) -> Article | None:
        """See `Store`."""
        with self._read() as connection:
            return articles.read(connection, article_id)

    def vector(self, article_id: ArticleId, embedder: str) -> Vectors | None:
        """See `Store`."""
        with self._read() as connection:
            return articles.vector_of(connection, article_id, embedder)

    def window(self, since: datetime, embedder: str) -> Iterator[Placed]:
        """See `Store`."""
        with self._read() as connection:
            yield from articles.window(connection, since, embedder)

    def newest_article_at(self) -> datetime:
        """See `Store`."""
        with self._read() as connection:
            return articles.newest_at(connection)

    def keep_features(self, found: Mapping[ArticleId, bytes]) -> None:
        """See `Store`."""
        with self._turn, self._writer.begin() as connection:
            articles.keep_features(connection, found)

    def commit_place(
        self, job: Job, placement: Placement, *, now: datetime, features: bytes = b"", heard: Heard | None = None
    ) -> bool:
        """See `Store`."""
        with self._turn, self._writer.begin() as connection:
            if heard not in (None, history.heard(connection)):
                return False
            queue.finish(connection, job)
            articles.place(connection, placement, now=now)
            if features:
                articles.keep_features(connection, {placement.article_id: features})
            return True

    def commit_changes(
        self, job: Job, changes: Sequence[Move], *, now: datetime, heard: Heard | None = None
    ) -> Sequence[Move] | None:
        """See `Store`."""
        with self._turn, self._writer.begin() as connection:
            if heard not in (None, history.heard(connection)):
                return None
            queue.finish(connection, job)
            said = Links.of(history.standing(connection))
            return [
                one
                for one in changes
                if not moves.objection(connection, one, said) and moves.make(connection, one, who=DESK, now=now)
            ]

    def end_of(self, story_id: StoryId) -> StoryId:
        """See `Store`."""
        with self._read() as connection:
            return articles.end_of(connection, story_id)

    def lives(self, story_id: StoryId) -> bool:
        """See `Store`."""
        with self._read() as connection:
            return articles.lives(connection, story_id)

    def placement(self, article_id: ArticleId) -> Placement | None:
        """Why an article stands where it stands."""
        with self._read() as connection:
            return articles.placement_of(connection, article_id)

    def story(self, story_id: StoryId) -> Story | None:
        """See `Store`."""
        with self._read() as connection:
            return articles.read_story(connection, story_id)

    def stories(self, *, since: datetime | None = None, limit: int = 10_000) -> list[Story]:
        """See `Store`."""
        with self._read() as connection:
            found = (
                articles.read_story(connection, i) for i in articles.newest(connection, since=since, limit=limit)
            )
            return [story for story in found if story is not None]

    def story_articles(self, story_id: StoryId, *, gone: bool = False) -> list[Article]:
        """See `Store`."""
        with self._read() as connection:
            return [one for one in articles.members(connection, story_id) if gone or not one.gone]

    # briefs and pages

    def commit_report(
        self,
        job: Job,
        story: Story,
        briefs: Sequence[Brief],
        slugs: Mapping[str, str],
        made: Sequence[Amendment] = (),
        found: Mapping[str, Sequence[Proof]] | None = None,
    ) -> None:
        """See `Store`; a slug once given stays, so addresses outlive retitling.

        A story that an editor merged away or retracted while it was written is told no more.
        """
        now = self._clock()
        with self._turn, self._writer.begin() as connection:
            queue.finish(connection, job)
            if not articles.lives(connection, story.id) or retractions.retracted(connection, story.id):
                return
            pages.keep_briefs(connection, story, briefs)
            amendments.keep(connection, made)
            proofs.keep(connection, story, found or {})
            search.keep(connection, story.id, story.section, story.first_at.date(), briefs)
            known = pages.slugs_of(connection, story.id)
            for language, wanted in slugs.items():
                if language not in known:
                    pages.keep_slug(connection, story.id, language, wanted)
            queue.enqueue(connection, Step.PUBLISH, story.id, run_at=now)

    def briefs(self, story_id: StoryId) -> list[Brief]:
        """See `Store`."""
        with self._read() as connection:
            return pages.briefs_of(connection, story_id)

    def first_written(self, story_id: StoryId) -> datetime | None:
        """See `Store`."""
        with self._read() as connection:
            return pages.first_written(connection, story_id)

    def reported(self, *, limit: int) -> Sequence[tuple[StoryId, int]]:
        """See `Store`."""
        with self._read() as connection:
            return pages.reported(connection, limit=limit)

    def reported_mark(self) -> str:
        """See `Store`."""
        with self._read() as connection:
            return pages.reported_mark(connection)

    def published(self) -> Collection[StoryId]:
        """See `Store`."""
        with self._read() as connection:
            return pages.published(connection)

    def latest_briefs(self) -> Iterator[Brief]:
        """The newest brief of every story in every language."""
        with self._read() as connection:
            yield from pages.current_briefs(connection)

    def slugs(self, story_id: StoryId) -> Mapping[str, str]:
        """See `Store`."""
        with self._read() as connection:
            return pages.slugs_of(connection, story_id)

    def resolve_slug(self, language: str, slug: str, languages: Sequence[str]) -> tuple[str, str] | None:
        """See `Store`."""
        with self._read() as connection:
            return pages.resolve(connection, language, slug, languages)

    def withdrawn(self, language: str, slug: str) -> bool:
        """Whether a story had this slug and is told in this language no longer."""
        with self._read() as connection:
            return pages.withdrawn(connection, language, slug)

    def search(self, asked: Asked) -> Hits:
        """The stories that answer a question, within the time it allows."""
        with self._read() as connection:
            return search.find(connection, asked)

    def printed(self, found: Sequence[tuple[StoryId, str]]) -> Mapping[tuple[StoryId, str], Printed]:
        """What hits of a search are shown by."""
        with self._read() as connection:
            return search.printed(connection, found)

    # calls to language models

    def answered(self, key: str) -> str | None:
        """See `Calls`."""
        with self._read() as connection:
            return calls.answered(connection, key)

    def keep(self, call: Call) -> None:
        """See `Calls`."""
        with self._turn, self._writer.begin() as connection:
            calls.keep(connection, call)

    def spent(self, *, since: datetime, purpose: str = "") -> Spent:
        """See `Calls`."""
        with self._read() as connection:
            return calls.spent(connection, since=since, purpose=purpose)

    # the file

    def backup(self, target: Path) -> None:
        """A consistent copy while the desk goes on. Raises StoreError."""
        copy(self.path, target)

    def count(self, table: str) -> int:
        """Rows of one of our tables; stories that were merged into another do not count."""
        asked = select(func.count()).select_from(metadata.tables[table])
        if table == "story":
            asked = asked.where(metadata.tables[table].c.merged_into.is_(None))
        with self._read() as connection:
            return connection.execute(asked).scalar_one()

    def check(self) -> list[str]:
        """SQLite's own integrity check and foreign keys: empty when all is well."""
        with self._read() as connection:
            found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        return [line for line in found if line != "ok"] + [f"foreign key: {row}" for row in broken]
