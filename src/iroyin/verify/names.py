"""The check `name`: each name is in a passage, and spelled as the story spells it."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from iroyin.languages import CASED, Name, content_words, find_phrases, fold, name_key, rules, words
from iroyin.model import Dossier, Finding, Sentence
from iroyin.verify.aliases import has_other_form, parts_of
from iroyin.verify.edits import changes
from iroyin.verify.evidence import Context, Passage, is_aligned
from iroyin.verify.reading import names_of

_SHORTEST_STEM = 4
_MOST_SENTENCES = 12
_LONGEST_ENDING = 3
# Languages whose names take case endings; elsewhere one more letter is another name (Anders, Anderson).
INFLECTED = frozenset(
    {
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
    }
)
_LONGEST_RUN = 6
_LONGEST_NAME = 12  # characters, or three a word
_HYPHENS = "-\u2010\u2011\u2012\u2013"
_PARTICLE = re.compile(r"\s+(?:of|at|in|for)\s+(?:the\s+)?")
_PART = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"['’]s?$")
_ONE_MARK = str.maketrans(dict.fromkeys(_HYPHENS, "-") | {"’": "'", "ʼ": "'", "\u00a0": " "})


def name(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """A name that no passage has, or one that this page spells otherwise."""
    other = other_spelling(sentence.text, language, context.spellings)
    if other:
        return other
    if is_aligned(sentence, passages, language):
        return None
    return unknown_name(sentence.text, passages, language)


def other_spelling(text: str, language: str, spellings: Mapping[str, str]) -> Finding | None:
    """A name of the text that `spellings` (key to the page's spelling) spells otherwise."""
    for key, spelled in sorted(spelled_names(text, language)):
        chosen = spellings.get(key)
        if chosen and _is_other_spelling(spelled, chosen, language):
            return Finding("name", spelled, near=chosen)
    return None


def unknown_name(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """The first name of the text that no single passage has, or None."""
    for found in names_of(text, language):
        if language == "de" and not found.sure:
            continue  # every noun has a capital there
        if not any(_tells(passage, found, language) for passage in passages):
            return Finding("name", found.text, near=_nearest(found, passages))
    return _put_for_name(text, passages, language)


def _put_for_name(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """In a near copy without capitals to go by: words no passage has in the place of others, or of a known name."""
    known = rules(language)
    for edit in changes(text, passages, language) if known.script not in CASED else ():
        told = any(fold(edit.added) in fold(passage.text) for passage in passages)
        size = len(edit.added) if not known.spaces else 3 * len(edit.added.split())
        word = content_words(edit.added, language) - {fold(verb) for verb in known.speech_verbs}
        old = {n.key for n in names_of(edit.before, language)} - {n.key for n in names_of(edit.after, language)}
        title = find_phrases(edit.added, language, "office_titles")
        if (not told and word and 2 <= size <= _LONGEST_NAME) or (
            old and not title and names_of(edit.added, language)
        ):
            return Finding("name", edit.added, near=edit.removed)
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
            for spelled in spelled_names(article.text[start:end], article.language):
                uses[spelled] += 1
                if not article.ai_written:
                    newsrooms[spelled].add(dossier.newsroom_of.get(article.id, article.newsroom))
    ranked = sorted(uses, key=lambda s: (s[0], -len(newsrooms[s]), -uses[s], s[1].isupper(), -len(s[1]), s[1]))
    chosen: dict[str, str] = {}
    for key, text in ranked:
        chosen.setdefault(key, text)
    return chosen


@lru_cache(maxsize=16384)
def spelled_names(text: str, language: str) -> frozenset[tuple[str, str]]:
    """(key, spelling) of each name and of each run of two or more words inside one.

    "South Korea’s President Lee Jae Myung" is found as one name; its last three words are one too, and they are
    the part that another newsroom spells otherwise.
    """
    found = set()
    for name in names_of(text, language):
        found.add((name.key, name.text))
        parts = [part.span() for part in _PART.finditer(name.text)][:_LONGEST_RUN]
        for first, last in combinations(range(len(parts)), 2):
            run = name.text[parts[first][0] : parts[last][1]]
            found.add((name_key(run, language), run))
    return frozenset(found)


def _is_other_spelling(one: str, other: str, language: str) -> bool:
    """Whether the two differ in more than case, kind of mark, possessive or case ending."""
    mine, theirs = (_POSSESSIVE.sub("", text.translate(_ONE_MARK).casefold()) for text in (one, other))
    if mine == theirs:
        return False
    if language in INFLECTED:
        return [len(part.split("-")) for part in mine.split()] != [len(part.split("-")) for part in theirs.split()]
    return True


@lru_cache(maxsize=16384)
def _folded(text: str, language: str) -> tuple[str, ...]:
    return tuple(words(text, language, marks=False))


def _tells(passage: Passage, found: Name, language: str) -> bool:
    """Whether the passage has the name as it is, in another form, or in parts of which it has each."""
    if _has(passage, found, language) or has_other_form(found, passage.text, passage.language):
        return True
    for parts in parts_of(found, language) if passage.language == language else ():
        if all(_has(passage, part, language) or has_other_form(part, passage.text, language) for part in parts):
            return True
    return False


def _has(passage: Passage, found: Name, language: str) -> bool:
    if any(found.key == other.key for other in names_of(passage.text, passage.language)):
        return True
    if fold(found.text) in fold(passage.text) and " " not in found.text:
        return _is_word(found.text, passage.text)
    wanted, have = _folded(found.text, language), _folded(passage.text, passage.language)
    width = len(wanted)
    runs = (have[i : i + width] for i in range(len(have) - width + 1))
    if any(all(_same_word(a, b, language) for a, b in zip(wanted, run, strict=True)) for run in runs):
        return True
    return _is_named_otherwise(found, wanted, have, language)


def _is_named_otherwise(found: Name, wanted: Sequence[str], have: Sequence[str], language: str) -> bool:
    """Whether the passage has the name's words close together ("Oxford University", "University of Oxford")."""
    telling = {word for word in wanted if word not in {fold(p) for p in rules(language).name_particles}}
    if len(telling) < 2 or not telling <= set(have):
        return False
    width = len(wanted) + 2
    windows = (set(have[i : i + width]) for i in range(max(1, len(have) - width + 1)))
    if any(telling <= window for window in windows):
        return True
    parts = _PARTICLE.split(found.text) if language == "en" else [found.text]
    return len(parts) > 1 and all(
        any([*map(fold, part.split())] == list(have[i : i + len(part.split())]) for i in range(len(have)))
        for part in parts
    )


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
    if language not in INFLECTED:
        return one.removesuffix("'s") == other.removesuffix("'s") or one.replace("'", "") == other.replace("'", "")
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
