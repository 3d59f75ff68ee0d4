"""Quotes: whole source sentences in which a named speaker is quoted in the page's own language.

What is quoted and by whom the quote desk says (`utterances`); of the variants of one utterance one is printed, and
what several outlets quote comes first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iroyin.languages import count_words
from iroyin.model import Quote, Span, Utterance
from iroyin.write.allowance import Allowance
from iroyin.write.claims import Claim, repeats

_MOST = 40
_REPEATS = 0.6
_QUOTED_MORE = 0.2  # for each further outlet that quotes it
_PER_SPEAKER = 2


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim that holds a quotation, and who is quoted."""

    claim: Claim
    speaker: str


def quoted(
    claims: Sequence[Claim], told: Sequence[Utterance], allowance: Allowance, *, most: int, keep: int
) -> list[Quoted]:
    """At most `most` quotes, best first; `keep` words of each newsroom are left for the body."""
    found: list[Quoted] = []
    speakers: Counter[str] = Counter()
    homes = {q.within: number for number, one in enumerate(told) for q in one.variants}
    said = _by_sentence(told)
    outlets = [len({q.outlet for q in one.variants}) for one in told]

    def worth(quote: Quoted) -> float:
        return quote.claim.score + _QUOTED_MORE * (outlets[homes[quote.claim.candidate.span]] - 1)

    pool = (_quotation(claim, said.get(claim.candidate.span, [])) for claim in claims)
    ranked = sorted((q for q in pool if q), key=lambda q: (-worth(q), q.claim.candidate.key))
    printed: set[int] = set()
    for quote in ranked:
        candidate = quote.claim.candidate
        if len(found) == most:
            break
        if speakers[quote.speaker] >= _PER_SPEAKER or candidate.span in allowance.taken:
            continue
        if homes[candidate.span] in printed or any(repeats(quote.claim, o.claim) > _REPEATS for o in found):
            continue
        if allowance.fits(candidate, keep=keep) and allowance.lets_say(candidate, quote.speaker):
            allowance.take(candidate)
            speakers[quote.speaker] += 1
            printed.add(homes[candidate.span])
            found.append(quote)
    return found


def _by_sentence(told: Sequence[Utterance]) -> Mapping[Span, list[Quote]]:
    found: dict[Span, list[Quote]] = {}
    for one in told:
        for quote in one.variants:
            found.setdefault(quote.within, []).append(quote)
    return found


def _quotation(claim: Claim, said: Sequence[Quote]) -> Quoted | None:
    """The claim as a quote when one named speaker is quoted in it at length; the longest quotation counts."""
    if not said or len({quote.speaker for quote in said}) > 1:
        return None
    longest = max(said, key=lambda quote: len(quote.text))
    if count_words(longest.text, longest.language) > _MOST:
        return None
    return Quoted(claim, longest.speaker)
