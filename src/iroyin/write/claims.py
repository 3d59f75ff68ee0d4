"""Which newsrooms say the same thing, and how much each sentence matters to the story as a whole."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iroyin.model import Dossier, Span
from iroyin.write.allowance import Allowance
from iroyin.write.candidates import Candidate, bits_of
from iroyin.write.witnesses import Bench, Witness, bench

_LEAD_WEIGHT = 0.35
_AGREED_WEIGHT = 0.3
_FIGURE_WEIGHT = 0.05
_RECENT_WEIGHT = 0.2
_FIGURE_LIKENESS, _NAME_LIKENESS = 0.25, 0.05
_LENGTH_PRIOR = 9
_MOST_SUPPORT = 4
_SUPERSEDED, _LEADS = 0.25, 3
_SLOW_STORY = 6 * 3600


@dataclass(frozen=True, slots=True)
class Claim:
    """A candidate, the sentences of each other newsroom that bear it out, and its score in the story."""

    candidate: Candidate
    support: tuple[Witness, ...]
    score: float

    @property
    def newsrooms(self) -> int:
        """Independent newsrooms that state it."""
        return 1 + len({witness.newsroom for witness in self.support})

    @property
    def spans(self) -> tuple[Span, ...]:
        """The supporting spans."""
        return tuple(span for witness in self.support for span in witness.spans)


def claims(candidates: Sequence[Candidate], dossier: Dossier, allowance: Allowance) -> tuple[Claim, ...]:
    """A claim for each body candidate, in the candidates' order."""
    body = [c for c in candidates if c.index > 0]
    others = bench(dossier, bits_of(candidates))
    weights = word_weights(candidates)
    raw = [_centrality(c, weights) for c in body]
    highest = max(raw, default=1.0) or 1.0
    times = [c.article.published_at.timestamp() for c in body]
    first, length = min(times, default=0.0), max(times, default=0.0) - min(times, default=0.0)
    newest = {c.newsroom: c.article.id for c in sorted(body, key=lambda c: c.article.published_at)}.values()
    found = []
    for candidate, central in zip(body, raw, strict=True):
        support = _support(candidate, others, allowance)
        agreed = min(len({witness.newsroom for witness in support}), 3) / 3
        lead = 1 / (1 + 0.5 * (candidate.index - 1))
        score = central / highest + _LEAD_WEIGHT * lead + _AGREED_WEIGHT * agreed
        score += _FIGURE_WEIGHT * bool(candidate.figures) + _FIGURE_WEIGHT * bool(candidate.names)
        if length > _SLOW_STORY:
            score += _RECENT_WEIGHT * (candidate.article.published_at.timestamp() - first) / length
            score -= _SUPERSEDED * (candidate.index <= _LEADS and candidate.article.id not in newest)
        found.append(Claim(candidate, support, score))
    return tuple(found)


def word_weights(candidates: Sequence[Candidate]) -> Mapping[str, float]:
    """What each stem weighs: the newsrooms that use it, above all in their titles, and a little its frequency."""
    rooms: dict[str, set[str]] = defaultdict(set)
    titled: dict[str, set[str]] = defaultdict(set)
    uses: Counter[str] = Counter()
    for candidate in candidates:
        uses.update(candidate.stems)
        for stem in candidate.stems:
            rooms[stem].add(candidate.newsroom)
            if candidate.index == 0:
                titled[stem].add(candidate.newsroom)
    return {s: len(rooms[s]) - 1 + 0.7 * len(titled[s]) + 0.3 * math.log1p(uses[s]) for s in uses}


def shared(one: Candidate, other: Candidate) -> float:
    """Share (0 to 1) of the shorter sentence's stems that the other has too."""
    smaller = min(len(one.stems), len(other.stems))
    return (one.mask & other.mask).bit_count() / smaller if smaller else 0.0


def likeness(one: Candidate, other: Candidate) -> float:
    """How much of one sentence the other repeats: shared stems, more when they share a figure and a name."""
    same_figure = any(unit or len(value) > 1 for value, unit in one.figures & other.figures)
    return shared(one, other) + _FIGURE_LIKENESS * same_figure + _NAME_LIKENESS * bool(one.names & other.names)


def _centrality(candidate: Candidate, weights: Mapping[str, float]) -> float:
    # The prior keeps short sentences of one common word from winning.
    return sum(weights[s] for s in candidate.stems if s in weights) / (len(candidate.stems) + _LENGTH_PRIOR)


def _support(candidate: Candidate, others: Bench, allowance: Allowance) -> tuple[Witness, ...]:
    """The other newsrooms that the checks find to say as much, one witness each."""
    borne: dict[str, Witness] = {}
    for witness in allowance.borne_out(candidate, others.proposals(candidate)):
        borne.setdefault(witness.newsroom, witness)
    return tuple(borne[room] for room in sorted(borne))[:_MOST_SUPPORT]
