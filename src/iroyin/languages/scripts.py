"""Which script a text is written in, and what a language's script asks of a page and of a word count."""

import re

from iroyin.languages.rules import rules

RANGES = {
    "Latn": "A-Za-z\xaa\xba\xc0-\xd6\xd8-\xf6\xf8-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uff21-\uff5a",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrl": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Armn": "\u0531-\u0587",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Hebr": "\u05d0-\u05f4\ufb1d-\ufb4f",
    "Arab": "\u0620-\u064a\u066e-\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufefc",
    "Deva": "\u0900-\u0963\u0970-\u097f",
    "Beng": "\u0980-\u09e5\u09f0-\u09ff",
    "Guru": "\u0a00-\u0a65\u0a70-\u0a7f",
    "Gujr": "\u0a80-\u0ae5",
    "Taml": "\u0b80-\u0be5",
    "Telu": "\u0c00-\u0c65",
    "Knda": "\u0c80-\u0ce5",
    "Mlym": "\u0d00-\u0d65",
    "Thai": "\u0e01-\u0e4e",
    "Laoo": "\u0e80-\u0ecf",
    "Mymr": "\u1000-\u103f",
    "Khmr": "\u1780-\u17d3",
    "Ethi": "\u1200-\u1360\u1380-\u139f\u2d80-\u2ddf",
    "Hang": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "Kana": "\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "Hani": "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
}
_PARTS = {"Jpan": ("Hani", "Kana"), "Kore": ("Hang", "Hani"), "Hans": ("Hani",), "Hant": ("Hani",)}
_ANY = re.compile("|".join(f"(?P<{code}>[{ranges}]+)" for code, ranges in RANGES.items()))
_NEUTRAL_DIRECTIONS = {"Arab": "rtl", "Hebr": "rtl"}


def script_counts(text: str) -> dict[str, int]:
    """How many letters of each script (ISO 15924 codes, Han apart from kana) the text has, most first."""
    counts: dict[str, int] = {}
    for found in _ANY.finditer(text):
        code = found.lastgroup or ""
        counts[code] = counts.get(code, 0) + found.end() - found.start()
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def script_share(text: str, language: str) -> float:
    """Share (0 to 1) of the text's letters that are in the language's script; 1 for a text without letters."""
    counts = script_counts(text)
    total = sum(counts.values())
    if not total:
        return 1.0
    script = rules(language).script
    if not script:
        return 1.0
    return sum(counts.get(part, 0) for part in script_parts(script)) / total


def script_parts(script: str) -> tuple[str, ...]:
    """The single scripts that a script code stands for: Japanese is written in Han and kana."""
    return _PARTS.get(script, (script,))


def direction(language: str) -> str:
    """ "rtl" or "ltr", for the page's `dir` attribute."""
    return rules(language).direction


def without_spaces(language: str) -> bool:
    """Whether the language is written without spaces between words."""
    return not rules(language).spaces
