"""The check `role`: who did what to whom is not turned round, and an office is not pinned on another person.

A sentence that leans on one before it in its source ("He said") is refused here too: printed elsewhere its "he" is
another man. Two parties are turned round when the text would fit its source better with them exchanged; a passive in
one of the two turns the order without turning the sense. In a near copy any two exchanged runs of words count.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from iroyin.languages import find_phrases, fold, rules, words
from iroyin.model import Finding, Sentence
from iroyin.verify.edits import nearest_sentences, tokens
from iroyin.verify.evidence import Context, Passage, is_aligned
from iroyin.verify.reading import names_of
from iroyin.verify.wording import leans

# Share of the text's words that the source must have in order once the parties are exchanged: named ones, with a
# passive in one of the two, and runs of words that only the near copy shows.
_FITS, _FITS_PASSIVE, _WHOLE = 0.75, 0.65, 0.97
_NEAR = 0.6  # share of the text's words in the source's order from which it is a near copy
_LONGEST_PARTY, _MOST_SPOTS, _LONGEST_JOIN = 6, 12, 3
_REACH = 4  # words from the mark within which a party is the doer even when it stands beyond the mark too
_DOER_FIRST = frozenset({"bn", "hi", "ko", "tr"})  # the mark stands behind the doer
_CLAUSE = re.compile(r"[,;:()]")
_VERB_FIRST = frozenset({"ar", "de", "nl"})  # doer and other party may stand side by side behind the verb


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
    wanted = [t.key for t in tokens(text, language)]
    for source in near[:2]:
        if [t.key for t in tokens(source, language)] == wanted:
            break
        if turned := _turned(text, source, language):
            return turned
    return _pinned(text, native, language)


def _joins(between: str, language: str) -> bool:
    known, listed = rules(language), words(between, language)
    if not listed:
        return language not in _VERB_FIRST or bool(between.strip())
    if known.spaces and len(listed) > _LONGEST_JOIN:
        return False
    if not known.spaces:
        return any(mark in between for mark in known.mutual)
    padded = f" {' '.join(listed)} "
    return any(f" {mark} " in padded for mark in known.mutual)


def _turned(text: str, source: str, language: str) -> Finding | None:
    """Two parties of the text that the source has in each other's place; in a near copy any two runs of words."""
    mine, theirs = tokens(text, language), tokens(source, language)
    keys, source_keys = [t.key for t in mine], [t.key for t in theirs]
    named = [n.text for n in names_of(text, language) if n.text in source]
    spots = _spots(keys, named, language)
    matcher = SequenceMatcher(None, source_keys, keys, autojunk=False)
    now = sum(block.size for block in matcher.get_matching_blocks())
    differs = _voice_differs(text, source, named, language)
    fits = _FITS_PASSIVE if differs else _FITS
    if not differs and _NEAR * len(keys) <= now < len(keys):
        moved = [(a, b) for a, b in _moved(matcher, source_keys, keys) if _may_be_party(keys[a:b], language)]
        spots, fits = spots + moved, _WHOLE
    for (a, b), (c, d) in combinations(sorted(set(spots))[:_MOST_SPOTS], 2):
        if c < b or keys[a:b] == keys[c:d] or _joins(text[mine[b - 1].end : mine[c].start], language):
            continue
        if _stand_so(keys[a:b], keys[c:d], source_keys) and not differs:
            continue
        then = _in_order([*keys[:a], *keys[c:d], *keys[b:c], *keys[a:b], *keys[d:]], source_keys)
        better, worse = (now, then) if differs else (then, now)
        if better >= fits * len(mine) and better > worse:
            return Finding("role", text[mine[a].start : mine[d - 1].end], near=source)
    return None


def _stand_so(first: Sequence[str], second: Sequence[str], source: Sequence[str]) -> bool:
    """Whether the source has both runs once and in this order."""
    at = [
        [i for i in range(len(source) - len(run) + 1) if source[i : i + len(run)] == run]
        for run in (first, second)
    ]
    return len(at[0]) == len(at[1]) == 1 and at[0][0] < at[1][0]


def _moved(matcher: SequenceMatcher[str], source: Sequence[str], mine: Sequence[str]) -> list[tuple[int, int]]:
    """Short runs of the text that are the source's, where they are or elsewhere: parties of an exchange."""
    codes = matcher.get_opcodes()
    found = [(j1, j2) for tag, _, _, j1, j2 in codes if tag == "equal" and j2 - j1 <= _LONGEST_PARTY]
    gone = [source[i1:i2] for tag, i1, i2, _, _ in codes if tag != "equal"]
    for tag, _, _, j1, j2 in codes:
        if tag in {"equal", "delete"}:
            continue
        found += [(j, j + 1) for j in range(j1, j2) if any(mine[j] in run for run in gone)]
        for run in gone:
            blocks = SequenceMatcher(None, run, mine[j1:j2], autojunk=False).get_matching_blocks()
            found += [(j1 + block.b, j1 + block.b + block.size) for block in blocks if block.size]
    return found


def _may_be_party(run: Sequence[str], language: str) -> bool:
    """Whether a run of words has no function word: "after the storm" does nothing to anybody."""
    return not set(run) & {fold(word) for word in rules(language).stopwords}


def _spots(keys: Sequence[str], parts: Sequence[str], language: str) -> list[tuple[int, int]]:
    """Where these runs of words stand among the words of the text, an ending behind an apostrophe aside."""
    bare = [key.split("'")[0] for key in keys]
    found = []
    for part in parts:
        wanted = [t.key.split("'")[0] for t in tokens(part, language)]
        found += [(at, at + len(wanted)) for at in range(len(keys) - len(wanted) + 1)
                  if wanted and bare[at : at + len(wanted)] == wanted]  # fmt: skip
    return found


def _in_order(one: Sequence[str], other: Sequence[str]) -> int:
    blocks = SequenceMatcher(None, other, one, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def _voice_differs(text: str, source: str, parties: Sequence[str], language: str) -> bool:
    """Whether one of the two names its doer by the mark of the passive and the other does not.

    "By" is such a mark only beside one of the parties, not in "by car" or "by declaring".
    """
    return _names_doer(text, parties, language) != _names_doer(source, parties, language)


def _names_doer(text: str, parties: Sequence[str], language: str) -> bool:
    marks = find_phrases(text, language, "agent_marks")
    if not parties or not rules(language).spaces:
        return bool(marks)
    named = {word for party in parties for word in words(party, language)}
    for mark in marks:
        before, after = _CLAUSE.split(text[: mark.start])[-1], _CLAUSE.split(text[mark.end :])[0]
        near, far = (before, text[mark.end :]) if language in _DOER_FIRST else (after, text[: mark.start])
        beside = words(near, language)
        close = beside[-_REACH:] if language in _DOER_FIRST else beside[:_REACH]
        if named.intersection(close) or named.intersection(beside) - set(words(far, language)):
            return True
    return False


def _pinned(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """An office before a name of the text that the passages give to others only."""
    for title, name in _offices(text, language):
        told = [pair for p in passages for pair in _offices(p.text, p.language)]
        holders = [whose for office, whose in told if fold(office) == fold(title)]
        lasts = {fold(whose).split()[-1] for whose in holders}
        last = fold(name).split()[-1]
        if not holders or last in lasts:
            continue
        if not any(_stand_together(fold(title), last, lasts, p.text) for p in passages):
            return Finding("role", f"{title} {name}", near=f"{title} {holders[0]}")
    return None


@lru_cache(maxsize=8192)
def _offices(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """(office, holder) of each name with an office before it, inside the name ("Transport Minister Lena Marsh") too."""
    found = []
    for name in names_of(text, language):
        inside = find_phrases(name.text, language, "office_titles")
        cut = inside[-1].end if inside and inside[-1].end < len(name.text) else 0
        title = f"{name.title} {name.text[:cut]}".strip()
        if title and name.text[cut:].strip():
            found.append((title, name.text[cut:].strip()))
    return tuple(found)


def _stand_together(title: str, last: str, holders: set[str], text: str) -> bool:
    """Whether the text has the office a few words before or behind this name, with no holder's name between."""
    office, name, between = re.escape(title), re.escape(last), r"((?:\W+\w+){0,4}?)\W+"
    pairs = re.finditer(f"{office}{between}{name}|{name}{between}{office}", fold(text))
    return any(not set(" ".join(filter(None, found.groups())).split()) & holders for found in pairs)
