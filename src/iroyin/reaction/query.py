"""What platforms are asked for, made from the story: its weightiest names and words, in the languages of its sources.

A query is two names of one language, as its headlines have them: who and where, or who and who else. When too little
comes back it is widened to its first term; when much comes back and little of it speaks of the story it is narrowed by
a third.
"""

from collections.abc import Sequence

from iroyin.languages.subjects import subjects
from iroyin.model import Query, TagKind
from iroyin.reaction.profile import Profile, squeezed

FEW = 5  # posts below which a query is widened
MANY = 20  # posts from which a query may be narrowed
PURE = 0.3  # share of relevant posts below which it is
QUERIES = 12  # at once, over all languages


def queries(about: Profile, languages: Sequence[str]) -> tuple[Query, ...]:
    """The first queries, one a language and those of `languages` first; then a second one each where there is room."""
    order = [code for code in languages if code in about.terms]
    order += [code for code in about.terms if code not in order]
    pairs = {code: _pairs(about, code) for code in order}
    found = [Query(pairs[code][turn], code) for turn in (0, 1) for code in order if len(pairs[code]) > turn]
    return tuple(dict.fromkeys(found))[:QUERIES]


def next_query(asked: Query, about: Profile, *, found: int, relevant: int, so_far: int) -> Query | None:
    """The query to ask after this one, in view of what came back; None when it was right or nothing is left to try.

    `so_far` counts what all queries to the same source found: where that is enough, none is widened.
    """
    if found < FEW and so_far < FEW and len(asked.words) > 1:
        return Query(asked.words[:1], asked.language)
    if found >= MANY and relevant < PURE * found and len(asked.words) < 3:
        terms = [*asked.words, *(term for term, _ in about.terms.get(asked.language, ()))]
        more = [term for term in _apart(terms) if term not in asked.words]
        return Query((*asked.words, more[0]), asked.language) if more else None
    return None


def _pairs(about: Profile, language: str) -> list[tuple[str, ...]]:
    """Who and where, then who and who else; where headlines name too little, the story's weightiest terms."""
    heads = _apart(about.heads.get(language, ()))
    where = [name for name in heads if _is_place(name, language)]
    who = [name for name in heads if name not in where]
    pairs: list[tuple[str, ...]] = [(who[0], where[0])] if who and where else []
    pairs += [(who[0], who[1])] if len(who) > 1 else []
    pairs += [(where[0], where[1])] if len(where) > 1 and not who else []
    if pairs:
        return pairs
    terms = _apart([*heads, *(term for term, _ in about.terms.get(language, ()))])
    return [tuple(terms[:2])] if terms else []


def _is_place(name: str, language: str) -> bool:
    return any(key.startswith(f"{TagKind.PLACE}-") for key in subjects(name, language))


def _apart(terms: Sequence[str]) -> list[str]:
    """The terms without those that stand within one before them, or have one within."""
    found: list[str] = []
    for term in terms:
        key = squeezed(term)
        if not any(key in squeezed(other) or squeezed(other) in key for other in found):
            found.append(term)
    return found
