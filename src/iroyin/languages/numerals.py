"""Quantities: digits and number words turned into values, before units give them a meaning.

Digits of any script are read with the language's own separators; words are composed on a stack, which reads both
"two hundred thousand" and 三百二十五万. Swahili and Yoruba put the scale first ("milioni tano").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from iroyin.languages.phrases import BEFORE, Folded, after, alternatives, before, folded
from iroyin.languages.rules import Rules, rules
from iroyin.languages.words import fold

_DENSE_SCRIPTS = frozenset({"Hans", "Jpan", "Kore", "Thai"})
_LONGEST = 16  # words or digits of one number; hostile text repeats "thousand" for ever


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value and where it stands in the folded text; `in_digits` when it holds digits, `bare` for a lone scale."""

    start: int
    end: int
    value: Decimal
    in_digits: bool
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    kind: str
    value: Decimal


def quantities(text: str, language: str) -> tuple[Folded, list[Quantity]]:
    """The folded text and its quantities in order; offsets are into the folded text."""
    known = rules(language)
    whole = folded(text)
    found = []
    for run in _runs(whole.text, known):
        quantity = _quantity(run, whole.text, known)
        if quantity is not None:
            found.append(quantity)
    return whole, found


def _runs(text: str, known: Rules) -> Iterator[list[_Token]]:
    """Tokens that may make one number: next to one another, of fitting size."""
    run: list[_Token] = []
    for token in _tokens(text, known):
        if run and not _joins(run, token, text[run[-1].end : token.start], known):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _joins(run: list[_Token], token: _Token, between: str, known: Rules) -> bool:
    if len(run) >= _LONGEST:
        return False
    last = run[-1]
    gap = between.strip(" \u00a0")
    dense = known.script in _DENSE_SCRIPTS
    joiner = bool(gap) and gap in {fold(joiner) for joiner in known.number_joiners}
    if gap and not joiner and not (gap == "-" and last.kind == "word" and token.kind == "word"):
        return False
    if token.kind == "digits" and (joiner or last.kind != "scale"):
        return False
    if token.kind == "scale":
        return not joiner and (known.scale_first or last.kind != "scale" or token.value > last.value)
    if dense and not between and last.kind == "word" and token.kind == "word" and token.value < 10:
        return True
    if known.scale_first and last.kind == "scale":
        return True
    return _fits(last.value, token.value) or (joiner and _fits(token.value, last.value))


def _fits(larger: Decimal, smaller: Decimal) -> bool:
    """Whether the smaller value fills the trailing zeros of the larger: 20 and 5, 300 and 40."""
    if larger != larger.to_integral_value() or larger == 0:
        return False
    whole = int(larger)
    return len(str(whole)) - len(str(whole).rstrip("0")) >= len(str(int(smaller)))


def _quantity(run: list[_Token], text: str, known: Rules) -> Quantity | None:
    in_digits = any(token.kind == "digits" for token in run)
    alone = text[run[0].start : run[-1].end]
    bare = all(token.kind == "scale" and token.value >= 100 for token in run)
    value = _scale_first(run) if known.scale_first and run[0].kind == "scale" else _stacked(run)
    if not in_digits and not bare and all(token.value < 10 for token in run) and len(run) > 1:
        value = Decimal("".join(str(token.value) for token in run))  # 二〇二六 is said digit by digit
    if alone in _folded_homographs(known.code):
        return Quantity(run[0].start, run[-1].end, value, in_digits, bare=True)
    lone_hundred = bare and run[0].value <= 1000 and known.code != "en"
    return Quantity(run[0].start, run[-1].end, value, in_digits, bare=bare and not lone_hundred)


def _stacked(run: list[_Token]) -> Decimal:
    groups: list[Decimal] = []
    for token in run:
        if token.kind != "scale":
            groups.append(token.value)
            continue
        base = Decimal(0)
        while groups and groups[-1] < token.value:
            base += groups.pop()
        groups.append((base or Decimal(1)) * token.value)
    return sum(groups, Decimal(0))


def _scale_first(run: list[_Token]) -> Decimal:
    total = Decimal(0)
    position = 0
    while position < len(run):
        token = run[position]
        position += 1
        if token.kind != "scale":
            total += token.value
            continue
        factor = Decimal(1)
        if position < len(run) and (run[position].kind != "scale" or run[position].value < token.value):
            follower = run[position]
            position += 1
            factor = follower.value
            if follower.kind == "scale" and position < len(run) and run[position].kind != "scale":
                factor *= run[position].value
                position += 1
        total += token.value * factor
    return total


def _tokens(text: str, known: Rules) -> Iterator[_Token]:
    pattern, values = _lexicon(known.code)
    for match in pattern.finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        if kind == "digits":
            yield _Token(start, end, kind, _read_digits(match.group(kind), known))
        else:
            key = " ".join(match.group(kind).split())
            yield _Token(start, end, kind, Decimal(values[key]))


@lru_cache(maxsize=64)
def _lexicon(code: str) -> tuple[re.Pattern[str], dict[str, int]]:
    known = rules(code)
    words = {fold(word): value for word, value in known.number_words.items()}
    scales = {fold(word): value for word, value in known.scales.items()}
    scales |= {fold(word): 12 for word in known.dozens}
    if known.script in {"Hans", "Jpan"}:
        scales["十"] = 10
        words = {word: value for word, value in words.items() if len(word) == 1 and value < 10}
    dense = known.script in _DENSE_SCRIPTS
    edge_left, edge_right = ("", "") if dense else (before(known), after(known))
    # A scale may stand directly on digits ("5bn", "3만"); a number word may not.
    left_of_scale = "" if dense else rf"(?:{edge_left}|(?<=\d))"
    left_of_word = BEFORE if code == "ko" else edge_left
    pattern = (
        rf"(?P<digits>{_digits(known)})"
        rf"|{left_of_scale}(?P<scale>{alternatives(scales)}){edge_right}"
        rf"|{left_of_word}(?P<word>{alternatives(words)}){edge_right}"
    )
    return re.compile(pattern), words | scales


def _digits(known: Rules) -> str:
    thousands = re.escape("".join(dict.fromkeys(known.thousands + "'\u202f\u00a0")))
    decimal = re.escape(known.decimal)
    return (
        r"(?<![\d.,])(?:"
        rf"\d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?:\.\d+)?"  # lakh and crore groups: 1,00,000
        rf"|\d{{1,3}}(?:(?P<group>[{thousands}])\d{{3}})(?:(?P=group)\d{{3}})*(?!\d)(?:[{decimal}]\d+)?"
        r"|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3}){2,}"
        rf"|\d+(?:[{decimal}]\d+)?(?![.,]\d)|\d+[.,]\d+(?![.,]?\d)|\d+"
        r")"
    )


def _read_digits(written: str, known: Rules) -> Decimal:
    """The value of digits with separators, read by the language's habit and else by their shape."""
    plain = re.sub(r"['\u2019\s]", "", written).replace("٫", ".").replace("٬", ",").replace("،", ",")
    marks = [char for char in plain if char in ".,"]
    if not marks:
        return Decimal(plain)
    last = marks[-1]
    other = "," if last == "." else "."
    head, _, tail = plain.rpartition(last)
    repeated = marks.count(last) > 1
    # Spanish is written with either mark: three digits are a group ("$111,000") unless a lone nought stands before.
    grouped = len(tail) == 3 and last in known.thousands and (last not in known.decimal or head != "0")
    if repeated or grouped:
        return Decimal(plain.replace(last, "").replace(other, ".") if not repeated else re.sub("[.,]", "", plain))
    return Decimal(plain.replace(other, "").replace(last, "."))


@lru_cache(maxsize=64)
def _folded_homographs(code: str) -> frozenset[str]:
    return frozenset(fold(word) for word in rules(code).number_homographs)
