"""The table of checks: one row a check, each a pure function of sentence, passages, language and context.

To add a check, add its row here and its mutation file under `tests/data/mutations`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from iroyin.model import Finding, Sentence
from iroyin.verify.cover import uncovered
from iroyin.verify.dates import date, wrong_date
from iroyin.verify.evidence import Context, Passage
from iroyin.verify.merge import merge, merged
from iroyin.verify.modality import modality, wrong_modality
from iroyin.verify.names import name, unknown_name
from iroyin.verify.negation import negation, wrong_negation
from iroyin.verify.numbers import number, wrong_number
from iroyin.verify.quotes import quote, wrong_quote
from iroyin.verify.roles import role, wrong_role
from iroyin.verify.unsafe import unsafe
from iroyin.verify.withdrawn import withdrawn
from iroyin.verify.wording import attribution, copy, language, order, unsupported

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
    Check(
        "copy",
        copy,
        "it takes the page over the cap of one newsroom's words, or free text runs on in a source's own",
    ),
    Check("order", order, "free text follows one source's order of facts, sentence by sentence"),
    Check(
        "role", role, "who did what to whom is turned round, an office is another's, or a pronoun lost its person"
    ),
    Check("number", number, "a figure or unit is not in the spans, or counts another thing there"),
    Check("quote", quote, "quoted words are not verbatim in one span of this language, or another speaker's"),
    Check("name", name, "a name is not in the spans, or is spelled otherwise than on the rest of the page"),
    Check("date", date, "a day or a count of years is impossible, cannot be read later, or others deny it"),
    Check("negation", negation, "a denial was lost or added, or a word stands for its opposite"),
    Check("modality", modality, "a may, plan, allegation or attribution of the source was lost"),
    Check("merge", merge, "it joins facts of two different matters"),
    Check(
        "attribution",
        attribution,
        "one newsroom alone says it and is not named, or only a machine where people wrote too",
    ),
    Check("withdrawn", withdrawn, "an editor took it back, or its source sentence, or the same claim"),
)


def examine(
    sentence: Sentence, passages: Sequence[Passage], language: str, context: Context
) -> tuple[Finding, ...]:
    """The findings of all checks, in the table's order."""
    found = (check.run(sentence, passages, language, context) for check in CHECKS)
    return tuple(finding for finding in found if finding is not None)


Rule = Callable[[str, Sequence[Passage], str], Finding | None]

# What a text says against its passages, whatever page it is for: the rules behind the rows of the same code.
RULES: tuple[Rule, ...] = (
    wrong_number,
    wrong_quote,
    unknown_name,
    wrong_date,
    wrong_negation,
    wrong_modality,
    wrong_role,
    merged,
    uncovered,
)


def contradictions(text: str, passages: Sequence[Passage], language: str) -> tuple[Finding, ...]:
    """What the rules find wrong in a free text over its passages, in their order."""
    found = (rule(text, passages, language) for rule in RULES)
    return tuple(finding for finding in found if finding is not None)
