"""Every noun of the newsroom, as a frozen value. Times are aware UTC datetimes; texts are Unicode NFC.

An `Article.text` is the one text that everything points into: its title, a blank line, then its body. A `Span`
is a half-open range of characters of that text with a hash, so a published sentence can be proved from it.
"""

from iroyin.model.articles import Article, Extract, Span
from iroyin.model.briefs import (
    Brief,
    Difference,
    Dossier,
    Draft,
    EvidenceKind,
    Figure,
    Finding,
    Section,
    Sentence,
    Severity,
)
from iroyin.model.chat import Call, Question, Spent
from iroyin.model.feeds import (
    Confidence,
    Entry,
    EntryState,
    Feed,
    FeedEntry,
    FeedState,
    FeedStatus,
    Fetched,
    OutletKind,
    ParsedFeed,
)
from iroyin.model.ids import ArticleId, EntryId, FeedId, StoryId, short_id, text_hash
from iroyin.model.stories import Counts, Placement, Related, Story
from iroyin.model.tags import Tag, TagKind
from iroyin.model.work import INDEX, LAST, REVISE, Job, Page, Step

__all__ = [
    "INDEX",
    "LAST",
    "REVISE",
    "Article",
    "ArticleId",
    "Brief",
    "Call",
    "Confidence",
    "Counts",
    "Difference",
    "Dossier",
    "Draft",
    "Entry",
    "EntryId",
    "EntryState",
    "EvidenceKind",
    "Extract",
    "Feed",
    "FeedEntry",
    "FeedId",
    "FeedState",
    "FeedStatus",
    "Fetched",
    "Figure",
    "Finding",
    "Job",
    "OutletKind",
    "Page",
    "ParsedFeed",
    "Placement",
    "Question",
    "Related",
    "Section",
    "Sentence",
    "Severity",
    "Span",
    "Spent",
    "Step",
    "Story",
    "StoryId",
    "Tag",
    "TagKind",
    "short_id",
    "text_hash",
]
