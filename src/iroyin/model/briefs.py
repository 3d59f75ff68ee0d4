"""The desk's own articles: sentences with their evidence, drafts, briefs and figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from iroyin.model.amendments import Withdrawal
from iroyin.model.articles import Article, Span
from iroyin.model.ids import ArticleId, StoryId
from iroyin.model.quotes import Utterance
from iroyin.model.stories import Counts, Story
from iroyin.model.tags import Tag


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
class Finding:
    """A check's objection to a sentence: code, offending characters, nearest source text, severity."""

    code: str
    text: str
    near: str = ""
    severity: Severity = Severity.CUT


class Outcome(StrEnum):
    """What became of a proposed sentence. Held: nothing of the page passed, or too little."""

    PRINTED = "printed"
    SOFTENED = "softened"
    REPLACED = "replaced"
    CUT = "cut"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence that a writer proposed, as an editor should see it.

    `source` is the source sentence it stands on, or would have, and `outlet` whose that is.
    """

    place: str
    text: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    source: str = ""
    outlet: str = ""


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
class Gap:
    """A field that a story of this kind normally has, and the articles that were read for it and do not have it."""

    field: str
    read: tuple[ArticleId, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a writer may know: the story, its articles in all languages, and the language to write in.

    `lineage` maps each article to its text group: articles of one group are copies of one text.
    `newsroom_of` maps each article to the independent newsroom it counts for (owner family or named origin).
    `withdrawn` are the sentences that an editor took back.
    """

    story: Story
    language: str
    articles: tuple[Article, ...]
    lineage: Mapping[ArticleId, int]
    newsroom_of: Mapping[ArticleId, str]
    counts: Counts
    withdrawn: tuple[Withdrawal, ...] = ()

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
    """What a writer proposes, before the gate. `headlines` are candidates, best first.

    `judged` are the texts of those free sentences that a judge found supported by their spans. `refused` is what the
    writer itself gave up under the objections of the checks, `unknown` what sources say is not known.
    """

    headlines: tuple[Sentence, ...]
    lede: tuple[Sentence, ...]
    body: tuple[Section, ...]
    quotes: tuple[Sentence, ...] = ()
    differences: tuple[Difference, ...] = ()
    tags: tuple[Tag, ...] = ()
    writer: str = ""
    judged: frozenset[str] = frozenset()
    utterances: tuple[Utterance, ...] = ()
    refused: tuple[Proof, ...] = ()
    unknown: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """The desk's own article about a story in one language, with its ledger of evidence.

    `utterances` are all quotations of its sources, in the languages they were published in; `quotes` the chosen ones.
    `read` are the articles it was written from, each with a hash of its text as it then was. `unknown` are sentences by
    which sources say that something is not known, `gaps` what none of them tells.
    """

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
    tags: tuple[Tag, ...] = ()
    checks: tuple[str, ...] = ()
    cut: tuple[Finding, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    read: Mapping[ArticleId, str] = field(default_factory=dict)
    unknown: tuple[Sentence, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def all_sentences(self) -> tuple[Sentence, ...]:
        """Headline, lede, body, quotes, differences and what is unknown, in page order."""
        body = tuple(s for part in self.body for s in part.sentences)
        told = tuple(s for d in self.differences for s in d.statements)
        return (self.headline, *self.lede, *body, *self.quotes, *told, *self.unknown)


@dataclass(frozen=True, slots=True)
class Figure:
    """An illustration: SVG for the page, how it was made, and its words in the page's language.

    `claims` are the numbers of the printed sentences that it stands on.
    """

    svg: str
    alt: str
    caption: str
    made_by: str = "code"
    kind: str = ""
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """The PNG of an illustration, for sharing. Without bytes: why it cannot be drawn, or it is due to be.

    `etag` stands for what it is made from: a signature is never the same twice, and nothing is drawn twice.
    """

    png: bytes = b""
    etag: str = ""
    reason: str = ""

    @property
    def due(self) -> bool:
        """Whether it can be drawn and is not yet."""
        return not self.png and not self.reason


@dataclass(frozen=True, slots=True)
class Recording:
    """The MP3 of a page read aloud by a machine; without bytes it is still to be made.

    `etag` stands for the words, the voice and the model that it is made from.
    """

    mp3: bytes
    etag: str
