"""`SqlTold`: the stories told in a language, for the API, the digest and the e-book."""

from collections.abc import Mapping, Sequence
from datetime import date

from iroyin.adapters.store import told
from iroyin.adapters.store.sqlpages import SqlPages
from iroyin.model import Brief, StoryId


class SqlTold(SqlPages):
    """Reads of the briefs that are told now."""

    def told(
        self, language: str, *, after: told.Place | None, limit: int
    ) -> Sequence[tuple[told.Place, str, str, Brief]]:
        """Stories told in a language, newest first, behind a place."""
        with self._read() as connection:
            return told.told(connection, language, after=after, limit=limit)

    def told_days(self, language: str, only: date | None = None) -> Mapping[date, str]:
        """The days (or that one) on which stories told in a language began, each with a hash of what is told now."""
        with self._read() as connection:
            return told.days(connection, language, only)

    def told_on(self, language: str, day: date) -> Sequence[tuple[StoryId, str, Brief]]:
        """The stories told in a language that began on a day, as (story, slug, brief)."""
        with self._read() as connection:
            return told.on(connection, language, day)
