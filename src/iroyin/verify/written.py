"""Whether the passages hold what a free sentence tells: words where both are in one language, facts where not."""

import re
from collections.abc import Sequence

from iroyin.languages import denials, rules, stems, words
from iroyin.model import Finding
from iroyin.verify.evidence import Passage
from iroyin.verify.names import unknown_name
from iroyin.verify.numbers import wrong_number
from iroyin.verify.reading import numbers_of

_ENOUGH = 0.6  # of the sentence's content words, endings aside
_HOME, _HOME_OF_PAIRS = 0.75, 0.6  # of a clause's content words (pairs of characters) in one passage
_RUN = 3  # words, or pairs of characters, in a row that no passage has: a detail nobody told
_CLAUSES = re.compile(r"[,;:](?=\s)|[—–()（），、；：،؛]|\s-\s")
_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})


def unborne(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """What of the text the passages do not hold, or None: too much of it, a run of words, or a word that may be a name.

    Without capitals nothing tells an invented name from a synonym, so there every word must be a passage's own.
    """
    native = [passage for passage in passages if passage.language == language]
    if not native:
        return _unborne_abroad(text, passages, language)
    mine = stems(text, language)
    held = frozenset().union(*(stems(p.text, language) for p in native))
    if not mine or len(mine & held) < _ENOUGH * len(mine):
        return Finding("unsupported", text, near=native[0].text)
    strange = strange_words(text, native, held, language) or homeless_clause(text, native, language)
    return Finding("unsupported", strange, near=native[0].text) if strange else None


def homeless_clause(text: str, passages: Sequence[Passage], language: str) -> str:
    """The first clause of which no single passage holds nearly all words and every figure and name, or "".

    Words of several passages put together anew make sentences that nobody said: "the trial in Nigeria had 1,860
    patients" from a trial of 1,860 patients in three countries.
    """
    enough = _HOME if rules(language).spaces else _HOME_OF_PAIRS
    for clause in _CLAUSES.split(text):
        mine = stems(clause, language)
        homes = [p for p in passages if len(mine & stems(p.text, language)) >= enough * len(mine)]
        if mine and not any(_holds_facts(home, clause, language) for home in homes):
            return clause.strip()
    return ""


def _holds_facts(home: Passage, clause: str, language: str) -> bool:
    return not wrong_number(clause, [home], language) and not unknown_name(clause, [home], language)


def strange_words(text: str, passages: Sequence[Passage], held: frozenset[str], language: str) -> str:
    """The first run of words that no passage has and that is long enough to tell something new, or ""."""
    known = rules(language)
    most = 1 if known.spaces and known.script not in _CASED else _RUN
    run: list[str] = []
    for word in words(text, language, marks=False):
        mine = stems(word, language)
        if not mine:
            continue
        run = [] if mine & held else [*run, word]
        if len(run) >= most:
            return " ".join(run)
    if known.spaces:
        return ""
    own = {char for passage in passages for char in passage.text}
    return next((char for char in text if char.isalpha() and char not in own and char not in known.stopwords), "")


def _unborne_abroad(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """A figure lost on the way from the first passage's language, or a denial that one of the two lacks."""
    first = passages[0]
    lost = wrong_number(first.text, [Passage(text, language)], first.language)
    if lost and numbers_of(first.text, first.language):
        return Finding("number", lost.text, near=text)
    if bool(denials(text, language)) != any(denials(p.text, p.language) for p in passages):
        return Finding("negation", text, near=first.text)
    return None
