"""How much of a text its passages hold: the ground of `unsupported` for sentences that are no copies.

A run of words that no passage knows is a detail nobody told. What cover cannot see (a reversal of roles, an opposite)
is left to the other checks.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from iroyin.languages import rules, stems
from iroyin.model import Finding
from iroyin.verify.edits import Token, nearest_sentences, tokens
from iroyin.verify.evidence import Passage
from iroyin.verify.names import INFLECTED

# Tuned on the development part of cliff_goyal21 and on seeded sentences: see bench/verify.py.
_ENOUGH = 0.5
_SHORTEST = 3
_RUN, _RUN_OF_CHARACTERS = 3, 5
# Languages that write two words as one, and from how many letters on a word counts as two.
_COMPOUNDING, _COMPOUND = frozenset({"de", "nl"}), 12


def uncovered(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """The longest run of the text's content words that no passage has, or the whole text when too little is held."""
    native = [passage for passage in passages if passage.language == language]
    have = _held(tuple(p.text for p in native), language)
    run = _longest_run(text, have, language)
    if run:
        near = nearest_sentences(text, native, language)
        return Finding("unsupported", run, near=near[0] if near else "")
    mine = _cut(stems(text, language), language)
    if mine and len(mine & have) < _ENOUGH * len(mine):
        near = nearest_sentences(text, native, language)
        return Finding("unsupported", text, near=near[0] if near else "")
    return None


def _longest_run(text: str, have: frozenset[str], language: str) -> str:
    """The first run of words without a stem in `have`, function words between them aside, or ""."""
    spaced = rules(language).spaces
    first: Token | None = None
    last: Token | None = None
    length = 0
    for token, known in _marked(text, have, language):
        if known is None:
            continue
        if known:
            first, length = None, 0
            continue
        weighs = 2 if language in _COMPOUNDING and token.end - token.start >= _COMPOUND else 1
        first, last, length = first or token, token, length + weighs
        if length >= (_RUN if spaced else _RUN_OF_CHARACTERS):
            return text[first.start : last.end]
    return ""


def _marked(text: str, have: frozenset[str], language: str) -> list[tuple[Token, bool | None]]:
    """Each word with whether it is held; None for function words."""
    listed = tokens(text, language)
    if rules(language).spaces:
        found: list[tuple[Token, bool | None]] = []
        for token in listed:
            mine = _cut(stems(text[token.start : token.end], language), language)
            found.append((token, bool(mine & have) if mine else None))
        return found
    held = [b.start > a.end or not (pair := stems(text[a.start : b.end], language)) or bool(pair & have)
            for a, b in pairwise(listed)]  # fmt: skip
    return [(token, held[i - 1] if i and not held[i - 1] else (held[i] if i < len(held) else True))
            for i, token in enumerate(listed)]  # fmt: skip


@lru_cache(maxsize=1024)
def _held(texts: tuple[str, ...], language: str) -> frozenset[str]:
    return _cut(frozenset().union(*(stems(text, language) for text in texts)), language)


def _cut(found: frozenset[str], language: str) -> frozenset[str]:
    """Stems shorter by a letter where words are inflected: "hala" and "hali" are one."""
    if language not in INFLECTED:
        return found
    return frozenset(
        stem if stem.isdigit() or len(stem) <= _SHORTEST else stem[: max(_SHORTEST, len(stem) - 1)]
        for stem in found
    )
