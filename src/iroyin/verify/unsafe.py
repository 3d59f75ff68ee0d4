"""The check `unsafe`: addresses, markup, remains of code, orders to a machine, one word over and over.

An article that gives orders to a machine outside quotation marks is not quoted at all: what stands beside an order
was written by the same hand. A report about such an order has it in quotation marks, and loses that sentence only.
"""

import re
from collections.abc import Sequence
from functools import lru_cache, partial

from iroyin.languages import ORDERS, fold, rules, spoken_to_a_machine, words
from iroyin.model import ArticleId, Dossier, Finding, Sentence
from iroyin.verify.evidence import Context, Passage
from iroyin.verify.reading import without_quotes

_MARKUP = re.compile(
    r"https?:|www\.|ftp:|\b[\w-]+(?:\.[\w-]+)+/\w|\S@\w+\.\w|javascript:|data:text"  # addresses
    r"|</?[a-z!?%|][^>]*>|</|/>|<\?|<%|\]\(|&(?:lt|gt|amp|nbsp|quot|#\d+);|\[/?inst\]|<\|"  # markup
    r"|\b(?:alert|eval|fetch|prompt|confirm|atob|settimeout|function)\(|\bon(?:error|load|click|mouseover)\s*="
    r"|\b(?:document|window)\.\w|console\.log|\$\{|\{\{|\}\}|=>\s*\{|\bvar \w+\s*=|!important|\\u[0-9a-f]{4}"
    r"|\bdrop table\b|[\x00-\x08\x0b-\x1f\x7f]",
    re.IGNORECASE,
)

_THRICE = re.compile(r"\b([^\W\d_]+)\b(?:\W+\1\b){2,}")
_FIVE_TIMES = re.compile(r"\b([^\W\d_]+)\b(?:\W+\1\b){4,}")
_RUN = re.compile(r"([^\W\d_]{2,12}?)\1{3,}")
_ENOUGH_WORDS, _FEWEST_DISTINCT = 8, 0.34


def unsafe(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """An address, markup, code, an order to a machine or a stuck key in what is to be printed or where it is from."""
    found = unsafe_part(sentence.text, language)
    if found:
        return Finding("unsafe", found)
    if passages and passages[0].article and passages[0].article.id in context.tainted:
        return Finding("unsafe", sentence.text, near=passages[0].article.outlet)
    return None


@lru_cache(maxsize=16384)
def unsafe_part(text: str, language: str) -> str:
    """The first part of the text that no page may print, or ""."""
    found = _MARKUP.search(text)
    return found.group() if found else (_order(text, language) or _repeated(text, language))


def tainted(dossier: Dossier) -> frozenset[ArticleId]:
    """The articles that give orders to a machine, quotations aside."""
    return frozenset(a.id for a in dossier.native() if _gives_orders(a.text, a.language))


@lru_cache(maxsize=2048)
def _gives_orders(text: str, language: str) -> bool:
    return any(spoken_to_a_machine(line, partial(without_quotes, line, language)) for line in text.splitlines())


def _order(text: str, language: str) -> str:
    found = ORDERS.search(fold(text))
    return found.group().strip() if found else spoken_to_a_machine(text, partial(without_quotes, text, language))


def _repeated(text: str, language: str) -> str:
    folded = text.casefold()
    if not rules(language).spaces:
        run = _RUN.search(folded)
        return run.group() if run else ""
    found = _FIVE_TIMES.search(folded) or (
        _THRICE.search(without_quotes(text, language).casefold()) if _THRICE.search(folded) else None
    )
    if found:
        return found.group()
    listed = words(text, language)
    few = len(listed) >= _ENOUGH_WORDS and len(set(listed)) < _FEWEST_DISTINCT * len(listed)
    return text if few else ""
