"""`SqlEdits`: what editors say, on the same SQLite file."""

from collections.abc import Sequence

from iroyin.adapters.store import history, moves, queue, retractions
from iroyin.adapters.store.pages import keep_pages
from iroyin.adapters.store.sqlcorrections import SqlCorrections
from iroyin.errors import StoreError
from iroyin.model import LAST, REVISE, Act, Heard, Link, LogLine, Page, Step, StoryId


class SqlEdits(SqlCorrections):
    """Editors' links, what follows from them at once, and the log of it."""

    def links(self) -> list[Link]:
        """See `Store`."""
        with self._read() as connection:
            return history.standing(connection)

    def heard(self) -> Heard:
        """See `Store`."""
        with self._read() as connection:
            return history.heard(connection)

    def commit_act(self, act: Act, *, heard: Heard, pages: Sequence[Page] = ()) -> None:
        """See `Store`."""
        with self._turn, self._writer.begin() as connection:
            fresh, before = heard == history.heard(connection), retractions.standing(connection)
            history.take_back(connection, act.taken_back, now=act.at)
            made = [moves.make(connection, one, who=act.by, now=act.at) for one in act.moves]
            history.keep(connection, act.links, moved=bool(act.moves))
            retractions.follow(connection, act, before)
            if not fresh or not all(made) or history.broken(connection):
                raise StoreError("the stories have changed meanwhile: look at them again and repeat the command")
            keep_pages(connection, pages, prefixes=())
            for line in act.told:
                history.write(connection, line)
            queue.enqueue(connection, Step.PLACE, REVISE, run_at=act.at, order=LAST)

    def log(self, story_id: StoryId | None = None, *, limit: int = 1000) -> list[LogLine]:
        """See `Store`."""
        with self._read() as connection:
            return history.lines(connection, story_id, limit=limit)
