"""What a text changed in the source sentence it is nearly a copy of: words left out, put in, put for others.

A sentence written after a source is often that source with a few words changed, and there a lost "not", "may" or a
turned round name shows as an edit. Texts that share too little are not compared: nothing is said of a free paraphrase.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from iroyin.languages import content_words, fold, rules, split
from iroyin.verify.evidence import Passage

_NEAREST = 3
_KEPT = 0.7  # share of the text's words that must stand in the source in the same order
_PART = re.compile(r"\S+")
_DENSE = re.compile(r"[A-Za-z\u00c0-\u024f]+|\d+(?:[.,]\d+)*|[^\W_]")


def _ends_word(char: str) -> bool:
    """A letter, a digit, a sign of money, a mark on a letter, an Indic vowel."""
    return char.isalnum() or char in "%€$£" or "\u0300" <= char <= "\u036f" or "\u0900" <= char <= "\u0dff"


@dataclass(frozen=True, slots=True)
class Token:
    """A word (a character where none are cut) as it is compared, and where it stands."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of source words and the run of the text that took its place; either may be empty.

    `before` and `after` are the same runs with one more word on each side, for phrases that go over the edge.
    """

    removed: str
    added: str
    before: str
    after: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def tokens(text: str, language: str) -> tuple[Token, ...]:
    """The words of the text, case and marks folded, without the punctuation around them."""
    if not rules(language).spaces:
        return tuple(Token(fold(m.group()), *m.span()) for m in _DENSE.finditer(text))
    found = []
    for match in _PART.finditer(text):
        start, end = match.span()
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and not _ends_word(text[end - 1]):
            end -= 1
        if start < end:
            found.append(Token(fold(text[start:end]).replace("’", "'"), start, end))
    return tuple(found)


def nearest_sentences(text: str, passages: Sequence[Passage], language: str) -> list[str]:
    """At most three source sentences that share most content words with the text, best first."""
    return list(_nearest(text, tuple(passage.text for passage in passages), language))


@lru_cache(maxsize=1024)
def _nearest(text: str, sources: tuple[str, ...], language: str) -> tuple[str, ...]:
    mine = content_words(text, language)
    ranked: list[tuple[int, int, str]] = []
    for source in sources:
        for sentence in sentences_of(source, language):
            shared = len(mine & _content(sentence, language))
            if shared:
                ranked.append((-shared, len(ranked), sentence))
    return tuple(sentence for _, _, sentence in sorted(ranked)[:_NEAREST])


@lru_cache(maxsize=1024)
def sentences_of(text: str, language: str) -> tuple[str, ...]:
    """The sentences of a passage."""
    return tuple(text[start:end] for start, end in split(text, language))


@lru_cache(maxsize=16384)
def _content(sentence: str, language: str) -> frozenset[str]:
    return frozenset(content_words(sentence, language))


def changes(text: str, passages: Sequence[Passage], language: str) -> tuple[Edit, ...]:
    """The words put for others in the nearest source sentence, when the text is a near copy of one."""
    near = nearest_sentences(text, [p for p in passages if p.language == language], language)
    found = [listed for source in near if (listed := edits(text, source, language)) is not None]
    fewest = min(found, key=len, default=())
    return tuple(edit for edit in fewest if edit.removed and edit.added)


@lru_cache(maxsize=4096)
def edits(text: str, source: str, language: str) -> tuple[Edit, ...] | None:
    """What the text changed in the source sentence, in order; None when it is no near copy of it.

    What the source says before the first and after the last word they share is left out, not changed.
    """
    mine, theirs = tokens(text, language), tokens(source, language)
    if not mine or not theirs:
        return None
    blocks = _matcher(mine, theirs).get_opcodes()
    same = sum(j2 - j1 for tag, _, _, j1, j2 in blocks if tag == "equal")
    if same < _KEPT * len(mine):
        return None
    found = []
    for number, (tag, i1, i2, j1, j2) in enumerate(blocks):
        edge = number in {0, len(blocks) - 1}
        if tag == "equal" or (edge and tag == "delete" and i2 - i1 > _EDGE):
            continue
        start = mine[j1].start if j1 < j2 else (mine[j1 - 1].end if j1 else 0)
        end = mine[j2 - 1].end if j1 < j2 else start
        found.append(Edit(
            _run(source, theirs, i1, i2), _run(text, mine, j1, j2),
            _run(source, theirs, max(0, i1 - 1), min(len(theirs), i2 + 1)),
            _run(text, mine, max(0, j1 - 1), min(len(mine), j2 + 1)), start, end,
        ))  # fmt: skip
    return tuple(found)


_EDGE = 2  # so many words left out at the sentence's end may still be a lost "allegedly"


def _matcher(mine: Sequence[Token], theirs: Sequence[Token]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [t.key for t in theirs], [t.key for t in mine], autojunk=False)


def _run(text: str, listed: Sequence[Token], first: int, last: int) -> str:
    return text[listed[first].start : listed[last - 1].end] if first < last else ""
