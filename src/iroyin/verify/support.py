"""Whether a second source says what a sentence says: the ground on which newsrooms are counted.

What it leaves out is a corroboration, never a fact; what it lets through wrongly is a false one, so it asks much.
The second source may say it in a few sentences of one article, and in another language when its figures agree.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from iroyin.languages import DateMention, Number, denials, places, rules, stems, words
from iroyin.verify.evidence import Passage
from iroyin.verify.negation import wrong_negation
from iroyin.verify.numbers import wrong_number
from iroyin.verify.reading import dates_of, names_of, numbers_of, quotes_of

# With a telling figure in common half the words are enough, with names and a distinctive figure fewer; else sentences
# on neighbouring matters look alike.
_COVER, _COVER_WITH_FIGURE, _COVER_WITH_NAMES = 0.65, 0.5, 0.4
_COVER_OF_PAIRS = 0.3  # of character pairs, which a paraphrase keeps less often than words
_FEWEST_SHARED = 4
_TELLING, _DISTINCTIVE, _RARE_DIGITS = 10, 100, 3
_CLAUSE_COVER, _CLAUSE_STEMS = 0.4, 4
_QUOTE_COVER, _FEWEST_QUOTED = 0.6, 3
_POINTS, _POINTS_OF_SHORT, _SHORT = 3, 2, 6
_STEMS_PER_FACT = 6
_TOKEN, _NAMED = 5, 0.5
_CLAUSES = re.compile(r"[,;:](?=\s)|[—–()（），、；：،؛]|\s-\s")


def supports(text: str, passages: Sequence[Passage], language: str, published: datetime) -> bool:
    """Whether the passages, all of one article, have every figure, day and denial of the text and enough of the rest.

    `published` is when the text itself was: its "on Sunday" may be another Sunday than theirs.
    """
    if not passages or wrong_number(text, passages, language):
        return False
    if not _days_fit(text, passages, language, published):
        return False
    if passages[0].language != language:
        return _agrees_abroad(text, passages, language)
    if wrong_negation(text, passages, language):
        return False
    return _agrees_at_home(text, passages, language)


def cover(text: str, source: str, language: str) -> float:
    """Share (0 to 1) of the text's content words that the source has, endings aside; 0 for a text without any."""
    mine = stems(text, language)
    return len(mine & stems(source, language)) / len(mine) if mine else 0.0


def _agrees_at_home(text: str, passages: Sequence[Passage], language: str) -> bool:
    """Whether enough words agree, the fewer the more the figures and names tell; no clause may be left out."""
    mine = stems(text, language)
    theirs = frozenset().union(*(stems(p.text, language) for p in passages))
    shared = len(mine & theirs)
    share = shared / len(mine) if mine else 0.0
    named, matched = _names_matched(text, passages, language)
    if shared < _FEWEST_SHARED or matched < _NAMED * named or _quote_left_out(text, theirs, language):
        return False
    if share >= _COVER:
        return True
    if _clause_left_out(text, theirs, language):
        return False
    figures = numbers_of(text, language)
    telling = sum(map(_is_telling, figures))
    if share >= _COVER_WITH_FIGURE and telling:
        return True
    enough = _COVER_WITH_NAMES if rules(language).spaces else _COVER_OF_PAIRS
    facts = named or telling > 1
    return bool(share >= enough and matched == named and facts and any(map(_is_distinctive, figures)))


def _agrees_abroad(text: str, passages: Sequence[Passage], language: str) -> bool:
    """Whether figures, countries, and names where both are written in Latin letters, agree without a common word.

    A distinctive figure and more beside it; what the sentence says beyond them must be little, and quoted words are
    borne out by nobody who has them in another language.
    """
    figures = [f for f in numbers_of(text, language) if f.kind not in {"vague", "ordinal"}]
    if not any(map(_is_distinctive, figures)) or quotes_of(text, language):
        return False
    here = places(text, language)
    there = frozenset().union(*(places(p.text, p.language) for p in passages))
    if here and there and not here & there:
        return False
    named, matched = _names_matched(text, passages, language)
    facts = {(f.value, f.unit): 1 + _is_rare(f) for f in figures if _is_telling(f)}
    told = max(min(matched, 2), min(len(here & there), 2))
    if named and matched < _NAMED * named and len(facts) < 2:
        return False
    if any(bool(denials(text, language)) != bool(denials(p.text, p.language)) for p in passages[:1]):
        return False
    points, size = sum(facts.values()) + told, len(stems(text, language))
    if not rules(language).spaces:
        size //= 2
    enough = points >= _POINTS or (points >= _POINTS_OF_SHORT and size <= _SHORT)
    return enough and len(facts) + told >= 2 and size <= _STEMS_PER_FACT * (len(facts) + told)


def _quote_left_out(text: str, theirs: frozenset[str], language: str) -> bool:
    """Whether quoted words are not among the other source's."""
    said = [stems(text[mark.start : mark.end], language) for mark in quotes_of(text, language)]
    enough = (max(_QUOTE_COVER * len(mine), min(len(mine), _FEWEST_QUOTED)) for mine in said)
    return any(len(mine & theirs) < least for mine, least in zip(said, enough, strict=True))


def _is_rare(figure: Number) -> bool:
    """Whether the figure has three digits that count, or more: 8.25, 148, 11,400."""
    return figure.value is None or len(f"{figure.value.normalize():f}".strip("0").replace(".", "")) >= _RARE_DIGITS


def _names_matched(text: str, passages: Sequence[Passage], language: str) -> tuple[int, int]:
    """How many names the text has, and of how many the passages have a telling word (cases aside)."""
    have = frozenset().union(*(_tokens(p.text, p.language) for p in passages))
    named = {name.text for name in names_of(text, language)}
    return len(named), sum(1 for name in named if not have.isdisjoint(_tokens(name, language)))


@lru_cache(maxsize=16384)
def _tokens(text: str, language: str) -> frozenset[str]:
    found = (word.split("'")[0] for word in words(text, language, marks=False))
    return frozenset(word[:_TOKEN] for word in found if len(word) > 3 or (not word.isascii() and len(word) > 1))


def _clause_left_out(text: str, theirs: frozenset[str], language: str) -> bool:
    """Whether a clause of some length says what the other source has no third of."""
    for clause in _CLAUSES.split(text):
        mine = stems(clause, language)
        if len(mine) >= _CLAUSE_STEMS and len(mine & theirs) < _CLAUSE_COVER * len(mine):
            return True
    return False


def _is_telling(figure: Number) -> bool:
    return _has_unit(figure) or (figure.value is not None and abs(figure.value) >= _TELLING)


def _has_unit(figure: Number) -> bool:
    """Whether a unit makes a small figure tell; that it counts people does not."""
    return figure.unit not in {"", "person"}


def _is_distinctive(figure: Number) -> bool:
    """Whether two texts hardly have the figure in common by chance: a fraction, a large one, a time, some measures."""
    if figure.kind in {"year", "vague", "ordinal"}:
        return False
    if figure.value is None:
        return True
    whole = figure.value == figure.value.to_integral_value()
    return not whole or abs(figure.value) >= (_TELLING if _has_unit(figure) else _DISTINCTIVE)


def _days_fit(text: str, passages: Sequence[Passage], language: str, published: datetime) -> bool:
    """Whether the passages give each day of the text, or give no other and were published on that day or the next.

    A newsroom that reports at once seldom prints the day.
    """
    mine = dates_of(text, language, published)
    theirs = [m for p in passages for m in dates_of(p.text, p.language, p.published_at)]
    for mention in mine:
        if any(_same_day(mention, other) for other in theirs):
            continue
        if mention.day is None or mention.precision not in {"day", "weekday"}:
            return False
        late = (passages[0].published_at.date() - mention.day).days
        other_days = [m for m in theirs if m.precision in {"day", "weekday"}]
        if not 0 <= late <= 1 or not all(any(_same_day(m, own) for own in mine) for m in other_days):
            return False
    return True


def _same_day(one: DateMention, other: DateMention) -> bool:
    if one.day is None or other.day is None:
        return one.weekday is not None and one.weekday == other.weekday
    exact = {"day", "weekday"}
    if {one.precision, other.precision} <= exact:
        return one.day == other.day
    if {one.precision, other.precision} <= exact | {"month"}:
        return (one.day.year, one.day.month) == (other.day.year, other.day.month)
    return one.day.year == other.day.year
