"""Words of a text: for comparing, for counting, and those that carry content.

A language written without spaces has no words to cut out without a dictionary, so its words are the overlapping
pairs of characters, which is what retrieval has used for Chinese since the nineties (Nie et al. 1996).
"""

import re
import unicodedata
from functools import lru_cache

from iroyin.languages.remembered import remembered
from iroyin.languages.rules import rules
from iroyin.languages.scripts import RANGES

_SPACELESS = "".join(RANGES[code] for code in ("Hani", "Kana", "Thai", "Laoo", "Mymr", "Khmr"))
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1dc0-\u1dff\u20d0-\u20f0"
)
_TOKEN = re.compile(
    f"(?P<dense>[{_SPACELESS}\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+)"
    f"|(?:(?![{_SPACELESS}_])(?:\\w|[{_MARKS}\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a4d"
    f"\u0abc-\u0acd\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c4d\u0cbc-\u0ccd\u0d3b-\u0d4d\u200c\u200d]))+"
    f"(?:['\u2019\u02bc](?=\\w)[^\\W_]+)*"
)
LONGEST_TOKEN = 24  # characters; words come again and again, sentences do not
_ARABIC_FOLD = str.maketrans("أإآٱىةک\u06ccؤئ", "اااايهكيوي", "\u0640")


def fold(text: str) -> str:
    """The text for comparing: case folded, marks and joiners dropped, Arabic letter variants made one.

    Marks of Indic scripts are vowels and stay.
    """
    return _fold_token(text) if len(text) <= LONGEST_TOKEN else _fold(text)


def _fold(text: str) -> str:
    folded = text.casefold().translate(_ARABIC_FOLD)
    if folded.isascii():
        return folded
    plain = re.sub(f"[{_MARKS}\u200c\u200d]", "", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", plain)


_fold_token = lru_cache(maxsize=65_536)(_fold)


@remembered
def words(text: str, language: str, *, marks: bool = True) -> list[str]:
    """The text's words, case folded, in order; character pairs for scripts without spaces.

    With `marks` false, diacritics are dropped too, so that Yoruba with and without tones compares equal.

    >>> words("Ana's plan, twice", "en")
    ["ana's", 'plan', 'twice']
    """
    elided = rules(language).elisions
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if match.lastgroup == "dense":
            found.extend(_pairs(token))
            continue
        token = token.casefold()
        plain = token.isascii()
        if not plain:
            token = token.replace("\u2019", "'").replace("\u02bc", "'")
        if elided and "'" in token:
            head, _, rest = token.partition("'")
            token = rest if head in elided and rest else token
        found.append(token if marks or plain else fold(token))
    return found


def count_words(text: str, language: str) -> int:
    """How many words a reader would count; for scripts without spaces, half the characters."""
    del language  # told by each run's script, so mixed texts count right
    total = dense = 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "dense":
            dense += match.end() - match.start()
        else:
            total += 1
    return total + (dense + 1) // 2


def content_words(text: str, language: str) -> set[str]:
    """The text's words without the language's stopwords, folded as `fold` does; single letters are dropped."""
    stop = _folded_stopwords(language)
    found = set()
    for word in words(text, language, marks=False):
        if word not in stop and (len(word) > 1 or not word.isalpha() or ord(word[0]) > 0x2E7F):
            found.add(word)
    return found


def _pairs(run: str) -> list[str]:
    return [run] if len(run) < 3 else [run[i : i + 2] for i in range(len(run) - 1)]


@lru_cache(maxsize=64)
def _folded_stopwords(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in rules(language).stopwords)
