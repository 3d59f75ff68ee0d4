"""Quotations: what stands between quotation marks, and who is said to have said it.

All quote styles are read in every language, because outlets mix them; single marks count only when they are no
apostrophes, and title marks (《》) are no quotation at all. The speaker is looked for beside the marks, where a
speech verb of the language stands.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from iroyin.languages.names import Name, names
from iroyin.languages.phrases import Phrase, find_phrases
from iroyin.languages.remembered import remembered
from iroyin.languages.rules import Rules, rules

_CLOSING_MARKS = "”’»\"'“」』 "
_STRAIGHT = '"'
_LONGEST = 3000
_DEEPEST = 6
_WINDOW = 160
_Marked = TypeVar("_Marked", Phrase, Name)
_STOPS = re.compile(r"[.!?。！？؟।]\s|\n|[。！？।]")


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """A quotation: `start` and `end` lie inside the marks, `outer_start` and `outer_end` outside them.

    `speaker` is the name beside it as printed ("" when none is found), `verb` the speech verb ("" when none: then it
    may be a term in quotes), `depth` 0 for an outermost quotation. `open` when it is carried on in the next paragraph.
    """

    start: int
    end: int
    text: str
    speaker: str
    verb: str
    outer_start: int
    outer_end: int
    depth: int = 0
    open: bool = False


@remembered
def quotes(text: str, language: str) -> list[QuoteMark]:
    """All quotations of the text in order of their start, nested ones after the one they are in."""
    known = rules(language)
    ranges = _ranges(text, known)
    if not ranges:
        return []
    covered = bytearray(len(text) + 1)
    for start, end, depth, _ in ranges:
        if depth == 0:
            covered[start:end] = b"\x01" * (end - start)
    verbs = [verb for verb in find_phrases(text, language, "speech_verbs") if not covered[verb.start]]
    named = [name for name in names(text, language) if not covered[name.start]]
    found: list[QuoteMark] = []
    for start, end, depth, carried in ranges:
        outer = next((mark for mark in reversed(found) if mark.depth == 0), None)
        if depth and outer:  # what is quoted within a quotation is told by its speaker
            first, last = _trim(text, start + 1, end - 1)
            found.append(QuoteMark(first, last, text[first:last], outer.speaker, outer.verb, start, end, depth))
            continue
        zone = _clip_left(text, start), _clip_right(text, start, end, covered)
        near_verbs, near_names = _within(verbs, *zone), _within(named, *zone)
        speaker, verb = _speaker(text, start, end, zone, near_verbs, near_names, known)
        inner_start, inner_end = _trim(text, start + 1, end if carried else end - 1)
        found.append(
            QuoteMark(
                inner_start, inner_end, text[inner_start:inner_end], speaker, verb, start, end, depth, carried
            )
        )
    return _carry_speakers(found)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the spaces French sets inside its marks."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


def _carry_speakers(found: list[QuoteMark]) -> list[QuoteMark]:
    """A quotation of several paragraphs has one speaker, named at its last or first paragraph."""
    for index in range(len(found) - 2, -1, -1):
        here, after = found[index], found[index + 1]
        if here.open and not here.speaker and after.speaker:
            found[index] = QuoteMark(here.start, here.end, here.text, after.speaker, after.verb, here.outer_start,
                                     here.outer_end, here.depth, here.open)  # fmt: skip
    for index in range(1, len(found)):
        here, earlier = found[index], found[index - 1]
        if earlier.open and not here.speaker and earlier.speaker:
            found[index] = QuoteMark(here.start, here.end, here.text, earlier.speaker, earlier.verb, here.outer_start,
                                     here.outer_end, here.depth, here.open)  # fmt: skip
    return found


_Range = tuple[int, int, int, bool]


def _ranges(text: str, known: Rules) -> list[_Range]:
    """(start, end, depth, carried) with the marks included, by one walk with a stack of open marks."""
    closers = _closing(known.code)
    found: list[_Range] = []
    stack: list[tuple[str, int]] = []
    for offset, char in enumerate(text):
        if char == "\n" and stack:
            found.extend(_at_line_end(text, offset, stack))
            stack = []
        elif char not in closers and not any(char in closers[mark] for mark, _ in stack):
            continue
        elif _closes(text, offset, stack, closers):
            while stack:
                mark, start = stack.pop()
                if char in closers[mark]:
                    found.append((start, offset + 1, len(stack), False))
                    break
        elif char in closers and len(stack) < _DEEPEST and _opens(text, offset, char):
            stack.append((char, offset))
    found.extend(_at_line_end(text, len(text), stack))
    found = [r for r in found if r[1] - r[0] > 2 and r[1] - r[0] <= _LONGEST and text[r[0] + 1 : r[1] - 1].strip()]
    return sorted(found, key=lambda r: (r[0], -r[1]))


def _at_line_end(text: str, end: int, stack: list[tuple[str, int]]) -> list[_Range]:
    """An open mark at a line's end is a quotation only when the next paragraph opens with the same mark."""
    if not stack:
        return []
    mark, start = stack[0]
    follows = text[end : end + 8].lstrip("\n ")[:1]
    return [(start, end, 0, True)] if follows == mark and mark != "'" and end - start > 20 else []


def _closes(text: str, offset: int, stack: list[tuple[str, int]], closers: dict[str, str]) -> bool:
    char = text[offset]
    if not any(char in closers[mark] for mark, _ in stack):
        return False
    if char in "'\u2019":
        before, following = text[offset - 1 : offset], text[offset + 1 : offset + 2]
        if following.isalnum() or before.isspace():
            return False
        # "the workers' union": an apostrophe after s, while a better closing mark is still to come on the line
        if before.lower() == "s" and following == " ":
            line_end = text.find("\n", offset)
            return text.find(char, offset + 1, line_end if line_end >= 0 else len(text)) < 0
        return True
    return True


def _opens(text: str, offset: int, char: str) -> bool:
    before, following = text[offset - 1 : offset] if offset else "", text[offset + 1 : offset + 2]
    if not following or (following.isspace() and char not in "«»"):
        return False
    if char in "'\u2018\u2019\u201a":
        dense = bool(before) and ord(before) > 0x2E7F
        return (not before or dense or not before.isalnum()) and not following.isdecimal()
    if char == _STRAIGHT:
        return not before.isdecimal()  # 5" is inches
    return True


@lru_cache(maxsize=64)
def _closing(code: str) -> dict[str, str]:
    """For each opening mark the marks that may close it; the language's own pairs come before the shared ones."""
    own = rules(code).quote_marks
    closers: dict[str, str] = {}
    openers = {opening for opening, _ in own}
    for opening, closing in (*own, *_SHARED):
        if opening in closers and closing in closers[opening]:
            continue
        reversed_pair = opening in {c for _, c in own} and opening not in openers
        if not reversed_pair:
            closers[opening] = closers.get(opening, "") + closing
    return closers


_SHARED = (
    ("“", "”"),
    ("‘", "’"),
    ('"', '"'),
    ("'", "'"),
    ("«", "»"),
    ("„", "“"),
    ("„", "”"),
    ("‚", "‘"),
    ("「", "」"),
    ("『", "』"),
)


def _within(found: list[_Marked], left: int, right: int) -> list[_Marked]:
    """Those of the ordered phrases or names that lie between the two offsets."""
    first = bisect_left(found, left, key=lambda item: item.start)
    last = bisect_left(found, right, key=lambda item: item.start)
    return [item for item in found[first:last] if item.end <= right]


def _speaker(
    text: str, start: int, end: int, zone: tuple[int, int], verbs: list[Phrase], named: list[Name], known: Rules
) -> tuple[str, str]:
    """The name and the speech verb beside the quotation, within its own sentence; the nearest verb leads."""
    left, right = zone
    beside = [verb for verb in verbs if verb.end <= start or verb.start >= end]
    ranked = sorted(beside, key=lambda v: v.start - end if v.start >= end else start - v.end)
    for verb in ranked:
        low, high = (end, right) if verb.start >= end else (left, start)
        people = [name for name in named if low <= name.start and name.end <= high]
        if people:
            return min(people, key=lambda name: _distance(name, verb)).text, verb.text
    if not ranked:
        return "", ""
    before = [name for name in named if name.end <= start]
    return _subject_before(text[left:start], before, known), ranked[0].text


def _distance(name: Name, verb: Phrase) -> int:
    return name.start - verb.end if name.start >= verb.end else verb.start - name.end


def _subject_before(lead: str, people: list[Name], known: Rules) -> str:
    """Who speaks when the verb stands behind the quotation and its subject in front of it, as in Korean."""
    if people:
        return people[-1].text
    marked = _SUBJECTS.get(known.code)
    match = marked.search(lead) if marked else None
    return match.group("subject").strip() if match else ""


_SUBJECTS = {
    "ko": re.compile(r"(?P<subject>(?:\w+\s){0,2}\w+?)(?:께서는|은|는|이|가)\s(?:[^“\"]{0,24}\s)?$"),
    "ja": re.compile(r"(?P<subject>[^、。\s]{2,20})(?:は|が)[^「]{0,20}$"),
    "zh": re.compile(
        r"(?:^|[，。；！？\s])(?P<subject>[^，。；！？\s的了就会是在]{2,12}?)(?:对[^，。]{1,12})?(?:说|表示|称|指出|認為|认为|强调|說|稱)[：，]?$"
    ),
}


def _clip_right(text: str, start: int, end: int, covered: bytearray) -> int:
    """The end of the sentence that goes on after the quotation; the quotation's end when it closed the sentence."""
    if text[start:end].rstrip(_CLOSING_MARKS).endswith((".", "।")):
        return end
    tail = text[end : end + _WINDOW]
    stop = _STOPS.search(tail)
    limit = end + (stop.start() if stop else len(tail))
    following = covered.find(1, end, limit)
    return limit if following < 0 else following


def _clip_left(text: str, start: int) -> int:
    """The start of the sentence the quotation stands in."""
    head = text[max(0, start - _WINDOW) : start]
    last = 0
    for stop in _STOPS.finditer(head):
        last = stop.end()
    return start - len(head) + last
