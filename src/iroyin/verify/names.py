"""The check `name`: each name is in a passage, and spelled as the story spells it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from iroyin.languages import Name, fold, names, words
from iroyin.model import Dossier, Finding, Sentence
from iroyin.verify.evidence import Context, Passage, is_aligned

_SHORTEST_STEM = 4
_MOST_SENTENCES = 12
_LONGEST_ENDING = 3
# Languages whose names take case endings; elsewhere one more letter is another name (Anders, Anderson).
_INFLECTED = frozenset(
    (
        "ru",
        "uk",
        "be",
        "pl",
        "cs",
        "sk",
        "sl",
        "hr",
        "sr",
        "mk",
        "lt",
        "lv",
        "fi",
        "et",
        "hu",
        "tr",
        "az",
        "kk",
        "el",
    )
)


def name(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """A name that no passage has, or one that this page spells otherwise."""
    for found in names_of(sentence.text, language):
        chosen = context.spellings.get(found.key)
        if chosen and chosen.casefold() != found.text.casefold():
            return Finding("name", found.text, near=chosen)
    if is_aligned(sentence, passages, language):
        return None
    return unknown_name(sentence.text, passages, language)


def unknown_name(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """The first name of the text that no single passage has, or None."""
    for found in names_of(text, language):
        if not any(_has(passage, found, language) for passage in passages):
            return Finding("name", found.text, near=_nearest(found, passages))
    return None


def spellings(dossier: Dossier) -> Mapping[str, str]:
    """The spelling of each name (by its key) that most independent newsrooms of the page's language use.

    Titles and the first sentences of each article decide. Ties go to the spelling used most often, then to the
    longer one, then to the first in code point order.
    """
    newsrooms: dict[tuple[str, str], set[str]] = defaultdict(set)
    uses: Counter[tuple[str, str]] = Counter()
    for article in dossier.native():
        for start, end in article.sentences[:_MOST_SENTENCES]:
            for found in names_of(article.text[start:end], article.language):
                spelled = (found.key, found.text)
                uses[spelled] += 1
                if not article.ai_written:
                    newsrooms[spelled].add(dossier.newsroom_of.get(article.id, article.newsroom))
    ranked = sorted(uses, key=lambda s: (s[0], -len(newsrooms[s]), -uses[s], s[1].isupper(), -len(s[1]), s[1]))
    chosen: dict[str, str] = {}
    for key, text in ranked:
        chosen.setdefault(key, text)
    return chosen


@lru_cache(maxsize=16384)
def names_of(text: str, language: str) -> tuple[Name, ...]:
    """`languages.names`, remembered."""
    return tuple(names(text, language))


@lru_cache(maxsize=16384)
def _folded(text: str, language: str) -> tuple[str, ...]:
    return tuple(words(text, language, marks=False))


def _has(passage: Passage, found: Name, language: str) -> bool:
    if any(found.key == other.key for other in names_of(passage.text, passage.language)):
        return True
    if fold(found.text) in fold(passage.text) and " " not in found.text:
        return _is_word(found.text, passage.text)
    wanted, have = _folded(found.text, language), _folded(passage.text, passage.language)
    width = len(wanted)
    runs = (have[i : i + width] for i in range(len(have) - width + 1))
    return any(all(_same_word(a, b, language) for a, b in zip(wanted, run, strict=True)) for run in runs)


def _is_word(found: str, text: str) -> bool:
    """Whether the folded name stands in the text without letters of a longer word before it."""
    wanted, whole = fold(found), fold(text)
    at = whole.find(wanted)
    while at >= 0:
        if at == 0 or not (whole[at - 1].isalpha() and whole[at - 1].isascii()):
            return True
        at = whole.find(wanted, at + 1)
    return False


def _same_word(one: str, other: str, language: str) -> bool:
    """Whether two folded words are one, a case ending of up to three letters aside."""
    if one == other:
        return True
    if language not in _INFLECTED:
        return one.removesuffix("'s") == other.removesuffix("'s")
    short, long = sorted((one, other), key=len)
    shared = 0
    while shared < len(short) and short[shared] == long[shared]:
        shared += 1
    ends = max(len(one), len(other)) - shared
    return (
        shared >= _SHORTEST_STEM and ends <= _LONGEST_ENDING and not (one[-1:].isdigit() or other[-1:].isdigit())
    )


def _nearest(found: Name, passages: Sequence[Passage]) -> str:
    near = [other.text for passage in passages for other in names_of(passage.text, passage.language)]
    shared = [text for text in near if set(fold(text).split()) & set(fold(found.text).split())]
    return (shared or near or [""])[0]
