"""A language's rules, read from its `xx.toml`. A language without a file gets neutral rules, never an error.

In the files every list is one string with its items separated by commas; tables with numbers as keys hold the words
for that number. The keys are the fields of `Rules`.
"""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

Words = frozenset[str]
Phrases = tuple[str, ...]
NumberTable = Mapping[str, int]

_MACRO = {
    "nb": "no", "nn": "no", "in": "id", "iw": "he", "ji": "yi", "cmn": "zh", "yue": "zh", "wuu": "zh",
    "fil": "tl", "arb": "ar", "arz": "ar", "pes": "fa", "prs": "fa", "swh": "sw", "swc": "sw", "uzs": "uz",
    "ekk": "et", "lvs": "lv", "zsm": "ms", "npi": "ne", "ory": "or", "azj": "az", "kmr": "ku", "bs": "sr",
    "mo": "ro",
    "eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "yor": "yo", "swa": "sw", "kor": "ko", "ara": "ar",
    "hin": "hi", "zho": "zh", "chi": "zh", "rus": "ru", "jpn": "ja", "deu": "de", "ger": "de", "por": "pt",
    "ita": "it", "hau": "ha", "ibo": "ig", "amh": "am", "ell": "el", "ben": "bn", "tha": "th", "heb": "he",
    "fas": "fa", "per": "fa", "pol": "pl", "ukr": "uk", "vie": "vi", "ind": "id", "tur": "tr",
    "nld": "nl", "dut": "nl",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """What the desk knows of one language; see `languages/en.toml` for what each field holds.

    `quote_marks` are pairs of an opening and a closing mark, `title_marks` pairs that set titles apart and are no
    quotes. `dangling_openers` are words a sentence that stands alone must not begin with, `dangling_words` words it
    must not hold. `phrase_exceptions` are longer words that hide a listed phrase without its meaning (非洲, 会议).
    `negation_forms` and `hedge_forms` are patterns for words that deny or hedge by their form (Turkish -me-,
    Swahili haku-); they hold no comma. `opposites` pairs
    "win won/lose lost", `agent_marks` words before or behind the doer in the passive, `mutual` words that make a deed
    both parties' ("and", "met").
    `attribution` has the fields {outlet} and {sentence}; `vote_results` and `vote_abstentions` those of `votes.py`.
    """

    code: str
    name: str = ""
    script: str = ""
    direction: str = "ltr"
    spaces: bool = True
    decimal: str = "."
    thousands: str = ", "
    numeric_order: str = ""
    surnames: str = ""
    attribution: str = "{outlet}: {sentence}"
    quote_marks: tuple[tuple[str, str], ...] = (
        ("“", "”"),
        ("‘", "’"),
        ('"', '"'),
        ("«", "»"),
        ("「", "」"),
        ("『", "』"),
    )
    title_marks: tuple[tuple[str, str], ...] = (("《", "》"), ("〈", "〉"))
    abbreviations: Words = frozenset()
    elisions: Words = frozenset()
    stopwords: Words = frozenset()
    common_openers: Words = frozenset()
    speech_verbs: Phrases = ()
    origin_patterns: Phrases = ()
    dangling_openers: Phrases = ()
    dangling_words: Phrases = ()
    negations: Phrases = ()
    negation_forms: Phrases = ()
    opposites: Phrases = ()
    agent_marks: Phrases = ()
    mutual: Phrases = ()
    phrase_exceptions: Phrases = ()
    hedges: Phrases = ()
    hedge_forms: Phrases = ()
    future: Phrases = ()
    office_titles: Phrases = ()
    name_particles: Words = frozenset()
    approximations: Phrases = ()
    dozens: Phrases = ()
    percent: Phrases = ("%", "％", "٪")
    half: Phrases = ()
    number_homographs: Words = frozenset()
    ordinal_prefixes: Phrases = ()
    ordinal_suffixes: Phrases = ("º", "ª")
    scale_first: bool = False
    month_first: bool = False
    month_homographs: Words = frozenset()
    weekday_that: Phrases = ()
    number_joiners: Phrases = ()
    range_words: Phrases = ()
    date_joiners: Phrases = ()
    relative_ignored: Phrases = ()
    weekday_last: Phrases = ()
    weekday_next: Phrases = ()
    ago: Phrases = ()
    since: Phrases = ()
    vote_results: Phrases = ()
    vote_abstentions: Phrases = ()
    number_words: NumberTable = field(default_factory=dict)
    scales: NumberTable = field(default_factory=dict)
    ordinals: NumberTable = field(default_factory=dict)
    relative_days: NumberTable = field(default_factory=dict)
    months: NumberTable = field(default_factory=dict)
    weekdays: NumberTable = field(default_factory=dict)
    relative_spans: Mapping[str, str] = field(default_factory=dict)
    time_units: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)


def canonical(language: str) -> str:
    """The language's code as the desk keeps it: no region, macro languages made one ("zh-Hant" is "zh").

    >>> canonical("nb-NO"), canonical("iw"), canonical("")
    ('no', 'he', 'und')
    """
    tag = language.strip().replace("_", "-").lower().split("-")[0]
    if not (2 <= len(tag) <= 3 and tag.isascii() and tag.isalpha()):
        return "und"
    return _MACRO.get(tag, tag)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The codes of all languages that have a file, sorted."""
    files = resources.files(__package__).iterdir()
    return tuple(sorted(entry.name[:-5] for entry in files if entry.name.endswith(".toml")))


@lru_cache(maxsize=256)
def rules(language: str) -> Rules:
    """The rules of this language (any tag: "pt-BR" is "pt"); neutral rules when it has no file."""
    code = canonical(language)
    if code not in languages():
        return Rules(code, direction="rtl" if code in {"ur", "ps", "yi", "dv", "sd", "ug", "ckb"} else "ltr")
    text = resources.files(__package__).joinpath(f"{code}.toml").read_text("utf-8")
    return _read(code, tomllib.loads(text))


def _read(code: str, data: Mapping[str, Any]) -> Rules:
    kinds = {f.name: f.type for f in fields(Rules)}
    values: dict[str, Any] = {"code": code}
    for key, value in data.items():
        values[key] = _value(kinds[key], value)
    return Rules(**values)


def _value(kind: Any, value: Any) -> Any:
    if kind is Words:
        return frozenset(_items(value))
    if kind == Phrases:
        return tuple(_items(value))
    if kind == tuple[tuple[str, str], ...]:
        return tuple((pair[0], pair[-1]) for pair in value.split())
    if kind == NumberTable:
        return MappingProxyType({word: int(number) for number, listed in value.items() for word in _items(listed)})
    if isinstance(value, dict):
        return MappingProxyType({word: key for key, listed in value.items() for word in _items(listed)})
    return value


def _items(listed: str) -> list[str]:
    text = unicodedata.normalize("NFC", listed)
    return [item for item in (" ".join(part.split()) for part in text.split(",")) if item]


@lru_cache(maxsize=128)
def english_name(language: str) -> str:
    """The language's name in English (CLDR), its code when it has none.

    >>> english_name("yo"), english_name("xx")
    ('Yoruba', 'xx')
    """
    from babel import Locale

    return str(Locale("en").languages.get(language, language))
