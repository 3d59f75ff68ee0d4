"""Results of votes as a text states them: "312 votes in favour, 198 against, five abstentions", "by 31 votes to 28".

Only words for "in favour" and "against" say which number is which. "Rejected by 312 votes to 198" names no side, and
none is made up: such a result is two numbers. A result that is hoped for or denied is no result.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from iroyin.languages.phrases import folded
from iroyin.languages.rules import Rules, canonical, rules
from iroyin.languages.stances import denials, hedges
from iroyin.languages.words import fold

_DIGITS = r"(?<![\d.,])\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?!\d)|(?<![\d.,])\d{1,6}(?![\d%]|[.,]\d)"
_STOPS = re.compile(r"[,;:()\u060c\uff0c\u3001\uff1a\uff1b\u2013\u2014]+|\s-\s")
_DASH = re.compile(r"(?<=\d)[\u2010-\u2015](?=\d)")
_FIELD = re.compile(r"\{(\w+)\}")
_FEWEST, _MOST = 3, 100_000  # votes in all: fewer is an anecdote, more an election
_NEAR = 60  # characters before a result in which "would" takes it back
_AFTER = 45  # characters behind it in which abstentions are told
_WORDS_TO = 99  # largest number in words


@dataclass(frozen=True, slots=True)
class Vote:
    """Votes on two sides, in the order of the text or, when `named`, those in favour and those against."""

    one: int
    other: int
    named: bool
    abstained: int = 0

    @property
    def total(self) -> int:
        """All votes, abstentions too."""
        return self.one + self.other + self.abstained


@lru_cache(maxsize=4096)
def vote(text: str, language: str) -> Vote | None:
    """The first result of a vote in the text; None when it states none, or the language has no words for it."""
    code = canonical(language)
    plain = _plain(text)
    for pattern in _patterns(code, "vote_results"):
        for match in pattern.finditer(plain):
            found = _read(match, plain, code)
            if found and not _taken_back(plain, match, code):
                return found
    return None


def _plain(text: str) -> str:
    """The folded text with signs that part its clauses as spaces, and one kind of dash between two numbers."""
    whole = _DASH.sub("-", folded(text).text)
    return _STOPS.sub(lambda stop: " " * len(stop.group()), whole)


def _taken_back(plain: str, match: re.Match[str], code: str) -> bool:
    """Whether the result is hoped for, or the word before it denies it ("rejected by" does not: it tells a result)."""
    before = plain[max(0, match.start() - _NEAR) : match.start()]
    last = before.split()[-1:] if rules(code).spaces else []
    return bool(hedges(before, code)) or any(denials(word, code) for word in last)


def _read(match: re.Match[str], plain: str, code: str) -> Vote | None:
    said = {name: _number(value, code) for name, value in match.groupdict().items()}
    named = "for" in said
    one, other = (said["for"], said["against"]) if named else (said["a"], said["b"])
    later = plain[match.end() : match.end() + _AFTER]
    abstentions = (p.search(later) for p in _patterns(code, "vote_abstentions"))
    abstained = next((_number(m.group("abstain"), code) for m in abstentions if m), 0)
    found = Vote(one, other, named, abstained)
    return found if _FEWEST <= found.total <= _MOST and one + other else None


@lru_cache(maxsize=128)
def _patterns(code: str, listed: str) -> tuple[re.Pattern[str], ...]:
    known = rules(code)
    return tuple(_pattern(phrase, known) for phrase in getattr(known, listed))


def _pattern(phrase: str, known: Rules) -> re.Pattern[str]:
    """A phrase of the language's file: {for} {against} {abstain} or {a} {b} are numbers, * any one word."""
    words = "|".join(re.escape(word) for word in sorted(_words(known.code), key=len, reverse=True))
    number = f"{_DIGITS}|(?<!\\w)(?:{words})(?!\\w)" if words and known.spaces else _DIGITS
    parts = [_piece(word, number) for word in phrase.split()]
    gap = r"\s+" if known.spaces else r"\s*"
    first, last = (r"(?<!\w)" if known.spaces else ""), (r"(?!\w)" if known.spaces and known.code != "ko" else "")
    return re.compile(first + gap.join(parts) + last)  # Korean hangs its particles on the last word


def _piece(word: str, number: str) -> str:
    if word == "*":
        return r"\S+"
    fields = _FIELD.split(word)
    return "".join(f"(?P<{part}>{number})" if at % 2 else re.escape(fold(part)) for at, part in enumerate(fields))


@lru_cache(maxsize=64)
def _words(code: str) -> Mapping[str, int]:
    return {fold(word): value for word, value in rules(code).number_words.items() if value <= _WORDS_TO}


def _number(text: str, code: str) -> int:
    known = _words(code).get(text.strip())
    return known if known is not None else int("".join(c for c in text if c.isdigit()))
