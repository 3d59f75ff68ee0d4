"""What stories are about, under keys that never change: countries, known organisations, topics.

Countries are CLDR's, by ISO code (`place-ng`), and big cities those it names time zones after (`place-lagos`);
organisations and topics are those of `known/organisations.toml` and `known/topics.toml` (`org-un`, `topic-election`).
Because a key belongs to no language, a tag has one address, and its name in each language that has one.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from iroyin.languages.cities import city_names, country_of_city
from iroyin.languages.names import name_key
from iroyin.languages.phrases import after, before, folded
from iroyin.languages.places import MENDED, country_names, place_ranges
from iroyin.languages.rules import canonical, rules
from iroyin.languages.words import fold
from iroyin.model import TagKind

_HEAD = 2  # characters of a call by which it is looked up
_SHORTEST = 3  # letters of a country's name that has cases
_CYRILLIC = re.compile(r"[А-ЯЁІЇЄҐ][а-яёіїєґ]+")
_ISO = 2  # letters of a country's code
_ACRONYM = 6  # characters: "who" is a word, "WHO" is an organisation
_FILES = {TagKind.ORGANISATION: "organisations.toml", TagKind.TOPIC: "topics.toml"}
_LOCALES = {"zh": "zh_Hans"}
_SHADDA = "\u0651"  # Amman has it and Oman has not; folding drops it


@dataclass(frozen=True, slots=True)
class _Subject:
    """A line of the files: `calls` maps a language to the words by which its texts call it, the name first."""

    key: str
    kind: TagKind
    calls: Mapping[str, tuple[str, ...]]
    section: str = ""


@lru_cache(maxsize=16_384)
def subject_ranges(text: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """Where the text names countries, big cities, organisations and topics: (start, end, key), in order."""
    code = canonical(language)
    whole = folded(text)
    found = _countries(text, code)
    done = 0
    for match in _word_starts(code).finditer(whole.text):
        for start in range(match.start(), match.end() + 1):
            call = max(_calls_at(whole.text, max(start, done), code), default=None) if start >= done else None
            first, last = whole.origin(start, call[0]) if call else (0, 0)
            if call and _is_written_so(text[first:last], call[1], call[2]):
                found.append((first, last, call[1]))
                done = call[0]
    nations = country_of_city()
    found += [(start, end, nations[key]) for start, end, key in found if key in nations]
    return tuple(sorted(set(found)))


def _is_written_so(printed: str, key: str, acronym: str) -> bool:
    """Whether it is printed as it must be: an acronym in its own letters, a city with a capital where there are any."""
    if key.startswith(f"{TagKind.PLACE}-"):
        return not printed[:1].islower()
    return not acronym or printed == acronym


def _calls_at(text: str, start: int, code: str) -> Iterator[tuple[int, str, str]]:
    """The calls that begin here: where each ends, its key, and how it must be written if it is an acronym."""
    for pattern, key, acronym in _calls(code).get(text[start : start + _HEAD], ()):
        match = pattern.match(text, start)
        if match:
            yield match.end(), key, acronym


def subjects(text: str, language: str) -> frozenset[str]:
    """The keys of all that the text names."""
    return frozenset(key for _, _, key in subject_ranges(text, language))


@lru_cache(maxsize=4096)
def subject_name(key: str, language: str) -> str:
    """The name of what has a key of ours in this language; "" when it has none there or is none of ours."""
    if key.startswith(f"{TagKind.PLACE}-"):
        place = key.partition("-")[2]
        code = canonical(language)
        return _country(place.upper(), code) if len(place) == _ISO else city_names(code).get(key, "")
    subject = _subjects().get(key)
    calls = subject.calls.get(canonical(language), ()) if subject else ()
    return calls[0] if calls else ""


def subject_section(key: str) -> str:
    """The section to which a topic belongs; "" for what is no topic."""
    subject = _subjects().get(key)
    return subject.section if subject else ""


def subject_keys() -> tuple[str, ...]:
    """The keys of all organisations and topics."""
    return tuple(_subjects())


def subject_languages(key: str) -> tuple[str, ...]:
    """The languages in which an organisation or topic has a name."""
    return tuple(_subjects()[key].calls)


def called(name: str, language: str) -> str:
    """The key of the country, city, organisation or topic that has exactly this name; "" when none has."""
    code = canonical(language)
    city = next((key for key, own in city_names(code).items() if own == name), "")
    country = country_names(code).get(fold(name))
    if city or country:
        return city or f"{TagKind.PLACE}-{str(country).lower()}"
    return next((s.key for s in _subjects().values() if name in s.calls.get(code, ())), "")


def _country(code: str, language: str) -> str:
    from babel import Locale, UnknownLocaleError

    if (language, code) in MENDED:
        return MENDED[language, code]
    try:
        return str(Locale.parse(_LOCALES.get(language, language)).territories.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""


@cache
def _subjects() -> Mapping[str, _Subject]:
    found = {}
    for kind, name in _FILES.items():
        table = tomllib.loads(resources.files(__package__).joinpath("known", name).read_text("utf-8"))
        for word, lines in table.items():
            calls = {
                code: tuple(" ".join(call.split()) for call in line.split(","))
                for code, line in lines.items()
                if code != "section"
            }
            key = f"{kind}-{word}"
            found[key] = _Subject(key, kind, MappingProxyType(calls), lines.get("section", ""))
    return MappingProxyType(found)


@lru_cache(maxsize=64)
def _word_starts(code: str) -> re.Pattern[str]:
    """Where a word may begin; the match holds what Arabic writes in front of it. Any character in dense scripts."""
    return re.compile(before(rules(code)) + (r"(?=\w)" if rules(code).spaces else r"(?=.)"))


_Call = tuple[re.Pattern[str], str, str]


@lru_cache(maxsize=64)
def _calls(code: str) -> Mapping[str, tuple[_Call, ...]]:
    """The language's calls by their first letters."""
    known = rules(code)
    found: dict[str, list[_Call]] = defaultdict(list)
    for subject in _subjects().values():
        for call in subject.calls.get(code, ()):
            open_call = re.escape(fold(call)).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
            pattern = re.compile(open_call + ("" if call.endswith("*") else after(known)))
            acronym = call if len(call) <= _ACRONYM and call.isupper() and known.spaces else ""
            found[fold(call)[:_HEAD]].append((pattern, subject.key, acronym))
    for key, name in city_names(code).items():
        call = fold(name)
        pattern = re.compile(re.escape(call).replace(r"\ ", r"\s+") + after(known))
        found[call[:_HEAD]].append((pattern, key, ""))
    return {head: tuple(calls) for head, calls in found.items()}


def _countries(text: str, code: str) -> list[tuple[int, int, str]]:
    """The countries named; in Cyrillic scripts also in their other cases, which the lists do not hold."""
    found = [
        (start, end, "JO" if country == "OM" and _SHADDA in text[start:end] else country)
        for start, end, country in place_ranges(text, code)
    ]
    if rules(code).script == "Cyrl":
        taken = {start for start, _, _ in found}
        known = _declined(code)
        words = ((m.start(), m.end(), known.get(name_key(m.group(), code), "")) for m in _CYRILLIC.finditer(text))
        found = [*found, *((start, end, place) for start, end, place in words if place and start not in taken)]
    return [(start, end, f"{TagKind.PLACE}-{place.lower()}") for start, end, place in found]


@lru_cache(maxsize=8)
def _declined(code: str) -> Mapping[str, str]:
    """Countries' and cities' names of one word, without endings; those then too short or shared are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    cities = {name: key.partition("-")[2] for key, name in city_names(code).items()}
    for name, place in {**cities, **country_names(code)}.items():
        if " " not in name and len(name) > _SHORTEST:
            found[name_key(name, code)].add(place)
    return {key: next(iter(places)) for key, places in found.items() if len(places) == 1}
