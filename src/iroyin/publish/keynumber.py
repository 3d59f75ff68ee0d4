"""The one number a story turns on, taken whole from a proved sentence that is printed with it."""

import re

from iroyin.languages import Rules, rules
from iroyin.model import Brief, Sentence

_NUMBER = re.compile(
    r"(?<![\w.,:/–-])(?:[$€£₦¥₩₹]\s?)?\d[\d.,٬٫\u00a0\u202f]*(?<=\d)(?:\s?[%％٪])?(?:[万亿萬億兆만억조])?"
    r"|(?<=[\u3040-\u9fff])\d[\d.,]*(?<=\d)(?:[%％])?(?:[万亿萬億兆])?",
)
_DATE_SIGNS = tuple("年月日号時时分年년월일시분：:/")
_JOINED_AFTER = re.compile(r"\s+\S{1,3}\s+\d")
_JOINED_BEFORE = re.compile(r"\d\s+\S{1,3}\s+$")
_LONGEST = 220  # characters of the sentence that still fit on the graphic
_SPACED = {"Latn", "Cyrl", "Grek"}


def key_number(brief: Brief) -> tuple[str, Sentence] | None:
    """The first telling number of the lede and its sentence; None when there is none that can stand alone.

    Years, dates, clock times, ranges, scores, ordinals and small numbers without a sign or a unit do not count.
    """
    for sentence in brief.lede:
        if len(sentence.text) > _LONGEST:
            continue
        for match in _NUMBER.finditer(sentence.text):
            number = _telling(match, sentence)
            if number:
                return number, sentence
    return None


def _telling(match: re.Match[str], sentence: Sentence) -> str:
    number, after, before = match.group(), sentence.text[match.end() :], sentence.text[: match.start()]
    language = rules(sentence.language)
    if _is_date(before, after, language) or _JOINED_AFTER.match(after) or _JOINED_BEFORE.search(before):
        return ""
    words = after.split()[:2] if after[:1].isspace() else []
    kept = _scale(words, language)
    unit = _unit(words[len(kept) :], language)
    signs = any(not c.isdigit() and c not in ".,٬٫\u00a0\u202f" for c in number)
    if kept or unit:
        return " ".join((number, *kept, *unit))
    if after[:1] in {"-", "–"} or (after[:1].isalpha() and language.script in _SPACED) or _is_year(number):
        return ""
    attached = next((w for w in _attached(language) if after.startswith(w)), "")
    digits = sum(c.isdigit() for c in number)
    return number + attached if signs or attached or digits > 2 else ""


def _is_date(before: str, after: str, language: Rules) -> bool:
    near = {w.strip(".,;:()").casefold() for w in (*after.split()[:2], *before.split()[-2:])}
    return bool(near & {m.casefold() for m in language.months}) or after.lstrip().startswith(_DATE_SIGNS)


def _scale(words: list[str], language: Rules) -> list[str]:
    word = words[0].strip(".,;:") if words else ""
    return [word] if word and word.casefold() in {w.casefold() for w in language.scales} else []


def _unit(words: list[str], language: Rules) -> list[str]:
    """The word of currency, measure or time that comes next, if one does."""
    word = words[0].strip(".,;:") if words else ""
    known = {w.casefold() for w in (*language.currencies, *language.units, *language.time_units)}
    return [word] if word.casefold() in known else []


def _attached(language: Rules) -> list[str]:
    """Currencies that follow a number without a space, longest first; measures are too easily parts of other words."""
    if language.script in _SPACED:
        return []
    return sorted((w for w in language.currencies if w), key=len, reverse=True)


def _is_year(number: str) -> bool:
    return number.isdigit() and len(number) == 4 and 1900 <= int(number) <= 2100
