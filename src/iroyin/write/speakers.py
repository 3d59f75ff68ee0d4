"""Who is quoted: the full name that the article gives, the role that the sentence gives, and who is no speaker."""

import re
from collections.abc import Callable, Iterator

from iroyin.languages import QuoteMark, find_phrases, names, places, rules, words
from iroyin.model import Article
from iroyin.write.candidates import names_of
from iroyin.write.leaning import is_aside, is_nobody, is_place

_PARTICLES = "al|el|ibn|bin|von|van|de|da|del|der|of|dos|di"
_ROLE = re.compile(r"\s*,\s+(?P<role>[^,;:.!?“”\"«»„()\n]{4,90})(?=[,.;:]|$)")
_LONGEST_ROLE = 14  # words
_OFFICE = re.compile(
    r"^(?:of|de|du|des|del|di|von) [A-ZÀ-Þ][a-zà-ÿ]+ (?=[A-ZÀ-Þ][^ ]* [A-ZÀ-Þ])"
)  # "(Secretary) of Defense"
_ACRONYM = re.compile(r"[A-Z]{2,5}")
_BY = 24  # characters before a name in which "quoted by" stands
_CITED = re.compile(
    r"\b(?:cit[ée]e?s?|cited|quoted|told|citad[oa]s?|zitiert|citat[oaie])\b.{0,12}$", re.IGNORECASE
)


def whole_name(speaker: str, text: str) -> str:
    """The speaker with the particle and name that follow in the text: "Nabil" is "Nabil al-Sharari" there."""
    speaker = _OFFICE.sub("", speaker)
    found = re.search(rf"(?<!\w){re.escape(speaker)}((?: (?:{_PARTICLES})[- ][A-ZÀ-Þ][^\W\d_]*)+)", text)
    return speaker + found.group(1) if found else speaker


def full_name(speaker: str, article: Article) -> str:
    """The name by which the article first calls the one it quotes by surname alone; else the speaker as given."""
    if " " in speaker or rules(article.language).script not in {"Latn", "Cyrl", "Grek"}:
        return speaker
    return next(_longer(speaker, article), speaker)


def _longer(speaker: str, article: Article) -> Iterator[str]:
    ending = re.compile(rf"(?<!\w){re.escape(speaker)}(?!\w)")
    for start, end in article.body_sentences:
        text = article.text[start:end]
        if ending.search(text):
            for name in names_of(text, article.language):
                parts = name.text.split()
                if 1 < len(parts) <= 4 and parts[-1] == speaker and not places(name.text, article.language):
                    yield name.text


def role(said: QuoteMark, text: str, language: str) -> str:
    """What the sentence says of the speaker right after the name ("an analyst at the Carrick Institute"), or ""."""
    at = text.find(said.speaker)
    found = _ROLE.match(text, at + len(said.speaker)) if at >= 0 and said.speaker else None
    if found is None:
        return ""
    told = found["role"].strip()
    listed = words(told, language)
    if (
        not 1 < len(listed) <= _LONGEST_ROLE
        or is_aside(told, language)
        or find_phrases(told, language, "speech_verbs")
    ):
        return ""
    return told


def is_speaker(said: QuoteMark, text: str, language: str, is_outlet: Callable[[str], bool]) -> bool:
    """Whether the speaker is a name, no country, no newsroom, and no longer name beside might be meant instead."""
    if not names(said.speaker, language) or places(said.speaker, language) or is_outlet(said.speaker):
        return False
    if is_nobody(said.speaker, language):
        return False
    outside = text[: said.outer_start] + " " * (said.outer_end - said.outer_start) + text[said.outer_end :]
    at = outside.find(said.speaker)
    if at >= 0 and (is_place(outside, at, language) or _CITED.search(outside[max(0, at - _BY) : at])):
        return False
    if _ACRONYM.fullmatch(said.speaker) and at > 0 and not outside[at:].startswith(f"{said.speaker} {said.verb}"):
        return False
    beside = names(outside, language)
    fuller = [name.text for name in beside if " " in name.text and said.speaker not in name.text]
    return " " in said.speaker or not fuller
