"""What is measured of a claim over its sources, for one learned score: cover, alignment, and what the checks object to.

Every trait is a number from 0 to 1, or a count cut at a small bound. `weights.toml` holds what each is worth.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from iroyin.languages import Number, rules, stems, words
from iroyin.model import Finding
from iroyin.verify.edits import sentences_of, tokens
from iroyin.verify.reading import names_of, numbers_of

_WINDOW = 8
_LONGEST_RUN = 5
_BEST = 3
_LIKELIEST = 4
_MOST_PLACES = 300  # of one stem; a book as a source is not searched through for every "people"
CODES = ("number", "date", "name", "quote", "negation", "modality", "role", "unsupported")
# Traits that speak against a claim the higher they are; the others speak for it.
RISING = frozenset({"novel", "novel words", "novel run", "novel names", "figures", "length", *CODES})


@dataclass(frozen=True, slots=True)
class Source:
    """The sentences of the sources with their stems, and where each stem stands in the whole."""

    sentences: tuple[str, ...]
    held: tuple[frozenset[str], ...]
    at: Mapping[str, tuple[int, ...]]
    order: tuple[str, ...]


@lru_cache(maxsize=256)
def source_of(texts: tuple[str, ...], language: str) -> Source:
    """The sources read once for all claims over them."""
    sentences = tuple(s for text in texts for s in sentences_of(text, language))
    order = tuple(stem for s in sentences for stem in in_order(s, language))
    at: dict[str, list[int]] = {}
    for number, stem in enumerate(order):
        places = at.setdefault(stem, [])
        if len(places) < _MOST_PLACES:
            places.append(number)
    held = tuple(stems(s, language) for s in sentences)
    return Source(sentences, held, {k: tuple(v) for k, v in at.items()}, order)


@lru_cache(maxsize=8192)
def in_order(text: str, language: str) -> tuple[str, ...]:
    """The stems of the text's content words in their order."""
    found = []
    for token in tokens(text, language):
        found += sorted(stems(text[token.start : token.end], language))
    return tuple(found)


def traits(claim: str, source: Source, findings: Sequence[Finding], language: str) -> dict[str, float]:
    """The traits of one sentence of a claim."""
    mine = list(in_order(claim, language))
    weights = _weights(mine, source)
    total = sum(weights.values()) or 1.0
    shares = sorted((sum(weights[w] for w in weights if w in held) / total for held in source.held), reverse=True)
    ranked = sorted(range(len(source.held)), key=lambda i: (-len(source.held[i] & weights.keys()), i))[:_BEST]
    best = frozenset().union(*(source.held[i] for i in ranked))
    unheld = [stem not in source.at for stem in mine]
    named = _unheld_names(claim, source, language)
    figures = numbers_of(claim, language)
    codes = Counter(f.code for f in findings)
    found = {
        "best": shares[0] if shares else 0.0,
        "best three": sum(weights[w] for w in weights if w in best) / total,
        "all": sum(weights[w] for w in weights if w in source.at) / total,
        "novel": sum(unheld) / max(1, len(unheld)),
        "novel words": min(sum(unheld), 6) / 6,
        "novel run": _longest(unheld) / _LONGEST_RUN,
        "pairs": _pairs(mine, source),
        "neighbours": _neighbours(mine, source),
        "run": _copied(mine, source),
        "threes": _threes(mine, source),
        "in order": _aligned(mine, [in_order(source.sentences[i], language) for i in ranked]),
        "held figures": _held_figures(figures, source, language),
        "novel names": named,
        "figures": min(len(figures), 3) / 3,
        "length": min(len(mine), 40) / 40,
    }
    return found | {code: float(codes[code] > 0) for code in CODES}


def _weights(mine: Sequence[str], source: Source) -> dict[str, float]:
    """Inverse frequency over the source's sentences; a stem that none holds weighs most."""
    frequency = {stem: sum(stem in held for held in source.held) for stem in set(mine)}
    return {stem: math.log(1 + (len(source.held) + 1) / (times + 0.5)) for stem, times in frequency.items()}


def _longest(flags: Sequence[bool]) -> int:
    longest = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return min(longest, _LONGEST_RUN)


def _pairs(mine: Sequence[str], source: Source) -> float:
    """Share of neighbouring content words that stand near each other in the source: predicate and argument."""
    pairs = [(a, b) for a, b in pairwise(mine) if a != b]
    near = sum(any(_within(source, b, i - _WINDOW, i + _WINDOW) for i in source.at.get(a, ())) for a, b in pairs)
    return near / len(pairs) if pairs else 1.0


def _neighbours(mine: Sequence[str], source: Source) -> float:
    """Share of neighbouring content words that are neighbours in the source too, in this order."""
    pairs = [(a, b) for a, b in pairwise(mine) if a != b]
    near = sum(any(_within(source, b, i + 1, i + 2) for i in source.at.get(a, ())) for a, b in pairs)
    return near / len(pairs) if pairs else 1.0


def _threes(mine: Sequence[str], source: Source) -> float:
    """Share of three content words in a row that the source has within one window, in any order."""
    threes = list(zip(mine, mine[1:], mine[2:], strict=False))
    near = sum(
        any(_within(source, b, i - _WINDOW, i + _WINDOW) and _within(source, c, i - _WINDOW, i + _WINDOW)
            for i in source.at.get(a, ()))
        for a, b, c in threes
    )  # fmt: skip
    return near / len(threes) if threes else 1.0


def _within(source: Source, stem: str, first: int, last: int) -> bool:
    """Whether the stem stands between these two places of the source, both included."""
    at = source.at.get(stem, ())
    found = bisect_left(at, first)
    return found < len(at) and at[found] <= last


def _aligned(mine: Sequence[str], sentences: Sequence[Sequence[str]]) -> float:
    """Share of the claim's content words that its best source sentence has in the same order."""
    sizes = (
        sum(b.size for b in SequenceMatcher(None, s, mine, autojunk=False).get_matching_blocks())
        for s in sentences
    )
    return max(sizes, default=0) / len(mine) if mine else 0.0


def _held_figures(figures: Sequence[Number], source: Source, language: str) -> float:
    """Share of the claim's figures whose value some source sentence has."""
    told = {n.value or n.unit for s in source.sentences for n in numbers_of(s, language)}
    return sum((f.value or f.unit) in told for f in figures) / len(figures) if figures else 1.0


def _copied(mine: Sequence[str], source: Source) -> float:
    """Share of the claim in its longest run of content words that the source has."""
    longest = 0
    for start in range(len(mine) - 1):
        for at in source.at.get(mine[start], ()):
            size = 1
            while mine[start + size : start + size + 1] == list(source.order[at + size : at + size + 1]) != []:
                size += 1
            longest = max(longest, size)
    return longest / len(mine) if mine else 0.0


def _unheld_names(claim: str, source: Source, language: str) -> float:
    """Share of the words of the claim's names that the source has nowhere."""
    told = frozenset(w for s in source.sentences for w in _plain(s, language))
    named = [w for n in names_of(claim, language) for w in _plain(n.text, language)
             if w not in rules(language).name_particles]  # fmt: skip
    return sum(w not in told for w in named) / len(named) if named else 0.0


@lru_cache(maxsize=16384)
def _plain(text: str, language: str) -> frozenset[str]:
    return frozenset(w.removesuffix("'s") for w in words(text, language, marks=False))


def nearest(claim: str, source: Source, language: str) -> tuple[str, ...]:
    """At most three source sentences that share most words with the claim, best first."""
    mine = frozenset(in_order(claim, language))
    ranked = sorted(range(len(source.held)), key=lambda i: (-len(source.held[i] & mine), i))[:_BEST]
    return tuple(source.sentences[i] for i in ranked if source.held[i] & mine)


def likeliest(claim: str, source: Source, language: str) -> tuple[str, ...]:
    """The four source sentences that hold most of the claim, rare words weighing more, best first."""
    weights = _weights(in_order(claim, language), source)
    held = [sum(weight for stem, weight in weights.items() if stem in sentence) for sentence in source.held]
    ranked = sorted(range(len(held)), key=lambda i: (-held[i], i))[:_LIKELIEST]
    return tuple(source.sentences[i] for i in ranked)
