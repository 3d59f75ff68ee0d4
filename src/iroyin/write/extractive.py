"""The default writer: a brief made of the sources' own sentences, each with its source.

It invents nothing because it writes nothing; what it decides is what to take, from whom, and in which order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from iroyin.errors import WriterError
from iroyin.languages import stems
from iroyin.model import Dossier, Draft, Section, Sentence
from iroyin.write.allowance import Allowance, Objections
from iroyin.write.candidates import Candidate, Figure, candidates
from iroyin.write.claims import Claim, claims, word_weights
from iroyin.write.differences import differences
from iroyin.write.headline import headlines
from iroyin.write.lede import lede
from iroyin.write.order import body
from iroyin.write.quotes import Quoted, quoted
from iroyin.write.tags import tags
from iroyin.write.unknown import answered, unknown
from iroyin.write.utterances import utterances

_QUOTES = 4
_THIN_LEDE, _THIN_BODY, _THIN_QUOTES = 2, 4, 1


@dataclass(frozen=True, slots=True)
class ExtractiveWriter:
    """Implements `ports.Writer`. The figures are most words of one newsroom, sentences of lede and of body."""

    words_per_source: int = 120
    lede: int = 3
    body: int = 12

    @property
    def id(self) -> str:
        """Name and version, as printed on the page."""
        return "extractive/1"

    def write(self, dossier: Dossier, objections: Objections, *, now: datetime) -> Draft:
        """A draft in the dossier's language. Raises WriterError when it has no article in it."""
        del now
        allowance = Allowance(objections, self.words_per_source)
        found = tuple(_trim_leads(candidates(dossier), allowance))
        if not found:
            raise WriterError(f"the story has no article in {dossier.language}")
        thin = len({c.newsroom for c in found}) == 1
        told = claims(found, dossier, allowance)
        titles = tuple(Claim(c, (), 0.0) for c in found if c.index == 0)
        differ, stale, contested = differences((*titles, *told), allowance)
        stale |= answered(told)
        heads = headlines(found, told, word_weights(found), allowance, stale=_stale_titles(found, stale))
        allowance.used = {room: words + _longest(heads, found, room) for room, words in _rooms(found, allowance)}
        opening = lede(
            told, allowance, most=min(self.lede, _THIN_LEDE) if thin else self.lede, stale=stale,
            headline=stems(heads[0].text, dossier.language) if heads else frozenset(),
        )  # fmt: skip
        said = utterances(dossier)
        share = self.words_per_source // 4
        quotes = quoted(told, said, allowance, most=_THIN_QUOTES if thin else _QUOTES, keep=share)
        open_matters = unknown(told, [*opening, *(quote.claim for quote in quotes)], allowance)
        rest = body(
            told, opening, allowance, most=min(self.body, _THIN_BODY) if thin else self.body, stale=stale,
            told=[*(quote.claim for quote in quotes), *open_matters],
        )  # fmt: skip
        return Draft(
            headlines=heads,
            lede=_attributed(opening, contested),
            body=tuple(Section(_attributed(part, contested)) for part in rest),
            quotes=tuple(_quote(quote) for quote in quotes),
            differences=differ,
            tags=tags([c for c in found if not allowance.unsafe(c)], dossier),
            writer=self.id,
            utterances=said,
            unknown=tuple(_open(claim) for claim in open_matters),
        )


def _trim_leads(found: Iterable[Candidate], allowance: Allowance) -> Iterable[Candidate]:
    return (allowance.trimmed(candidate) for candidate in found)


def _rooms(found: Sequence[Candidate], allowance: Allowance) -> list[tuple[str, int]]:
    return [(room, allowance.used.get(room, 0)) for room in sorted({c.newsroom for c in found})]


def _longest(heads: Sequence[Sentence], found: Sequence[Candidate], room: str) -> int:
    """Words to put by for the headline, which may become any of the first candidates."""
    spans = {head.spans[0] for head in heads[:3]}
    return max((c.words for c in found if c.newsroom == room and c.span in spans), default=0)


def _stale_titles(found: Sequence[Candidate], stale: frozenset[tuple[str, int]]) -> frozenset[tuple[str, int]]:
    """The stale sentences, and the titles that give a figure of a stale sentence of their article."""
    old: dict[str, set[Figure]] = {}
    for candidate in found:
        if candidate.key in stale:
            old.setdefault(candidate.article.id, set()).update(candidate.figures)
    titles = (c for c in found if c.index == 0 and c.figures & old.get(c.article.id, set()))
    return stale | {title.key for title in titles}


def _attributed(claims: Sequence[Claim], contested: frozenset[tuple[str, int]]) -> tuple[Sentence, ...]:
    """The claims as sentences; what one newsroom alone says, or another denies, names its outlet.

    Unless the line before named it already.
    """
    printed: list[Sentence] = []
    run = ""
    for claim in claims:
        outlet = claim.candidate.article.outlet
        alone = claim.newsrooms < 2 or claim.candidate.key in contested
        told = outlet if alone and outlet != run else ""
        run = outlet if alone else ""
        printed.append(claim.candidate.sentence(attribution=told, support=claim.spans, newsrooms=claim.newsrooms))
    return tuple(printed)


def _open(claim: Claim) -> Sentence:
    """What a source says is not known, its outlet named unless another says so too."""
    outlet = claim.candidate.article.outlet if claim.newsrooms < 2 else ""
    return claim.candidate.sentence(attribution=outlet, support=claim.spans, newsrooms=claim.newsrooms)


def _quote(quote: Quoted) -> Sentence:
    candidate, claim = quote.claim.candidate, quote.claim
    outlet = candidate.article.outlet if claim.newsrooms < 2 else ""
    spans = (candidate.span, *claim.spans)
    return Sentence(
        candidate.text, candidate.article.language, candidate.kind, spans, attribution=outlet,
        speaker=quote.speaker, newsrooms=claim.newsrooms,
    )  # fmt: skip
