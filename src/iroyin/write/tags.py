"""Tags: what the story's newsrooms tell about, countries and organisations by their keys, names as most spell them.

Countries, known organisations and topics belong to the story: they are counted over its articles in every language,
so each edition carries the same. Names belong to the page: only those that its own sources print.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from iroyin.languages import (
    Name,
    content_words,
    fold,
    month_names,
    rules,
    subject_name,
    subject_ranges,
    weekday_names,
    words,
)
from iroyin.languages.romanise import romanised
from iroyin.model import Article, Dossier, Tag, TagKind
from iroyin.write.candidates import Candidate, date_ranges, names_of
from iroyin.write.naming import LEADS, Named, covered, lead_sentences, naming

_MOST, _TOPICS = 6, 2
_SYLLABLES = (3, 4)  # of a Korean name: of two there are many words
_CHARACTERS = 4  # of a name in Chinese characters in Japanese
_COMPOUND = re.compile(r"-(?:based|born|led|backed|owned|style|run|made|era)$|['’]s\s")
_ADJECTIVE = re.compile(r"(?:an|ese|ish|ch|i)$")
_OBLIQUE = re.compile(r"(?:[уюеиыэ]|[оеы]й|[оеёыи]м|[оеи]го|[оеу]му|[аяи]х|ами|ями)$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITAL_ADJECTIVES = frozenset({"en", "nl"})
_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn", ""})


@dataclass(slots=True)
class _Uses:
    """Where a name was seen: in which newsrooms and sentences, and how it was spelled.

    `inside`: the sentences within which it stands; `heading`: its spellings at the head of a sentence; `alone`: it was
    seen without a common word right after it, so that it is no adjective.
    """

    rooms: set[str] = field(default_factory=set)
    sentences: set[tuple[str, int]] = field(default_factory=set)
    inside: set[tuple[str, int]] = field(default_factory=set)
    heading: set[str] = field(default_factory=set)
    alone: bool = False
    spelled: Counter[str] = field(default_factory=Counter)

    def nominative(self) -> set[str]:
        """The spellings that look like a first case: at the head of a sentence, or twice with such an ending."""
        often = {text for text, times in self.spelled.items() if times > 1}
        return self.heading | {text for text in often if not any(map(_OBLIQUE.search, text.split()))}


def tags(candidates: Sequence[Candidate], dossier: Dossier) -> tuple[Tag, ...]:
    """At most six places, people and organisations from titles and first sentences, and two topics; most told first.

    A name of one word must stand within two sentences, or within one in each of two newsrooms: at the head of a
    sentence and in a title any word has a capital. Outlets, months and words such as "Kenyan" are no tags.
    """
    known, topics = _subjects(dossier)
    parts = {fold(word) for _, tag in known if " " in tag.name for word in tag.name.split()}
    names = [(share, tag) for share, tag in _names(candidates, dossier) if fold(tag.name) not in parts]
    ranked = sorted([*names, *known], key=lambda pair: -pair[0])  # "the North" is no name beside North Korea
    kept = tuple(tag for _, tag in ranked[:_MOST])
    return kept + tuple(topics[:_TOPICS])


_Ranked = tuple[float, Tag]  # the share of the newsrooms that tell of it


def _names(candidates: Sequence[Candidate], dossier: Dossier) -> list[_Ranked]:
    """The names of the page's own sources, most newsrooms first."""
    articles = dossier.native()
    named = naming(dossier)
    uses = _uses(candidates, _not_tags(articles, dossier.language), named)
    rooms = len({c.newsroom for c in candidates})
    few = 2 if rooms > 1 else 1
    common = frozenset(word for c in candidates for word in _WORD.findall(c.text) if word[0].islower())
    ranked = sorted(uses, key=lambda key: (-len(uses[key].rooms), -len(uses[key].sentences), key))
    kept: list[str] = []
    for key in ranked:
        seen = uses[key]
        enough = len(seen.rooms) >= few or len(seen.sentences) >= 2
        confirmed = _is_confirmed(seen, named[key], dossier)
        if not enough or not _is_name(seen, dossier.language, common, confirmed=confirmed):
            continue
        if not any(key in other or other in key for other in kept):
            kept.append(key)
    found: dict[str, _Ranked] = {}
    for key in kept:
        spelling = _spelling(uses[key], dossier)
        found.setdefault(
            named[key].key, (len(uses[key].rooms) / rooms, Tag(named[key].key, named[key].kind, spelling))
        )
    return list(found.values())


@dataclass(slots=True)
class _Told:
    """How a subject is told of: by which newsrooms, in how many sentences, in how many titles."""

    rooms: set[str] = field(default_factory=set)
    lines: int = 0
    titles: int = 0


def _subjects(dossier: Dossier) -> tuple[list[_Ranked], list[Tag]]:
    """The countries and organisations of the story, and its topics; each is named in two sentences at least.

    A country or organisation is named by two newsrooms if there are two; a topic by half of them, and a second one
    in a title too: many stories mention a hospital and are not about medicine.
    """
    told, every = _told(dossier)
    known: list[_Ranked] = []
    topics: list[tuple[int, float, Tag]] = []
    for key in sorted(told, key=lambda key: (-len(told[key].rooms), -told[key].lines, key)):
        kind, share = TagKind(key.partition("-")[0]), len(told[key].rooms) / every
        name = subject_name(key, dossier.language)
        few = every / 2 if kind is TagKind.TOPIC else min(2, every)
        if not name or told[key].lines < 2 or len(told[key].rooms) < few:
            continue
        if kind is TagKind.TOPIC:
            topics.append((told[key].titles, share, Tag(key, kind, name)))
        else:
            known.append((share, Tag(key, kind, name)))
    topics.sort(key=lambda one: (-one[0], -one[1]))
    return known, [tag for place, (titles, _, tag) in enumerate(topics) if titles or not place]


def _told(dossier: Dossier) -> tuple[dict[str, _Told], int]:
    """What titles and first sentences in any language tell of, and by how many newsrooms the story is told."""
    honest = [article for article in dossier.articles if not article.ai_written] or list(dossier.articles)
    found: dict[str, _Told] = defaultdict(_Told)
    rooms = {a.id: dossier.newsroom_of.get(a.id, "") or a.newsroom for a in honest}
    for article in honest:
        for index, text in enumerate(lead_sentences(article)):
            for key in {key for _, _, key in subject_ranges(text, article.language)}:
                found[key].rooms.add(rooms[article.id])
                found[key].lines += 1
                found[key].titles += index == 0
    return found, len(set(rooms.values()))


def _is_confirmed(seen: _Uses, named: Named, dossier: Dossier) -> bool:
    """Whether a source in Latin letters has the name too, in the same form where names have cases; or there is none."""
    if rules(dossier.language).script == "Cyrl":
        return named.latin and all(romanised(text)[-1] == named.key[-1] for text in seen.spelled)
    return named.latin or all(rules(a.language).script != "Latn" for a in dossier.articles)


def _is_name(seen: _Uses, language: str, common: frozenset[str], *, confirmed: bool) -> bool:
    """Whether the uses show a name that can stand by itself. Where capitals are missing, `confirmed` is the proof."""
    script = rules(language).script
    if script not in _CASED:
        return _is_uncased_name(seen, language, confirmed=confirmed)
    if script == "Cyrl" and not confirmed and not seen.nominative():
        return False
    adjective = language in _CAPITAL_ADJECTIVES and not seen.alone and all(map(_ADJECTIVE.search, seen.spelled))
    if any(" " in text for text in seen.spelled):
        return not adjective
    lowered = any(text.lower() in common for text in seen.spelled)
    return len(seen.inside) >= 2 and not lowered and not adjective


def _uses(candidates: Iterable[Candidate], never: frozenset[str], named: Mapping[str, Named]) -> dict[str, _Uses]:
    """The uses of each name, a surname counted for the full name it belongs to."""
    found: dict[str, _Uses] = defaultdict(_Uses)
    for candidate in candidates:
        if candidate.index > LEADS:
            continue
        text, language = candidate.text, candidate.article.language
        days = date_ranges(text, language)
        for name in names_of(text, language):
            if name.key not in candidate.names or fold(name.text).strip() in never or name.key not in named:
                continue
            dated = any(start < name.end and name.start < end for start, end in days)
            if dated or _COMPOUND.search(name.text) or _is_month(text, name, language):
                continue
            if not covered(name, text, language):
                _note(found[named[name.key].full], candidate, name)
    return {key: seen for key, seen in found.items() if key in named and seen.spelled}


def _is_uncased_name(seen: _Uses, language: str, *, confirmed: bool) -> bool:
    text = max(seen.spelled, key=lambda text: (seen.spelled[text], text))
    if any(map(str.isdigit, text)):
        return False
    if language == "ko":
        return _SYLLABLES[0] <= len(text) <= _SYLLABLES[1] and text[0] in rules("ko").surnames
    return len(text) <= _CHARACTERS or "・" in text if language == "ja" else confirmed or language == "zh"


def _note(seen: _Uses, candidate: Candidate, name: Name) -> None:
    seen.rooms.add(candidate.newsroom)
    seen.sentences.add(candidate.key)
    seen.spelled[name.text] += 1
    seen.alone |= not _has_noun_after(candidate.text, name, candidate.article.language)
    if name.start == 0:
        seen.heading.add(name.text)
    if candidate.index and _is_inside(candidate.text, name):
        seen.inside.add(candidate.key)


def _not_tags(articles: Sequence[Article], language: str) -> frozenset[str]:
    outlets = {fold(text).strip() for a in articles for text in (a.outlet, a.newsroom, a.origin, a.author) if text}
    return frozenset(outlets | set(month_names(language)) | set(weekday_names(language)))


def _has_noun_after(text: str, name: Name, language: str) -> bool:
    """Whether a common word stands right behind the name: "Kenyan" in "the Kenyan port"."""
    tail = text[name.end :]
    following = _WORD.match(tail.lstrip()) if tail[:1].isspace() else None
    if following is None or not following.group()[0].islower():
        return False
    return bool(content_words(following.group(), language))


def _is_month(text: str, name: Name, language: str) -> bool:
    """Whether the word for "month" stands before the name ("oṣù Kínní")."""
    before = words(text[: name.start], language, marks=False)[-1:]
    return bool(before) and before[0] in _month_words(language)


@lru_cache(maxsize=64)
def _month_words(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word, unit in rules(language).time_units.items() if unit == "month")


def _is_inside(text: str, name: Name) -> bool:
    """Whether words stand before the name, so that its capital is its own."""
    head = text[: name.start].rstrip(" \"'“”‘’«»(")
    return any(char.isalpha() for char in head) and head[-1:] not in ".!?:"


def _spelling(seen: _Uses, dossier: Dossier) -> str:
    """The spelling that most newsrooms print anywhere in their texts; where names have cases, one that headed."""
    spelled = seen.nominative() if rules(dossier.language).script == "Cyrl" else set()
    spelled = spelled or set(seen.spelled)
    full = {text for text in spelled if " " in text}  # where a surname alone is used too
    spelled = full or spelled
    articles = [article for article in dossier.native() if not article.ai_written]
    rooms = {
        text: len({dossier.newsroom_of.get(a.id, a.newsroom) for a in articles if text in a.text})
        for text in spelled
    }
    return min(spelled, key=lambda text: (text.isupper(), -rooms[text], -len(text), text))
