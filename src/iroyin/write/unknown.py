"""What the sources themselves say is not known: their sentences, as long as no later one tells of the same thing."""

from collections.abc import Collection, Iterable, Sequence

from iroyin.languages import says_unknown, stems
from iroyin.write.allowance import Allowance
from iroyin.write.claims import Claim

_MOST = 2
_SAME = 0.6  # share of the words of one that the other has: it says the same
_ANSWERED = 0.5  # share of its words that a later sentence has which does not say that they are unknown


def unknown(claims: Sequence[Claim], chosen: Collection[Claim], allowance: Allowance) -> tuple[Claim, ...]:
    """At most two sentences by which sources say what is unknown, the most confirmed first.

    What `chosen` tells already is left out.
    """
    found: list[Claim] = []
    told = {claim.candidate.key for claim in chosen}
    said = [claim for claim in claims if says_unknown(claim.candidate.text, claim.candidate.article.language)]
    for claim in sorted(said, key=lambda one: (-one.newsrooms, -one.score, one.candidate.key)):
        candidate = claim.candidate
        if len(found) == _MOST or candidate.key in told or allowance.faults(candidate):
            continue  # that it leans a little ("The cause ...") the heading of the list makes good
        if _repeats(claim, (*found, *chosen)) or _answered(claim, claims) or not allowance.fits(candidate):
            continue
        allowance.take(candidate)
        found.append(claim)
    return tuple(found)


def answered(claims: Sequence[Claim]) -> frozenset[tuple[str, int]]:
    """The keys of the sentences that call unknown what a later article tells: they are printed nowhere."""
    said = (claim for claim in claims if says_unknown(claim.candidate.text, claim.candidate.article.language))
    return frozenset(claim.candidate.key for claim in said if _answered(claim, claims))


def _repeats(claim: Claim, others: Iterable[Claim]) -> bool:
    mine = claim.candidate.stems
    return any(len(mine & other.candidate.stems) >= _SAME * max(len(mine), 1) for other in others)


def _answered(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether a later article tells of it as of something known."""
    mine = claim.candidate
    words = mine.stems - stems(says_unknown(mine.text, mine.article.language), mine.article.language)
    later = (c.candidate for c in claims if c.candidate.article.published_at > mine.article.published_at)
    return any(
        len(words & other.stems) >= _ANSWERED * max(len(words), 1)
        and not says_unknown(other.text, other.article.language)
        for other in later
    )
