"""Whether a second source says what a sentence says: the ground on which newsrooms are counted.

Stricter than the writer's own pairing on purpose: what it leaves out is a corroboration, never a fact.
"""

from iroyin.verify.dates import wrong_date
from iroyin.verify.evidence import Passage
from iroyin.verify.names import unknown_name
from iroyin.verify.negation import wrong_negation
from iroyin.verify.numbers import wrong_number
from iroyin.verify.reading import names_of, numbers_of, stems

# With a telling figure in common half the words are enough; else sentences on neighbouring matters look alike.
_COVER_WITH_FIGURE, _COVER = 0.5, 0.65
_FEWEST_SHARED = 4
_TELLING = 10


def supports(text: str, passage: Passage, language: str) -> bool:
    """Whether every figure, day and denial of the text is in the passage, and enough of its words or its names."""
    if wrong_number(text, (passage,), language) or wrong_date(text, (passage,), language):
        return False
    if passage.language != language:
        named = names_of(text, language)
        return bool(named and numbers_of(text, language)) and unknown_name(text, (passage,), language) is None
    if wrong_negation(text, (passage,), language):
        return False
    shared = stems(text, language) & stems(passage.text, language)
    figures = numbers_of(text, language)
    telling = any(f.unit or (f.value is not None and abs(f.value) >= _TELLING) for f in figures)
    needed = _COVER_WITH_FIGURE if telling else _COVER
    return len(shared) >= _FEWEST_SHARED and cover(text, passage.text, language) >= needed


def cover(text: str, source: str, language: str) -> float:
    """Share (0 to 1) of the text's content words that the source has, endings aside; 0 for a text without any."""
    mine = stems(text, language)
    return len(mine & stems(source, language)) / len(mine) if mine else 0.0
