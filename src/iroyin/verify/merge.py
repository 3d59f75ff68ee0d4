"""The check `merge`: one sentence does not join what is told of two different matters.

Each cited article must bear the sentence by itself, or those that share the work must tell of the same matter: have
names, figures or telling words in common beyond the sentence.
"""

from collections.abc import Sequence
from functools import lru_cache

from iroyin.languages import rules, stems
from iroyin.model import Finding, Sentence
from iroyin.verify.evidence import Context, Passage, is_aligned
from iroyin.verify.reading import names_of

_OWN = 0.2  # share of the sentence's content words that only one of the articles has
_FEWEST_OWN = 2
# Names the leads share; share of the smaller lead's words. Two reports of one event in AllSides mostly have a fifth in
# common, two events hardly ever.
_MANY_NAMES, _MUCH, _SOME = 3, 0.2, 0.12
_LEAD = 600  # characters of an article that tell what it is about


def merge(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """Facts of two different stories, or of two different matters, in one sentence."""
    del context
    if is_aligned(sentence, passages, language):
        return None
    return merged(sentence.text, passages, language)


def merged(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """The part of the text that another matter's passage bears, or None."""
    groups: dict[str, list[Passage]] = {}
    for number, passage in enumerate(passages):
        if passage.language == language:
            groups.setdefault(passage.article.id if passage.article else str(number), []).append(passage)
    if len(groups) < 2:
        return None
    mine = stems(text, language)
    held = {
        key: frozenset().union(*(stems(p.text, language) for p in group)) & mine for key, group in groups.items()
    }
    ranked = sorted(groups, key=lambda key: -len(held[key]))
    best, got = ranked[0], set(held[ranked[0]])
    for key in ranked[1:]:
        own = held[key] - got
        if len(own) < max(_FEWEST_OWN, _OWN * len(mine)):
            continue
        if not _one_matter(groups[best], groups[key], language):
            return Finding("merge", text, near=groups[key][0].text)
        got |= own
    return None


def _one_matter(one: Sequence[Passage], other: Sequence[Passage], language: str) -> bool:
    """Whether two sources tell of the same matter, by their names and words (of the articles, where they are known)."""
    names = [_names(source, language) for source in (one, other)]
    named = len(names[0] & names[1])
    told = [_telling(stems(_matter(source), language), language) for source in (one, other)]
    share = len(told[0] & told[1]) / max(1, min(map(len, told)))
    return named >= _MANY_NAMES or share >= _MUCH or (named > 0 and share >= _SOME)


def _telling(found: frozenset[str], language: str) -> frozenset[str]:
    """Without stems of two or three letters, which in many languages are in every text."""
    return frozenset(s for s in found if len(s) > 3) if rules(language).script == "Latn" else found


def _matter(source: Sequence[Passage]) -> str:
    article = source[0].article
    return article.text[:_LEAD] if article else " ".join(p.text for p in source)


def _names(source: Sequence[Passage], language: str) -> frozenset[str]:
    return _name_keys(_matter(source), language)


@lru_cache(maxsize=2048)
def _name_keys(text: str, language: str) -> frozenset[str]:
    return frozenset(name.key for name in names_of(text, language))
