"""Lines of text for SVG, which cannot wrap by itself: widths are estimated by script, not measured.

The widths are on the wide side (checked by eye on Noto faces), so that a line rather ends early than runs out.
"""

import re
import unicodedata
from functools import lru_cache
from xml.sax.saxutils import escape

_NARROW = frozenset("iljtfrI.,:;!'|()[]’‘·/-")
_WIDE = frozenset("mwMWÆŒæœ@%—")
_NEVER_FIRST = frozenset("、。，．・：；？！」』）】》〉”’…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]ะาำๅๆฯ")
_NEVER_LAST = frozenset("เแโใไ")  # Thai vowels that belong to the next letter
_FACES = {
    "ar": "'Noto Naskh Arabic','Geeza Pro','Traditional Arabic',serif",
    "fa": "'Noto Naskh Arabic','Geeza Pro','Traditional Arabic',serif",
    "ur": "'Noto Nastaliq Urdu','Noto Naskh Arabic','Geeza Pro','Urdu Typesetting',serif",
    "he": "'Noto Serif Hebrew','New Peninim MT',David,serif",
    "bn": "'Noto Serif Bengali','Kohinoor Bangla','Nirmala UI',serif",
    "th": "'Noto Serif Thai',Thonburi,'Leelawadee UI',serif",
    "hi": "'Noto Serif Devanagari','Kohinoor Devanagari','Nirmala UI',serif",
    "zh": "'Noto Serif CJK SC','Source Han Serif SC','Songti SC',SimSun,serif",
    "ja": "'Noto Serif CJK JP','Hiragino Mincho ProN','Yu Mincho',serif",
    "ko": "'Noto Serif CJK KR','AppleMyungjo',Batang,serif",
}
_LATIN = "'Iowan Old Style','Palatino Linotype','Noto Serif','Liberation Serif',Georgia,serif"

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_FRENCH = re.compile(r"(?<=«) | (?=[»:;!?%€])")


def unbroken(text: str, language: str) -> str:
    """The text with no-break spaces where a line must not end: inside numbers, and at French signs."""
    grouped = _GROUPS.sub("\u00a0", text)
    return _FRENCH.sub("\u00a0", grouped) if language == "fr" else grouped


def faces(language: str) -> str:
    """The font list for a page language, for a `font-family` attribute."""
    return _FACES.get(language, _LATIN)


def width(text: str) -> float:
    """The estimated width of a text in ems of its font size."""
    return sum(_advance(c) for c in text)


@lru_cache(maxsize=8192)
def _advance(char: str) -> float:
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char.isspace():
        return 0.27
    if "\u0590" <= char <= "\u08ff":
        return 0.5
    if "\u0900" <= char <= "\u0dff":
        return 0.34 if category == "Mc" else 0.64
    if char in _NARROW:
        return 0.34
    if char in _WIDE:
        return 0.92
    if char.isdigit():
        return 0.58
    return 0.72 if char.isupper() else 0.54


def _pieces(text: str) -> list[str]:
    """What may not be broken: words with the space before them, single characters of scripts without spaces."""
    pieces: list[str] = []
    for word in re.split(r"[ \t\r\n]+", text.strip()):
        glued = ""
        first = True
        for char in word:
            wide = unicodedata.east_asian_width(char) in "WF" and not "\uac00" <= char <= "\ud7a3"
            if wide and glued and char not in _NEVER_FIRST:
                pieces.append(" " + glued if first else glued)
                glued, first = "", False
            glued += char
        if glued:
            pieces.append(" " + glued if first else glued)
    return pieces


def wrap(text: str, ems: float, most: int) -> tuple[str, ...]:
    """The text in lines of at most `ems`; beyond `most` lines it ends with an ellipsis."""
    lines: list[str] = []
    line = ""
    for piece in (part for whole in _pieces(text) for part in _broken(whole, ems)):
        if line and width((line + piece).strip()) > ems:
            lines.append(line.strip())
            line = ""
        line += piece
    lines.append(line.strip())
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width(last + "…") > ems:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip(" ,;:，、") + "…")


def _broken(piece: str, ems: float) -> list[str]:
    """A piece too long for a line, cut between letters: Thai and its neighbours write no space between words."""
    if width(piece) <= ems:
        return [piece]
    parts: list[str] = []
    for char in piece:
        joined = unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf"} or char in _NEVER_FIRST
        if not parts or (width(parts[-1] + char) > ems and not joined and parts[-1][-1] not in _NEVER_LAST):
            parts.append("")
        parts[-1] += char
    return parts


def balanced(text: str, ems: float, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The same number of lines, made as even as they can be, so that no word is left alone."""
    while ems > 4:
        ems *= 0.96
        narrower = wrap(text, ems, len(lines) + 1)
        if len(narrower) > len(lines) or max(width(line) for line in narrower) > ems:
            return lines
        lines = narrower
    return lines


def fit(text: str, across: float, most: int, sizes: tuple[int, ...]) -> tuple[int, tuple[str, ...]]:
    """The largest of the sizes (largest first) at which the text needs no more than `most` lines, and the lines."""
    for size in sizes:
        lines = wrap(text, across / size, most + 1)
        if len(lines) <= most:
            return size, balanced(text, across / size, lines)
    return sizes[-1], wrap(text, across / sizes[-1], most)


def printable(text: str) -> str:
    """The text without the characters that XML forbids (controls, lone surrogates, U+FFFE and U+FFFF)."""
    return _FORBIDDEN.sub("", text)


def xml(text: str) -> str:
    """Text for XML, printable and with its signs escaped."""
    return escape(printable(text), {'"': "&quot;"})
