"""What platforms are asked for, made from the story: its weightiest names and words, in the languages of its sources.

A query is two terms of one language. When too little comes back it is widened to its first term; when much comes back
and little of it speaks of the story it is narrowed by a third.
"""

from collections.abc import Sequence

from iroyin.model import Query
from iroyin.reaction.profile import Profile, squeezed

FEW = 5  # posts below which a query is widened
MANY = 20  # posts from which a query may be narrowed
PURE = 0.3  # share of relevant posts below which it is
QUERIES = 8  # at once, over all languages


def queries(about: Profile, languages: Sequence[str]) -> tuple[Query, ...]:
    """The first queries, one a language and those of `languages` first; then a second one each where there is room."""
    order = [code for code in languages if code in about.terms]
    order += [code for code in about.terms if code not in order]
    pairs = {code: _pairs(about, code) for code in order}
    found = [Query(pairs[code][turn], code) for turn in (0, 1) for code in order if len(pairs[code]) > turn]
    return tuple(dict.fromkeys(found))[:QUERIES]


def next_query(asked: Query, about: Profile, *, found: int, relevant: int) -> Query | None:
    """The query to ask after this one, in view of what came back; None when it was right or nothing is left to try."""
    if found < FEW and len(asked.words) > 1:
        return Query(asked.words[:1], asked.language)
    if found >= MANY and relevant < PURE * found and len(asked.words) < 3:
        more = [term for term in _apart(about, asked.language) if term not in asked.words]
        return Query((*asked.words, more[0]), asked.language) if more else None
    return None


def _pairs(about: Profile, language: str) -> list[tuple[str, ...]]:
    """Two terms and two others; the second query shares the first term, which the story turns on."""
    apart = _apart(about, language)
    if len(apart) < 2:
        return [tuple(apart)] if apart else []
    return [(apart[0], apart[1]), *([(apart[0], apart[2])] if len(apart) > 2 else [])]


def _apart(about: Profile, language: str) -> list[str]:
    """The language's terms without those that stand within another."""
    found: list[str] = []
    for term, _ in about.terms.get(language, ()):
        key = squeezed(term)
        if not any(key in squeezed(other) or squeezed(other) in key for other in found):
            found.append(term)
    return found
