"""Names of any script in plain Latin letters: for addresses, and to tell that two spellings name one person.

Romanising is anyascii's: one letter at a time, no dictionary. The skeleton keeps of a name what survives being
spelled by ear in another script: its consonants, those that scripts confuse made one (the idea of Soundex, Russell
1918, widened for the pairs that Arabic, kana and Hangul do not tell apart).
"""

import re
from functools import lru_cache
from hashlib import sha256

from iroyin.languages.words import fold

LONGEST = 60  # characters of an address
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SAME = (
    (re.compile(r"ph|v"), "f"),
    (re.compile(r"ck|q|x|c(?=[aoukrlt]|$)"), "k"),
    (re.compile(r"[tdscz]?[sz]h|sch|tch|ch|zh|j|c|ts|z"), "s"),
    (re.compile(r"th|d"), "t"),
    (re.compile(r"gh|kh|g"), "k"),
    (re.compile("p"), "b"),
    (re.compile("l"), "r"),
)
_UNHEARD = re.compile(r"[aeiouyhw\W\d_]+")


def is_latin(text: str) -> bool:
    """Whether the text is written in Latin letters, marks or not."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all(map(_LATIN.match, letters))


@lru_cache(maxsize=16_384)
def romanised(name: str) -> str:
    """The name as lower-case ASCII words joined by hyphens; eight hex digits of its hash when nothing is left.

    >>> romanised("Bọ́lá Tinúbú"), romanised("Тинубу")
    ('bola-tinubu', 'tinubu')
    """
    from anyascii import anyascii

    plain = re.sub(r"['’`ʼ]", "", anyascii(fold(name)).lower())
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > LONGEST:
        words = words[:LONGEST].rpartition("-")[0] or words[:LONGEST]
    return words or sha256(name.encode(errors="replace")).hexdigest()[:8]


@lru_cache(maxsize=16_384)
def skeleton(name: str) -> str:
    """The name's consonants, alike ones made one; a doubled one counts once.

    >>> skeleton("Noémie Vaitiare") == skeleton("Ноэми Вайтиаре") == skeleton("نويمي فايتياري")
    True
    """
    plain = romanised(name)
    for pattern, one in _SAME:
        plain = pattern.sub(one, plain)
    return re.sub(r"(.)\1+", r"\1", _UNHEARD.sub("", plain))
