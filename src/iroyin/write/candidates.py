"""The sentences a brief may be made of: whole source sentences in the page's language that a page could print.

Leaves out captions, calls to subscribe, questions, fragments; one text of each group of copies is enough.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from iroyin.languages import content_words, count_words, dates, fold, names, numbers, rules, tidy
from iroyin.model import Article, Dossier, EvidenceKind, Sentence, Span

Figure = tuple[str, str]

_TERMINALS = ".!?…。！？؟۔।॥።"
_CLOSERS = "\"'”’»」』）)]›"
_FEWEST, _MOST = 5, 48
_STEM = 5
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_DATELINE = re.compile(
    r"^.{2,70}?(?:\s+[-=]\s+|\s*(?:—|–|--)\s*)|^[(\[（【][^)\]）】\n]{1,80}[)\]）】]\s*(?:[^=\n.]{0,40}=\s*)?"
)
_CHATTER = re.compile(
    r"subscribe|newsletter|sign up (?:for|to)|follow us|read (?:more|also)|click here|all rights reserved"
    r"|copyright|advertisement|this (?:article|story) (?:was|has been)|file photo|getty images"
    r"|(?:photo|image|video|picture)(?: credit)?s?:"
    r"|abonnez|inscrivez-vous|lire aussi|à lire|suscríbe|lea también|lee también|leia também|assine|inscreva"
    r"|lesen sie|mehr zum thema|jetzt abonnieren|leggi anche|iscriviti|lees ook|читайте также|подписывайтесь"
    r"|구독|무단 ?전재|재배포|저작권자|자료사진|اقرأ أيضا|اشترك|تابعنا|और पढ़ें|सब्सक्राइब|यह भी पढ़ें"
    r"|点击|订阅|责任编辑|版权所有|關注|关注我们|記事を読む|関連記事|購読|abone ol|©",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One source sentence with what choosing needs.

    `index` counts the article's sentences, the title is 0. `mask` has one bit a stem of the story, so that shared
    words are counted by a single operation. `position` runs from 0 (first) to 1 (last).
    """

    article: Article
    newsroom: str
    index: int
    span: Span
    text: str
    kind: EvidenceKind
    stems: frozenset[str]
    figures: frozenset[Figure]
    names: frozenset[str]
    mask: int
    position: float
    words: int

    @property
    def key(self) -> tuple[str, int]:
        """What ties are broken by."""
        return (self.article.id, self.span.start)

    def sentence(self, *, attribution: str = "", support: Sequence[Span] = (), newsrooms: int = 1) -> Sentence:
        """The candidate as a sentence of the page; its own span comes first."""
        spans = (self.span, *support)
        return Sentence(
            self.text,
            self.article.language,
            self.kind,
            spans,
            attribution=attribution,
            newsrooms=max(newsrooms, 1),
        )


@dataclass(slots=True)
class StemBits:
    """One bit for each stem met in the story."""

    bits: dict[str, int]

    def mask(self, stems: frozenset[str]) -> int:
        """The bits of these stems; new ones get the next bit."""
        total = 0
        for stem in stems:
            total |= 1 << self.bits.setdefault(stem, len(self.bits))
        return total


def candidates(dossier: Dossier) -> tuple[Candidate, ...]:
    """All usable body sentences of the sources, oldest article first, and every title (index 0)."""
    bits = StemBits({})
    found: list[Candidate] = []
    for article in sources(dossier):
        room = dossier.newsroom_of.get(article.id, article.newsroom) or article.newsroom
        punctuated = _is_punctuated(article)
        for index, (start, end) in enumerate(article.sentences):
            text = tidy(article.text[start:end])
            if index == 0 or _is_printable(text, article.language, punctuated=punctuated):
                found.append(_candidate(article, room, index, (start, end), text, bits))
    return tuple(found)


def sources(dossier: Dossier) -> tuple[Article, ...]:
    """The articles to write from: native, one a text group (the oldest), AI-written ones only when alone."""
    native = dossier.native()
    honest = tuple(a for a in native if not a.ai_written) or native
    chosen: dict[int, Article] = {}
    for position, article in enumerate(honest):
        chosen.setdefault(dossier.lineage.get(article.id, -1 - position), article)
    return tuple(chosen.values())


def without_dateline(candidate: Candidate) -> Candidate | None:
    """The candidate as a cut without "SEOUL (Yonhap) -- " at its head, None when nothing looks like that."""
    found = _DATELINE.match(candidate.text)
    rest = candidate.text[found.end() :] if found else ""
    if count_words(rest, candidate.article.language) < _FEWEST:
        return None
    return _replaced(candidate, rest)


def _replaced(candidate: Candidate, text: str) -> Candidate:
    language = candidate.article.language
    return Candidate(
        candidate.article, candidate.newsroom, candidate.index, candidate.span, text, EvidenceKind.CUT,
        stems(text, language), figures(text, language), candidate.names, candidate.mask, candidate.position,
        count_words(text, language),
    )  # fmt: skip


def cut_to(candidate: Candidate, text: str) -> Candidate:
    """The candidate printed as this part of it; the gate proves whether the cut is one that may be made."""
    return _replaced(candidate, text)


def stems(text: str, language: str) -> frozenset[str]:
    """Content words but speech verbs, by their first letters, so that most forms of a word compare equal."""
    said = _speech(language)
    return frozenset(w if w.isdigit() else w[:_STEM] for w in content_words(text, language) if w not in said)


@lru_cache(maxsize=64)
def _speech(language: str) -> frozenset[str]:
    return frozenset(fold(verb) for verb in rules(language).speech_verbs)


@lru_cache(maxsize=8192)
def figures(text: str, language: str) -> frozenset[Figure]:
    """The figures of the text outside its dates, as (value, unit); times and scores have no value."""
    found = numbers(text, language, exclude=date_ranges(text, language))
    return frozenset(("" if f.value is None else f"{f.value.normalize():f}", f.unit) for f in found)


@lru_cache(maxsize=8192)
def date_ranges(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where the text's dates stand, whatever day they mean: their digits count nothing."""
    return tuple((mention.start, mention.end) for mention in dates(text, language, published=_ANY_DAY))


def _candidate(
    article: Article, room: str, index: int, place: tuple[int, int], text: str, bits: StemBits
) -> Candidate:
    stemmed = stems(text, article.language)
    return Candidate(
        article=article,
        newsroom=room,
        index=index,
        span=article.span(*place),
        text=text,
        kind=EvidenceKind.VERBATIM,
        stems=stemmed,
        figures=figures(text, article.language),
        names=frozenset(name.key for name in names(text, article.language)),
        mask=bits.mask(stemmed),
        position=(index - 1) / max(1, len(article.sentences) - 2) if index else 0.0,
        words=count_words(text, article.language),
    )


def _is_printable(text: str, language: str, *, punctuated: bool) -> bool:
    if not _FEWEST <= count_words(text, language) <= _MOST or _CHATTER.search(text):
        return False
    bare = text.rstrip(_CLOSERS)
    if punctuated and bare[-1:] not in _TERMINALS:
        return False
    if bare[-1:] in "?？؟" or text[0].islower() or text[0] in "-–—•*>|":
        return False
    return _balanced(text)


def _balanced(text: str) -> bool:
    """Whether each quotation and bracket that is opened is closed: half a quotation misleads."""
    pairs = ("“”", "«»", "「」", "『』", "()", "（）", "[]", "„“")
    if "„" in text:
        return text.count("„") == text.count("“") + text.count("”")
    if any(text.count(pair[0]) != text.count(pair[1]) for pair in pairs[:-1]):
        return False
    return text.count('"') % 2 == 0


def _is_punctuated(article: Article) -> bool:
    """Whether this article ends its sentences with a mark (Thai does not)."""
    ends = [article.text[start:end].rstrip(_CLOSERS)[-1:] in _TERMINALS for start, end in article.body_sentences]
    return sum(ends) * 2 >= len(ends)
