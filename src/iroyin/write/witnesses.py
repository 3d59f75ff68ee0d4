"""Where other newsrooms seem to say what a sentence says, in any language: proposals for the checks to judge.

Cheap on purpose: shared words in one language, shared digits and Latin letters across languages.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from iroyin.languages import fold, stems, tidy
from iroyin.model import Article, Dossier, Span
from iroyin.write.candidates import Candidate, StemBits

_FEWEST_STEMS, _SHARE = 3, 0.25
_REACH = 2
_ADDS = 2
_FEWEST_MARKS = 2
_DIGITS = re.compile(r"\d+(?:[.,\u202f\u00a0  ٬٫]\d+)*")
_LATIN = re.compile(r"[a-z]{4,}")
_SEPARATORS = re.compile(r"[^\d]")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an article with what is compared: the bits of its stems, its digits and Latin words."""

    span: Span
    text: str
    mask: int
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Witness:
    """One or two sentences of one article that may say the same."""

    article: Article
    newsroom: str
    spans: tuple[Span, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """All articles that could bear witness: newsroom and sentences of each, no copies, none written by an AI."""

    lines: tuple[tuple[Article, str, tuple[Line, ...]], ...]

    def proposals(self, candidate: Candidate) -> list[Witness]:
        """The best sentences of each article of another newsroom, if they share enough with the candidate."""
        marks = marks_of(candidate.text)
        found = []
        for article, room, lines in self.lines:
            if room == candidate.newsroom or article.id == candidate.article.id:
                continue
            native = article.language == candidate.article.language
            chosen = _at_home(candidate, lines) if native else _abroad(marks, lines)
            if chosen:
                spans, texts = tuple(line.span for line in chosen), tuple(line.text for line in chosen)
                found.append(Witness(article, room, spans, texts))
        return found


def bench(dossier: Dossier, bits: StemBits) -> Bench:
    """The witnesses of the story; `bits` are those of its candidates."""
    found: dict[int, tuple[Article, str, tuple[Line, ...]]] = {}
    for article in dossier.articles:
        room = dossier.newsroom_of.get(article.id, article.newsroom)
        group = dossier.lineage.get(article.id, -1)
        if article.ai_written or not room or (group >= 0 and group in found):
            continue
        native = article.language == dossier.language
        lines = tuple(_line(article, place, bits, native=native) for place in article.sentences)
        found[group if group >= 0 else -2 - len(found)] = (article, room, lines)
    return Bench(tuple(found.values()))


@lru_cache(maxsize=16384)
def marks_of(text: str) -> frozenset[str]:
    """Figures of two digits or more, written plainly, and words in Latin letters: what other languages may share."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    figures = (_SEPARATORS.sub("", found) for found in _DIGITS.findall(plain))
    return frozenset({f for f in figures if len(f) > 1} | set(_LATIN.findall(fold(plain))))


def _line(article: Article, place: tuple[int, int], bits: StemBits, *, native: bool) -> Line:
    text = tidy(article.text[place[0] : place[1]])
    mask = bits.mask(stems(text, article.language)) if native else 0
    return Line(article.span(*place), text, mask, frozenset() if native else marks_of(text))


def _at_home(candidate: Candidate, lines: Sequence[Line]) -> list[Line]:
    """The sentence that shares most stems, and a near one that adds to it."""
    shared = [line.mask & candidate.mask for line in lines]
    best = max(range(len(lines)), key=lambda i: (shared[i].bit_count(), -i), default=-1)
    if best < 0:
        return []
    near = [i for i in range(len(lines)) if i != best and (abs(i - best) <= _REACH or i == 0)]
    second = max(near, key=lambda i: ((shared[i] & ~shared[best]).bit_count(), -i), default=-1)
    both = shared[best]
    chosen = [lines[best]]
    if second >= 0 and (shared[second] & ~shared[best]).bit_count() >= _ADDS:
        both |= shared[second]
        chosen.append(lines[second])
    enough = max(_FEWEST_STEMS, _SHARE * len(candidate.stems))
    return chosen if both.bit_count() >= enough else []


def _abroad(marks: frozenset[str], lines: Sequence[Line]) -> list[Line]:
    best = max(range(len(lines)), key=lambda i: (len(marks & lines[i].marks), -i), default=-1)
    if best < 0:
        return []
    chosen, shared = [lines[best]], marks & lines[best].marks
    for i in (best - 1, best + 1):
        if 0 <= i < len(lines) and len(chosen) < _FEWEST_MARKS and marks & lines[i].marks - shared:
            chosen.append(lines[i])
            shared |= marks & lines[i].marks
    has_figure = any(mark.isdigit() for mark in shared)
    return chosen if has_figure and len(shared) >= _FEWEST_MARKS else []
