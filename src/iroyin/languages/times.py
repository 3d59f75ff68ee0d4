"""Times of day, in every way the languages write them, as "HH:MM"."""

import re
from dataclasses import dataclass

from iroyin.languages.phrases import folded
from iroyin.languages.rules import canonical


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day where it stands, `clock` in 24 hours ("17:20")."""

    start: int
    end: int
    clock: str


_AFTERNOON = {"p.m", "p.m.", "pm", "오후", "下午", "晚上", "午後", "傍晚", "م", "مساء", "dop", "शाम", "रात"}
_COLON = re.compile(
    r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?:\s?(?P<half>[ap]\.?m\.?)(?!\w))?"
)
_ENGLISH = re.compile(
    r"(?<![\d:.,])(?P<hour>1[0-2]|0?[1-9])(?:\.(?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\.?)(?!\w)"
)
_FRENCH = re.compile(r"(?<![\d.,])(?P<hour>[01]?\d|2[0-4])\s?(?:h|heures?)\s?(?P<minute>[0-5]\d)?(?!\w)")
_GERMAN = re.compile(r"(?<![\d.,])(?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?\s?uhr(?!\w)")
_EAST = re.compile(
    r"(?P<half>오전|오후|下午|上午|晚上|凌晨|早上|傍晚|午前|午後)?\s?(?P<hour>[01]?\d|2[0-4])\s?(?:[時点點]|时(?!间)|시(?!간))(?!間|钟)"
    r"(?:\s?(?P<minute>[0-5]?\d)\s?[分분])?"
)
_PATTERNS = {"fr": (_FRENCH,), "de": (_GERMAN,), "ko": (_EAST,), "ja": (_EAST,), "zh": (_EAST,)}
# A French "10 heures" is as often a duration; only "20h", "11h20" and "à 10 heures" are surely times.
_FRENCH_SURE = re.compile(r"\d\s?h(?![a-z])|(?:a|vers|des|avant|apres)\s\d+\s?heures?$")


def clock_times(text: str, language: str) -> list[ClockTime]:
    """The times of day in the text, in order; durations ("3시간", "10 heures de route") are none."""
    code = canonical(language)
    whole = folded(text)
    found: dict[int, ClockTime] = {}
    for pattern in (_COLON, _ENGLISH, *_PATTERNS.get(code, ())):
        for match in pattern.finditer(whole.text):
            if pattern is _FRENCH and not _FRENCH_SURE.search(whole.text[max(0, match.start() - 6) : match.end()]):
                continue
            start, end = whole.origin(match.start(), match.end())
            if not any(start < other.end and other.start < end for other in found.values()):
                found[start] = ClockTime(start, end, _clock(match))
    return [found[start] for start in sorted(found)]


def _clock(match: re.Match[str]) -> str:
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    half = (parts.get("half") or "").strip()
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return f"{hour % 24:02d}:{minute:02d}"
