"""Articles, what they are read from, and the spans that point into them."""

from dataclasses import dataclass
from datetime import datetime

from iroyin.model.feeds import Confidence, OutletKind
from iroyin.model.ids import ArticleId, EntryId, text_hash


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
    as its source ("Yonhap reported"). `from_page`: the text is the page's and not the feed's own. `gone` says why its
    outlet shows it no longer: then nothing that is told stands on it.
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
    from_page: bool = False
    gone: str = ""

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
