"""Tags: the names that most newsrooms give, spelled as most of them do."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from iroyin.languages import Name, content_words, fold, month_names, rules, weekday_names, words
from iroyin.model import Article, Dossier
from iroyin.write.candidates import Candidate, date_ranges, names_of

_MOST = 6
_LEADS = 6
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


def tags(candidates: Sequence[Candidate], dossier: Dossier) -> tuple[str, ...]:
    """At most six names from titles and first sentences, most newsrooms first.

    A name of one word must stand within two sentences, or within one in each of two newsrooms: at the head of a
    sentence and in a title any word has a capital. Outlets, months and words such as "Kenyan" are no tags.
    """
    articles = dossier.native()
    uses = _uses(candidates, _not_tags(articles, dossier.language))
    few = 2 if len({c.newsroom for c in candidates}) > 1 else 1
    common = frozenset(word for c in candidates for word in _WORD.findall(c.text) if word[0].islower())
    ranked = sorted(uses, key=lambda key: (-len(uses[key].rooms), -len(uses[key].sentences), key))
    kept: list[str] = []
    for key in ranked:
        seen = uses[key]
        enough = len(seen.rooms) >= few or len(seen.sentences) >= 2
        if not enough or not _is_name(seen, dossier.language, common):
            continue
        if not any(key in other or other in key for other in kept):
            kept.append(key)
    return tuple(_spelling(uses[key], dossier) for key in kept[:_MOST])


def _is_name(seen: _Uses, language: str, common: frozenset[str]) -> bool:
    """Whether the uses show a name that can stand by itself."""
    script = rules(language).script
    if script not in _CASED:
        return True
    if script == "Cyrl" and not seen.nominative():
        return False
    adjective = language in _CAPITAL_ADJECTIVES and not seen.alone and all(map(_ADJECTIVE.search, seen.spelled))
    if any(" " in text for text in seen.spelled):
        return not adjective
    lowered = any(text.lower() in common for text in seen.spelled)
    return len(seen.inside) >= 2 and not lowered and not adjective


def _uses(candidates: Sequence[Candidate], never: frozenset[str]) -> dict[str, _Uses]:
    found: dict[str, _Uses] = defaultdict(_Uses)
    for candidate in candidates:
        if candidate.index > _LEADS:
            continue
        text, language = candidate.text, candidate.article.language
        days = date_ranges(text, language)
        for name in names_of(text, language):
            if name.key not in candidate.names or fold(name.text).strip() in never:
                continue
            dated = any(start < name.end and name.start < end for start, end in days)
            if dated or _COMPOUND.search(name.text) or _is_month(text, name, language):
                continue
            seen = found[name.key]
            seen.rooms.add(candidate.newsroom)
            seen.sentences.add(candidate.key)
            seen.spelled[name.text] += 1
            seen.alone |= not _has_noun_after(text, name, language)
            if name.start == 0:
                seen.heading.add(name.text)
            if candidate.index and _is_inside(text, name):
                seen.inside.add(candidate.key)
    return found


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
    spelled = seen.nominative() if rules(dossier.language).script == "Cyrl" else set(seen.spelled)
    articles = [article for article in dossier.native() if not article.ai_written]
    rooms = {
        text: len({dossier.newsroom_of.get(a.id, a.newsroom) for a in articles if text in a.text})
        for text in spelled
    }
    return min(spelled, key=lambda text: (text.isupper(), -rooms[text], -len(text), text))
