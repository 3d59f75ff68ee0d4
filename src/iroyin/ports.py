"""What the desk needs from the world, each as a small Protocol. Adapters supply them, `desk.py` calls them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from iroyin.model import (
    Article,
    ArticleId,
    Brief,
    Dossier,
    Draft,
    Entry,
    EntryId,
    Extract,
    Feed,
    FeedId,
    FeedState,
    Fetched,
    Finding,
    Job,
    Page,
    ParsedFeed,
    Placement,
    Sentence,
    Step,
    Story,
    StoryId,
)

Purpose = Literal["feed", "page"]
Vectors = NDArray[np.float32]
Objections = Callable[[Sentence], tuple[Finding, ...]]


class Fetcher(Protocol):
    """Guarded, polite reading of the web. Raises FetchError and its kinds, nothing else."""

    def fetch(self, url: str, purpose: Purpose, *, etag: str = "", last_modified: str = "") -> Fetched:
        """The answer to one request; status 304 with an empty body when the validators still hold."""
        ...


class Parser(Protocol):
    """Outside bytes turned into values in a limited child process. Raises ParseError, nothing else."""

    def feed(self, fetched: Fetched, *, now: datetime, language: str = "") -> ParsedFeed:
        """The feed in these bytes: RSS, RDF, Atom, JSON Feed or a news sitemap."""
        ...

    def page(self, body: bytes, url: str, *, charset: str = "", language: str = "") -> Extract:
        """The article in this HTML page."""
        ...


class Embedder(Protocol):
    """Texts to unit vectors. `id` changes when its output would; vectors of two ids are never compared."""

    @property
    def id(self) -> str:
        """Name, version and weights of the model."""
        ...

    @property
    def dims(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, texts: Sequence[str], languages: Sequence[str]) -> Vectors:
        """One unit vector a text (float32, shape n x dims), centred for its language; zeros for no text."""
        ...


class Pictures(Protocol):
    """An illustration to a file for sharing, which says in itself how it was made."""

    def card(self, svg: bytes) -> bytes:
        """The PNG of this SVG."""
        ...


class Writer(Protocol):
    """A dossier to a draft in which each sentence cites spans of the dossier. Raises WriterError only."""

    @property
    def id(self) -> str:
        """Name and version, as printed on the page."""
        ...

    def write(self, dossier: Dossier, objections: Objections, *, now: datetime) -> Draft:
        """A draft in the dossier's language; `objections` tells what the checks would refuse."""
        ...


@dataclass(frozen=True, slots=True)
class Placed:
    """An article of the live window with what placing needs: where it stands and its vector."""

    article: Article
    story_id: StoryId
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Move:
    """Articles that leave a story for another, which may be new; no articles named: all of them."""

    story_id: StoryId
    into: StoryId
    article_ids: tuple[ArticleId, ...]
    reason: str


class Store(Protocol):
    """The one place where state lives. Each `commit_*` is one transaction that also finishes its job.

    Every method that takes a `job` raises LeaseLost when another worker has taken that job over.
    """

    def add_feeds(self, feeds: Iterable[Feed], *, now: datetime) -> int:
        """Add feeds that are new (by id) and queue their first poll; the number added."""
        ...

    def remove_feed(self, feed_id: FeedId) -> bool:
        """Stop polling a feed; its articles stay."""
        ...

    def feeds(self) -> list[Feed]:
        """All feeds, by title."""
        ...

    def feed(self, feed_id: FeedId) -> Feed | None:
        """One feed."""
        ...

    def feed_states(self) -> Mapping[FeedId, FeedState]:
        """The state of each feed that was ever polled."""
        ...

    def commit_poll(self, job: Job, state: FeedState, entries: Sequence[Entry], *, now: datetime) -> int:
        """Keep the state and the entries that are new or changed, queue their reads; the number kept."""
        ...

    def entry(self, entry_id: EntryId) -> Entry | None:
        """One entry."""
        ...

    def commit_read(self, job: Job, article: Article, vector: Vectors, embedder: str) -> None:
        """Keep the article with its vector, mark its entry read, queue its placing."""
        ...

    def commit_skip(self, job: Job, entry_id: EntryId, reason: str) -> None:
        """Record why an entry gave no article."""
        ...

    def add_articles(self, articles: Sequence[Article], vectors: Vectors, embedder: str) -> int:
        """Keep articles that came from a file and queue their placing; the number that were new."""
        ...

    def article(self, article_id: ArticleId) -> Article | None:
        """One article."""
        ...

    def vector(self, article_id: ArticleId, embedder: str) -> Vectors | None:
        """The article's vector made by this embedder."""
        ...

    def window(self, since: datetime, embedder: str) -> Iterator[Placed]:
        """Placed articles published after `since`, in the order in which they were placed."""
        ...

    def newest_article_at(self) -> datetime:
        """When the newest placed article was published; the beginning of time when there is none."""
        ...

    def commit_place(self, job: Job, placement: Placement, *, now: datetime) -> None:
        """Put the article into its story (made when new), raise the story's version, queue its report."""
        ...

    def commit_moves(self, job: Job, moves: Sequence[Move], *, now: datetime) -> None:
        """Move articles from story to story, in this order; what has changed is reported anew.

        A story that all articles have left keeps its row as a log of what happened, and its old addresses lead to the
        story it is in now. A story that was merged away lives again when articles come back to it.
        """
        ...

    def story(self, story_id: StoryId) -> Story | None:
        """One story."""
        ...

    def stories(self, *, since: datetime | None = None, limit: int = 10_000) -> list[Story]:
        """Stories, newest activity first."""
        ...

    def story_articles(self, story_id: StoryId) -> list[Article]:
        """The articles of a story, oldest first."""
        ...

    def commit_report(self, job: Job, story: Story, briefs: Sequence[Brief], slugs: Mapping[str, str]) -> None:
        """Keep the briefs of this story version and their slugs by language, queue their publishing."""
        ...

    def briefs(self, story_id: StoryId) -> list[Brief]:
        """The newest brief of a story in each language."""
        ...

    def first_written(self, story_id: StoryId) -> datetime | None:
        """When the desk first reported this story, in any language."""
        ...

    def reported(self, *, limit: int) -> Sequence[tuple[StoryId, int]]:
        """The newest stories that have a brief now, with their versions, newest activity first."""
        ...

    def published(self) -> Collection[StoryId]:
        """The stories that have a page now."""
        ...

    def slugs(self, story_id: StoryId) -> Mapping[str, str]:
        """The story's current slug in each language."""
        ...

    def resolve_slug(self, language: str, slug: str) -> str | None:
        """The present slug of the story that has or once had this one."""
        ...

    def commit_publish(
        self,
        job: Job,
        pages: Sequence[Page],
        *,
        prefixes: Sequence[str] = (),
        card: str = "",
        shows: Mapping[StoryId, str] | None = None,
    ) -> int:
        """Keep the pages that changed, drop pages under `prefixes` not among them; the number changed.

        For a story, `card` is the hash of what other pages print of it (empty when it has no page) and `shows` the
        cards that its own pages print. Stories whose pages print another card of it are published anew.
        """
        ...

    def page(self, path: str) -> Page | None:
        """One published page by its path from the site's root."""
        ...

    def page_paths(self) -> Sequence[str]:
        """The path of every published page."""
        ...


class Jobs(Protocol):
    """The queue: at least once, by lease; a fenced finish makes it exactly once in effect."""

    def enqueue(self, step: Step, key: str, *, order: str = "", lane: str = "", run_at: datetime) -> None:
        """Queue a job unless one of this step and key waits already."""
        ...

    def claim(self, step: Step, *, limit: int, now: datetime, busy: Collection[str] = ()) -> list[Job]:
        """Lease up to `limit` due jobs of a step, by order, one a lane and none of a busy lane."""
        ...

    def drop(self, job: Job) -> None:
        """End a job that has nothing to do (its feed was removed, its story is gone)."""
        ...

    def fail(self, job: Job, reason: str, *, retry_at: datetime) -> bool:
        """Give a job back with its reason; False when it has been buried after its last attempt."""
        ...

    def release(self, jobs: Sequence[Job], *, run_at: datetime | None = None) -> None:
        """Give back jobs that were claimed and not begun, their attempt not counted; due again at `run_at`."""
        ...

    def depth(self, *, now: datetime) -> Mapping[Step, int]:
        """Due jobs waiting, by step."""
        ...


class DeskStore(Store, Jobs, Protocol):
    """What the desk needs: values and the queue in one place, so that both are committed together."""
