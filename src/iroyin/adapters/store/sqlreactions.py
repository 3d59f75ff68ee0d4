"""`SqlReactions`: the `Reactions` port on the same SQLite file."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from iroyin.adapters.store import queue
from iroyin.adapters.store import reaction as rows
from iroyin.adapters.store.sqljobs import SqlJobs
from iroyin.model import Job, Post, Reaction, Step, StoryId
from iroyin.ports_reaction import KeptPost


class SqlReactions(SqlJobs):
    """Posts, what must not come back, and the reaction of each story."""

    def listen_to(self, story_id: StoryId, *, now: datetime) -> None:
        """See `Reactions`."""
        with self._turn, self._writer.begin() as connection:
            if not queue.waits(connection, Step.REACT, story_id):
                queue.enqueue(connection, Step.REACT, story_id, run_at=now)

    def posts(self, story_id: StoryId, embedder: str) -> list[KeptPost]:
        """See `Reactions`."""
        with self._read() as connection:
            return rows.posts_of(connection, story_id, embedder)

    def still_here(self, posts: Iterable[Post]) -> list[Post]:
        """See `Reactions`."""
        asked = list(posts)
        with self._read() as connection:
            gone = rows.gone_among(connection, (key for post in asked for key in rows.keys_of(post)))
        return [post for post in asked if not gone.intersection(rows.keys_of(post))]

    def reaction(self, story_id: StoryId) -> Reaction | None:
        """See `Reactions`."""
        with self._read() as connection:
            return rows.reaction_of(connection, story_id)

    def commit_reaction(
        self,
        job: Job,
        made: Reaction | None,
        kept: Sequence[KeptPost],
        gone: Collection[str],
        *,
        embedder: str,
        next_at: datetime | None,
    ) -> None:
        """See `Reactions`; what was removed by hand while the posts were read is left out once more."""
        now, story_id = self._clock(), StoryId(job.key)
        with self._turn, self._writer.begin() as connection:
            queue.finish(connection, job)
            rows.remember_gone(connection, gone, "deleted", at=now)
            lost = rows.gone_among(connection, (key for one in kept for key in rows.keys_of(one.post)))
            stays = [one for one in kept if not lost.intersection(rows.keys_of(one.post))]
            rows.keep_posts(connection, story_id, stays, embedder)
            if made is None or len(stays) < len(kept):
                rows.drop_reaction(connection, story_id)
            else:
                rows.keep_reaction(connection, made)
            again = now if len(stays) < len(kept) else next_at
            if again is not None:
                queue.enqueue(connection, Step.REACT, story_id, run_at=again)
            queue.enqueue(connection, Step.PUBLISH, story_id, run_at=now)

    def forget_posts(self, keys: Collection[str], urls: Collection[str], why: str) -> list[StoryId]:
        """See `Reactions`."""
        now = self._clock()
        with self._turn, self._writer.begin() as connection:
            rows.remember_gone(connection, [*keys, *(rows.address_key(url) for url in urls)], why, at=now)
            stories = rows.drop_posts(connection, keys, [form for url in urls for form in _forms(url)])
            for story_id in stories:
                rows.drop_reaction(connection, story_id)
                queue.enqueue(connection, Step.REACT, story_id, run_at=now)
                queue.enqueue(connection, Step.PUBLISH, story_id, run_at=now)
            return stories


def _forms(url: str) -> tuple[str, str]:
    """An address with and without a slash at its end."""
    bare = url.strip().rstrip("/")
    return bare, f"{bare}/"
