"""`SqlPages`: the published files of the site in the store."""

from collections.abc import Mapping, Sequence

from iroyin.adapters.store import articles, pages, queue, retractions
from iroyin.adapters.store.sqledits import SqlEdits
from iroyin.model import INDEX, LAST, LATE, Job, Page, Step, StoryId
from iroyin.publish.views import TOMBSTONE

_ALL = 10**9


class SqlPages(SqlEdits):
    """What of `Store` is about pages. See there for what each method promises."""

    def redirects(self, languages: Sequence[str]) -> Sequence[tuple[str, str, str, str]]:
        """Every slug that leads elsewhere as (language, slug, present language, present slug)."""
        with self._read() as connection:
            return pages.redirects(connection, languages)

    def commit_publish(
        self,
        job: Job,
        made: Sequence[Page],
        *,
        prefixes: Sequence[str] = (),
        card: str = "",
        shows: Mapping[StoryId, str] | None = None,
        draws: bool = False,
    ) -> int:
        """See `Store`; after a story's pages the index pages are due."""
        now = self._clock()
        with self._turn, self._writer.begin() as connection:
            queue.finish(connection, job)
            story_id = StoryId(job.key)
            if retractions.retracted(connection, story_id) and not any(p.path.endswith(TOMBSTONE) for p in made):
                return 0  # it was told when this began, and its tombstone stands already
            if job.key != INDEX and not articles.lives(connection, story_id):
                made, card, shows, draws = (), "", {}, False
            changed = pages.keep_pages(connection, made, prefixes=prefixes)
            if job.key != INDEX:
                pages.drop_story_pages(connection, story_id, made)
                pages.keep_shown(connection, story_id, shows or {})
                for other in pages.shown_otherwise(connection, story_id, card):
                    queue.enqueue(connection, Step.PUBLISH, other, run_at=now)
                queue.enqueue(connection, Step.PUBLISH, INDEX, run_at=now, order=LAST)
                if draws:
                    queue.enqueue(connection, Step.DRAW, story_id, run_at=now)
            return changed

    def restyle(self, style: str, *, given_up: Sequence[str]) -> int:
        """See `Store`."""
        with self._turn, self._writer.begin() as connection:
            if not pages.restyled(connection, style):
                return 0
            pages.keep_pages(connection, (), prefixes=given_up)
            told = (
                story_id for story_id, _ in pages.reported(connection, limit=_ALL)
            )  # a language that comes back
            now, due = self._clock(), pages.published(connection) | set(told)
            if pages.paths(connection):  # the style sheets lie with the lists: they come first
                queue.enqueue(connection, Step.PUBLISH, INDEX, run_at=now)
            for story_id in due:
                queue.enqueue(connection, Step.PUBLISH, story_id, run_at=now, order=LATE)
            return len(due)

    def commit_draw(self, job: Job, made: Sequence[Page], *, anew: bool = False) -> None:
        """See `Store`."""
        now = self._clock()
        with self._turn, self._writer.begin() as connection:
            queue.finish(connection, job)
            if retractions.retracted(connection, StoryId(job.key)):
                return
            if (made or anew) and articles.lives(connection, StoryId(job.key)):
                pages.keep_pages(connection, made, prefixes=())
                queue.enqueue(connection, Step.PUBLISH, job.key, run_at=now)

    def page(self, path: str) -> Page | None:
        """See `Store`."""
        with self._read() as connection:
            return pages.read_page(connection, path)

    def page_paths(self) -> Sequence[str]:
        """See `Store`."""
        with self._read() as connection:
            return pages.paths(connection)

    def page_etags(self) -> Mapping[str, str]:
        """The path of every page and the hash of its content."""
        with self._read() as connection:
            return pages.etags(connection)
