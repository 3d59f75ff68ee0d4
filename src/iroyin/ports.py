"""What the desk needs from the world, each as a small Protocol. Adapters supply them, `desk.py` calls them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from iroyin.model import (
    Act,
    Amendment,
    Article,
    ArticleId,
    Brief,
    Call,
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
    Heard,
    Job,
    Link,
    LogLine,
    Move,
    Page,
    ParsedFeed,
    Placement,
    Proof,
    Question,
    Sentence,
    Spent,
    Step,
    Story,
    StoryId,
)
from iroyin.ports_corrections import Corrections
from iroyin.ports_reaction import Reactions
from iroyin.ports_site import HouseStyle

Purpose = Literal["feed", "page"]
Vectors = NDArray[np.float32]
T = TypeVar("T")
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


class States(Protocol):
    """How near a sentence's words are to those of others in context: measured by a model, weighed beside the checks."""

    def traits(self, text: str, sentences: Sequence[str]) -> Mapping[str, float]:
        """ "near words" and "far words", each from -1 to 1; 0 when there is nothing to compare."""
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


class Editions(Protocol):
    """A brief to a draft of the same claims in another language. Raises WriterError and ModelError only."""

    def write(self, brief: Brief, dossier: Dossier, objections: Objections, *, now: datetime) -> Draft:
        """A draft in the dossier's language, each sentence over the spans of the brief's."""
        ...


class Chat(Protocol):
    """A language model that answers by JSON. It has no tools; what it says is untrusted. Raises ModelError only."""

    @property
    def id(self) -> str:
        """The model's name, as printed on the page."""
        ...

    def ask(self, question: Question, read: Callable[[object], T]) -> T:
        """The answer as `read` takes it from its JSON; `read` raises ValueError for one that cannot be used."""
        ...


class Calls(Protocol):
    """The calls made to language models: an answer is paid for once, and a day has its budget."""

    def answered(self, key: str) -> str | None:
        """The answer that a call with this key got earlier."""
        ...

    def keep(self, call: Call) -> None:
        """Keep a call in a transaction of its own, so that what was paid for outlives a crash."""
        ...

    def spent(self, *, since: datetime, purpose: str = "") -> Spent:
        """What all calls since then took, or those of one purpose."""
        ...


@dataclass(frozen=True, slots=True)
class Placed:
    """An article of the live window with what placing needs: where it stands, its vector and its features.

    `features` are as the desk gave them to the store; empty when the text has changed since.
    """

    article_id: ArticleId
    story_id: StoryId
    vector: Vectors
    features: bytes = b""


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

    def keep_features(self, found: Mapping[ArticleId, bytes]) -> None:
        """Keep what grouping needs of articles beside their vectors, as bytes that only the desk can read."""
        ...

    def commit_place(
        self, job: Job, placement: Placement, *, now: datetime, features: bytes = b"", heard: Heard | None = None
    ) -> bool:
        """Put the article into its story (made when new), raise the story's version, queue its report.

        `heard` is what editors had said when the decision was made: when they have spoken since, nothing is done,
        the job is still held, and the answer is False.
        """
        ...

    def commit_changes(
        self, job: Job, changes: Sequence[Move], *, now: datetime, heard: Heard | None = None
    ) -> Sequence[Move] | None:
        """Merge and split stories as the desk decided; the changes that were made, None as for `commit_place`.

        A change that a link forbids, or that speaks of stories which are otherwise now, is left out. Both stories'
        versions rise and both are told anew; the addresses of a merged story lead to the one it is in. A story that
        had been merged away and is split off again is live again, under its own address.
        """
        ...

    def links(self) -> list[Link]:
        """The editors' links that stand, the oldest first."""
        ...

    def heard(self) -> Heard:
        """How much editors have said: when it has risen, links and stories are otherwise than they were read."""
        ...

    def commit_act(self, act: Act, *, heard: Heard, pages: Sequence[Page] = ()) -> None:
        """Keep an editor's links, move what they speak of and keep the pages that say so, as one.

        `heard` is what editors had said when the act was planned. Raises StoreError, and nothing is done, when they
        have spoken since or the articles stand otherwise now.
        """
        ...

    def log(self, story_id: StoryId | None = None, *, limit: int = 1000) -> list[LogLine]:
        """The newest lines of what happened to a story, or to all, in the order in which it happened."""
        ...

    def end_of(self, story_id: StoryId) -> StoryId:
        """The live story that this one leads to after all merges; itself when it lives or never was."""
        ...

    def lives(self, story_id: StoryId) -> bool:
        """Whether there is such a story and it is not merged into another."""
        ...

    def story(self, story_id: StoryId) -> Story | None:
        """One story."""
        ...

    def stories(self, *, since: datetime | None = None, limit: int = 10_000) -> list[Story]:
        """Stories, newest activity first."""
        ...

    def story_articles(self, story_id: StoryId, *, gone: bool = False) -> list[Article]:
        """The articles of a story, oldest first; those that their outlets show no longer only when asked for."""
        ...

    def commit_report(
        self,
        job: Job,
        story: Story,
        briefs: Sequence[Brief],
        slugs: Mapping[str, str],
        made: Sequence[Amendment] = (),
        found: Mapping[str, Sequence[Proof]] | None = None,
    ) -> None:
        """Keep the briefs of this story version, their slugs by language and what they change, queue publishing.

        `found` is what became of each proposed sentence, by language.
        """
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

    def reported_mark(self) -> str:
        """Another text whenever `reported` answers otherwise: cheap to ask."""
        ...

    def published(self) -> Collection[StoryId]:
        """The stories that have a page now."""
        ...

    def slugs(self, story_id: StoryId) -> Mapping[str, str]:
        """The story's current slug in each language."""
        ...

    def resolve_slug(self, language: str, slug: str, languages: Sequence[str]) -> tuple[str, str] | None:
        """Language and slug of the page that tells the story which has or once had this slug; None for none.

        In the same language when it has a page in it, else in the first of `languages` in which it has one.
        """
        ...

    def commit_publish(
        self,
        job: Job,
        pages: Sequence[Page],
        *,
        prefixes: Sequence[str] = (),
        card: str = "",
        shows: Mapping[StoryId, str] | None = None,
        draws: bool = False,
    ) -> int:
        """Keep the pages that changed, drop pages under `prefixes` not among them; the number changed.

        For a story, `card` is the hash of what other pages print of it (empty when it has no page) and `shows` the
        cards that its own pages print. Stories whose pages print another card of it are published anew.
        With `draws`, pictures of it are yet to be drawn: that is queued.
        """
        ...

    def commit_draw(self, job: Job, pages: Sequence[Page], *, anew: bool = False) -> None:
        """Keep the pictures drawn for a story that has pages, and queue its publishing, which names them.

        With `anew` it is queued without pages: a picture was painted, and the illustration is another one now.
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


class DeskStore(Store, Jobs, Reactions, Corrections, HouseStyle, Protocol):
    """What the desk needs: values and the queue in one place, so that both are committed together."""
