"""Words cut to what most of their forms share, so that sentences can be compared without a dictionary."""

import re
from functools import lru_cache

from iroyin.languages.rules import rules
from iroyin.languages.words import content_words, fold

_STEM, _SYLLABLES = 5, 2
_AR_FRONT = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=...)")


@lru_cache(maxsize=16_384)
def stems(text: str, language: str) -> frozenset[str]:
    """Content words but speech verbs, cut to their first letters: most forms of a word compare equal.

    Korean puts its endings behind the second or third syllable, Arabic its article and prepositions in front.
    """
    said = _speech(language)
    cut = _SYLLABLES if language == "ko" else _STEM
    found = (w for w in content_words(text, language) if w not in said)
    if language == "ar":
        found = (_AR_FRONT.sub("", w) for w in found)
    return frozenset(w if w.isdigit() else w[:cut] for w in found)


@lru_cache(maxsize=64)
def _speech(language: str) -> frozenset[str]:
    return frozenset(fold(verb) for verb in rules(language).speech_verbs)
