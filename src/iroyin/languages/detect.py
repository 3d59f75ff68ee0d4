"""Which language a text is in, and how sure that is.

The script is looked at first: it settles many languages alone and narrows the rest, so that Hindi is never taken for
Swahili. Within a script py3langid ranks the languages it may be. The feed's own declaration is the prior: it is
overridden only by a clear margin on enough text. What stays unsure is "und": then no check claims success.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from iroyin.languages.rules import canonical, languages, rules
from iroyin.languages.scripts import RANGES, script_counts, script_parts
from iroyin.model import Confidence

# Languages news feeds come in that have no file here yet: detected, so that they are not taken for a neighbour.
NEIGHBOURS = {
    "Latn": ("af", "az", "bs", "ca", "cs", "cy", "da", "et", "eu", "fi", "ga", "hr", "hu", "is", "lt",
             "lv", "mg", "ms", "mt", "no", "ro", "rw", "sk", "sl", "sq", "sv", "tl", "xh", "zu"),
    "Cyrl": ("be", "bg", "kk", "ky", "mk", "mn", "sr"),
    "Arab": ("ur", "ps", "ug", "ku"),
    "Deva": ("mr", "ne"),
    "Beng": ("as",),
}  # fmt: skip
SETTLED = {
    "Hang": "ko", "Kana": "ja", "Hani": "zh", "Grek": "el", "Hebr": "he", "Thai": "th", "Ethi": "am", "Armn": "hy",
    "Geor": "ka", "Guru": "pa", "Gujr": "gu", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Laoo": "lo",
    "Mymr": "my", "Khmr": "km",
}  # fmt: skip
_SAME_SCRIPT = {"Ethi": ("ti",), "Hebr": ("yi",), "Hani": ("ja",), "Armn": ("hyw",)}
_DENSE = frozenset({"Hang", "Kana", "Hani", "Thai"})
_SHORT, _SHORT_DENSE = 20, 6
_MIXED = 0.7
_PURE = 0.8
_DENSE_WEIGHT = 3
_SURE = 0.9
_OVERRIDE = 0.97
_LONG = 240


def detect(text: str, *, prior: str = "", allowed: Sequence[str] = ()) -> tuple[str, Confidence]:
    """The text's language code and how sure it is; ("und", NONE) without letters, ("und", LOW) when unclear.

    `prior` is the language the feed declares, `allowed` the languages that may be answered (all by default).
    """
    # A Chinese character or a Hangul syllable weighs as much as a few letters of a brand name beside it.
    counts = {script: n * (_DENSE_WEIGHT if script in _DENSE else 1) for script, n in script_counts(text).items()}
    total = sum(counts.values())
    declared = canonical(prior) if prior else "und"
    permitted = frozenset(canonical(code) for code in allowed)
    if not total:
        return "und", Confidence.NONE
    script = _main_script(counts)
    share = (counts[script] + (counts.get("Hani", 0) if script in {"Kana", "Hang"} else 0)) / total
    if share < _MIXED:
        return "und", Confidence.LOW
    settled = SETTLED.get(script)
    if settled:
        found = _settle(settled, script, declared)
        enough = counts[script] >= _SHORT_DENSE * _DENSE_WEIGHT or script not in _DENSE
        return _permit(found, Confidence.HIGH if enough and share > _PURE else Confidence.LOW, permitted)
    code, confidence = _rank_within(text, script, declared, permitted, letters=counts[script])
    return code, Confidence.LOW if confidence is Confidence.HIGH and share <= _PURE else confidence


def _main_script(counts: dict[str, int]) -> str:
    counts = dict(sorted(counts.items(), key=lambda item: -item[1]))
    han, kana, hangul = counts.get("Hani", 0), counts.get("Kana", 0), counts.get("Hang", 0)
    if kana and kana + han >= 0.5 * sum(counts.values()) and kana >= 0.08 * (kana + han):
        return "Kana"
    if hangul and hangul + han >= 0.5 * sum(counts.values()) and hangul >= 0.3 * (hangul + han):
        return "Hang"
    return next(iter(counts))


def _settle(settled: str, script: str, declared: str) -> str:
    return declared if declared in _SAME_SCRIPT.get(script, ()) else settled


def _permit(code: str, confidence: Confidence, permitted: frozenset[str]) -> tuple[str, Confidence]:
    return (code, confidence) if not permitted or code in permitted else ("und", Confidence.LOW)


def _rank_within(
    text: str, script: str, declared: str, permitted: frozenset[str], *, letters: int
) -> tuple[str, Confidence]:
    candidates = tuple(sorted(permitted & set(_written_in(script)) if permitted else _written_in(script)))
    if script == "Latn" and not permitted and declared not in {"und", *languages()}:
        candidates = tuple(sorted({*candidates, declared}))  # a language we have no file for, Galician say
    fits = declared in candidates
    if not candidates:
        return "und", Confidence.LOW
    if letters < _SHORT or len(text.split()) < 3:
        return (declared, Confidence.LOW) if fits else ("und", Confidence.NONE)
    best, probability, declared_probability = _classify(text, candidates, declared)
    if fits and best != declared:
        clear = probability > _OVERRIDE and declared_probability < 1 - _OVERRIDE and letters >= 2 * _SHORT
        if not clear:
            return declared, Confidence.LOW
    if probability < _SURE and best != declared:
        return "und", Confidence.LOW
    if len(text) >= _LONG and _halves_differ(text, candidates):
        return best, Confidence.LOW
    return best, Confidence.HIGH


def _halves_differ(text: str, candidates: tuple[str, ...]) -> bool:
    middle = text.find(" ", len(text) // 2)
    if middle < 0:
        return False
    first, second = (_classify(part, candidates, "") for part in (text[:middle], text[middle:]))
    return first[0] != second[0] and min(first[1], second[1]) > _OVERRIDE


@lru_cache(maxsize=len(RANGES))
def _written_in(script: str) -> tuple[str, ...]:
    own = [code for code in languages() if script in script_parts(rules(code).script)]
    return tuple(sorted({*own, *NEIGHBOURS.get(script, ())}))


def _classify(text: str, candidates: tuple[str, ...], declared: str) -> tuple[str, float, float]:
    """Best candidate, its probability among the candidates, and the declared language's probability."""
    # Capitals and digits carry no language and headlines are full of them.
    ranked = {code: float(score) for code, score in _identifier().rank(text.lower())}
    scores = {code: ranked[code] for code in candidates if code in ranked}
    if not scores:
        return "und", 0.0, 0.0
    top = max(scores.values())
    mass = {code: math.exp(score - top) for code, score in scores.items()}
    total = sum(mass.values())
    best = max(mass, key=lambda code: (mass[code], code))
    return best, mass[best] / total, mass.get(declared, 0.0) / total


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
