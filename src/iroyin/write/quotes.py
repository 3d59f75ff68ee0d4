"""Quotes: whole source sentences in which a named speaker is quoted in the page's own language."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from iroyin.languages import QuoteMark, count_words, names, places, quotes
from iroyin.write.allowance import Allowance
from iroyin.write.claims import Claim, repeats
from iroyin.write.leaning import is_place

_FEWEST, _MOST = 4, 40
_REPEATS = 0.6
_PER_SPEAKER = 2


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim that holds a quotation, and who is quoted."""

    claim: Claim
    speaker: str


def quoted(claims: Sequence[Claim], allowance: Allowance, *, most: int, keep: int) -> list[Quoted]:
    """At most `most` quotes, best first; `keep` words of each newsroom are left for the body."""
    found: list[Quoted] = []
    speakers: Counter[str] = Counter()
    ranked = sorted(
        (q for q in map(_quotation, claims) if q), key=lambda q: (-q.claim.score, q.claim.candidate.key)
    )
    for quote in ranked:
        candidate = quote.claim.candidate
        if len(found) == most:
            break
        if speakers[quote.speaker] >= _PER_SPEAKER or candidate.span in allowance.taken:
            continue
        if any(repeats(quote.claim, other.claim) > _REPEATS for other in found):
            continue
        if allowance.fits(candidate, keep=keep) and allowance.stands_alone(candidate):
            allowance.take(candidate)
            speakers[quote.speaker] += 1
            found.append(quote)
    return found


def _quotation(claim: Claim) -> Quoted | None:
    """The claim as a quote when one named speaker is quoted at length; the longest quotation counts."""
    candidate = claim.candidate
    language = candidate.article.language
    marks = [mark for mark in _quotes_of(candidate.text, language) if mark.speaker]
    if not marks or len({mark.speaker for mark in marks}) > 1:
        return None
    said = max(marks, key=lambda mark: mark.end - mark.start)
    if not _FEWEST <= count_words(candidate.text[said.start : said.end], language) <= _MOST:
        return None
    if not _is_clear(said, candidate.text, language):
        return None
    return Quoted(claim, _whole_name(said.speaker, candidate.text))


@lru_cache(maxsize=16384)
def _quotes_of(text: str, language: str) -> tuple[QuoteMark, ...]:
    return tuple(quotes(text, language))


def _whole_name(speaker: str, text: str) -> str:
    """The speaker with the particle and name that follow in the text: "Nabil" is "Nabil al-Sharari" there."""
    found = re.search(
        rf"(?<!\w){re.escape(speaker)}((?: (?:al|el|ibn|bin|von|van|de|da|del|der)[- ][^\W\d_]+)+)", text
    )
    return speaker + found.group(1) if found else speaker


def _is_clear(said: QuoteMark, text: str, language: str) -> bool:
    """Whether the speaker is a name, no country, and no longer name beside the quotation might be meant instead."""
    if not names(said.speaker, language) or places(said.speaker, language):
        return False
    outside = text[: said.outer_start] + " " * (said.outer_end - said.outer_start) + text[said.outer_end :]
    at = outside.find(said.speaker)
    if at >= 0 and is_place(outside, at, language):
        return False
    beside = names(outside, language)
    fuller = [name.text for name in beside if " " in name.text and said.speaker not in name.text]
    return " " in said.speaker or not fuller
