"""Numbers as a reader means them: how many of what.

A number is a value with a unit and a kind. Clock times and scores are no quantities: they have no value and stand
normalised in `unit` ("17:20", "3-1"). A scale without a number ("thousands of") is "vague"; its value is the scale.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from iroyin.languages.numerals import Quantity, quantities
from iroyin.languages.phrases import after, alternatives, before, find_phrases
from iroyin.languages.remembered import remembered
from iroyin.languages.rules import Rules, rules
from iroyin.languages.times import clock_times
from iroyin.languages.words import fold

SIGNS = {
    "us$": "USD", "$": "USD", "a$": "AUD", "c$": "CAD", "hk$": "HKD", "nz$": "NZD", "s$": "SGD", "nt$": "TWD",
    "r$": "BRL", "mx$": "MXN", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "CNY", "₩": "KRW", "₦": "NGN", "₹": "INR",
    "₽": "RUB", "₺": "TRY", "₴": "UAH", "₪": "ILS", "฿": "THB", "₫": "VND", "₱": "PHP", "₵": "GHS", "₸": "KZT",
    "৳": "BDT",
    "rs": "INR", "rs.": "INR", "ksh": "KES", "kshs": "KES", "tsh": "TZS", "ush": "UGX", "rp": "IDR", "zł": "PLN",
    "n": "NGN", "chf": "CHF", "usd": "USD", "eur": "EUR", "gbp": "GBP", "jpy": "JPY", "cny": "CNY", "rmb": "CNY",
    "ngn": "NGN", "kes": "KES", "inr": "INR", "rub": "RUB", "krw": "KRW",
}  # fmt: skip
_SIGN_BEFORE = re.compile(rf"(?<!\w)({'|'.join(re.escape(s) for s in sorted(SIGNS, key=len, reverse=True))})\s?\Z")
_SIGN_AFTER = re.compile(r"\s?([$€£¥₩₦₹₽₺₴₪฿₫]|usd|eur|chf|zł|kč)(?!\w)")
_PERCENT_BEFORE = re.compile(r"[%٪]\s?\Z")
_NAME_BEFORE = re.compile(r"[^\W\d_][-\u2010\u2011]?\Z|[^\W\d_]\.\Z")
_LETTER_AFTER = re.compile(r"[a-zа-яα-ω]")
_PAIR = re.compile(r"\s?[-\u2010-\u2015:\u2212~～〜]\s?")
_SLASH = re.compile(r"\s?/\s?")
_SHARED_UNITS = {
    "km": "km", "kg": "kg", "cm": "cm", "mm": "mm", "m": "m", "km/h": "kmh", "mw": "mw", "gw": "gw", "kwh": "kwh",
    "°c": "degree", "°": "degree", "℃": "degree", "°f": "degree_f", "ha": "ha", "gb": "gb", "tb": "tb",
}  # fmt: skip
_ARTICLE_COUNTERS = frozenset("个個种種项項座家")
_YEARS = (1500, 2150)
_SCALE_MARK = 2  # letters of a scale that is only written behind digits ("5m", "3bn")


@dataclass(frozen=True, slots=True)
class Number:
    """One number where it stands: `text` with sign and unit, exact `value` (None for times and scores).

    `kind` is number, percent, money, measure, duration, ordinal, score, pair, range, year, time or vague; `unit` a code
    ("USD", "km", "year") or the normalised time or score. `approximate` when "about", "nearly" and such stand by it.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    unit: str
    kind: str
    approximate: bool = False


@remembered
def numbers(text: str, language: str, *, exclude: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """All numbers of the text in order; those that overlap a range of `exclude` (dates, say) are left out."""
    known = rules(language)
    times = [
        Number(t.start, t.end, text[t.start : t.end], None, t.clock, "time") for t in clock_times(text, language)
    ]
    taken = [*exclude, *((time.start, time.end) for time in times)]
    whole, found = quantities(text, language)
    read: list[Number] = []
    for quantity in found:
        start, end = whole.origin(quantity.start, quantity.end)
        if read and start < read[-1].end:
            continue  # "40 por cento": the hundred belongs to the per cent
        if _overlaps(start, end, taken):
            continue
        number = _read(quantity, whole.text, known)
        if number is not None:
            number = _signed(number, whole.text)
            first, last = whole.origin(number.start, number.end)
            read.append(replace(number, start=first, end=last, text=text[first:last]))
    paired = _pairs(read, text, known)
    paired.extend(_ordinal_words(text, language, [*taken, *((number.start, number.end) for number in paired)]))
    return sorted(_approximate([*paired, *times], text, language), key=lambda number: number.start)


def _ordinal_words(text: str, language: str, taken: Sequence[tuple[int, int]]) -> list[Number]:
    """Ordinals in words, those inside a title ("first lady", "premier ministre") left out."""
    known = rules(language)
    values = {fold(word): value for word, value in known.ordinals.items()}
    shunned = {fold(word) for word in known.number_homographs}
    taken = [*taken, *((title.start, title.end) for title in find_phrases(text, language, "office_titles"))]
    return [
        Number(p.start, p.end, p.text, Decimal(values[" ".join(p.phrase.split())]), "", "ordinal")
        for p in find_phrases(text, language, "ordinals")
        if p.phrase not in shunned and not _overlaps(p.start, p.end, taken)
    ]


def _overlaps(start: int, end: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in ranges)


def _read(quantity: Quantity, folded_text: str, known: Rules) -> Number | None:
    """The quantity with the unit beside it, offsets still in the folded text; None when it is part of a name."""
    head, tail = (
        folded_text[max(0, quantity.start - 40) : quantity.start],
        folded_text[quantity.end : quantity.end + 40],
    )
    bare = Number(quantity.start, quantity.end, "", quantity.value, "", "number")
    for reader in (_ordinal, _percent, _money, _measure):
        number = reader(bare, head, tail, known)
        if number is not None:
            return number
    if quantity.bare:
        if quantity.end - quantity.start <= _SCALE_MARK and folded_text[quantity.start].isascii():
            return None  # the "m" of "I'm"
        return replace(bare, kind="vague") if quantity.value >= 100 and not quantity.in_digits else None
    if quantity.in_digits and known.spaces and (_NAME_BEFORE.search(head) or _LETTER_AFTER.match(tail)):
        return _decade(bare, tail) if known.code != "ko" else _plain(bare, folded_text)
    if not quantity.in_digits and _word_ordinal(folded_text[quantity.start : quantity.end], known):
        return replace(bare, kind="ordinal")
    return _plain(bare, folded_text)


def _plain(bare: Number, folded_text: str) -> Number:
    written = folded_text[bare.start : bare.end]
    if len(written) == 4 and written.isdigit() and _YEARS[0] <= int(written) <= _YEARS[1]:
        return replace(bare, kind="year")
    return bare


def _signed(number: Number, folded_text: str) -> Number:
    minus = re.search(r"(?:^|[\s(])[-\u2212]$", folded_text[max(0, number.start - 2) : number.start])
    if minus and number.value is not None and number.kind != "year":
        return replace(number, start=number.start - 1, value=-number.value)
    return number


def _decade(bare: Number, tail: str) -> Number | None:
    decade = re.match(r"'?s(?!\w)", tail)
    if decade and bare.value is not None and bare.value % 10 == 0:
        return replace(bare, end=bare.end + decade.end(), kind="year", unit="decade")
    return None


def _ordinal(bare: Number, head: str, tail: str, known: Rules) -> Number | None:
    suffix = _ordinal_suffix(known.code).match(tail)
    if suffix:
        return replace(bare, end=bare.end + suffix.end(), kind="ordinal")
    prefix = next((p for p in known.ordinal_prefixes if head.endswith(p)), "")
    return replace(bare, start=bare.start - len(prefix), kind="ordinal") if prefix else None


def _percent(bare: Number, head: str, tail: str, known: Rules) -> Number | None:
    following = _unit_after(known.code, "percent").match(tail)
    if following:
        return replace(bare, end=bare.end + following.end(), unit="%", kind="percent")
    leading = _PERCENT_BEFORE.search(head) or (
        known.scale_first and _unit_before(known.code, "percent").search(head)
    )
    return replace(bare, start=bare.start - len(leading.group()), unit="%", kind="percent") if leading else None


def _money(bare: Number, head: str, tail: str, known: Rules) -> Number | None:
    sign = _SIGN_BEFORE.search(head)
    if sign and not (sign.group(1).isalpha() and len(sign.group(1)) == 1 and sign.group().endswith(" ")):
        end = bare.end
        word = _unit_after(known.code, "currencies").match(tail)
        return replace(bare, start=bare.start - len(sign.group()), end=end + (word.end() if word else 0),
                       unit=SIGNS[sign.group(1)], kind="money")  # fmt: skip
    sign = _SIGN_AFTER.match(tail)
    if sign:
        return replace(
            bare, end=bare.end + sign.end(), unit=SIGNS.get(sign.group(1), sign.group(1).upper()), kind="money"
        )
    return _named_unit(bare, head, tail, known, field="currencies", kind="money")


def _measure(bare: Number, head: str, tail: str, known: Rules) -> Number | None:
    return _named_unit(bare, head, tail, known, field="units", kind="measure") or _named_unit(
        bare, head, tail, known, field="time_units", kind="duration"
    )


def _named_unit(bare: Number, head: str, tail: str, known: Rules, *, field: str, kind: str) -> Number | None:
    table = _folded_units(known.code, field)
    following = _unit_after(known.code, field).match(tail)
    if following:
        if following.group("unit") in _ARTICLE_COUNTERS and bare.value == 1 and not head[-1:].isdigit():
            return None  # 一个 is "a", not "one"
        unit = table[" ".join(following.group("unit").split())]
        return replace(bare, end=bare.end + following.end(), unit=unit, kind=kind)
    if not known.scale_first:
        return None
    leading = _unit_before(known.code, field).search(head)
    if not leading:
        return None
    unit = table[" ".join(leading.group("unit").split())]
    return replace(bare, start=bare.start - len(leading.group()), unit=unit, kind=kind)


@lru_cache(maxsize=256)
def _folded_units(code: str, field: str) -> dict[str, str]:
    known = rules(code)
    if field == "percent":
        return {fold(word): "%" for word in known.percent}
    shared = _SHARED_UNITS if field == "units" else {}
    return {**shared, **{fold(word): unit for word, unit in getattr(known, field).items()}}


@lru_cache(maxsize=256)
def _unit_after(code: str, field: str) -> re.Pattern[str]:
    edge = after(rules(code))
    words = alternatives(_folded_units(code, field))
    return re.compile(rf"[\s\-\u2010\u2011]?(?:(?:of|de|del|di)\s|d')??(?:余|余り|多|여)?(?P<unit>{words}){edge}")


@lru_cache(maxsize=256)
def _unit_before(code: str, field: str) -> re.Pattern[str]:
    known = rules(code)
    return re.compile(rf"{before(known)}(?P<unit>{alternatives(_folded_units(code, field))})\s?$")


@lru_cache(maxsize=64)
def _ordinal_suffix(code: str) -> re.Pattern[str]:
    known = rules(code)
    return re.compile(rf"\s?(?:{alternatives(known.ordinal_suffixes)}){after(known)}" if code == "ko" else
                      rf"(?:{alternatives(known.ordinal_suffixes)}){after(known)}")  # fmt: skip


def _word_ordinal(word: str, known: Rules) -> bool:
    return word in {fold(ordinal) for ordinal in known.ordinals}


def _pairs(read: list[Number], text: str, known: Rules) -> list[Number]:
    """Numbers joined by a dash: a score when it cannot be a range, else the two ends of a range."""
    done: list[Number] = []
    position = 0
    while position < len(read):
        first = read[position]
        second = read[position + 1] if position + 1 < len(read) else None
        between = text[first.end : second.start] if second else ""
        if second is not None and _SLASH.fullmatch(between):
            done.append(_couple(first, second, text, "pair", "/"))
            position += 2
        elif second is not None and _PAIR.fullmatch(between) and _plain_pair(first, second):
            done.extend(_score_or_range(first, second, text, known))
            position += 2
        else:
            done.append(first)
            position += 1
    return done


def _plain_pair(first: Number, second: Number) -> bool:
    return (
        first.kind in {"number", "year", "money"}
        and second.kind != "time"
        and None not in {first.value, second.value}
    )


def _score_or_range(first: Number, second: Number, text: str, known: Rules) -> list[Number]:
    low, high = first.value or Decimal(0), second.value or Decimal(0)
    plain = first.kind == second.kind == "number"
    if (
        plain
        and (
            low >= high
            or (low <= 5 and high <= 9 and _WON.search(text, max(0, first.start - 120), second.end + 120))
        )
        and high < 200
    ):
        return [_couple(first, second, text, "score", "-")]
    unit = second.unit or first.unit
    kind = "range" if plain else (second.kind if second.unit or not first.unit else first.kind)
    if low < high and low < 1000:  # "$5-6 billion": the scale said once holds for both
        written = re.search(r"\d+(?:[.,]\d+)?", second.text)
        low *= high / Decimal(written.group().replace(",", ".")) if written and high >= 10000 else 1
    return [replace(first, unit=unit, kind=kind, value=low), replace(second, unit=unit, kind=kind)]


def _couple(first: Number, second: Number, text: str, kind: str, mark: str) -> Number:
    unit = f"{first.value}{mark}{second.value}"
    return Number(first.start, second.end, text[first.start : second.end], None, unit, kind)


_WON = re.compile(
    r"\b(?:won|win|wins|beat|beats|lost|draw|drew|victory|defeat|score|goals?|gagné|battu|victoire|match|ganó|gana|venció"
    r"|partido|goles|siegt|gewann|выиграл|победил\w*|счет\w*|счёт\w*|матч\w*)\b|이겼|승리|패배|꺾|战胜|戰勝|击败|破|勝|فاز|هزم|जीत|हराया",
    re.IGNORECASE,
)


def _approximate(found: list[Number], text: str, language: str) -> list[Number]:
    hints = find_phrases(text, language, "approximations")
    if not hints:
        return found
    marked = []
    for number in found:
        near = any(
            (hint.end <= number.start and not text[hint.end : number.start].strip())
            or (number.end <= hint.start and not text[number.end : hint.start].strip())
            or (hint.start < number.end and number.start < hint.end)
            for hint in hints
        )
        marked.append(replace(number, approximate=True) if near else number)
    return marked
