"""The check `role`: who did what to whom is not turned round, and an office is not pinned on another person.

A sentence that leans on one before it in its source ("He said") is refused here too: printed elsewhere its "he" is
another man. Two parties are turned round when the text would fit its source better with them exchanged; a passive in
one of the two turns the order without turning the sense. In a near copy any two exchanged runs of words count.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from iroyin.languages import find_phrases, fold, rules, words
from iroyin.model import Finding, Sentence
from iroyin.verify.edits import Edit, Token, edits, nearest_sentences, tokens
from iroyin.verify.evidence import Context, Passage, is_aligned
from iroyin.verify.reading import names_of
from iroyin.verify.wording import leans

_FITS = 0.5  # share of the text's words that the source must have in order once the parties are exchanged
_MOST_SPOTS = 10


def role(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """A deed given to the wrong party, an office to the wrong person, a pronoun cut off from its person."""
    leaning = leans(sentence, passages, language, context)
    if leaning or is_aligned(sentence, passages, language):
        return leaning
    return wrong_role(sentence.text, passages, language)


def wrong_role(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """Two parties of the text that its nearest source sentences have the other way round, or a moved office."""
    native = [passage for passage in passages if passage.language == language]
    near = nearest_sentences(text, native, language)
    for source in near[:2]:
        changed = edits(text, source, language)
        turned = _turned(text, source, language, changed)
        if turned:
            return turned
        if changed is not None and not changed:
            break
    return _pinned(text, native, language)


def _joins(between: str, language: str) -> bool:
    known = rules(language)
    if not words(between, language):
        return True
    if not known.spaces:
        return any(mark in between for mark in known.mutual)
    padded = f" {' '.join(words(between, language))} "
    return any(f" {mark} " in padded for mark in known.mutual)


def _turned(text: str, source: str, language: str, changed: Sequence[Edit] | None) -> Finding | None:
    """Two parties of the text that the source has in each other's place; in a near copy any two runs of words."""
    mine = tokens(text, language)
    spots = _spots(mine, [n.text for n in names_of(text, language) if n.text in source], language)
    if changed:
        spots += _spots(mine, [part for e in changed for part in (e.removed, e.added) if part], language)
    differs = _voice_differs(text, source, language)
    keys = [t.key for t in tokens(source, language)]
    now = _in_order([t.key for t in mine], keys)
    for (a, b), (c, d) in combinations(sorted(set(spots))[:_MOST_SPOTS], 2):
        if c < b or [t.key for t in mine[a:b]] == [t.key for t in mine[c:d]]:
            continue
        between = text[mine[b - 1].end : mine[c].start]
        if _joins(between, language):
            continue
        exchanged = [t.key for t in (*mine[:a], *mine[c:d], *mine[b:c], *mine[a:b], *mine[d:])]
        then = _in_order(exchanged, keys)
        better, worse = (now, then) if differs else (then, now)
        if better >= _FITS * len(mine) and better > worse:
            return Finding("role", text[mine[a].start : mine[d - 1].end], near=source)
    return None


def _spots(mine: Sequence[Token], parts: Sequence[str], language: str) -> list[tuple[int, int]]:
    """Where these runs of words stand among the tokens."""
    found = []
    for part in parts:
        wanted = [t.key for t in tokens(part, language)]
        for at in range(len(mine) - len(wanted) + 1):
            if wanted and [t.key for t in mine[at : at + len(wanted)]] == wanted:
                found.append((at, at + len(wanted)))
    return found


def _in_order(one: Sequence[str], other: Sequence[str]) -> int:
    blocks = SequenceMatcher(None, other, one, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def _voice_differs(text: str, source: str, language: str) -> bool:
    """Whether one of the two names its doer by the mark of the passive and the other does not."""
    return bool(find_phrases(text, language, "agent_marks")) != bool(find_phrases(source, language, "agent_marks"))


def _pinned(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """An office before a name of the text that the passages give to others only."""
    for name in names_of(text, language):
        if not name.title:
            continue
        title, last = fold(name.title), fold(name.text).split()[-1]
        holders = [n for p in passages for n in names_of(p.text, p.language) if fold(n.title) == title]
        mine = [n for n in holders if last in fold(n.text).split()]
        told = any(last in fold(p.text) and title in fold(_around(p.text, name.text, last)) for p in passages)
        if holders and not mine and not told:
            return Finding("role", f"{name.title} {name.text}", near=f"{holders[0].title} {holders[0].text}")
    return None


def _around(text: str, name: str, last: str) -> str:
    """What stands within eighty characters of the name."""
    at = text.find(name)
    at = fold(text).find(last) if at < 0 else at
    return text[max(0, at - 80) : at + len(name) + 80]
