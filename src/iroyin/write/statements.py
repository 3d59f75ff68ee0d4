"""Figures as statements: a value, what it counts, what stands beside it, and the words of its clause."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iroyin.languages import Number, fold, rules, stems, words
from iroyin.write.candidates import numbers_of
from iroyin.write.claims import Claim
from iroyin.write.counted import counted

_NO_COUNT = frozenset({"ordinal", "year", "time", "score", "vague", "duration", "range", "pair"})
_REACH = 45
_CLAUSE = re.compile(r"[.,;:]\s|[()，。、；！،؛—–]|\d")
_BECAME = re.compile(
    r"(?<!\w)(?:to|à|auf|zu|hasta|para|до|hadi|sí|إلى|से|tot|naar|ke|lên)(?!\w)|升至|升到|至|到|에서|から|引き上げ"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure in a claim: `beside` are the words next to it (">" after, "<" before), `printed` their print.

    `counts` is the kind of thing counted ("dead"), where a word near the figure tells it. `frame` are the stems of
    its clause, `values` all values of the sentence, `apart` those it gives of the same kind of thing beside this one;
    `approximate` when "about" or such stands by it. `was` is the value it took the place of ("from 7 to 12 per cent").
    """

    claim: Claim
    value: float
    unit: str
    counts: str
    beside: frozenset[str]
    printed: Mapping[str, str]
    frame: frozenset[str]
    values: frozenset[float]
    approximate: bool
    was: float | None = None
    apart: frozenset[float] = frozenset()

    @property
    def is_bare(self) -> bool:
        """Whether no word follows the figure that would tell what it counts; never sure where words have no spaces."""
        spaced = rules(self.claim.candidate.article.language).spaces
        return not spaced or not any(side.startswith(">") for side in self.beside)


def statements(claim: Claim) -> list[Statement]:
    """The countable figures of a claim, in order; days, times, scores, ordinals and denied figures are none."""
    text, language = claim.candidate.text, claim.candidate.article.language
    figures = numbers_of(text, language)
    values = frozenset(float(f.value) for f in figures if f.value is not None)
    found: list[Statement] = []
    for number, figure in enumerate(figures):
        if figure.kind in _NO_COUNT or figure.value is None or _is_denied(text, figure, language):
            continue
        found.append(_statement(claim, number, figures, values))
    return [statement for statement in found if statement.beside or statement.counts or statement.unit]


def _statement(claim: Claim, number: int, figures: Sequence[Number], values: frozenset[float]) -> Statement:
    text, language = claim.candidate.text, claim.candidate.article.language
    figure = figures[number]
    before, after = _clause(_without_others(text, figure, figures), figure)
    printed = _beside(before, after, language)
    start = figures[number - 1].end if number else 0
    end = figures[number + 1].start if number + 1 < len(figures) else len(text)
    return Statement(
        claim=claim,
        value=float(figure.value or 0),
        unit=figure.unit.replace("person", ""),
        counts=_kind(text[start : figure.start], text[figure.end : end], figure, language),
        beside=frozenset(printed),
        printed=printed,
        frame=stems(f"{before} {after}", language),
        values=values,
        approximate=figure.approximate,
        was=_was(text, figures[number - 1], figure) if number else None,
    )


def _kind(before: str, after: str, figure: Number, language: str) -> str:
    """What the figure counts; there are no halves of people."""
    kind = counted(before, after, figure.kind, language)
    whole = figure.value is not None and figure.value == figure.value.to_integral_value()
    return kind if whole or kind in {"price", "magnitude", "damaged"} else ""


def _was(text: str, before: Number, figure: Number) -> float | None:
    """The value before, when the text between says that this one took its place."""
    between = text[before.end : figure.start]
    if before.value is None or before.unit not in {"", figure.unit} or len(between) > _REACH:
        return None
    return float(before.value) if _BECAME.search(between) else None


def _is_denied(text: str, figure: Number, language: str) -> bool:
    """Whether a denial stands right before the figure: "not 9 people as first said"."""
    before = words(text[: figure.start][-_REACH:], language)[-1:]
    return bool(before) and before[0] in {fold(word) for word in rules(language).negations}


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
        found[">" + min(stems(token, language))] = token
    for token in _telling(_WORD.findall(before)[-2:][::-1], language)[:1]:
        if not token[0].isupper():  # a name before the figure is not what is counted
            found["<" + token.casefold()] = token
    return found


def _telling(tokens: Sequence[str], language: str) -> list[str]:
    return [token for token in tokens if len(token) > 2 and stems(token, language)]
