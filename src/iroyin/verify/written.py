"""Whether the passages hold what a free sentence tells: words where both are in one language, facts where not."""

from collections.abc import Sequence

from iroyin.languages import stems
from iroyin.model import Finding
from iroyin.verify.evidence import Passage
from iroyin.verify.negation import denials
from iroyin.verify.numbers import wrong_number
from iroyin.verify.reading import numbers_of

_ENOUGH = 0.6  # of the sentence's content words, endings aside


def unborne(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """The whole text when too little of it is held by the passages."""
    native = [passage for passage in passages if passage.language == language]
    if not native:
        return _unborne_abroad(text, passages, language)
    mine = stems(text, language)
    held = frozenset().union(*(stems(p.text, language) for p in native))
    if mine and len(mine & held) >= _ENOUGH * len(mine):
        return None
    return Finding("unsupported", text, near=native[0].text)


def _unborne_abroad(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """A figure lost on the way from the first passage's language, or a denial that one of the two lacks."""
    first = passages[0]
    lost = wrong_number(first.text, [Passage(text, language)], first.language)
    if lost and numbers_of(first.text, first.language):
        return Finding("number", lost.text, near=text)
    if bool(denials(text, language)) != any(denials(p.text, p.language) for p in passages):
        return Finding("negation", text, near=first.text)
    return None
