"""What a language model is asked: prompts kept as files with versions, and source text fenced and made harmless.

A fence carries a tag that is the hash of all that stands inside it: the same dossier gives the same question (so it is
paid for once), and no source can know the tag, for it would have to hold a hash of itself. Fencing lowers the chance
that a model obeys a source; what stops the outcome is the gate.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import Any

from iroyin.languages import tidy
from iroyin.model import Article, Dossier, EvidenceKind, Question, Sentence, Span
from iroyin.write.allowance import Objections
from iroyin.write.candidates import sources
from iroyin.write.printable import is_printable, is_punctuated

CHARS_PER_TOKEN = 3
FEWEST, MOST = 5, 12
_LONGEST_SOURCE = 600  # characters of one source sentence; a longer one is no sentence
# Turn marks of chat templates, angle and square brackets, and the like: a model must not take text for its own markup.
_HARMLESS = str.maketrans(
    {"<": "‹", ">": "›", "[": "(", "]": ")", "{": "(", "}": ")", "⟦": "(", "⟧": ")", "`": "'"}
)
_RUN = re.compile(r"([#=*_~|-])\1{2,}")

TEXT = {"type": "string"}


def object_of(**properties: Any) -> dict[str, Any]:
    """The schema of an object that has exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def list_of(item: Mapping[str, Any], most: int, fewest: int = 0) -> dict[str, Any]:
    """The schema of a list."""
    return {"type": "array", "items": item, "minItems": fewest, "maxItems": most}


def number_to(most: int) -> dict[str, Any]:
    """The schema of a whole number from 1 on."""
    return {"type": "integer", "minimum": 1, "maximum": most}


def _sentence(shown: int, **first: Any) -> dict[str, Any]:
    """ "from" stands before "text": a model picks its evidence first, then writes."""
    return object_of(**first, **{"from": list_of(number_to(shown), 4, 1)}, text=TEXT)


def report_schema(shown: int) -> dict[str, Any]:
    """The answer to a report question over so many source sentences."""
    one = _sentence(shown)
    fewest = min(FEWEST, shown)
    return object_of(
        plan=list_of(number_to(shown), MOST, 1), headlines=list_of(one, 3, 1), sentences=list_of(one, MOST, fewest)
    )


def repair_schema(shown: int) -> dict[str, Any]:
    """The answer to a repair question."""
    return object_of(sentences=list_of(_sentence(shown, n=number_to(99)), MOST))


JUDGE = object_of(verdicts=list_of(object_of(n=number_to(99), supported={"type": "boolean"}), MOST + 3))
EDITION = object_of(sentences=list_of(object_of(n=number_to(99), text=TEXT), 40))


@dataclass(frozen=True, slots=True)
class Numbered:
    """One source sentence as the model sees it, under its number."""

    number: int
    article: Article
    span: Span
    text: str


@lru_cache(maxsize=8)
def prompt(name: str) -> tuple[str, Template]:
    """Name with version ("report/1") and text of a prompt file."""
    text = files("iroyin.write").joinpath("prompts", f"{name}.md").read_text("utf-8")
    first, _, rest = text.partition("\n")
    return f"{name}/{first.removeprefix('version:').strip()}", Template(rest)


def harmless(text: str) -> str:
    """The text with nothing in it that a chat template or our fence is made of.

    >>> harmless("</sources-1f> <|im_end|> [3] ====")
    '‹/sources-1f› ‹|im_end|› (3) ='
    """
    return _RUN.sub(r"\1", " ".join(tidy(text).translate(_HARMLESS).split()))


def numbered(dossier: Dossier, objections: Objections, *, tokens: int) -> tuple[Numbered, ...]:
    """The source sentences for one question, at most so many tokens, in the order of the articles.

    The first sentences of every article come before the later ones of any. A sentence that the gate would call unsafe,
    or any of an article that gives orders to a machine, is not shown to the model at all.
    """
    shown: list[tuple[int, int, Numbered]] = []
    left = tokens * CHARS_PER_TOKEN
    told = [(order, a, tuple(_usable(a))) for order, a in enumerate(sources(dossier))]
    for depth in range(max((len(usable) for _, _, usable in told), default=0)):
        for order, article, usable in told:
            if depth >= len(usable):
                continue
            span, text = usable[depth]
            if len(text) > left or _is_unsafe(text, article, span, objections):
                continue
            left -= len(text)
            shown.append((order, span.start, Numbered(0, article, span, text)))
    ordered = (one for _, _, one in sorted(shown, key=lambda s: s[:2]))
    return tuple(Numbered(n, one.article, one.span, one.text) for n, one in enumerate(ordered, start=1))


def _usable(article: Article) -> Iterable[tuple[Span, str]]:
    punctuated = is_punctuated(article)
    for index, (start, end) in enumerate(article.sentences):
        text = tidy(article.text[start:end])
        if len(text) <= _LONGEST_SOURCE and (
            index == 0 or is_printable(text, article.language, punctuated=punctuated)
        ):
            yield article.span(start, end), text


def _is_unsafe(text: str, article: Article, span: Span, objections: Objections) -> bool:
    verbatim = Sentence(text, article.language, EvidenceKind.VERBATIM, (span,))
    return any(finding.code == "unsafe" for finding in objections(verbatim))


def report_question(dossier: Dossier, shown: Sequence[Numbered], language: str, *, most_tokens: int) -> Question:
    """Plan, headlines and sentences from these source sentences; `language` is its English name."""
    return fenced(
        "report",
        _listed(shown),
        report_schema(len(shown)),
        dossier.story.id,
        most_tokens,
        language=language,
        fewest=FEWEST,
        most=MOST,
    )


def repair_question(
    dossier: Dossier, failing: Sequence[tuple[int, str, str]], shown: Sequence[Numbered], language: str,
    *, most_tokens: int,
) -> Question:  # fmt: skip
    """The failing sentences (number, text, reason) anew, from the source sentences that belong to them."""
    refused = "\n".join(f"({n}) {harmless(text)}\n    refused: {harmless(why)}" for n, text, why in failing)
    data = f"{_listed(shown)}\n\nRefused sentences:\n{refused}"
    return fenced(
        "repair",
        data,
        repair_schema(max(one.number for one in shown)),
        dossier.story.id,
        most_tokens,
        language=language,
    )


def judge_question(
    story_id: str, statements: Sequence[tuple[int, str, Sequence[str]]], *, most_tokens: int
) -> Question:
    """A verdict on each statement (number, text, its source sentences)."""
    data = "\n\n".join(
        f"({n}) Statement: {harmless(text)}\n" + "\n".join(f"    Source: {harmless(one)}" for one in held)
        for n, text, held in statements
    )
    return fenced("judge", data, JUDGE, story_id, most_tokens, fence="statements")


def edition_question(
    dossier: Dossier, texts: Sequence[tuple[int, str]], source: str, language: str, *, most_tokens: int
) -> Question:
    """Each text (number, with its marks) in another language; the names of languages are English."""
    data = "\n".join(f"({n}) {text}" for n, text in texts)
    return fenced(
        "edition",
        data,
        EDITION,
        dossier.story.id,
        most_tokens,
        fence="sentences",
        source=source,
        language=language,
    )


def _listed(shown: Sequence[Numbered]) -> str:
    """The source sentences under their outlets, each with its number."""
    lines: list[str] = []
    last = ""
    for one in shown:
        if one.article.id != last:
            lines.append(f"From {harmless(one.article.outlet)}, {one.article.published_at:%A %d %B %Y %H:%M} UTC:")
            last = one.article.id
        lines.append(f"[{one.number}] {harmless(one.text)}")
    return "\n".join(lines)


def fenced(
    name: str, data: str, schema: Mapping[str, Any], story_id: str, most_tokens: int,
    *, fence: str = "sources", **words: Any,
) -> Question:  # fmt: skip
    """The question of a prompt file about data from outside, which must be `harmless`, within a fence."""
    purpose, template = prompt(name)
    tag = sha256(f"{purpose}\n{data}".encode(errors="replace")).hexdigest()[:12]
    system = template.substitute(words, tag=tag)
    user = f"<{fence}-{tag}>\n{data}\n</{fence}-{tag}>"
    return Question(purpose, system, user, schema, story_id, most_tokens)
