"""What a language model answered, as sentences with spans; every shape that was not asked for is a ValueError."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec

from iroyin.languages import split, stems, tidy
from iroyin.model import EvidenceKind, Sentence, Span
from iroyin.write.model_prompt import MOST, Numbered
from iroyin.write.printable import is_printable

_MOST_SPANS = 4
_LONGEST = 600  # characters of one sentence
_SAME = 0.75  # of the words of two sentences in common: one of them is enough
_FEWEST_SAME = 4
_SHORTEST = 3  # words
_BARE = frozenset({"th"})  # languages whose sentences end without a mark

Shape = TypeVar("Shape")


class Told(msgspec.Struct, frozen=True):
    """A sentence and the numbers of its source sentences."""

    text: str
    source: tuple[int, ...] = msgspec.field(name="from")


class Anew(msgspec.Struct, frozen=True):
    """A sentence that takes the place of number `n`."""

    n: int
    text: str
    source: tuple[int, ...] = msgspec.field(name="from", default=())


class Report(msgspec.Struct, frozen=True):
    """The answer to a report question."""

    headlines: tuple[Told, ...]
    sentences: tuple[Told, ...]
    plan: tuple[int, ...] = ()


class Sentences(msgspec.Struct, frozen=True):
    """The answer to a repair or edition question."""

    sentences: tuple[Anew, ...]


class Judged(msgspec.Struct, frozen=True):
    """One verdict of a judge."""

    n: int
    supported: bool


class Verdicts(msgspec.Struct, frozen=True):
    """The answer to a judge question."""

    verdicts: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model proposes: headlines and sentences with spans; `lost` counts those that cite nothing."""

    headlines: tuple[Sentence, ...]
    sentences: tuple[Sentence, ...]
    lost: int = 0


def shaped(value: object, shape: type[Shape]) -> Shape:
    """The value in this shape. Raises ValueError."""
    try:
        return msgspec.convert(value, shape)
    except (msgspec.ValidationError, RecursionError) as error:
        raise ValueError(str(error)) from error


def proposal(value: object, shown: Sequence[Numbered], language: str) -> Proposal:
    """The answer to a report question. Raises ValueError for another shape, or without a sentence."""
    told = shaped(value, Report)
    if not told.sentences:
        raise ValueError("no sentences")
    spans = {one.number: one.span for one in shown}
    heads = [s for one in told.headlines[:3] for s in sentences(one.text, one.source, spans, language, whole=True)]
    body = [sentences(one.text, one.source, spans, language) for one in told.sentences[: 2 * MOST]]
    lost = sum(not found for found in body)
    return Proposal(tuple(heads), _without_doubles([s for found in body for s in found]), lost)


def sentences(
    text: str, numbers: Sequence[int], spans: Mapping[int, Span], language: str, *, whole: bool = False
) -> tuple[Sentence, ...]:
    """The text as sentences of our page (a title when `whole`) over the cited spans; none when nothing shown is cited.

    What is no whole sentence (broken off, a question, a heading) is left out.
    """
    cited = tuple(dict.fromkeys(spans[n] for n in numbers if n in spans))[:_MOST_SPANS]
    told = tidy(text.replace("\n", " "))
    if not cited or not 0 < len(told) <= _LONGEST:
        return ()
    ranges = [(0, len(told))] if whole else split(told, language)
    parts = [told[start:end].strip() for start, end in ranges]
    return tuple(
        Sentence(one, language, EvidenceKind.WRITTEN, cited) for one in parts if whole or _is_whole(one, language)
    )


def _is_whole(text: str, language: str) -> bool:
    return is_printable(text, language, punctuated=language not in _BARE, fewest=_SHORTEST)


def repaired(value: object, failing: Mapping[int, Sentence], shown: Sequence[Numbered]) -> dict[int, Sentence]:
    """The sentences written anew, by the number of the one they replace. Raises ValueError."""
    spans = {one.number: one.span for one in shown}
    found: dict[int, Sentence] = {}
    for one in shaped(value, Sentences).sentences:
        if one.n in failing and one.n not in found:
            old = failing[one.n]
            anew = sentences(one.text, one.source, spans, old.language) if one.source else ()
            if not anew and one.text:
                anew = (replace(old, text=tidy(one.text)),)
            found |= {one.n: anew[0]} if anew else {}
    return found


def supported(value: object) -> frozenset[int]:
    """The numbers of the statements that a judge calls supported, and never anything else. Raises ValueError."""
    verdicts = shaped(value, Verdicts).verdicts
    refused = {one.n for one in verdicts if not one.supported}
    return frozenset(one.n for one in verdicts if one.supported) - refused


def translations(value: object, wanted: Mapping[int, Any]) -> dict[int, str]:
    """The texts by their number; one that is told twice is told by nobody. Raises ValueError."""
    told = shaped(value, Sentences).sentences
    numbers = [one.n for one in told]
    return {one.n: tidy(one.text) for one in told if one.n in wanted and numbers.count(one.n) == 1}


def _without_doubles(found: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences without those that say again what one before them says."""
    kept: list[tuple[Sentence, frozenset[str]]] = []
    for sentence in found:
        mine = stems(sentence.text, sentence.language)
        if not any(_is_same(mine, theirs) for _, theirs in kept):
            kept.append((sentence, mine))
    return tuple(sentence for sentence, _ in kept)


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return one == other or (shared >= _FEWEST_SAME and shared >= _SAME * min(len(one), len(other)))
