"""Spans resolved to passages, and the proof that a sentence is a passage or a passage less whole marked clauses.

Leaves out what a sentence means: alignment of characters is all that is decided here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal

from iroyin.languages import tidy
from iroyin.model import Article, ArticleId, Dossier, EvidenceKind, Sentence, Span, Withdrawal
from iroyin.verify.cuts import is_cut

Place = Literal["headline", "lede", "body", "quote", "difference", "unknown"]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Passage:
    """Source text that a sentence cites: tidied text, its language and day, and where it was found."""

    text: str
    language: str
    published_at: datetime = EPOCH
    article: Article | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the checks know beside the sentence and its passages.

    `spellings` maps a name's key to the story's chosen spelling, `newsroom_of` an article to the independent
    newsroom it counts for ("" for one that never corroborates), `words_used` a newsroom to the words the page
    has of it so far. `before` is the sentence printed just before this one, `run` the outlet named last, as long
    as only its sentences followed. `said` are the sentences accepted so far, `told` all sentences of the articles in
    the page's language, `tainted` the articles that give orders to a machine, `judged` the texts of free sentences
    that a judge found supported, `withdrawn` what an editor took back.
    """

    now: datetime = EPOCH
    place: Place = "body"
    spellings: Mapping[str, str] = field(default_factory=dict)
    newsroom_of: Mapping[ArticleId, str] = field(default_factory=dict)
    words_used: Mapping[str, int] = field(default_factory=dict)
    words_per_source: int = 10**9
    before: Sentence | None = None
    previous_of: Mapping[tuple[ArticleId, int], int] = field(default_factory=dict)
    run: str = ""
    said: tuple[Sentence, ...] = ()
    told: tuple[Passage, ...] = ()
    tainted: frozenset[ArticleId] = frozenset()
    judged: frozenset[str] = frozenset()
    withdrawn: tuple[Withdrawal, ...] = ()


def resolve(spans: Iterable[Span], dossier: Dossier) -> tuple[Passage, ...]:
    """The passages of those spans that lie in an article of the dossier and still have their hash, in order."""
    articles = {article.id: article for article in dossier.articles}
    found = []
    for span in spans:
        article = articles.get(span.article_id)
        if article is not None and article.proves(span):
            text = tidy(article.text[span.start : span.end])
            found.append(Passage(text, article.language, article.published_at, article, span))
    return tuple(found)


def told(dossier: Dossier) -> tuple[Passage, ...]:
    """Every sentence of the articles in the dossier's own language."""
    return tuple(
        Passage(tidy(a.text[start:end]), a.language, a.published_at, a)
        for a in dossier.native()
        for start, end in a.sentences
    )


def is_aligned(sentence: Sentence, passages: Sequence[Passage], language: str) -> bool:
    """Whether a verbatim sentence is its first passage to the letter, a cut one that passage less marked parts."""
    if not passages or passages[0].language != language:
        return False
    text = tidy(sentence.text)
    if not text or text != sentence.text:
        return False
    if sentence.kind is EvidenceKind.VERBATIM:
        return text == passages[0].text
    if sentence.kind is EvidenceKind.CUT:
        outlet = passages[0].article.outlet if passages[0].article else ""
        attributed = bool(sentence.attribution)
        return is_cut(text, passages[0].text, language, outlet=outlet, attributed=attributed)
    return False


def previous_starts(dossier: Dossier) -> Mapping[tuple[ArticleId, int], int]:
    """For each sentence of each article (id, start): where the body sentence before it starts."""
    found = {}
    for article in dossier.articles:
        body = article.body_sentences
        for (before, _), (start, _) in pairwise(body):
            found[article.id, start] = before
    return found
