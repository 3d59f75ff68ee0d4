"""Dates, weekdays and relative words of a text, resolved against the day the text was published.

What is read: absolute dates in the language's own month names (CLDR and its file), numeric and East Asian dates,
weekdays, "yesterday", "last month", "three days ago". What is left out: calendars other than the Gregorian one (the
Thai era apart), and feasts. A bare weekday is the last one gone, unless the sentence looks ahead.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from iroyin.languages.calendar_words import month_names, weekday_names
from iroyin.languages.phrases import BEFORE, Folded, after, alternatives, before, find_phrases, folded
from iroyin.languages.remembered import remembered
from iroyin.languages.rules import Rules, rules
from iroyin.languages.words import fold

_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_YEAR = r"(?:1[5-9]\d\d|20\d\d|25[4-9]\d)"
_DASH = r"\s?(?:[-\u2010-\u2015~～]|{range})\s?"
_ISO = re.compile(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])")
_NUMERIC = re.compile(r"(?<![\d./])(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?![\d/])")
_EAST = re.compile(
    r"(?:(?P<y>\d{4})\s?[年년]\s?)?(?P<m>1[0-2]|0?[1-9])\s?[月월]\s?(?P<d>3[01]|[12]\d|0?[1-9])\s?[日日号號일]"
    r"|(?P<y2>\d{4})\s?[年년]\s?(?P<m2>1[0-2]|0?[1-9])\s?[月월](?!\d)"
    r"|(?<![\d.,個个ヶヵカか개])(?P<m3>1[0-2]|[1-9])\s?[月월](?![份간\d])"
    r"|(?<![\d.,/])(?P<d3>3[01]|[12]\d|[1-9])\s?(?:[日号號](?![間间内])|일(?!간|\s?동안|째|\s?만|\s?이내|\s?연속|\s?뒤|\s?후|\s?전))"
    r"|(?P<y3>(?:1[5-9]|20)\d\d)\s?[年년](?![間间간])"
)
_EAST_WEEKDAY = re.compile(r"\s?[(（](?P<w>[月火水木金土日월화수목금토일])(?:曜日?|요일)?[)）]")
_BARE_YEAR = re.compile(r"(?<![\w.,$€£-])(?P<y>1[89]\d\d|20\d\d)(?![\w%]|[.,]\d|-\d)")
_INTERVAL_YEARS = re.compile(
    r"(?<!\d)(?P<y>1[89]\d\d|20\d\d)\s?[-\u2010-\u2015]\s?(?P<y2>(?:1[89]|20)?\d\d)(?!\d)"
)
_EAST_DAYS = {char: index for row in ("月火水木金土日", "월화수목금토일") for index, char in enumerate(row)}
_ADJACENT = re.compile(r"[\s,，(（]{0,3}(?:the|le|el|il|den|dem|der|o|a)?\s?[)）,]?\s?$")


_MONTH_LEADS = frozenset(
    {"in", "of", "since", "last", "until", "till", "by", "from", "early", "late", "this", "next"}
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date where it stands. `day` is its first day (None when it cannot be told), `weekday` 0 (Monday) to 6 when
    one is named, `relative` when it was resolved against the publication; `precision` is day, month, year, weekday
    (a weekday alone) or interval (a week, a run of days or years: `day` is its first)."""

    start: int
    end: int
    text: str
    day: date | None
    weekday: int | None
    relative: bool
    precision: str


_Found = tuple[int, int, date | None, str, bool]


@remembered
def dates(text: str, language: str, *, published: datetime) -> list[DateMention]:
    """All date mentions of the text in order, none overlapping, with weekdays joined to the date they stand by."""
    known, whole, today = rules(language), folded(text), published.date()
    taken: list[DateMention] = []
    readers: tuple[Callable[[Folded, Rules, date], Iterator[_Found]], ...] = (
        _numeric, _named, _ago, _east, _relative, _years,
    )  # fmt: skip
    absolute: set[int] = set()
    for reader in readers:
        for start, end, day, precision, relative in reader(whole, known, today):
            first, last = whole.origin(start, end)
            if not any(first < other.end and other.start < last for other in taken):
                taken.append(DateMention(first, last, text[first:last], day, None, relative, precision))
                if reader in (_numeric, _named, _east) and precision == "day":
                    absolute.add(first)
    joined = [_east_weekday(mention, text) for mention in sorted(taken, key=lambda mention: mention.start)]
    return _with_weekdays(joined, text, whole, known, today, absolute=absolute)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year - 543 if year > 2400 else year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, today: date) -> date | None:
    """The date of this day and month nearest to today."""
    candidates = [found for year in (-1, 0, 1) if (found := _date(today.year + year, month, day))]
    return min(candidates, key=lambda found: abs((found - today).days), default=None)


def _numeric(whole: Folded, known: Rules, today: date) -> Iterator[_Found]:
    del today
    for match in _ISO.finditer(whole.text):
        yield *match.span(), _date(int(match["y"]), int(match["m"]), int(match["d"])), "day", False
    for match in _NUMERIC.finditer(whole.text):
        first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
        readings = {found for found in (_date(year, second, first), _date(year, first, second)) if found}
        if known.numeric_order == "dmy" and second <= 12:
            readings = {found for found in [_date(year, second, first)] if found}
        yield *match.span(), readings.pop() if len(readings) == 1 else None, "day", False


def _named(whole: Folded, known: Rules, today: date) -> Iterator[_Found]:
    pattern = _named_pattern(known.code)
    if pattern is None:
        return
    months, ordinals = month_names(known.code), _ordinals(known.code)
    for match in pattern.finditer(whole.text):
        parts = {key: value for key, value in match.groupdict().items() if value}
        month = months[" ".join((parts.get("m1") or parts.get("m2") or parts["m3"]).split()).rstrip(".")]
        written = parts.get("d1") or parts.get("d2") or ""
        year = next((int(parts[key]) for key in ("y1", "y2", "y3") if key in parts), 0)
        if not written:
            if not year and not _month_alone(match, whole.text, known):
                continue
            day = _date(year, month, 1) if year else _nearest(month, 1, today)
            yield *match.span(), day, "month", not year
            continue
        number = int(written) if written.isdigit() else ordinals[" ".join(written.split())]
        until = parts.get("e1") or parts.get("e2")
        day = _date(year, month, number) if year else _nearest(month, number, today)
        yield *match.span(), day, "interval" if until else "day", not year


def _month_alone(match: re.Match[str], text: str, known: Rules) -> bool:
    """Whether a month name without day and year is surely a month: "May" and "march" need a preposition."""
    name = match["m3"]
    if name not in {fold(word) for word in known.month_homographs}:
        return len(name) > 3 or known.script != "Latn"
    lead = re.search(r"(\w+) $", text[: match.start()])
    return lead is not None and lead.group(1) in _MONTH_LEADS


@lru_cache(maxsize=64)
def _ordinals(code: str) -> dict[str, int]:
    return {fold(word): value for word, value in rules(code).ordinals.items() if value <= 31}


@lru_cache(maxsize=64)
def _named_pattern(code: str) -> re.Pattern[str] | None:
    known = rules(code)
    names = month_names(code)
    if not names:
        return None
    suffixes = alternatives([*known.ordinal_suffixes, "."])
    in_words = f"|{alternatives(_ordinals(code))}" if _ordinals(code) and known.spaces else ""
    joiner = rf"[\s,]{{1,2}}(?:(?:{alternatives(known.date_joiners)})\s)?" if known.date_joiners else r"[\s,]{1,2}"
    tight = r"[\s,]{0,2}" if code in {"th"} else joiner
    dash = _DASH.format(range=alternatives(known.range_words))
    edge_left, edge_right = before(known) or r"(?<!\d)", after(known)

    def month(group: str) -> str:
        slash = rf"(?:/(?:{alternatives(names)}))?" if known.script == "Arab" else ""
        return rf"(?P<{group}>{alternatives(names)})(?:\.(?=\s?\d))?{slash}{edge_right}"

    def year(group: str) -> str:
        return rf"(?:(?:{tight}(?:{alternatives(known.date_joiners)})?\s?|,\s?)(?P<{group}>{_YEAR})(?!\d))?"

    until = rf"(?:{dash}(?P<e1>{_DAY})(?:{suffixes})?)?"
    day_first = rf"(?P<d1>{_DAY}{in_words})(?:{suffixes})?{until}{tight}{month('m1')}{year('y1')}"
    until = rf"(?:{dash}(?P<e2>{_DAY})(?!\d))?"
    day_second = rf"(?:the\s)?(?P<d2>{_DAY})(?!\d|[.,]\d|:\d)(?:{suffixes})?"
    month_first = rf"{month('m2')}\s{day_second}{until}{year('y2')}"
    options = [rf"(?<![\d.,:]){day_first}", rf"{edge_left}{month('m3')}{year('y3')}"]
    if known.month_first:
        options.insert(1, rf"{edge_left}{month_first}")
    return re.compile("|".join(options))


def _east(whole: Folded, known: Rules, today: date) -> Iterator[_Found]:
    if known.code not in {"zh", "ja", "ko"}:
        return
    for match in _EAST.finditer(whole.text):
        parts = {key: int(value) for key, value in match.groupdict().items() if value}
        if "d" in parts:
            year = parts.get("y", 0)
            day = _date(year, parts["m"], parts["d"]) if year else _nearest(parts["m"], parts["d"], today)
            yield *match.span(), day, "day", not year
        elif "y2" in parts:
            yield *match.span(), _date(parts["y2"], parts["m2"], 1), "month", False
        elif "m3" in parts:
            yield *match.span(), _nearest(parts["m3"], 1, today), "month", True
        elif "d3" in parts:
            yield *match.span(), _day_of_month(parts["d3"], today), "day", True
        else:
            yield *match.span(), _date(parts["y3"], 1, 1), "year", False


def _day_of_month(number: int, today: date) -> date | None:
    """The day of this number nearest to today, in this month or the ones beside it."""
    firsts = [today.replace(day=1) + timedelta(days=shift) for shift in (-1, 0, 32)]
    found = [day for first in firsts if (day := _date(first.year, first.month, number))]
    return min(found, key=lambda day: abs((day - today).days), default=None)


def _ago(whole: Folded, known: Rules, today: date) -> Iterator[_Found]:
    pattern = _ago_pattern(known.code)
    if pattern is None:
        return
    words = {fold(word): value for word, value in known.number_words.items()}
    units = {fold(word): unit for word, unit in known.time_units.items()}
    for match in pattern.finditer(whole.text):
        parts = {key[0]: value for key, value in match.groupdict().items() if value}
        number = int(parts["n"]) if parts["n"].isdigit() else words[" ".join(parts["n"].split())]
        day, precision = _back(number, units[" ".join(parts["u"].split())], today)
        if precision:
            yield *match.span(), day, precision, True


def _back(number: int, unit: str, today: date) -> tuple[date | None, str]:
    if unit == "day" and number <= 3660:
        return today - timedelta(days=number), "day"
    if unit == "week" and number <= 520:
        monday = today - timedelta(days=today.weekday() + 7 * number)
        return monday, "interval"
    if unit == "month" and number <= 1200:
        return _shift_month(today, -number), "month"
    if unit == "year" and number <= today.year - 1500:
        return date(today.year - number, 1, 1), "year"
    return (today, "day") if unit in {"hour", "minute"} and number <= 6 else (None, "")


@lru_cache(maxsize=64)
def _ago_pattern(code: str) -> re.Pattern[str] | None:
    known = rules(code)
    if not known.ago:
        return None
    numbers = rf"\d{{1,4}}|{alternatives(known.number_words)}"
    options = []
    for index, template in enumerate(known.ago):
        inner = re.escape(fold(template)).replace(r"\ ", r"\s")
        inner = inner.replace(r"\{n\}", f"(?P<n{index}>{numbers})")
        inner = inner.replace(r"\{unit\}", f"(?P<u{index}>{alternatives(known.time_units)})")
        options.append(inner)
    return re.compile(rf"{before(known) or '(?<![0-9.])'}(?:{'|'.join(options)}){after(known)}")


def _relative(whole: Folded, known: Rules, today: date) -> Iterator[_Found]:
    days = {fold(word): shift for word, shift in known.relative_days.items()}
    spans = {fold(word): key for word, key in known.relative_spans.items()}
    pattern = _relative_pattern(known.code)
    for match in pattern.finditer(whole.text):
        if match["word"] is None:
            continue
        word = " ".join(match.group("word").split())
        if word in spans:
            yield *match.span("word"), *_span_day(spans[word], today), True
        else:
            yield *match.span("word"), today + timedelta(days=days[word]), "day", True


@lru_cache(maxsize=64)
def _relative_pattern(code: str) -> re.Pattern[str]:
    known = rules(code)
    words = alternatives([*known.relative_days, *known.relative_spans])
    ignored = alternatives(known.relative_ignored)
    edge = r"(?![一二三四五六日天])" if code == "zh" else after(known)  # 上周日 is a weekday
    return re.compile(rf"{BEFORE if code == 'ko' else before(known)}(?:{ignored}|(?P<word>{words})){edge}")


def _span_day(key: str, today: date) -> tuple[date | None, str]:
    unit, shift = re.fullmatch(r"([a-z]+)(-?\d+)", key).groups()  # type: ignore[union-attr]
    if unit == "week":
        return today - timedelta(days=today.weekday()) + timedelta(weeks=int(shift)), "interval"
    if unit == "month":
        return _shift_month(today, int(shift)), "month"
    return date(today.year + int(shift), 1, 1), "year"


def _shift_month(today: date, shift: int) -> date:
    months = today.year * 12 + today.month - 1 + shift
    return date(months // 12, months % 12 + 1, 1)


def _years(whole: Folded, known: Rules, today: date) -> Iterator[_Found]:
    del today
    for match in _INTERVAL_YEARS.finditer(whole.text):
        yield *match.span(), _date(int(match["y"]), 1, 1), "interval", False
    if not known.spaces:
        return
    for match in _BARE_YEAR.finditer(whole.text):
        if not _counts(whole.text[match.end() :], known):
            yield *match.span(), _date(int(match["y"]), 1, 1), "year", False


def _counts(tail: str, known: Rules) -> bool:
    """Whether what follows makes the four digits a quantity and no year."""
    words = [*known.units, *known.currencies, *known.scales, *known.time_units, *known.percent]
    return bool(re.match(rf"\s(?:{alternatives(words)}){after(known)}", tail))


def _with_weekdays(
    joined: list[DateMention], text: str, whole: Folded, known: Rules, today: date, *, absolute: set[int]
) -> list[DateMention]:
    """The mentions with each weekday joined to the date beside it, else as a mention of its own."""
    names = weekday_names(known.code)
    pattern = _weekday_pattern(known.code)
    for match in pattern.finditer(whole.text) if pattern else ():
        start, end = whole.origin(match.start("day"), match.end("day"))
        if any(mention.start < end and start < mention.end for mention in joined):
            continue
        number = names[" ".join(match.group("day").split())]
        fit = (i for i, m in enumerate(joined) if m.start in absolute and _beside(start, end, m, text))
        beside = next(fit, None)
        if beside is not None:
            mention = joined[beside]
            first, last = min(start, mention.start), max(end, mention.end)
            joined[beside] = replace(mention, start=first, end=last, text=text[first:last], weekday=number)
            continue
        day = _weekday_date(number, match, text, known, today, start)
        joined.append(DateMention(start, end, text[start:end], day, number, True, "weekday"))
    return sorted(joined, key=lambda mention: mention.start)


def _beside(start: int, end: int, mention: DateMention, text: str) -> bool:
    if mention.weekday is not None or mention.day is None:
        return False
    if end <= mention.start:
        return bool(_ADJACENT.fullmatch(fold(text[end : mention.start])))
    return mention.end <= start and bool(re.fullmatch(r"[\s,(（]{1,3}", text[mention.end : start]))


def _east_weekday(mention: DateMention, text: str) -> DateMention:
    after_it = _EAST_WEEKDAY.match(text, mention.end)
    if mention.precision != "day" or not after_it:
        return mention
    end = after_it.end()
    return replace(mention, end=end, text=text[mention.start : end], weekday=_EAST_DAYS[after_it["w"]])


@lru_cache(maxsize=64)
def _weekday_pattern(code: str) -> re.Pattern[str] | None:
    known, names = rules(code), weekday_names(code)
    if not names:
        return None
    lead = rf"(?:(?P<last>{alternatives(known.weekday_last)})|(?P<next>{alternatives(known.weekday_next)}))"
    gap = r"\s?" if not known.spaces or code == "ko" else r"\s"
    return re.compile(
        rf"{before(known)}(?:{lead}{gap})?(?P<day>{alternatives(names)}){after(known)}"
        rf"(?:{gap}(?:(?P<last2>{alternatives(known.weekday_last)})|(?P<next2>{alternatives(known.weekday_next)})))?"
    )


def _weekday_date(number: int, match: re.Match[str], text: str, known: Rules, today: date, start: int) -> date:
    back = (today.weekday() - number) % 7
    if match["next"] or match["next2"]:
        return today + timedelta(days=(number - today.weekday()) % 7 or 7)
    if match["last"] or match["last2"]:
        return today - timedelta(days=back or 7)
    lead = text[max(0, start - 120) : start]
    if any(not re.search(r"[.!?。]\s", lead[hint.end :]) for hint in find_phrases(lead, known.code, "future")):
        return today + timedelta(days=(number - today.weekday()) % 7)
    return today - timedelta(days=back)
