"""The body: which claims, in what order, in which paragraphs.

What happened comes first, then reactions, background and what comes next; within each, topics keep together. A
sentence that leans on the one before it in its source travels with it. Paragraphs break where the topic turns.
"""

from collections.abc import Sequence

from iroyin.write.allowance import Allowance
from iroyin.write.claims import Claim, is_told, repeats, shared
from iroyin.write.stages import Stage, stage

_REDUNDANCY = 0.9
_REPEATS, _REPEATS_NEW = 0.5, 0.7  # the latter for a sentence with a figure that the page has not
_RETOLD, _LEADS = 0.6, 2
_FLOW, _EARLY, _SAME_ARTICLE, _SAME_ROOM, _WEIGHT = 0.8, 0.7, 0.5, 0.5, 0.5
_TURN = 0.1
_SHORTEST_PARAGRAPH, _LONGEST_PARAGRAPH = 2, 4

Unit = list[Claim]


def body(
    claims: Sequence[Claim],
    lede: Sequence[Claim],
    allowance: Allowance,
    *,
    most: int,
    stale: frozenset[tuple[str, int]] = frozenset(),
    told: Sequence[Claim] = (),
) -> list[Unit]:
    """The body's paragraphs, at most `most` sentences in all; `told` are quotes printed elsewhere on the page."""
    units = _choose(claims, [*lede, *told], allowance, most=most, stale=stale)
    return _paragraphs(_flow(units, list(lede)))


def _choose(
    claims: Sequence[Claim],
    known: list[Claim],
    allowance: Allowance,
    *,
    most: int,
    stale: frozenset[tuple[str, int]],
) -> list[Unit]:
    """Greedy choice by score less what is known already (MMR, Carbonell and Goldstein 1998)."""
    pool = sorted((c for c in claims if c.candidate.key not in stale), key=lambda c: (-c.score, c.candidate.key))
    worst = dict.fromkeys(range(len(pool)), 0.0)
    for index, claim in enumerate(pool):
        worst[index] = max((repeats(claim, k) for k in known), default=0.0)
    units: list[Unit] = []
    printed = list(known)
    while sum(map(len, units)) < most and worst:
        best = max(worst, key=lambda i: (pool[i].score - _REDUNDANCY * worst[i], -i))
        claim, overlap = pool[best], worst.pop(best)
        most_repeated = _REPEATS_NEW if _adds_a_fact(claim, printed) else _REPEATS
        if (
            overlap > most_repeated
            or claim.candidate.span in allowance.taken
            or not allowance.fits(claim.candidate)
        ):
            continue
        if is_told(claim, printed) or _retells(claim, printed) or not _place(claim, units, allowance):
            continue
        allowance.take(claim.candidate)
        printed.append(claim)
        for index in worst:
            worst[index] = max(worst[index], repeats(pool[index], claim))
    return units


def _adds_a_fact(claim: Claim, printed: Sequence[Claim]) -> bool:
    """Whether it gives a figure that nothing printed gives; small bare numbers do not count."""
    told = {figure for other in printed for figure in other.candidate.figures}
    return any(unit or len(value) > 1 for value, unit in claim.candidate.figures - told)


def _retells(claim: Claim, printed: Sequence[Claim]) -> bool:
    """Whether it is another article's way of telling the event that the page has told: most of its words are there."""
    candidate, mask = claim.candidate, 0
    for other in printed:
        mask |= other.candidate.mask
    known = (mask & candidate.mask).bit_count()
    return (
        candidate.index <= _LEADS and known >= _RETOLD * len(candidate.stems) and not _adds_a_fact(claim, printed)
    )


def _place(claim: Claim, units: list[Unit], allowance: Allowance) -> bool:
    """Put the claim after the sentence it leans on or on its own; False when it can stand nowhere."""
    for unit in units:
        last = unit[-1].candidate
        if last.article.id == claim.candidate.article.id and last.index + 1 == claim.candidate.index:
            if allowance.stands_alone(claim.candidate) or allowance.leans(claim.candidate):
                unit.append(claim)
                return True
            return False
    if allowance.stands_alone(claim.candidate):
        units.append([claim])
        return True
    return False


def _flow(units: list[Unit], lede: list[Claim]) -> list[Unit]:
    """The units in reading order: stage by stage, each next one near the last in topic and early in its own article.

    A part of which the lede itself tells is no part of its own: where the news is what comes next, that comes first.
    """
    opened = {stage(claim.candidate) for claim in lede}
    staged = {id(u): min(stage(c.candidate) for c in u) for u in units}
    staged = {key: Stage.NEWS if found in opened else found for key, found in staged.items()}
    left = sorted(units, key=lambda u: (u[0].candidate.position, u[0].candidate.key))
    ordered: list[Unit] = []
    last = lede[-1] if lede else None
    while left:
        following = last
        chosen = max(left, key=lambda u: (-staged[id(u)], _next_score(u, following), -left.index(u)))
        left.remove(chosen)
        ordered.append(chosen)
        last = chosen[-1]
    return ordered


def _next_score(unit: Unit, last: Claim | None) -> float:
    first = unit[0].candidate
    score = _WEIGHT * unit[0].score - _EARLY * first.position
    if last is not None:
        other = last.candidate
        score += _FLOW * shared(first, other) + _SAME_ROOM * (first.newsroom == other.newsroom)
        if first.article.id == other.article.id:
            score += _SAME_ARTICLE if first.index > other.index else -_SAME_ARTICLE
    return score


def _paragraphs(units: Sequence[Unit]) -> list[Unit]:
    """Runs of two to four sentences, broken where the topic turns; none of one sentence alone."""
    found: list[Unit] = []
    for unit in units:
        full = found and len(found[-1]) + len(unit) > _LONGEST_PARAGRAPH
        likeness = shared(unit[0].candidate, found[-1][-1].candidate) if found else 0.0
        turns = found and len(found[-1]) >= _SHORTEST_PARAGRAPH and likeness < _TURN
        if not found or full or turns:
            found.append(list(unit))
        else:
            found[-1].extend(unit)
    if len(found) > 1 and len(found[-1]) < _SHORTEST_PARAGRAPH:
        last = found.pop()
        found[-1].extend(last)
    return found
