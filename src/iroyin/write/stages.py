"""Where in an article a sentence belongs: what happened and its details, reactions, background, what next."""

from datetime import timedelta
from enum import IntEnum
from functools import lru_cache

from iroyin.languages import dates, rules, words
from iroyin.write.candidates import Candidate
from iroyin.write.voice import without_quotations

_LONG_AGO = timedelta(days=21)


class Stage(IntEnum):
    """The part of an article, in reading order."""

    NEWS = 0
    REACTION = 1
    BACKGROUND = 2
    NEXT = 3


def stage(candidate: Candidate) -> Stage:
    """The part the sentence belongs to: by its days against that of its article, by a quotation, by future words."""
    text, language = candidate.text, candidate.article.language
    today = candidate.article.published_at
    told = [mention.day for mention in dates(text, language, published=today) if mention.day]
    if any(day > today.date() for day in told) or (not told and _looks_ahead(text, language)):
        return Stage.NEXT
    if told and all(day <= (today - _LONG_AGO).date() for day in told):
        return Stage.BACKGROUND
    return Stage.REACTION if without_quotations(text) != text else Stage.NEWS


@lru_cache(maxsize=16384)
def _looks_ahead(text: str, language: str) -> bool:
    known = rules(language)
    if not known.spaces:
        return False  # there such a word is often part of another
    padded = f" {' '.join(words(without_quotations(text), language))} "
    return any(f" {' '.join(words(phrase, language))} " in padded for phrase in known.future)
