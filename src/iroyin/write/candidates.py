"""The sentences a brief may be made of: whole source sentences in the page's language that a page could print.

One text of each group of copies is enough.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache

from iroyin.languages import (
    DateMention,
    Name,
    Number,
    count_words,
    dates,
    names,
    numbers,
    stems,
    tidy,
)
from iroyin.model import Article, Dossier, EvidenceKind, Sentence, Span
from iroyin.write.printable import FEWEST, is_printable, is_punctuated
from iroyin.write.voice import is_own_voice

Figure = tuple[str, str]

_MOST_READ, _LEADS = 80, 3
ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_MUCH_LONGER = 1.5  # times as long as its copy: then the copy is a cut of it
_DATELINE = re.compile(
    r"^.{2,70}?(?:\s+[-=]\s+|\s*(?:—|–|--)\s*)|^[(\[（【][^)\]）】\n]{1,80}[)\]）】]\s*(?:[^=\n.]{0,40}=\s*)?"
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
    days: frozenset[str]
    mask: int
    position: float
    words: int
    bits: StemBits = field(compare=False, repr=False)

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


def bits_of(candidates: Sequence[Candidate]) -> StemBits:
    """The bits that the candidates' masks were made with."""
    return candidates[0].bits if candidates else StemBits({})


def candidates(dossier: Dossier) -> tuple[Candidate, ...]:
    """The usable body sentences of the sources, oldest article first, and every title (index 0)."""
    bits = StemBits({})
    found: list[Candidate] = []
    for article in sources(dossier):
        room = dossier.newsroom_of.get(article.id, article.newsroom) or article.newsroom
        punctuated = is_punctuated(article)
        for index, (start, end) in enumerate(article.sentences):
            text = tidy(article.text[start:end])
            if index == 0 or is_printable(text, article.language, punctuated=punctuated):
                found.append(_candidate(article, room, index, (start, end), text, bits))
    found = _reported(found)
    return _without_chance_names([_read(candidate) for candidate in _worth_reading(found)])


def _reported(found: list[Candidate]) -> list[Candidate]:
    """The titles and the sentences of a report; those in which the writer speaks of himself only when all are such."""
    told = [c for c in found if c.index == 0 or not is_own_voice(c.text, c.article.language)]
    return told if any(c.index for c in told) else found


def _worth_reading(found: Sequence[Candidate]) -> Sequence[Candidate]:
    """All of a small story; of a large one the first sentences of each article and those that share most words.

    Figures and names cost a millisecond a sentence, shared words next to nothing.
    """
    if len(found) <= _MOST_READ:
        return found
    rooms: dict[str, set[str]] = {}
    for candidate in found:
        for stem in candidate.stems:
            rooms.setdefault(stem, set()).add(candidate.newsroom)
    ranked = sorted(
        found,
        key=lambda c: (c.index > _LEADS, -sum(len(rooms[s]) for s in c.stems) / (len(c.stems) + _LEADS), c.key),
    )
    kept = {candidate.key for candidate in ranked[:_MOST_READ]}
    return [candidate for candidate in found if candidate.key in kept]


def _read(candidate: Candidate) -> Candidate:
    """The candidate with its figures and names."""
    text, language = candidate.text, candidate.article.language
    keys = frozenset(name.key for name in names_of(text, language))
    return replace(candidate, figures=figures(text, language), names=keys, days=days(text, language))


def _without_chance_names(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """A word that is capitalised only because it opens a sentence or stands in a title is no name of the story."""
    sure = {name.key for c in found if c.index for name in names_of(c.text, c.article.language) if _is_sure(name)}
    return tuple(replace(c, names=c.names & sure) if c.names - sure else c for c in found)


def _is_sure(name: Name) -> bool:
    return name.start > 0 or " " in name.text or not name.text.isascii()


@lru_cache(maxsize=16384)
def names_of(text: str, language: str) -> tuple[Name, ...]:
    """`languages.names`, remembered."""
    return tuple(names(text, language))


def sources(dossier: Dossier) -> tuple[Article, ...]:
    """The articles to write from: native, one a text group, AI-written ones only when alone.

    Of a group the oldest, but not a cut of a text that is much longer.
    """
    native = dossier.native()
    honest = tuple(a for a in native if not a.ai_written) or native
    chosen: dict[int, Article] = {}
    for position, article in enumerate(honest):
        group = dossier.lineage.get(article.id, -1 - position)
        if len(article.text) > _MUCH_LONGER * len(chosen.setdefault(group, article).text):
            chosen[group] = article
    return tuple(chosen.values())


def without_dateline(candidate: Candidate) -> Candidate | None:
    """The candidate as a cut without "SEOUL (Yonhap) -- " at its head, None when nothing looks like that."""
    found = _DATELINE.match(candidate.text)
    rest = candidate.text[found.end() :] if found else ""
    if count_words(rest, candidate.article.language) < FEWEST:
        return None
    return cut_to(candidate, rest)


def cut_to(candidate: Candidate, text: str) -> Candidate:
    """The candidate printed as this part of it; the gate proves whether the cut is one that may be made."""
    language = candidate.article.language
    return replace(
        candidate,
        text=text,
        kind=EvidenceKind.CUT,
        stems=stems(text, language),
        figures=figures(text, language),
        days=days(text, language),
        words=count_words(text, language),
    )


def figures(text: str, language: str) -> frozenset[Figure]:
    """The figures of the text outside its dates, as (value, unit); times and scores have no value."""
    found = numbers_of(text, language)
    return frozenset(("" if f.value is None else f"{f.value.normalize():f}", f.unit) for f in found)


@lru_cache(maxsize=16384)
def numbers_of(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of the text outside its dates, remembered."""
    return tuple(numbers(text, language, exclude=date_ranges(text, language)))


def date_ranges(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where the text's dates stand, whatever day they mean: their digits count nothing."""
    return tuple((mention.start, mention.end) for mention in _dates(text, language))


def days(text: str, language: str) -> frozenset[str]:
    """The days written with digits in the text, as month and day: "4 January" and "Sunday, 4 January 2026" are one."""
    return frozenset(
        f"{m.day:%m-%d}"
        for m in _dates(text, language)
        if m.day and m.precision == "day" and any(map(str.isdecimal, m.text))
    )


@lru_cache(maxsize=16384)
def _dates(text: str, language: str) -> tuple[DateMention, ...]:
    return tuple(dates(text, language, published=ANY_DAY))


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
        figures=frozenset(),
        names=frozenset(),
        days=frozenset(),
        mask=bits.mask(stemmed),
        position=(index - 1) / max(1, len(article.sentences) - 2) if index else 0.0,
        words=count_words(text, article.language),
        bits=bits,
    )
