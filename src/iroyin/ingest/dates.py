"""Dates of feeds and pages in many languages, each with how sure it is; a date that cannot be is none.

HIGH: day, time and zone are stated. LOW: a part was assumed (no zone, no time, two-digit year, month by name in
another language). NONE: unreadable or outside [2000, now + 1 day]; the desk then uses the time of first sight.
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from iroyin.model import Confidence

Dated = tuple[datetime | None, Confidence]

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
LONGEST = 120
_FURTHEST_ZONE = 14 * 60

_UNKNOWN: Dated = (None, Confidence.NONE)
_REFUSALS = (ValueError, TypeError, OverflowError, LookupError, AttributeError, RecursionError)
_ZONES = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120, "MEZ": 60,
    "MESZ": 120, "MET": 60, "MEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "MSD": 240, "TRT": 180,
    "IRST": 210,
    "GST": 240, "PKT": 300, "IST": 330, "NPT": 345, "ICT": 420, "WIB": 420, "WITA": 480, "WIT": 540, "HKT": 480,
    "SGT": 480, "PHT": 480, "AWST": 480, "JST": 540, "KST": 540, "ACST": 570, "AEST": 600, "AEDT": 660,
    "NZST": 720, "NZDT": 780, "WAT": 60, "CAT": 120, "SAST": 120, "EAT": 180, "ART": -180, "BRT": -180,
    "CLT": -240, "CLST": -180, "NST": -210, "AST": -240, "ADT": -180, "EST": -300,
    "EDT": -240, "CST": -360, "CDT": -300, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
}  # fmt: skip
# One name, two zones: the feed's language decides.
_ZONES_BY_LANGUAGE = {("CST", "zh"): 480, ("IST", "he"): 120, ("IST", "ga"): 60, ("AST", "ar"): 180}
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTHS = {name: n for n, full in enumerate(_ENGLISH, 1) for name in (full, full[:3])} | {"sept": 9}

_TIME = r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
_ZONE = (
    r"\s*(?P<zone>Z|[A-Za-z]{1,5}\s?[+-]\d{1,2}:?(?:\d{2})?|[+-]\d{1,2}:?(?:\d{2})?|[A-Za-z]{2,5})?"
    r"(?:\s*\([\w ]{1,40}\))?"
)
_SHAPES = tuple(
    re.compile(shape, re.I)
    for shape in (
        # 2026-11-23T10:00:00+01:00, 20261123T100000Z, 2026/11/23 10:00, 2026-11-23
        rf"(?P<y>\d{{4}})([-/.]?)(?P<mo>\d{{2}})\2(?P<d>\d{{2}})(?:(?:T|\s+)\s*{_TIME}{_ZONE})?",
        r"(?P<y>\d{4})-?(?P<mo>\d{2})-?(?P<d>\d{2})T(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})(?P<half>)"
        r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?",
        # Mon, 23 Nov 2026 10:00:00 +0100; also "Mo," and a missing time
        rf"(?:[^\W\d_]{{1,12}}\.?,?\s*)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?P<name>[a-z]{{3,9}})"
        rf"\.?,?[\s-](?P<y>\d{{4}}|\d{{2}})(?:,?\s+(?:at\s+)?{_TIME}{_ZONE})?",
        # November 23, 2026 at 10:00 AM EST
        rf"(?:[a-z]{{3,9}},?\s+)?(?P<name>[a-z]{{3,9}})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
        rf"(?P<y>\d{{4}})(?:,?\s+(?:at\s+)?{_TIME}{_ZONE})?",
        # Mon Nov 23 10:00:00 CET 2026
        rf"[a-z]{{3,9}},?\s+(?P<name>[a-z]{{3}})\s+(?P<d>\d{{1,2}})\s+{_TIME}{_ZONE}\s+(?P<y>\d{{4}})",
    )
)


def parse(text: str, *, now: datetime, language: str = "") -> Dated:
    """The moment the text states, in UTC, and how sure it is. Total.

    >>> parse("Mon, 23 Nov 2026 10:00:00 CET", now=datetime(2026, 11, 23, 12, tzinfo=UTC))[0].isoformat()
    '2026-11-23T09:00:00+00:00'
    """
    found = in_figures(text, now=now, language=language)
    if found is not None:
        return found
    moment = _in_words(_tidied(text), _code(language), now.date().isoformat())
    return clamp(moment, Confidence.LOW, now=now) if moment else _UNKNOWN


def in_figures(text: str, *, now: datetime, language: str = "") -> Dated | None:
    """The same for the standard shapes and English months alone, without a library; None for any other text."""
    text = _tidied(text)
    if not text or len(text) > LONGEST or not any(char.isdigit() for char in text):
        return _UNKNOWN
    if text.isdigit() and len(text) in (9, 10, 13):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return clamp(datetime.fromtimestamp(seconds, UTC), Confidence.HIGH, now=now)
    for shape in _SHAPES:
        found = shape.fullmatch(text)
        if found:
            month = _month(found.groupdict())
            if month:
                return _read(found.groupdict(), month, now=now, language=_code(language))
    return None


def clamp(moment: datetime, confidence: Confidence, *, now: datetime) -> Dated:
    """The aware moment in UTC with its confidence, or none when it is outside [2000, now + 1 day]."""
    try:
        moment = moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return _UNKNOWN
    return (moment, confidence) if EARLIEST <= moment <= now + AHEAD else _UNKNOWN


def _tidied(text: str) -> str:
    return " ".join(_ascii_digits(text[: LONGEST + 1]).split())


def _code(language: str) -> str:
    return language.partition("-")[0].lower()


def _ascii_digits(text: str) -> str:
    if text.isascii():
        return text.strip()
    text = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in text).strip()


def _month(parts: dict[str, str | None]) -> int:
    return int(parts["mo"] or 0) if "mo" in parts else _MONTHS.get((parts["name"] or "").lower(), 0)


def _read(parts: dict[str, str | None], month: int, *, now: datetime, language: str) -> Dated:
    year = int(parts["y"] or 0)
    sure = Confidence.HIGH
    if len(parts["y"] or "") == 2:
        year, sure = year + (2000 if year < 70 else 1900), Confidence.LOW
    hour, half = int(parts.get("h") or 0), (parts.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    minutes = _zone(parts.get("zone") or "", language)
    if minutes is None or not parts.get("h"):
        sure = Confidence.LOW
    try:
        day = datetime(year, month, int(parts["d"] or 0), tzinfo=timezone(timedelta(minutes=minutes or 0)))
        # Hour 24 and leap second 60 are legal and unknown to datetime.
        moment = day + timedelta(hours=_within(hour, 24), minutes=_within(int(parts.get("m") or 0), 59))
        moment += timedelta(seconds=_within(int(parts.get("s") or 0), 60))
    except (ValueError, OverflowError):
        return _UNKNOWN
    return clamp(moment, sure, now=now)


def _within(value: int, most: int) -> int:
    if value > most:
        raise ValueError(value)
    return value


def _zone(name: str, language: str) -> int | None:
    """Minutes east of Greenwich; None when no zone is given or it is not known."""
    found = re.fullmatch(r"([A-Za-z]*)\s?([+-]?)([\d:]*)", name)
    letters, sign, digits = found.groups() if found else ("", "", "")
    if not sign:
        upper = letters.upper()
        return _ZONES_BY_LANGUAGE.get((upper, language), _ZONES.get(upper))
    digits = digits.replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    total = hours * 60 + minutes
    return None if total > _FURTHEST_ZONE or minutes > 59 else (-total if sign == "-" else total)


@lru_cache(maxsize=4096)
def _in_words(text: str, language: str, today: str) -> datetime | None:
    """A date written with another language's words, by dateparser; no part of it is guessed."""
    import dateparser
    from dateparser.conf import SettingValidationError

    settings = {
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "RELATIVE_BASE": datetime.fromisoformat(today),
    }
    code = "en" if language in {"", "und"} else language
    try:
        return dateparser.parse(text, languages=[code], settings=settings)
    except (*_REFUSALS, SettingValidationError):
        return None
