"""`SqlCorrections`: the `Corrections` port on the same SQLite file."""

from collections.abc import Mapping

from iroyin.adapters.store import retractions
from iroyin.adapters.store.sqlreactions import SqlReactions
from iroyin.model import Link, StoryId


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
