"""Names in scripts without capitals, by what surely marks them: countries, Latin letters, titles of office.

This finds the people a news text introduces by title and leaves the rest unsaid: no dictionary, no guessing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from iroyin.languages.phrases import alternatives, folded
from iroyin.languages.places import place_ranges
from iroyin.languages.rules import Rules, rules
from iroyin.languages.words import fold

_LATIN = re.compile(
    r"(?<![A-Za-z])[A-Z][A-Za-z\u00c0-\u024f0-9.&-]*"
    r"(?:[ -](?:[A-Z][A-Za-z\u00c0-\u024f0-9.&-]*|of|de|von|van|al|bin))*(?<=[A-Za-z\u00c0-\u024f0-9])"
)
_HAN_STOPS = (
    "的在于於对對将將和与與及说說表示称稱指认為为是把被从從到也都已并並曾就向"
    "，。、：；！？“”「」『』《》（）()… \n,"
)
_Found = tuple[int, int, str]
_SPACED_REACH = 3
_PARTICLES = (
    "에서",
    "에게",
    "과",
    "와",
    "의",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "에",
    "도",
    "로",
    "한",
    "된",
    "인",
)


def uncased_names(text: str, known: Rules) -> list[_Found]:
    """(start, end, title) of each name, in order, none overlapping; people first, then places and Latin words."""
    taken: list[_Found] = []
    for start, end, title in (*_titled(text, known), *_places(text, known), *_latin(text)):
        if start < end and not any(start < last and first < end for first, last, _ in taken):
            taken.append((start, end, title))
    return sorted(taken)


def _places(text: str, known: Rules) -> Iterator[_Found]:
    for start, end, _ in place_ranges(text, known.code):
        yield start, end, ""


def _latin(text: str) -> Iterator[_Found]:
    for match in _LATIN.finditer(text):
        if len(match.group()) > 1:
            yield *match.span(), ""


def _titled(text: str, known: Rules) -> Iterator[_Found]:
    if known.code == "ko":
        return _korean(text)
    if known.code == "ja":
        return _japanese(text)
    if known.code == "zh":
        return _chinese(text)
    return _after_title(text, known)


@lru_cache(maxsize=8)
def _title_pattern(code: str) -> str:
    return "|".join(re.escape(title) for title in sorted(rules(code).office_titles, key=len, reverse=True))


def _korean(text: str) -> Iterator[_Found]:
    surnames = rules("ko").surnames
    between = r"(?:전\s|현\s|[가-힣]{2,6}\s)?"
    pattern = (
        rf"(?<![가-힣])(?P<name>[가-힣]{{2,7}}(?:\s[가-힣]{{2,5}})?)\s{between}(?P<title>{_title_pattern('ko')})"
    )
    for match in re.finditer(pattern, text):
        start, end = match.span("name")
        words = match.group("name").split()
        if len(words) == 2 and (len(words[0]) < 2 or words[0].endswith(_PARTICLES) or len(words[1]) < 2):
            start = end - len(words[1])  # "베이징에서 시진핑": only the word beside the title
        name = text[start:end]
        if name[-1] not in "은는이가을를의에도와과" or (name[0] in surnames and len(name) == 3):
            yield start, end, match.group("title")


def _japanese(text: str) -> Iterator[_Found]:
    pattern = rf"(?P<name>[ァ-ヺー]{{2,}}(?:[・＝][ァ-ヺー]+)*|[一-龯々]{{2,5}})(?P<title>{_title_pattern('ja')})"
    for match in re.finditer(pattern, text):
        name = match.group("name")
        if name not in {"同", "前", "元", "副"} and fold(name) not in _place_words("ja"):
            yield *match.span("name"), match.group("title")


def _chinese(text: str) -> Iterator[_Found]:
    surnames = rules("zh").surnames
    stops = re.escape(_HAN_STOPS)
    titles = _title_pattern("zh")
    verbs = "|".join(map(re.escape, rules("zh").speech_verbs))
    for match in re.finditer(
        rf"(?:{titles})(?=(?P<native>[{surnames}][一-龥]{{1,2}})|(?P<foreign>[^{stops}]{{2,12}}))", text
    ):
        start = match.end()
        end = _native_end(text, match) if match["native"] else _foreign_end(match, verbs)
        if end > start + 1:
            yield start, end, match.group()
    pattern = rf"(?:^|[{stops}])(?P<name>[{surnames}][一-龥]{{1,2}})(?={verbs}|(?:{titles}))"
    for match in re.finditer(pattern, text, re.MULTILINE):
        yield *match.span("name"), ""
    yield from _chinese_leaders(text, stops)


def _native_end(text: str, match: re.Match[str]) -> int:
    """A Chinese or Korean name in characters: a surname and two more, or one when a function word follows it."""
    start, end = match.span("native")
    return start + 2 if text[start + 2 : end] in _HAN_STOPS else end


def _foreign_end(match: re.Match[str], verbs: str) -> int:
    """A name spelled by sound goes on to the next function word or speech verb; too long a run is none."""
    start, end = match.span("foreign")
    spoken = re.search(verbs, match["foreign"])
    end = start + spoken.start() if spoken else end
    return end if end - start <= 6 or "·" in match["foreign"] else start


def _chinese_leaders(text: str, stops: str) -> Iterator[_Found]:
    """Foreign leaders with the title behind the name: 特朗普总统; a country before the title is no name."""
    pattern = (
        rf"(?:^|[{stops}])(?P<name>[^{stops}]{{2,8}})(?P<title>总统|總統|总理|總理|首相|议员|議員|先生|女士|教授)"
    )
    for match in re.finditer(pattern, text, re.MULTILINE):
        name, start = match.group("name"), match.start("name")
        for place in sorted(_place_words("zh"), key=len, reverse=True):
            if name.startswith(place):
                start += len(place)
                break
        rest = text[start : match.end("name")]
        if len(rest) >= 2 and rest[0] not in "前副新时原代" and "国" not in rest:
            yield start, match.end("name"), match.group("title")


def _after_title(text: str, known: Rules) -> Iterator[_Found]:
    """Up to three words after a title, as long as they are no function word and no speech verb."""
    whole = folded(text)
    stop, office = _stop_words(known.code), _title_words(known.code)
    title_of = re.compile(rf"(?<!\w)(?:{alternatives(known.office_titles)})\s")
    for match in title_of.finditer(whole.text):
        position, taken = match.end(), 0
        name_start = end = position
        while taken < _SPACED_REACH:
            word = re.compile(r"[^\s,،.।؛:;!?؟()\"“”«»]+").match(whole.text, position)
            if not word or word.group() in stop or word.group().isdecimal():
                break
            if not taken and word.group() in office:  # the title's own second word
                name_start = position = word.end() + 1
                continue
            end, taken = word.end(), taken + 1
            if whole.text[end : end + 1] != " ":
                break
            position = end + 1
        if taken:
            start, last = whole.origin(name_start, end)
            yield start, last, text[whole.origins[match.start()] : start].strip()


@lru_cache(maxsize=32)
def _stop_words(code: str) -> frozenset[str]:
    known = rules(code)
    listed = [*known.stopwords, *known.speech_verbs, *known.dangling_openers, *known.negations, *known.hedges,
              *known.relative_days, *known.number_words]  # fmt: skip
    return frozenset(part for phrase in listed for part in fold(phrase).split())


@lru_cache(maxsize=32)
def _title_words(code: str) -> frozenset[str]:
    return frozenset(part for title in rules(code).office_titles for part in fold(title).split())


@lru_cache(maxsize=8)
def _place_words(code: str) -> frozenset[str]:
    from iroyin.languages.places import country_names

    return frozenset(country_names(code))
