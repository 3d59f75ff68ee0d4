"""Every noun of the newsroom, as a frozen value. Times are aware UTC datetimes; texts are Unicode NFC.

An `Article.text` is the one text that everything points into: its title, a blank line, then its body. A `Span`
is a half-open range of characters of that text with a hash, so a published sentence can be proved from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NewType

FeedId = NewType("FeedId", str)
EntryId = NewType("EntryId", str)
ArticleId = NewType("ArticleId", str)
StoryId = NewType("StoryId", str)


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hex: the proof carried by a `Span`."""
    return sha256(text.encode()).hexdigest()


def short_id(prefix: str, *parts: str) -> str:
    """A stable id, `prefix` and 16 hex digits, the same for the same parts for ever."""
    return prefix + sha256("\x1f".join(parts).encode()).hexdigest()[:16]


class OutletKind(StrEnum):
    """Who stands behind an outlet; state-run and public are told apart."""

    PRIVATE = "private"
    PUBLIC = "public"
    STATE = "state"
    AGENCY = "agency"
    INDEPENDENT = "independent"
    UNKNOWN = "unknown"


class FeedStatus(StrEnum):
    """What the last poll of a feed came to."""

    NEW = "new"
    OK = "ok"
    NOT_MODIFIED = "not-modified"
    FAILING = "failing"
    REFUSED = "refused"
    GONE = "gone"


class Confidence(StrEnum):
    """How sure a date or a language is."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


class EntryState(StrEnum):
    """Where an entry stands; `skipped` and `failed` carry a reason and are never lost."""

    NEW = "new"
    READ = "read"
    SKIPPED = "skipped"
    FAILED = "failed"


class Step(StrEnum):
    """The five steps of the flow, in order."""

    POLL = "poll"
    READ = "read"
    PLACE = "place"
    REPORT = "report"
    PUBLISH = "publish"


class EvidenceKind(StrEnum):
    """How a published sentence stands on its spans (see docs/tour.md)."""

    VERBATIM = "verbatim"
    CUT = "cut"
    BUILT = "built"
    WRITTEN = "written"


class Severity(StrEnum):
    """What the gate does with a finding."""

    CUT = "cut"
    SOFTEN = "soften"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Feed:
    """One address the desk polls, with what is known of the outlet behind it.

    `family` is the owner family: outlets of one family are one newsroom. Empty means the outlet itself.
    """

    id: FeedId
    url: str
    title: str
    language: str = "und"
    country: str = ""
    outlet: str = ""
    family: str = ""
    kind: OutletKind = OutletKind.UNKNOWN
    section: str = "world"
    ai_written: bool = False
    active: bool = True

    @property
    def newsroom(self) -> str:
        """The name under which this feed corroborates: its family, else its outlet, else its title."""
        return self.family or self.outlet or self.title


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the desk remembers of a feed between two polls."""

    feed_id: FeedId
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    next_poll_at: datetime | None = None
    polled_at: datetime | None = None
    ok_at: datetime | None = None
    failures: int = 0
    status: FeedStatus = FeedStatus.NEW
    reason: str = ""
    entries: int = 0
    skipped: int = 0
    moved_to: str = ""
    moved_seen: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answered request. `headers` has lower-case names; `body` is decoded and within its cap."""

    requested_url: str
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    permanent_url: str = ""
    opt_out: str = ""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One item as the feed states it, cleaned: plain-text fields, absolute http(s) `url` or none."""

    key: str
    url: str
    title: str
    summary: str
    content: str = ""
    author: str = ""
    published_at: datetime | None = None
    date_confidence: Confidence = Confidence.NONE
    language: str = ""
    origin: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A whole feed document: what it says of itself, its entries, and how many were left out and why."""

    format: str
    title: str
    language: str = ""
    home_url: str = ""
    hub_url: str = ""
    ttl_minutes: int | None = None
    entries: tuple[FeedEntry, ...] = ()
    skipped: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A feed entry as the desk keeps it, with its state."""

    id: EntryId
    feed_id: FeedId
    item: FeedEntry
    first_seen_at: datetime
    content_hash: str
    state: EntryState = EntryState.NEW
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """What one HTML page yields: plain text, paragraphs separated by a newline, and its metadata."""

    title: str
    text: str
    author: str = ""
    published_at: datetime | None = None
    date_confidence: Confidence = Confidence.NONE
    canonical_url: str = ""
    language: str = ""
    site_name: str = ""
    origin: str = ""
    opt_out: str = ""
    thin: bool = False
    paywalled: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of an article's text, and the SHA-256 of those characters."""

    article_id: ArticleId
    start: int
    end: int
    hash: str


@dataclass(frozen=True, slots=True)
class Article:
    """One text by one outlet. `text` is title, blank line, body; `sentences` are (start, end) into it.

    The first sentence range is always the title. `origin` is the newsroom the text itself or the feed names
    as its source ("Yonhap reported"). `fingerprint` is a MinHash of the body's shingles.
    """

    id: ArticleId
    url: str
    title: str
    text: str
    language: str
    published_at: datetime
    seen_at: datetime
    outlet: str
    newsroom: str
    sentences: tuple[tuple[int, int], ...]
    entry_id: EntryId | None = None
    author: str = ""
    country: str = ""
    kind: OutletKind = OutletKind.UNKNOWN
    section: str = "world"
    origin: str = ""
    ai_written: bool = False
    thin: bool = False
    date_confidence: Confidence = Confidence.HIGH
    language_confidence: Confidence = Confidence.HIGH
    fingerprint: bytes = b""

    def span(self, start: int, end: int) -> Span:
        """The span of these characters, with its proof."""
        return Span(self.id, start, end, text_hash(self.text[start:end]))

    def proves(self, span: Span) -> bool:
        """Whether the span lies in this article and its characters still have the span's hash."""
        if span.article_id != self.id or not 0 <= span.start < span.end <= len(self.text):
            return False
        return text_hash(self.text[span.start : span.end]) == span.hash

    @property
    def body_sentences(self) -> tuple[tuple[int, int], ...]:
        """The sentence ranges after the title."""
        return self.sentences[1:]


@dataclass(frozen=True, slots=True)
class Placement:
    """Why an article stands in a story. `views` holds each view's say (name, value), `runner_up` the next best."""

    article_id: ArticleId
    story_id: StoryId
    score: float
    reason: str
    views: tuple[tuple[str, float], ...] = ()
    runner_up: StoryId | None = None
    runner_up_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Story:
    """One event as told by one or more articles; its id is that of its first article and never changes."""

    id: StoryId
    version: int
    article_ids: tuple[ArticleId, ...]
    first_at: datetime
    last_at: datetime
    languages: tuple[str, ...] = ()
    section: str = "world"


@dataclass(frozen=True, slots=True)
class Counts:
    """The three honest counts: all articles, texts that differ, newsrooms that are independent."""

    articles: int
    texts: int
    newsrooms: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A check's objection to a sentence: code, offending characters, nearest source text, severity."""

    code: str
    text: str
    near: str = ""
    severity: Severity = Severity.CUT


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a brief and the spans it stands on.

    `text` is what is printed without its attribution; `attribution` is the outlet printed in words before it
    (empty when two independent newsrooms say it or the line before names the outlet already).
    `speaker` is set for a sentence that is a quote. `newsrooms` counts the independent newsrooms stating it.
    """

    text: str
    language: str
    kind: EvidenceKind
    spans: tuple[Span, ...]
    attribution: str = ""
    speaker: str = ""
    newsrooms: int = 1
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A run of body sentences about one sub-topic, under an optional subhead."""

    sentences: tuple[Sentence, ...]
    subhead: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where sources disagree on one number: the matter in words and what each newsroom's sentence says."""

    label: str
    statements: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a writer may know: the story, its articles in all languages, and the language to write in.

    `lineage` maps each article to its text group: articles of one group are copies of one text.
    `newsroom_of` maps each article to the independent newsroom it counts for (owner family or named origin).
    """

    story: Story
    language: str
    articles: tuple[Article, ...]
    lineage: Mapping[ArticleId, int]
    newsroom_of: Mapping[ArticleId, str]
    counts: Counts

    def native(self) -> tuple[Article, ...]:
        """The articles in the dossier's own language, oldest first."""
        return tuple(a for a in self.articles if a.language == self.language)

    def article(self, article_id: ArticleId) -> Article:
        """The article of this id. Raises KeyError when the dossier does not hold it."""
        for article in self.articles:
            if article.id == article_id:
                return article
        raise KeyError(article_id)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer proposes, before the gate. `headlines` are candidates, best first."""

    headlines: tuple[Sentence, ...]
    lede: tuple[Sentence, ...]
    body: tuple[Section, ...]
    quotes: tuple[Sentence, ...] = ()
    differences: tuple[Difference, ...] = ()
    tags: tuple[str, ...] = ()
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The desk's own article about a story in one language, with its ledger of evidence."""

    story_id: StoryId
    version: int
    language: str
    headline: Sentence
    lede: tuple[Sentence, ...]
    body: tuple[Section, ...]
    quotes: tuple[Sentence, ...]
    counts: Counts
    sources: tuple[ArticleId, ...]
    written_at: datetime
    writer: str
    differences: tuple[Difference, ...] = ()
    tags: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    cut: tuple[Finding, ...] = ()

    def all_sentences(self) -> tuple[Sentence, ...]:
        """Headline, lede, body, quotes and differences, in page order."""
        body = tuple(s for part in self.body for s in part.sentences)
        told = tuple(s for d in self.differences for s in d.statements)
        return (self.headline, *self.lede, *body, *self.quotes, *told)


@dataclass(frozen=True, slots=True)
class Figure:
    """An illustration: SVG for the page, how it was made, and its words in the page's language."""

    svg: str
    alt: str
    caption: str
    made_by: str = "code"


@dataclass(frozen=True, slots=True)
class Related:
    """Another story worth reading, with the named relation to this one and its score."""

    story_id: StoryId
    relation: str
    score: float


@dataclass(frozen=True, slots=True)
class Page:
    """One published file: path from the site's root, media type and bytes; `etag` is its content hash."""

    path: str
    media_type: str
    body: bytes
    story_id: StoryId | None = None
    etag: str = field(default="")


@dataclass(frozen=True, slots=True)
class Job:
    """One unit of work. `key` is its idempotency key; `order` decides what runs first within a step.

    Jobs of one `lane` (the host they will ask) run one at a time; an empty lane holds nobody up.
    """

    step: Step
    key: str
    order: str = ""
    lane: str = ""
    run_at: datetime | None = None
    attempt: int = 0
