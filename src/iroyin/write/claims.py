"""Which newsrooms say the same thing, and how much each sentence matters to the story as a whole."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iroyin.model import Dossier, Span
from iroyin.write.allowance import Allowance
from iroyin.write.candidates import Candidate, Figure, bits_of, names_of
from iroyin.write.leaning import is_asking
from iroyin.write.witnesses import Bench, Witness, bench

_LEAD_WEIGHT = 0.35
_AGREED_WEIGHT = 0.45
_FIGURE_WEIGHT = 0.05
_RECENT_WEIGHT = 0.2
_FIGURE_LIKENESS, _DAY_LIKENESS, _NAME_LIKENESS = 0.25, 0.1, 0.05
_WITNESS_LIKENESS = 0.3
_FEW_STEMS = 6
_FEW_COMMON = 2
_LOOSE = frozenset({"", "day", "year", "month", "person"})
_TOLD, _TOLD_WITH_ONE = 0.33, 0.6
_LENGTH_PRIOR = 9
_MOST_SUPPORT = 4
_SUPERSEDED, _LEADS = 0.25, 3
_SLOW_STORY = 6 * 3600


@dataclass(frozen=True, slots=True)
class Claim:
    """A candidate, the sentences of each other newsroom that bear it out, and its score in the story.

    `central` (0 to 1) is how much of what the story is about the sentence holds.
    """

    candidate: Candidate
    support: tuple[Witness, ...]
    score: float
    central: float = 0.0

    @property
    def follows(self) -> float:
        """The score without what the place in its article adds: for a sentence that does not open the page."""
        return self.score - _LEAD_WEIGHT * _lead(self.candidate)

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
    rooms = newsrooms_by_stem(candidates)
    for candidate, central in zip(body, raw, strict=True):
        if is_filler(candidate, rooms):
            continue
        support = _support(candidate, others, allowance)
        agreed = min(len({witness.newsroom for witness in support}), 3) / 3
        score = central / highest + _LEAD_WEIGHT * _lead(candidate) + _AGREED_WEIGHT * agreed
        score += _FIGURE_WEIGHT * bool(candidate.figures) + _FIGURE_WEIGHT * bool(candidate.names)
        if length > _SLOW_STORY:
            score += _RECENT_WEIGHT * (candidate.article.published_at.timestamp() - first) / length
            score -= _SUPERSEDED * (candidate.index <= _LEADS and candidate.article.id not in newest)
        found.append(Claim(candidate, support, score, central / highest))
    return tuple(found)


def _lead(candidate: Candidate) -> float:
    return 1 / (1 + 0.5 * (candidate.index - 1))


def newsrooms_by_stem(candidates: Sequence[Candidate]) -> Mapping[str, int]:
    """How many newsrooms use each stem."""
    rooms: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        for stem in candidate.stems:
            rooms[stem].add(candidate.newsroom)
    return {stem: len(used) for stem, used in rooms.items()}


def word_weights(candidates: Sequence[Candidate]) -> Mapping[str, float]:
    """What each stem weighs: the newsrooms that use it, above all in their titles, and a little its frequency."""
    rooms = newsrooms_by_stem(candidates)
    titled = newsrooms_by_stem([candidate for candidate in candidates if candidate.index == 0])
    uses = Counter(stem for candidate in candidates for stem in candidate.stems)
    return {s: rooms[s] - 1 + 0.7 * titled.get(s, 0) + 0.3 * math.log1p(uses[s]) for s in uses}


def shared(one: Candidate, other: Candidate) -> float:
    """Share (0 to 1) of the shorter sentence's stems that the other has too."""
    smaller = min(len(one.stems), len(other.stems))
    return (one.mask & other.mask).bit_count() / smaller if smaller else 0.0


def likeness(one: Candidate, other: Candidate) -> float:
    """How much of one sentence the other repeats: shared stems, more when they share a figure, a day and a name."""
    same_figure = any(unit or len(value) > 1 for value, unit in one.figures & other.figures)
    same_day = bool(one.days & other.days)
    told = shared(one, other) + _FIGURE_LIKENESS * same_figure + _DAY_LIKENESS * same_day
    return told + _NAME_LIKENESS * bool(one.names & other.names)


def repeats(one: Claim, other: Claim) -> float:
    """How much of one claim the other repeats; most of it when one bears witness for the other."""
    told = likeness(one.candidate, other.candidate)
    borne = one.candidate.span in other.spans or other.candidate.span in one.spans
    return told + _WITNESS_LIKENESS * borne


def is_told(claim: Claim, known: Sequence[Claim]) -> bool:
    """Whether the claim's figures and days are all on the page already, and enough of its words too."""
    mine = _facts(claim.candidate)
    told = {fact for k in known for fact in _facts(k.candidate)}
    if not mine or not mine <= told or not claim.candidate.stems:
        return False
    if len(mine) == 1 and not any(unit or len(value) > 1 for value, unit in mine):
        return False
    if len(claim.candidate.stems) <= _FEW_STEMS and all(unit not in _LOOSE for _, unit in mine):
        return True  # a short sentence around one measure, share or sum is about that
    mask = 0
    for other in known:
        mask |= other.candidate.mask
    enough = _TOLD if len(mine) > 1 else _TOLD_WITH_ONE
    return (mask & claim.candidate.mask).bit_count() >= enough * len(claim.candidate.stems)


def _facts(candidate: Candidate) -> set[Figure]:
    """The figures and days of a candidate, as (value, unit)."""
    return {*candidate.figures, *((day, "day") for day in candidate.days)}


def is_filler(candidate: Candidate, rooms: Mapping[str, int]) -> bool:
    """Whether the sentence has no figure, day or quotation, no name of two words, and little that others tell too.

    "What nobody disputes is the size of the thing." `rooms` are the newsrooms that use a stem.
    """
    if candidate.figures or candidate.days or any(mark in candidate.text for mark in '"“«「『'):
        return False
    if is_asking(candidate.text, candidate.article.language):
        return True
    common = sum(rooms.get(stem, 0) > 1 for stem in candidate.stems)
    if max(rooms.values(), default=0) < 2 or common >= _FEW_COMMON:
        return False
    return len(candidate.stems) <= (_FEW_STEMS if not candidate.names else _FEW_STEMS - 1) and not any(
        " " in name.text for name in names_of(candidate.text, candidate.article.language)
    )


def _centrality(candidate: Candidate, weights: Mapping[str, float]) -> float:
    # The prior keeps short sentences of one common word from winning.
    return sum(weights[s] for s in candidate.stems if s in weights) / (len(candidate.stems) + _LENGTH_PRIOR)


def _support(candidate: Candidate, others: Bench, allowance: Allowance) -> tuple[Witness, ...]:
    """The other newsrooms that the checks find to say as much, one witness each."""
    borne: dict[str, Witness] = {}
    for witness in allowance.borne_out(candidate, others.proposals(candidate)):
        borne.setdefault(witness.newsroom, witness)
    return tuple(borne[room] for room in sorted(borne))[:_MOST_SUPPORT]
