"""`SqlCorrections`: the `Corrections` port on the same SQLite file."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from iroyin.adapters.store import amendments, articles, feeds, history, proofs, queue, retractions, withdrawals
from iroyin.adapters.store.sqlreactions import SqlReactions
from iroyin.errors import StoreError
from iroyin.model import (
    Amendment,
    Article,
    Brief,
    EntryId,
    EntryState,
    Job,
    Link,
    LogLine,
    Proof,
    Step,
    StoryId,
    Withdrawal,
)


class SqlCorrections(SqlReactions):
    """What was taken back or put right after it was published."""

    def retractions(self) -> Mapping[StoryId, Link]:
        """See `Corrections`."""
        with self._read() as connection:
            return retractions.standing(connection)

    def awaited(self, language: str, slug: str) -> bool:
        """Whether the story that has or had this slug is being told anew, so that its page will come."""
        with self._read() as connection:
            return retractions.awaited(connection, language, slug)

    def last_briefs(self, story_id: StoryId) -> Sequence[Brief]:
        """See `Corrections`."""
        with self._read() as connection:
            return amendments.last_briefs(connection, story_id)

    def first_version(self, story_id: StoryId, language: str) -> tuple[int, datetime] | None:
        """See `Corrections`."""
        with self._read() as connection:
            return amendments.first_version(connection, story_id, language)

    def amendments(self, story_id: StoryId, language: str, *, limit: int) -> Sequence[Amendment]:
        """See `Corrections`."""
        with self._read() as connection:
            return amendments.of_story(connection, story_id, language, limit=limit)

    def corrections(self, language: str, *, limit: int) -> Sequence[Amendment]:
        """See `Corrections`."""
        with self._read() as connection:
            return amendments.of_substance(connection, language, limit=limit)

    def withdrawals(self) -> list[Withdrawal]:
        """See `Corrections`."""
        with self._read() as connection:
            return withdrawals.standing(connection)

    def commit_withdrawal(self, one: Withdrawal, line: LogLine) -> int:
        """Keep a sentence that an editor took back, log it and queue the report without it; its number."""
        with self._turn, self._writer.begin() as connection:
            number = withdrawals.keep(connection, one)
            history.write(connection, line)
            articles.raise_version(connection, line.story_id, now=line.at)
            return number

    def take_back_withdrawal(self, number: int, line: LogLine) -> None:
        """Let a withdrawn sentence be told again. Raises StoreError when that withdrawal does not stand."""
        with self._turn, self._writer.begin() as connection:
            if not withdrawals.take_back(connection, number, now=line.at):
                raise StoreError(f"withdrawal {number} does not stand")
            history.write(connection, line)
            articles.raise_version(connection, line.story_id, now=line.at)

    def proofs(self, story_id: StoryId) -> Mapping[str, tuple[int, tuple[Proof, ...]]]:
        """The newest version of a story in each language that was tried, and what became of each sentence."""
        with self._read() as connection:
            return proofs.newest(connection, story_id)

    def read_before(self, entry_id: EntryId) -> Article | None:
        """See `Corrections`."""
        with self._read() as connection:
            article_id = feeds.gave(connection, entry_id)
            return articles.read(connection, article_id) if article_id else None

    def commit_unread(self, job: Job, entry_id: EntryId) -> None:
        """See `Corrections`."""
        with self._turn, self._writer.begin() as connection:
            queue.finish(connection, job)
            feeds.mark(connection, entry_id, EntryState.READ)

    def commit_gone(self, job: Job, entry_id: EntryId, article: Article, why: str) -> None:
        """See `Corrections`."""
        with self._turn, self._writer.begin() as connection:
            queue.finish(connection, job)
            feeds.mark(connection, entry_id, EntryState.SKIPPED, f"gone: {why}")
            articles.mark_gone(connection, article.id, why, now=self._clock())

    def read_again(self, story_id: StoryId, *, now: datetime) -> int:
        """Queue a reading of every entry that gave the story an article; how many."""
        with self._turn, self._writer.begin() as connection:
            found = [one for one in articles.members(connection, story_id) if one.entry_id]
            for one in found:
                lane = feeds.lane_of(one.url)
                queue.enqueue(connection, Step.READ, str(one.entry_id), run_at=now, lane=lane)
            return len(found)
