"""The table of checks: one row a check, each a pure function of sentence, passages, language and context.

To add a check, add its row here and its mutation file under `tests/data/mutations`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from iroyin.model import Finding, Sentence
from iroyin.verify.dates import date
from iroyin.verify.evidence import Context, Passage
from iroyin.verify.names import name
from iroyin.verify.negation import negation
from iroyin.verify.numbers import number
from iroyin.verify.quotes import quote
from iroyin.verify.unsafe import unsafe
from iroyin.verify.wording import attribution, copy, language, role, unsupported

Run = Callable[[Sentence, Sequence[Passage], str, Context], Finding | None]


@dataclass(frozen=True, slots=True)
class Check:
    """One row: the code of its findings, the function, and in words when a sentence is refused."""

    code: str
    run: Run
    refuses: str


CHECKS: tuple[Check, ...] = (
    Check("unsupported", unsupported, "the text is not what its spans say, letter for letter or by a proved cut"),
    Check("unsafe", unsafe, "it holds an address, markup, code, an order to a machine or a stuck key"),
    Check("language", language, "it is not in the page's language and script"),
    Check("copy", copy, "it takes the page over the cap of one newsroom's words"),
    Check("role", role, "it leans on a sentence that does not stand before it"),
    Check("number", number, "a figure or unit is not in the spans, or counts another thing there"),
    Check("quote", quote, "quoted words are not verbatim in one span of this language, or another speaker's"),
    Check("name", name, "a name is not in the spans, or is spelled otherwise than on the rest of the page"),
    Check("date", date, "a day or a count of years is impossible, cannot be read later, or others deny it"),
    Check("negation", negation, "a denial was lost or added"),
    Check(
        "attribution",
        attribution,
        "one newsroom alone says it and is not named, or only a machine where people wrote too",
    ),
)


def examine(
    sentence: Sentence, passages: Sequence[Passage], language: str, context: Context
) -> tuple[Finding, ...]:
    """The findings of all checks, in the table's order."""
    found = (check.run(sentence, passages, language, context) for check in CHECKS)
    return tuple(finding for finding in found if finding is not None)
