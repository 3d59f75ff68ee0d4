"""Names of people, organisations and places.

In scripts with capitals a name is a run of capitalised words; what opens a sentence is a name only if it is no common
word. In the others the honest marks are used: country names, Latin letters, and the words beside a title of office.
A name may be missed there; `sure` is false where a capital proves little.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from iroyin.languages.calendar_words import month_names, weekday_names
from iroyin.languages.phrases import alternatives, folded
from iroyin.languages.places import country_names
from iroyin.languages.remembered import remembered
from iroyin.languages.rules import Rules, rules
from iroyin.languages.sentences import split
from iroyin.languages.words import fold

CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
_WORD = re.compile(
    r"[^\W\d_](?:[\w\u0300-\u036f]|['’](?=[^\W\d_])|[-\u2010\u2011](?=\w)|\.(?=[^\W\d_]\.|[^\W\d_]\b)|&(?=\w))*"
)
_POSSESSIVE = re.compile(r"(?:['’]s|s['’]|['’])$", re.IGNORECASE)
_ELIDED = re.compile(r"([^\W\d_]+)['’](?=[^\W\d_])")
_INITIALS = 3  # capitals that may be an abbreviation spelled like a function word
_MARKS_BEFORE = frozenset(" \"'“”‘’«»„([¿¡-–—•")
_KEY_DROPS = re.compile(r"[\s\-\u2010-\u2015.'’ʼ·・‧&_,]+")
_INFLECTED = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ами|ями|ой|ою|ей|ею|ым|им|ом|ем|ах|ях|ую|юю|ая|яя|ые|ие|ов|ев|а|я|у|ю|ы|и|е|о|ь|й|і|ї)$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands, its titles stripped; names that differ in case, hyphens or marks share a `key`."""

    start: int
    end: int
    text: str
    key: str
    title: str = ""
    sure: bool = True


@remembered
def names(text: str, language: str) -> list[Name]:
    """The names of the text in order, none overlapping."""
    known = rules(language)
    if known.script in CASED or not known.script:
        return _cased(text, known)
    from iroyin.languages.names_uncased import uncased_names

    return [Name(start, end, text[start:end], name_key(text[start:end], language), title)
            for start, end, title in uncased_names(text, known)]  # fmt: skip


def name_key(name: str, language: str = "") -> str:
    """What spellings of one name share: no case, marks, hyphens or spaces; Slavic endings are dropped.

    >>> name_key("Lee Jae Myung") == name_key("Lee Jae-myung")
    True
    """
    plain = fold(_POSSESSIVE.sub("", name.strip()))
    if rules(language).script == "Cyrl":
        plain = " ".join(_stem(part) for part in re.split(r"[\s-]+", plain))
    return _KEY_DROPS.sub("", plain)


def _stem(word: str) -> str:
    stem = _INFLECTED.sub("", word)
    return stem if len(stem) >= 3 else word


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    opening: bool


def _cased(text: str, known: Rules) -> list[Name]:
    found: list[Name] = []
    lower = {match.group() for match in _WORD.finditer(text) if match.group()[0].islower()}
    for start, end in split(text, known.code):
        words = _words(text, start, end, known)
        shouted = _is_title_case(words, known)
        for run in _runs(words, text, known):
            name = _name(run, text, known, lower, shouted=shouted)
            if name is not None:
                found.append(name)
    return found


def _words(text: str, start: int, end: int, known: Rules) -> list[_Word]:
    words = []
    for match in _WORD.finditer(text, start, end):
        elided = _ELIDED.match(match.group()) if known.elisions else None
        if elided and elided.group(1).lower() in known.elisions:
            head = elided.group()
            words.append(_Word(match.start(), match.start() + len(head), head.lower(), False))
            lead_end = match.start() + len(head)
            words.append(_Word(lead_end, match.end(), text[lead_end : match.end()], False))
            continue
        last = match.start() - 1
        while last >= start and text[last] in _MARKS_BEFORE:
            last -= 1
        opening = last < start or text[last] in ":.!?…\n" or text[match.start() - 1] in '"“‘«„'
        words.append(_Word(match.start(), match.end(), match.group(), opening))
    return words


def _is_title_case(words: list[_Word], known: Rules) -> bool:
    """A headline in Title Case, or all in capitals: there a capital says nothing."""
    telling = [word for word in words if word.text.lower() not in known.stopwords]
    return len(telling) >= 5 and all(word.text[0].isupper() for word in telling)


def _runs(words: list[_Word], text: str, known: Rules) -> list[list[_Word]]:
    """Runs of capitalised words, particles between them included ("Ursula von der Leyen")."""
    runs: list[list[_Word]] = []
    run: list[_Word] = []
    held: list[_Word] = []
    for word in words:
        last = (held or run)[-1] if run else None
        touching = last is not None and text[last.end : word.start] in {" ", ". ", "\u00a0"}
        if run and not touching:
            runs.append(run)
            run, held = [], []
        if word.text[0].isupper() and not _is_common(word, known):
            run.extend([*held, word] if run else [word])
            held = []
        elif run and word.text.lower() in known.name_particles and word.text.islower():
            held.append(word)
        elif run:
            runs.append(run)
            run, held = [], []
    return [*runs, run] if run else runs


def _is_common(word: _Word, known: Rules) -> bool:
    """A word that is no name: a function word anywhere, a common opener at the head of a sentence."""
    key = fold(word.text)
    if word.text.isupper() and 1 < len(word.text) <= _INITIALS and not word.opening:
        return False  # "US", "IT", "WHO"
    return key in _common(known.code, opening=word.opening)


@lru_cache(maxsize=64)
def _common(code: str, *, opening: bool) -> frozenset[str]:
    known = rules(code)
    listed: list[str] = [*known.stopwords]
    if opening:
        listed += [*known.common_openers, *known.dangling_openers, *known.relative_days, *known.number_words,
                   *known.ordinals, *known.negations, *known.hedges, *known.scales, *known.speech_verbs]  # fmt: skip
    return frozenset(fold(word) for word in listed)


def _name(run: list[_Word], text: str, known: Rules, lower: set[str], *, shouted: bool) -> Name | None:
    start, end = run[0].start, run[-1].end
    opening = run[0].opening
    title = ""
    stripped = _titles(known.code).match(folded(text[start:end]).text)
    if stripped and stripped.end():
        cut = folded(text[start:end]).origins[stripped.end()]
        title, start = text[start : start + cut].strip(), start + cut
        opening = False
    elif start > 0:
        title = _title_before(text, start, known)
    while start < end and not text[start].isalnum():
        start += 1
    if known.code == "tr":
        end = start + len(
            re.split("['’]", text[start:end])[0]
        )  # Ankara'da: the case ending is no part of the name
    printed = _POSSESSIVE.sub("", text[start:end]) if known.code == "en" else text[start:end]
    end = start + len(printed)
    if "." in printed and " " not in printed and text[end : end + 1] == ".":
        end, printed = end + 1, printed + "."  # "U.S."
    if not printed or fold(printed) in _calendar(known.code):
        return None
    single = " " not in printed
    doubtful = (
        single
        and opening
        and not (printed.isupper() and len(printed) > 1)
        and fold(printed) not in country_names(known.code)
    )
    if doubtful and printed.lower() in lower:
        return None
    sure = not shouted and not doubtful and not (known.code == "de" and single and not title)
    return Name(start, end, printed, name_key(printed, known.code), title, sure)


def _title_before(text: str, start: int, known: Rules) -> str:
    """The lower-case title in front of the name ("le président Macron")."""
    lead = fold(text[max(0, start - 40) : start])
    match = _title_end(known.code).search(lead)
    return match.group("title") if match else ""


@lru_cache(maxsize=64)
def _titles(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{alternatives(rules(code).office_titles)})\.?(?:\s+|$))*")


@lru_cache(maxsize=64)
def _title_end(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<title>{alternatives(rules(code).office_titles)})\.?\s$")


@lru_cache(maxsize=64)
def _calendar(code: str) -> frozenset[str]:
    return frozenset({*month_names(code), *weekday_names(code)})
