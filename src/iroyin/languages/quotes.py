"""Quotations: what stands between quotation marks, and who is said to have said it.

All quote styles are read in every language, because outlets mix them; single marks count only when they are no
apostrophes, and title marks (《》) are no quotation at all. The speaker is looked for beside the marks, where a
speech verb of the language stands.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from iroyin.languages.names import Name, names
from iroyin.languages.phrases import Phrase, find_phrases
from iroyin.languages.rules import Rules, rules

_CLOSING_MARKS = "”’»\"'“」』 "
_STRAIGHT = '"'
_LONGEST = 3000
_WINDOW = 160
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


def quotes(text: str, language: str) -> list[QuoteMark]:
    """All quotations of the text in order of their start, nested ones after the one they are in."""
    known = rules(language)
    ranges = _ranges(text, known)
    if not ranges:
        return []
    verbs = find_phrases(text, language, "speech_verbs")
    named = names(text, language)
    outer = [r for r in ranges if r[2] == 0]
    found = []
    for start, end, depth, carried in ranges:
        speaker, verb = _speaker(text, start, end, outer, verbs, named, known)
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
        elif char in closers and _opens(text, offset, char):
            stack.append((char, offset))
    found.extend(_at_line_end(text, len(text), stack))
    found = [r for r in found if r[1] - r[0] > 2 and r[1] - r[0] <= _LONGEST and text[r[0] + 1 : r[1] - 1].strip()]
    return sorted(found, key=lambda r: (r[0], -r[1]))


def _at_line_end(text: str, end: int, stack: list[tuple[str, int]]) -> list[_Range]:
    """An open mark at a line's end is a quotation only when the next paragraph opens with the same mark."""
    if not stack:
        return []
    mark, start = stack[0]
    follows = text[end:].lstrip("\n ")[:1]
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
            rest = text[offset + 1 :].split("\n", 1)[0]
            return char not in rest
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


def _speaker(
    text: str, start: int, end: int, outer: list[_Range], verbs: list[Phrase], named: list[Name], known: Rules
) -> tuple[str, str]:
    """The name and the speech verb beside the quotation, within its own sentence; the nearest verb leads."""
    left, right = _clip_left(text, start), _clip_right(text, start, end, outer)
    free_verbs = [v for v in verbs if _outside(v.start, v.end, outer)]
    free_names = [n for n in named if _outside(n.start, n.end, outer)]
    before = [v for v in free_verbs if left <= v.start and v.end <= start]
    behind = [v for v in free_verbs if end <= v.start and v.end <= right]
    ranked = sorted([*before, *behind], key=lambda v: v.start - end if v.start >= end else start - v.end)
    for verb in ranked:
        low, high = (end, right) if verb.start >= end else (left, start)
        people = [name for name in free_names if low <= name.start and name.end <= high]
        if people:
            return min(people, key=lambda name: _distance(name, verb)).text, verb.text
    if not ranked:
        return "", ""
    return _subject_before(
        text[left:start], [n for n in free_names if left <= n.start and n.end <= start], known
    ), ranked[0].text


def _distance(name: Name, verb: Phrase) -> int:
    return name.start - verb.end if name.start >= verb.end else verb.start - name.end


def _outside(start: int, end: int, outer: list[_Range]) -> bool:
    return not any(first < end and start < last for first, last, _, _ in outer)


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


def _clip_right(text: str, start: int, end: int, outer: list[_Range]) -> int:
    """The end of the sentence that goes on after the quotation; the quotation's end when it closed the sentence."""
    if text[start:end].rstrip(_CLOSING_MARKS).endswith((".", "।")):
        return end
    tail = text[end : end + _WINDOW]
    stop = _STOPS.search(tail)
    limit = end + (stop.start() if stop else len(tail))
    return min([limit, *(first for first, _, _, _ in outer if first >= end)])


def _clip_left(text: str, start: int) -> int:
    """The start of the sentence the quotation stands in."""
    head = text[max(0, start - _WINDOW) : start]
    last = 0
    for stop in _STOPS.finditer(head):
        last = stop.end()
    return start - len(head) + last
