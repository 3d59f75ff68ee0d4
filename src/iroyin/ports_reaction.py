"""What listening to the public needs from the world: sources of posts, and a store for them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from iroyin.model import Example, Job, Platform, Post, Query, Reaction, Stance, StoryId, Told

Vectors = NDArray[np.float32]


WINDOW = "window"  # trouble of a source that knows but the newest part of the time: its other answers are as good


@dataclass(frozen=True, slots=True)
class Gathered:
    """Posts that a source gave; `trouble` says why there may be more that it did not give, "" when there are not."""

    posts: tuple[Post, ...]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of posts when they were looked up again.

    `here` are those that still stand, as they now read; `gone` the keys of those that do not. What is in neither could
    not be looked up, and `trouble` says why.
    """

    here: tuple[Post, ...]
    gone: tuple[str, ...]
    trouble: str = ""


class SocialSource(Protocol):
    """One server with public posts. Raises nothing: trouble is told, and a limit of its is obeyed."""

    @property
    def platform(self) -> Platform:
        """Whose protocol it speaks."""
        ...

    @property
    def server(self) -> str:
        """Its host, as receipts print it."""
        ...

    def search(self, query: Query, *, since: datetime, until: datetime, limit: int) -> Gathered:
        """The newest public posts of this time that have the query's words, at most `limit`."""
        ...

    def look_up(self, posts: Sequence[Post]) -> Looked:
        """These posts of this server as they stand now: edited, deleted, or as before."""
        ...

    def probe(self) -> str:
        """Why it does not work; "" when it does."""
        ...


Fault = Callable[
    [str, str, Sequence[Example]], str
]  # sentence, language, cited posts: what is wrong with it, or ""


class Teller(Protocol):
    """What writes of views, when a model is configured."""

    @property
    def id(self) -> str:
        """Who writes, as the receipts name it."""
        ...

    def tell(
        self, story_id: StoryId, views: Mapping[Stance, Sequence[Example]], language: str, fault: Fault
    ) -> tuple[Mapping[Stance, tuple[Told, ...]], int]:
        """At most two sentences a view that have no fault and that a judge finds supported, and how many failed.

        Raises ModelError.
        """
        ...


@dataclass(frozen=True, slots=True)
class KeptPost:
    """A stored post, when it was last seen to stand, and its vector (None: of another embedder)."""

    post: Post
    checked_at: datetime
    vector: Vectors | None = None


class Reactions(Protocol):
    """Where posts and what is made of them live. What is gone never comes back."""

    def listen_to(self, story_id: StoryId, *, now: datetime) -> None:
        """Queue a first look at what people say of the story, unless one waits already."""
        ...

    def posts(self, story_id: StoryId, embedder: str) -> Sequence[KeptPost]:
        """The posts kept for the story."""
        ...

    def still_here(self, posts: Iterable[Post]) -> Sequence[Post]:
        """These posts without those that were deleted or removed, or whose account was."""
        ...

    def reaction(self, story_id: StoryId) -> Reaction | None:
        """What people say of the story, as last made."""
        ...

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
        """Keep the reaction and exactly these posts, remember the keys of those that are gone, queue what follows.

        None as a reaction takes away what was there; without `next_at` the story is not looked at again.
        """
        ...

    def forget_posts(self, keys: Collection[str], urls: Collection[str], why: str) -> Sequence[StoryId]:
        """Take away posts for ever, by key of post or account or by address; the stories that had any.

        Their reactions are taken away at once and made anew without them.
        """
        ...
