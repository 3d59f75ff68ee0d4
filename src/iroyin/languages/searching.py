"""Text as a full-text index keeps it, and a reader's words as a question to that index.

Words lose case, accents and vowel points, so that "iroyin" finds "ìròyìn" and "Muller" finds "Müller". Scripts without
spaces, and Korean, whose particles cling to words, are kept as overlapping pairs of characters: any run of two or more
is found wherever it stands. Marks of the scripts of India stay: they are letters there.
"""

import re
import unicodedata

from iroyin.languages.scripts import RANGES

_PAIRED = "".join(RANGES[code] for code in ("Hani", "Kana", "Hang", "Thai", "Laoo", "Khmr", "Mymr"))
_LETTERED = (
    "Deva",
    "Beng",
    "Guru",
    "Gujr",
    "Taml",
    "Telu",
    "Knda",
    "Mlym",
    "Thai",
    "Laoo",
    "Khmr",
    "Mymr",
    "Kana",
)
_MARKED = "".join(RANGES[code] for code in _LETTERED)
_MARKS = "\u0900-\u0963\u0970-\u0dff"  # vowel signs and viramas of India's scripts, which `\w` leaves out
_RUN = re.compile(rf"(?P<paired>[{_PAIRED}]+)|(?P<word>(?:(?![{_PAIRED}])[\w{_MARKS}])+)")
_KEEPS = re.compile(rf"[{_MARKED}\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff\u3099\u309a]")
_SAME = str.maketrans({"ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ـ": "", "ı": "i", "ł": "l", "ø": "o", "đ": "d",
                       "æ": "ae", "œ": "oe", "ς": "σ", "ё": "е", "ß": "ss"})  # fmt: skip
_MOST = 12  # terms of a question that are asked


def plain(text: str) -> str:
    """The text without case, compatibility forms, accents and vowel points; marks that are letters stay."""
    kept = []
    for char in unicodedata.normalize("NFKD", text).casefold():
        if unicodedata.category(char) != "Mn" or _KEEPS.match(char):
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_SAME)


def indexed(text: str) -> str:
    """The text as words and pairs, separated by spaces."""
    return " ".join(term for run in _RUN.finditer(_joined(text)) for term in _terms(run))


def question(asked: str) -> str:
    """The reader's words as an FTS5 query: all of them, each as the beginning of a word; empty when there are none.

    >>> question("Müller 北京")
    '"muller"* AND "北京"'
    """
    parts = []
    for run in list(_RUN.finditer(_joined(asked)))[:_MOST]:
        terms = _terms(run)
        whole = run.group("word") or len(run.group()) == 1
        parts.append(f'"{" ".join(terms)}"' + ("*" if whole else ""))
    return " AND ".join(parts)


def _joined(text: str) -> str:
    """Plain text without controls and the joiners that some scripts put inside words."""
    return "".join(c for c in plain(text) if unicodedata.category(c) != "Cf")


def _terms(run: re.Match[str]) -> list[str]:
    text = run.group()
    if run.group("word") or len(text) == 1:
        return [text]
    return [text[at : at + 2] for at in range(len(text) - 1)]
