"""What the desk needs to know of what was put right after it was published."""

from collections.abc import Mapping
from typing import Protocol

from iroyin.model import Link, StoryId


class Corrections(Protocol):
    """Where corrections live: they are only ever added to."""

    def retractions(self) -> Mapping[StoryId, Link]:
        """The retractions that stand, by story: such a story is told in no language."""
        ...
