"""Finding a language's phrases in a text, whatever their case and marks, with offsets into the text as it is.

The text is folded character by character and keeps a map back, because folding changes lengths ("ọ̀" is two
characters, folded one).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from iroyin.languages.rules import Rules, rules
from iroyin.languages.words import fold

INDIC = (
    "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a4d\u0abc-\u0acd"
    "\u0b82\u0bbe-\u0bcd\u0c3e-\u0c4d"
)
BEFORE = rf"(?<![\w{INDIC}])"
AFTER = rf"(?![\w{INDIC}])"
# Arabic writes "and", "in", "by", "for", "as" and "the" onto the next word.
_ARABIC_BEFORE = rf"(?<![\w{INDIC}])(?:[وفبلك]?ال|[وفبلك]|لل)?"
_OPENING = re.compile(r"^[\s\"'“”„«»‘’「『(\[¿¡\-–—•*]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the offset it came from (one more for the end)."""

    text: str
    origins: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original text behind this range of the folded one, marks included."""
        return self.origins[start], self.origins[end]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the language's list where it stands: `text` as printed, `phrase` as folded."""

    start: int
    end: int
    text: str
    phrase: str


@lru_cache(maxsize=512)
def folded(text: str) -> Folded:
    """The text folded as `fold` does, digits of every script as ASCII, with the way back."""
    if text.isascii():
        return Folded(text.lower(), tuple(range(len(text) + 1)))
    parts = list(map(_fold_char, text))
    lengths = list(map(len, parts))
    if lengths.count(1) == len(text):
        return Folded("".join(parts), tuple(range(len(text) + 1)))
    origins = [offset for offset, length in enumerate(lengths) for _ in range(length)]
    return Folded("".join(parts), (*origins, len(text)))


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    if char.isdecimal():
        return str(int(char))
    if char == "\u2019":
        return "'"
    return char.lower() if char.isascii() else fold(char)


def find_phrases(text: str, language: str, field: str) -> list[Phrase]:
    """All phrases of one field of the language's rules ("negations", "hedges", ...) in the text, in order."""
    known = rules(language)
    pattern = _field_pattern(known.code, field)
    if pattern is None:
        return []
    whole = folded(text)
    found = []
    for match in pattern.finditer(whole.text):
        if match["phrase"] is None:
            continue
        start, end = whole.origin(match.start("phrase"), match.end("phrase"))
        found.append(Phrase(start, end, text[start:end], match.group("phrase")))
    return found


def opens_with(sentence: str, language: str, field: str) -> str:
    """The phrase of this field the sentence begins with (quotation marks and dashes apart), "" when none."""
    pattern = _field_pattern(rules(language).code, field)
    if pattern is None:
        return ""
    head = _OPENING.sub("", folded(sentence).text)
    match = pattern.match(head)
    return (match["phrase"] or "") if match else ""


@lru_cache(maxsize=512)
def _field_pattern(code: str, field: str) -> re.Pattern[str] | None:
    known = rules(code)
    listed = getattr(known, field)
    phrases = list(listed.keys() if isinstance(listed, Mapping) else listed)
    if not phrases:
        return None
    hiding = alternatives(known.phrase_exceptions)  # tried first, so that 不 is not found in 不过
    return re.compile(
        f"(?:{hiding})|{bounded(phrases, known)}" if known.phrase_exceptions else bounded(phrases, known)
    )


def bounded(phrases: Iterable[str], known: Rules, *, group: str = "phrase") -> str:
    """A pattern for any of these phrases as whole words of folded text; dense scripts have no word edges."""
    inner = f"(?P<{group}>{alternatives(phrases)})"
    return before(known) + inner + after(known)


def alternatives(phrases: Iterable[str]) -> str:
    """The folded phrases as one alternation, longest first; never matches when there are none."""
    listed = sorted({fold(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in listed) or r"(?!)"


def before(known: Rules) -> str:
    """The left edge of a word in this language's writing."""
    if not known.spaces:
        return ""
    return _ARABIC_BEFORE if known.code in {"ar", "fa"} else BEFORE


def after(known: Rules) -> str:
    """The right edge of a word; none where particles are written onto the word, as in Korean."""
    return "" if not known.spaces or known.code == "ko" else AFTER
