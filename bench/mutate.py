"""False twins of true sentences, made from the sentence's own letters and from `mutations.toml`.

Nothing of the program's reading of numbers, names, dates, quotes or denials is used here: a mutator that shared the
checker's eyes could only make what the checker sees. Weekdays and months are CLDR's (babel).
"""

import random
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from babel import Locale

TABLE = tomllib.loads((Path(__file__).parent / "mutations.toml").read_text("utf-8"))
UNSPACED = frozenset({"zh", "ja", "th"})
UNCASED = frozenset({"ar", "zh", "ja", "ko", "hi"})

_FIGURE = re.compile(r"(?<![\w.,:/-])\d+(?:[.,]\d+)*(?![\w:/]|-\w|[.,]\d)")
_DENSE_FIGURE = re.compile(r"(?<![\d.,:/A-Za-z-])\d+(?:[.,]\d+)*(?![\d:/A-Za-z-])")
_SHORT = 3  # letters of a capitalised word that is surely no name by itself
_YEAR = re.compile(r"(?<![\w.,-])(?:19|20)\d\d(?![\w%]|[.,-]\d)")
_CAPITALS = re.compile(
    r"(?<![.!?:…“\"«„(] )(?<!^)(?<=\s)[A-ZÀ-ÖØ-ÞА-ЯЁŁŚŻŹĆŞİÇÖÜĞ][\w’'-]+(?: [A-ZÀ-ÖØ-ÞА-ЯЁŁŚŻŹĆŞİÇÖÜĞ][\w’'-]+)+"
)
_PARTY = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁŁŚŻŹĆŞİÇÖÜĞ][\w-]+(?: [A-ZÀ-ÖØ-ÞА-ЯЁŁŚŻŹĆŞİÇÖÜĞ][\w-]+)*")
_QUOTED = re.compile(r"[“«„\"「]([^“”«»„\"「」]{12,400})[”»“\"」]")
_EAST_DAY = re.compile(r"(\d{1,2})(\s?[月월]\s?)(\d{1,2})(\s?[日号일])")
_LEFT = {"ar": r"(?<![\w])[وبلك]?", "hi": r"(?<!\S)"}
_RIGHT = {"ar": r"(?!\w)", "hi": r"(?![\w\u0900-\u0963])", "zh": "(?!人|语|裔|籍)"}


@dataclass(frozen=True, slots=True)
class Case:
    """A true sentence: its source text (one or two sentences), what stands around it, and sentences of other stories.

    `named` are all full names of the language's texts, `pool` some from other texts, `others` sentences of other
    stories, `foreign` a sentence of another language.
    """

    language: str
    text: str
    beside: str
    named: frozenset[str]
    pool: Sequence[str]
    others: Sequence[str]
    foreign: str


@dataclass(frozen=True, slots=True)
class Twin:
    """A false sentence; `also` is a second source text that it cites."""

    text: str
    also: str = ""


Mutator = Callable[[Case, random.Random], Twin | None]


def parties(text: str, language: str) -> list[str]:
    """Full names (two capitalised words or more, not at the head) or listed ones, as the letters show them."""
    if language in UNCASED:
        listed = TABLE[language]["names"]
        return [
            name
            for name in listed
            if re.search(rf"{_LEFT.get(language, '')}{name}{_RIGHT.get(language, '')}", text)
        ]
    return [found.group() for found in _CAPITALS.finditer(text)]


def number(case: Case, chance: random.Random) -> Twin | None:
    """Another figure, or another number word."""
    pattern = _DENSE_FIGURE if case.language in UNSPACED | {"ko"} else _FIGURE
    found = [m for m in pattern.finditer(case.text) if not _YEAR.fullmatch(m.group()) and not _dated(case, m)]
    if found:
        match = chance.choice(found)
        return _put(case, match.start(), match.end(), _other_digits(match.group(), chance))
    return _replaced(case, TABLE[case.language]["words"], chance, words=True, quoted=False)


def unit(case: Case, chance: random.Random) -> Twin | None:
    """The same figure of another thing."""
    pairs = TABLE[case.language]["units"]
    options = []
    for old, new in pairs:
        edge = "" if case.language in UNSPACED | {"ko"} or not old[-1].isalpha() else r"(?!\w)"
        for match in re.finditer(rf"(?<=\d)( ?){re.escape(old)}{edge}", case.text):
            options.append((match.start(), match.end(), match.group(1) + new))
    return _put(case, *chance.choice(options)) if options else None


def date(case: Case, chance: random.Random) -> Twin | None:
    """Another weekday, month, day of the month or year."""
    options = [*_weekdays(case, chance), *_months(case, chance)]
    for match in _EAST_DAY.finditer(case.text):
        day = int(match[3])
        options.append((match.start(3), match.end(3), str(day + 3 if day < 20 else day - 6)))
    for match in _YEAR.finditer(case.text):
        if case.language not in UNSPACED:
            options.append((match.start(), match.end(), str(int(match.group()) + chance.choice((-7, -3, 2, 4)))))
    return _put(case, *chance.choice(options)) if options else None


def name(case: Case, chance: random.Random) -> Twin | None:
    """Another person, place or body in a name's stead."""
    here = parties(case.text, case.language)
    away = [n for n in case.pool if not any(part in case.beside for part in _parts(n, case.language))]
    if not here or not away:
        return None
    old = chance.choice(here)
    at = case.text.find(old)
    return _put(case, at, at + len(old), chance.choice(away))


def role(case: Case, chance: random.Random) -> Twin | None:
    """Two parties in each other's place, with a deed between them."""
    known = TABLE[case.language]
    if case.language in UNCASED:
        named = sorted((case.text.find(n), n) for n in known["names"] if case.text.count(n) == 1)
        spots = [(at, at + len(n)) for at, n in named]
    else:
        known_words = {part for full in case.named for part in full.split()}
        spots = [m.span() for m in _PARTY.finditer(case.text) if set(m.group().split()) <= known_words
                 and (" " in m.group() or (m.start() > 0 and len(m.group()) > _SHORT))]  # fmt: skip
    deed = re.compile(rf"(?<!\w)(?:{known['verbs']})" + ("" if case.language in UNCASED else r"(?!\w)"))
    options = []
    for (a, b), (c, d) in pairwise(spots):
        between = case.text[b:c]
        if b < c <= b + 60 and deed.search(between) and not re.search(r"[,.;:“”\"«»]", between):
            options.append((a, b, c, d))
    if not options:
        return None
    a, b, c, d = chance.choice(options)
    text = case.text
    if text[a:b] in text[c:d] or text[c:d] in text[a:b]:
        return None
    return Twin(text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:])


def negation(case: Case, chance: random.Random) -> Twin | None:
    """A denial lost."""
    return _replaced(case, TABLE[case.language]["negation"], chance, quoted=False)


def modality(case: Case, chance: random.Random) -> Twin | None:
    """What may be told as what is."""
    return _replaced(case, TABLE[case.language]["modality"], chance, quoted=False)


def speaker(case: Case, chance: random.Random) -> Twin | None:
    """The quoted words in another's mouth: one named beside, else one from elsewhere."""
    quoted = [m.span() for m in _QUOTED.finditer(case.text) if len(m[1]) > 24 or case.language in UNSPACED]
    bare = case.text
    for start, end in quoted:
        bare = bare[:start] + "\n" * (end - start) + bare[end:]
    said = re.search(rf"(?<!\w)(?:{TABLE[case.language]['said']})", bare)
    outside = parties(bare, case.language)
    if not quoted or len(outside) != 1 or not said or bare.count(outside[0]) != 1:
        return None
    at = bare.find(outside[0])
    if abs(at - said.start()) > 60 or min(abs(said.start() - q) for span in quoted for q in span) > 80:
        return None
    mine = set(_parts(outside[0], case.language))
    beside = [n for n in parties(case.beside, case.language) if not mine & set(_parts(n, case.language))]
    away = [n for n in case.pool if not mine & set(_parts(n, case.language))]
    others = beside or away
    return _put(case, at, at + len(outside[0]), chance.choice(others)) if others else None


def quote(case: Case, chance: random.Random) -> Twin | None:
    """A quotation with one word changed, left out or put in."""
    found = [m for m in _QUOTED.finditer(case.text)
             if '"' not in case.text or case.text[: m.start()].count('"') % 2 == 0]  # fmt: skip
    if not found:
        return None
    match = chance.choice(found)
    inner = match.group(1)
    if case.language in UNSPACED:
        at = chance.randrange(1, len(inner) - 1)
        away = [c for c in chance.choice(case.others) if c.isalpha() and c not in inner]
        edited = inner[:at] + (chance.choice(away) if away else "") + inner[at + 1 :]
        return _put(case, *match.span(1), edited)
    words = inner.split(" ")
    at = chance.randrange(len(words))
    other = [w for w in chance.choice(case.others).split() if w.isalpha() and w not in words and len(w) > 3]
    way = chance.choice(("change", "leave", "put"))
    if way == "leave" and 0 < at < len(words) - 1 and any(c.isalpha() for c in words[at]) and len(words[at]) > 3:
        words.pop(at)
    elif other and way == "put":
        words.insert(at, chance.choice(other))
    elif other:
        words[at] = chance.choice(other)
    else:
        return None
    return _put(case, *match.span(1), " ".join(words))


def merged(case: Case, chance: random.Random) -> Twin | None:
    """Two stories in one sentence, both cited: joined whole, or the head of one on the tail of the other."""
    other = chance.choice(case.others)
    if chance.random() < 0.5:
        head = re.sub(r"[.!?。।؟\s]+$", "", case.text)
        tail = other if case.language in UNSPACED | {"ko", "hi", "ar"} else other[0].lower() + other[1:]
        return Twin(head + TABLE[case.language]["joiner"] + tail, other)
    return Twin(_half(case.text, case.language)[0] + _half(other, case.language)[1], other)


def invented(case: Case, chance: random.Random) -> Twin | None:
    """A detail that nobody told, at the sentence's end or at a comma."""
    detail = chance.choice(TABLE[case.language]["invented"])
    if case.language in UNSPACED:
        return Twin(f"{detail}，{case.text}")
    end = re.search(r"[.!?。।؟]*[”\"»’']?\s*$", case.text)
    at = end.start() if end else len(case.text)
    return Twin(f"{case.text[:at]} {detail}{case.text[at:]}")


def language(case: Case, chance: random.Random) -> Twin | None:
    """A sentence in another language."""
    del chance
    return Twin(case.foreign)


MUTATORS: Mapping[str, tuple[str, Mutator]] = {
    "swapped name": ("name", name),
    "swapped roles": ("role", role),
    "changed number": ("number", number),
    "changed unit": ("number", unit),
    "changed date": ("date", date),
    "lost negation": ("negation", negation),
    "lost modality": ("modality", modality),
    "wrong speaker": ("quote", speaker),
    "edited quote": ("quote", quote),
    "merged story": ("merge", merged),
    "invented detail": ("unsupported", invented),
    "other language": ("language", language),
}


def twins(case: Case, chance: random.Random) -> dict[str, Twin]:
    """Every false twin this sentence gives, by the mutation's name."""
    found = {}
    for label, (_, mutator) in MUTATORS.items():
        twin = mutator(case, chance)
        if twin is not None and " ".join(twin.text.split()) != " ".join(case.text.split()):
            found[label] = twin
    return found


def _put(case: Case, start: int, end: int, new: str) -> Twin:
    text = case.text[:start] + new + case.text[end:]
    return Twin(re.sub(r" {2,}", " ", text).strip())


def _replaced(
    case: Case, pairs: Sequence[Sequence[str]], chance: random.Random, *, words: bool = False, quoted: bool = True
) -> Twin | None:
    """One of the pairs' patterns replaced once; with `quoted` false never within quotation marks."""
    edge = "" if case.language in UNSPACED | {"ko", "hi"} else r"(?!\w)"
    shut = [] if quoted else [m.span() for m in re.finditer(r"[“«„\"「][^“”«»„\"「」]*[”»“\"」]", case.text)]
    options = []
    for old, new in pairs:
        pattern = rf"(?<!\w){re.escape(old)}{edge}" if words else old
        for match in re.finditer(pattern, case.text):
            if not any(a <= match.start() < b for a, b in shut):
                options.append((match.start(), match.end(), new if words else match.expand(new)))
    if not options:
        return None
    start, end, new = chance.choice(options)
    if start == 0 and new == "":  # the next word now opens the sentence
        rest = case.text[end:]
        return Twin(rest[:1].upper() + rest[1:])
    return _put(case, start, end, new)


def _other_digits(written: str, chance: random.Random) -> str:
    at = chance.choice([i for i, char in enumerate(written) if char.isdigit()])
    digits = [d for d in "123456789" if d != written[at]]
    return written[:at] + chance.choice(digits) + written[at + 1 :]


def _dated(case: Case, match: re.Match[str]) -> bool:
    """Whether the figure is the day of a date: then it belongs to the mutator of dates."""
    after, before = case.text[match.end() : match.end() + 14].lower(), case.text[: match.start()][-14:].lower()
    months = {m[:3] for m in _cldr(case.language, "months")}
    near = any(
        re.match(rf"\.? (?:de |d’)?{re.escape(m)}", after) or re.search(rf"(?<!\w){re.escape(m)}\w*\.? $", before)
        for m in months
    )
    near = near or bool(re.match(r"[./]\d|[-–]\d", after)) or bool(re.search(r"\d[./-]$", before))
    return near or bool(re.match(r"\s?[月日号월일年년]", after)) or bool(re.search(r"[月월]\s?$", before))


def _weekdays(case: Case, chance: random.Random) -> list[tuple[int, int, str]]:
    if case.language == "zh":
        found = re.finditer(r"(?:周|星期|礼拜)([一二三四五六日])", case.text)
        return [(m.start(1), m.end(1), chance.choice("一二三四五六日".replace(m[1], ""))) for m in found]
    return _swapped(case, "days", chance)


def _months(case: Case, chance: random.Random) -> list[tuple[int, int, str]]:
    if case.language in {"zh", "ja", "ko"}:
        return []
    return [(a, b, new) for a, b, new in _swapped(case, "months", chance)
            if re.search(r"\d\.? ?(?:de |d’)?$", case.text[:a]) or re.match(r" \d", case.text[b:])]  # fmt: skip


def _swapped(case: Case, kind: str, chance: random.Random) -> list[tuple[int, int, str]]:
    names = _cldr(case.language, kind)
    options = []
    for old in names:
        for match in re.finditer(rf"(?<!\w){re.escape(old)}(?!\w)", case.text, re.IGNORECASE):
            new = chance.choice([n for n in names if n != old])
            new = new.capitalize() if match.group()[0].isupper() else new
            options.append((*match.span(), new))
    return options


@cache
def _cldr(language: str, kind: str) -> tuple[str, ...]:
    table = getattr(Locale(language), kind)["format"]["wide"]
    return tuple(dict.fromkeys(str(word).lower() for word in table.values() if len(str(word)) > 2))


def _parts(full: str, language: str) -> list[str]:
    return [full] if language in UNCASED else full.split()


def _half(text: str, language: str) -> tuple[str, str]:
    if language in UNSPACED:
        at = len(text) // 2
        return text[:at], text[at:]
    words = text.split(" ")
    at = len(words) // 2
    return " ".join(words[:at]), " " + " ".join(words[at:])
