"""Figures as statements: a value, what stands beside it, and the words of its clause."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iroyin.languages import Number, content_words, numbers, rules
from iroyin.write.candidates import date_ranges
from iroyin.write.claims import Claim

_NO_COUNT = frozenset({"ordinal", "year", "time", "score", "vague", "duration"})
_REACH = 45
_STEM = 5
_CLAUSE = re.compile(r"[.,;:]\s|[()，。、；！،؛—–]|\d")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure in a claim: `beside` are the words next to it (">" after, "<" before), `printed` their print.

    `frame` are the stems of its clause, `values` all values of the sentence; `approximate` when "about" or such
    stands by it.
    """

    claim: Claim
    value: float
    unit: str
    beside: frozenset[str]
    printed: Mapping[str, str]
    frame: frozenset[str]
    values: frozenset[float]
    approximate: bool


def statements(claim: Claim) -> list[Statement]:
    """The countable figures of a claim, in order; days, times, scores and ordinals are none."""
    text, language = claim.candidate.text, claim.candidate.article.language
    figures = numbers(text, language, exclude=date_ranges(text, language))
    values = frozenset(float(f.value) for f in figures if f.value is not None)
    found = []
    for figure in figures:
        if figure.kind in _NO_COUNT or figure.value is None:
            continue
        before, after = _clause(_without_others(text, figure, figures), figure)
        printed = _beside(before, after, language)
        if printed:
            frame = _stems(f"{before} {after}", language)
            value = float(figure.value)
            found.append(
                Statement(
                    claim, value, figure.unit, frozenset(printed), printed, frame, values, figure.approximate
                )
            )
    return found


def _without_others(text: str, figure: Number, figures: Sequence[Number]) -> str:
    """The text with a digit in place of each other figure: "two of seven" counts no sevens."""
    for other in figures:
        if other.start != figure.start:
            text = text[: other.start] + "0" * (other.end - other.start) + text[other.end :]
    return text


def _clause(text: str, figure: Number) -> tuple[str, str]:
    """The words of the figure's own clause before and after it, within reach."""
    after = _CLAUSE.split(text[figure.end : figure.end + _REACH], maxsplit=1)[0]
    before = _CLAUSE.split(text[max(0, figure.start - _REACH) : figure.start])[-1]
    return before, after


def _beside(before: str, after: str, language: str) -> dict[str, str]:
    """The next two content words (by stem) and the last one before (by the whole word), as they are printed.

    The word before is mostly a verb: "killing 9" and "killing 11" are one matter, "can carry", "carrying" not.
    """
    if not rules(language).spaces:
        runs = {f">{after.strip()[:2]}": after.strip()[:2], f"<{before.strip()[-2:]}": before.strip()[-2:]}
        return {side: run for side, run in runs.items() if len(run) == 2}
    found: dict[str, str] = {}
    for token in _telling(_WORD.findall(after)[:4], language)[:2]:
        found[">" + min(_stems(token, language))] = token
    for token in _telling(_WORD.findall(before)[-2:][::-1], language)[:1]:
        if not token[0].isupper():  # a name before the figure is not what is counted
            found["<" + token.casefold()] = token
    return found


def _telling(tokens: Sequence[str], language: str) -> list[str]:
    return [token for token in tokens if len(token) > 2 and _stems(token, language)]


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in content_words(text, language))
