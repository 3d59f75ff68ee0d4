"""What publishing needs from the world beside the store: pictures for sharing, whom to tell of news, and the post."""

from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from typing import Protocol

from iroyin.model import StoryId


class HouseStyle(Protocol):
    """Where published pages lie, as far as their house style goes."""

    def restyle(self, style: str, *, given_up: Sequence[str]) -> int:
        """Have all pages made anew when they were made in another style than this; the number of stories that are due.

        Pages under `given_up` are taken away then. The news of the day goes first. As one transaction: a style that
        is known costs one look.
        """
        ...


class Pictures(Protocol):
    """An illustration to a file for sharing, which says in itself how it was made.

    `id` names all that makes the file what it is beside the drawing: with another id all are drawn anew.
    """

    id: str

    def lacks(self, svg: str) -> str:
        """Why this SVG can never be drawn as it is, such as a letter that no face has; "" when it can."""
        ...

    def card(self, svg: str) -> bytes:
        """The PNG of this SVG. Raises PictureError."""
        ...


class Painter(Protocol):
    """An image model: from words made by code to a picture that is labelled as made by AI wherever it stands."""

    def kept(self, scene: str, story_id: StoryId) -> bytes | None:
        """The JPEG painted earlier for this scene of this story; two stories never share one."""
        ...

    def paint(self, scene: str, story_id: StoryId) -> bytes:
        """A JPEG of 1200 by 675 for this scene of this story, asked for once. Raises PictureError."""
        ...


class Speaker(Protocol):
    """A speech engine: sentences to a recording, for the languages that it has a voice for."""

    def made_from(self, sentences: Sequence[str], language: str) -> str:
        """A hash of all that decides the recording of these sentences; "" when it has no voice for the language."""
        ...

    def speak(self, sentences: Sequence[str], language: str, story_id: str) -> bytes:
        """The MP3 of these sentences: frames alone, no tags. Raises SpeechError."""
        ...


class Announcer(Protocol):
    """Who is told that feeds of the site have changed."""

    def announce(self, feeds: Sequence[str]) -> str:
        """Tell of these addresses; why that failed, "" when it did not. Raises nothing."""
        ...


class Postman(Protocol):
    """Who carries e-mail."""

    def send(self, message: EmailMessage, to: Sequence[str]) -> Mapping[str, str]:
        """Send it to each address on its own; the addresses that it did not reach, with why. Raises nothing."""
        ...
