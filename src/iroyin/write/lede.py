"""The lede: two or three sentences that say who, what and where, from the sources' own leads.

It opens with the lead that tells most of what the headline says, not with a condition or a remark on what was told.
"""

from collections.abc import Sequence

from iroyin.model import EvidenceKind
from iroyin.write.allowance import Allowance
from iroyin.write.claims import Claim, is_told, repeats
from iroyin.write.leaning import opens_late

_OPENERS, _FOLLOWERS = 2, 4
_FEWEST_OPENING_WORDS = 9
_REPEATS = 0.5
_REDUNDANCY = 0.6
_FIRST = 0.35
_CENTRAL = 0.5
_HEADLINE, _LATE = 0.6, 0.5


def lede(
    claims: Sequence[Claim],
    allowance: Allowance,
    *,
    most: int,
    stale: frozenset[tuple[str, int]],
    headline: frozenset[str] = frozenset(),
) -> list[Claim]:
    """At most `most` claims: the best lead sentence that stands alone, then what adds most to it.

    `headline` are the stems of the page's headline.
    """
    ranked = sorted(claims, key=lambda c: (c.candidate.key in stale, -c.score, c.candidate.key))
    openers = sorted(
        claims, key=lambda c: (c.candidate.key in stale, -_opening_score(c, headline), c.candidate.key)
    )
    chosen: list[Claim] = []
    for reach in (_OPENERS, _FOLLOWERS, 10**6):
        pool = [c for c in openers if c.candidate.index <= reach and _may_open(c, allowance)]
        long_enough = [c for c in pool if c.candidate.words >= _FEWEST_OPENING_WORDS]
        first = next(iter(long_enough or pool), None)
        if first:
            chosen.append(first)
            allowance.take(first.candidate)
            break
    several = len({c.candidate.newsroom for c in claims}) > 1
    ranked = [c for c in ranked if not several or c.newsrooms > 1 or c.central >= _CENTRAL]
    while chosen and len(chosen) < most:
        pool = [c for c in ranked if c.candidate.index <= _FOLLOWERS and _adds(c, chosen, allowance, stale)]
        if not pool:
            break
        best = max(pool, key=lambda c: (c.follows - _REDUNDANCY * _overlap(c, chosen), c.candidate.key))
        chosen.append(best)
        allowance.take(best.candidate)
    return chosen


def _opening_score(claim: Claim, headline: frozenset[str]) -> float:
    """The score, raised for an article's first sentence and for what it tells of the headline.

    The first sentence is the news; what all agree on is often a detail.
    """
    candidate = claim.candidate
    told = len(candidate.stems & headline) / max(1, len(headline))
    late = _LATE * opens_late(candidate.text, candidate.article.language)
    return claim.score + _FIRST * (candidate.index == 1) + _HEADLINE * told - late


def _may_open(claim: Claim, allowance: Allowance) -> bool:
    candidate = claim.candidate
    return not _is_speech(claim) and allowance.fits(candidate) and allowance.stands_alone(candidate)


def _adds(claim: Claim, chosen: Sequence[Claim], allowance: Allowance, stale: frozenset[tuple[str, int]]) -> bool:
    candidate = claim.candidate
    if claim in chosen or candidate.key in stale or _is_speech(claim):
        return False
    if _overlap(claim, chosen) > _REPEATS or is_told(claim, chosen) or not allowance.fits(candidate):
        return False
    if allowance.stands_alone(candidate):
        return True
    last = chosen[-1].candidate
    follows = last.article.id == candidate.article.id and last.index + 1 == candidate.index
    return follows and allowance.leans(candidate)


def _overlap(claim: Claim, chosen: Sequence[Claim]) -> float:
    return max((repeats(claim, other) for other in chosen), default=0.0)


def _is_speech(claim: Claim) -> bool:
    """Whether the sentence opens with, or mostly is, somebody's words."""
    text = claim.candidate.text
    return text[0] in '"“«「『„' or (claim.candidate.kind is EvidenceKind.VERBATIM and text.count('"') >= 2)
