"""Which parts of a source sentence may be left out, and the proof that a text is the sentence less some of them.

Only whole, marked parts: a dateline, a bracket, a clause between two commas, the outlet's name after a title, an
attribution at the end when the page itself names the source, the last full stop. A clause that denies, doubts,
conditions or attributes stays, for without it the rest may be false; free deletion of words is never a cut.
"""

import re
from functools import lru_cache
from itertools import pairwise

from iroyin.languages import fold, rules, words

Range = tuple[int, int]

_BRACKETS = re.compile(r"\s*(?:\([^()\n]{1,160}\)|\[[^\[\]\n]{1,160}\]|（[^（）\n]{1,80}）|【[^【】\n]{1,80}】)")
_COMMAS = re.compile(r",(?=\s)|[，،]")
_DASH = re.compile(r"\s*(?:—|–|--)\s*|\s+[-=]\s+")
_BYLINE_END = re.compile(r"[^=\n.]{0,40}=\s*")
_SUFFIX = re.compile(r"\s+[|\-–—·:]\s+")
_FINAL = re.compile(r"[.!?。]\s*$")
# The last stop, not of an abbreviation or an ellipsis; vowel signs of Indic scripts are letters too.
_STOP = re.compile(
    r"(?:[^\W_]|[\u0900-\u0dff])[\w\u0900-\u0dff%)'’\"”»]([.。।])\s*$"
)  # not of an abbreviation or an ellipsis
_LONGEST_DATELINE = 70
_CONDITIONS = {
    "en": "if unless when while because although though only allegedly except despite",
    "fr": "si sauf lorsque quand parce bien seulement malgré",
    "es": "si salvo cuando porque aunque solo excepto",
    "de": "wenn falls weil obwohl nur außer",
    "pt": "se salvo quando porque embora apenas exceto",
}


@lru_cache(maxsize=16384)
def is_cut(text: str, source: str, language: str, *, outlet: str = "", attributed: bool = False) -> bool:
    """Whether `text` is `source` less at least one part that may be left out (see the module's words).

    >>> is_cut("The mayor resigned.", "The mayor (aged 50) resigned.", "en")
    True
    >>> is_cut("Ana ran in 2 hours.", "Ana ran the marathon in 2 hours.", "en")
    False
    """
    wanted, whole = _squeeze(text), _squeeze(source)
    if not wanted or wanted == whole:
        return False
    removable = removable_parts(source, language, outlet=outlet, attributed=attributed)
    return _remainder_matches(source, removable, wanted)


def removable_parts(
    source: str, language: str, *, outlet: str = "", attributed: bool = False
) -> tuple[Range, ...]:
    """Ranges of the source sentence, disjoint and in order, any of which may be left out."""
    found = [*_dateline(source), *_outlet_suffix(source, outlet)]
    found += [match.span(1) for match in _STOP.finditer(source)]
    found += [match.span() for match in _BRACKETS.finditer(source) if not _weighs(match.group(), language)]
    found += _comma_clauses(source, language)
    if attributed:
        found += _attribution_at_end(source, language)
    kept: list[Range] = []
    for part in sorted(found, key=lambda part: (part[0], -part[1])):
        if not kept or part[0] >= kept[-1][1]:
            kept.append(part)
    return tuple(kept)


def dateline_end(source: str) -> int:
    """Where the dateline at the start of the sentence ends ("SEOUL, Jan. 5 (Yonhap) -- "), 0 when it has none."""
    parts = _dateline(source)
    return parts[0][1] if parts else 0


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _remainder_matches(source: str, removable: tuple[Range, ...], wanted: str) -> bool:
    """Whether leaving out some of the ranges gives `wanted`, white space aside: walks all ways, prefix first."""
    states = {0}
    position = 0
    for start, end in (*removable, (len(source), len(source))):
        fixed = _squeeze(source[position:start])
        states = {at + len(fixed) for at in states if wanted.startswith(fixed, at)}
        optional = _squeeze(source[start:end])
        states |= {at + len(optional) for at in states if wanted.startswith(optional, at)}
        position = end
        if not states:
            return False
    return len(wanted) in states


def _dateline(source: str) -> list[Range]:
    found = _DASH.search(source, 2, _LONGEST_DATELINE)
    opened = _BRACKETS.match(source)
    if opened and opened.end() < len(source) and not source[: opened.end()].isspace():
        byline = _BYLINE_END.match(source, opened.end())
        return [(0, byline.end() if byline else opened.end())]
    if not found:
        return []
    head = source[: found.start()]
    bare = _BRACKETS.sub(" ", head)
    tokens = re.findall(r"[^\W\d_][\w.'’]*", bare)
    named = bool(tokens) and len(tokens) <= 8 and all(token[0].isupper() for token in tokens)
    marked = bool(tokens) and ((tokens[0].isupper() and len(tokens[0]) > 2) or bare != head)
    return [(0, found.end())] if named and marked else []


def _outlet_suffix(source: str, outlet: str) -> list[Range]:
    if not outlet:
        return []
    marks = list(_SUFFIX.finditer(source))
    if marks and fold(source[marks[-1].end() :]).strip() == fold(outlet).strip():
        return [(marks[-1].start(), len(source))]
    return []


def _comma_clauses(source: str, language: str) -> list[Range]:
    if language not in _CONDITIONS or not rules(language).negations:
        return []  # without the language's own cues nobody can tell what the clause does to the rest
    commas = [match.span() for match in _COMMAS.finditer(source)]
    found = []
    for (first, inner), (_, last) in pairwise(commas):
        clause = source[inner : last - 1]
        if len(words(clause, language)) >= 2 and not _weighs(clause, language):
            found.append((first, last))
    return found


def _attribution_at_end(source: str, language: str) -> list[Range]:
    commas = [match.start() for match in _COMMAS.finditer(source)]
    final = _FINAL.search(source)
    if not commas or not final:
        return []
    tail = source[commas[-1] : final.start()]
    known = rules(language)
    if len(words(tail, language)) > 8 or _has(tail, known.negations, language):
        return []
    return [(commas[-1], final.start())] if _has(tail, known.speech_verbs, language) else []


def _weighs(clause: str, language: str) -> bool:
    """Whether the clause denies, doubts, conditions or attributes, so that the rest may be false without it."""
    known = rules(language)
    conditions = _CONDITIONS.get(language, "").split()
    cues = (*known.negations, *known.hedges, *known.speech_verbs, *known.future, *conditions)
    return any(mark in clause for mark in '"“”«»「」') or _has(clause, cues, language)


def _has(text: str, phrases: tuple[str, ...], language: str) -> bool:
    if not rules(language).spaces:
        return any(phrase in text for phrase in phrases)
    padded = f" {' '.join(words(text, language))} "
    return any(phrase in padded for phrase in _padded(phrases, language))


@lru_cache(maxsize=256)
def _padded(phrases: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(f" {' '.join(words(phrase, language))} " for phrase in phrases)
