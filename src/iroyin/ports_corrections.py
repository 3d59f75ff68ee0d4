"""What the desk needs to know of what was put right after it was published."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from iroyin.model import Amendment, Article, Brief, EntryId, Job, Link, StoryId, Withdrawal


class Corrections(Protocol):
    """Where corrections live: they are only ever added to."""

    def retractions(self) -> Mapping[StoryId, Link]:
        """The retractions that stand, by story: such a story is told in no language."""
        ...

    def last_briefs(self, story_id: StoryId) -> Sequence[Brief]:
        """The last brief of a story in each language, told now or not."""
        ...

    def first_version(self, story_id: StoryId, language: str) -> tuple[int, datetime] | None:
        """Number and time of the first brief of a story in a language."""
        ...

    def amendments(self, story_id: StoryId, language: str, *, limit: int) -> Sequence[Amendment]:
        """The newest amendments of a story's page, oldest first."""
        ...

    def corrections(self, language: str, *, limit: int) -> Sequence[Amendment]:
        """The newest amendments of substance in a language, newest first; of a retracted story that alone."""
        ...

    def withdrawals(self) -> Sequence[Withdrawal]:
        """The sentences that editors took back, the oldest first."""
        ...

    def read_before(self, entry_id: EntryId) -> Article | None:
        """The article that this entry gave when it was read before."""
        ...

    def commit_unread(self, job: Job, entry_id: EntryId) -> None:
        """An entry could not be read again: what was read before stands."""
        ...

    def commit_gone(self, job: Job, entry_id: EntryId, article: Article, why: str) -> None:
        """An outlet shows an article no longer: nothing stands on it, and its story is reported anew."""
        ...
