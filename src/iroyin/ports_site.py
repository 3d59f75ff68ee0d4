"""What publishing needs from the world beside the store: pictures for sharing, and whom to tell of news."""

from collections.abc import Sequence
from typing import Protocol


class Pictures(Protocol):
    """An illustration to a file for sharing, which says in itself how it was made."""

    def card(self, svg: bytes) -> bytes:
        """The PNG of this SVG."""
        ...


class Announcer(Protocol):
    """Who is told that feeds of the site have changed."""

    def announce(self, feeds: Sequence[str]) -> str:
        """Tell of these addresses; why that failed, "" when it did not. Raises nothing."""
        ...
