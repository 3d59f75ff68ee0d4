"""Where newsrooms give different figures for the same matter, and which sentences tell an older figure.

First form: figures beside the same word or in the same unit, in clauses and sentences alike, with values that
differ. Nobody is called right: each newsroom's latest sentence is shown, the newest first.
"""

from collections.abc import Sequence

from iroyin.languages import places
from iroyin.model import Difference, Sentence
from iroyin.write.allowance import Allowance
from iroyin.write.candidates import Candidate
from iroyin.write.claims import Claim, shared
from iroyin.write.statements import Statement, statements

_ALIKE = 0.25
_FARTHEST = 4
_MOST = 3
_BARE = 2
_ROUNDING = 0.05

Key = tuple[str, int]


def differences(
    claims: Sequence[Claim], allowance: Allowance
) -> tuple[tuple[Difference, ...], frozenset[Key], frozenset[Key]]:
    """The differences; the keys of sentences whose figure a later report replaced; those of all contested ones."""
    told = [s for claim in claims for s in statements(claim)]
    found: list[Difference] = []
    stale: set[Key] = set()
    contested: set[Key] = set()
    shown: set[Key] = set()
    for matter in _matters(told):
        latest = _latest(matter)
        contested |= {s.claim.candidate.key for s in matter}
        stale |= {s.claim.candidate.key for s in matter if s.value != latest[0].value}
        usable = [s for s in latest if _is_usable(s, allowance)]
        keys = {s.claim.candidate.key for s in usable}
        if len(found) < _MOST and len({s.value for s in usable}) > 1 and not keys & shown:
            shown |= keys
            for statement in usable:
                allowance.take(statement.claim.candidate)
            found.append(Difference(_label(usable, told), tuple(_printed(s) for s in usable)))
    return tuple(found), frozenset(stale), frozenset(contested)


def _is_usable(statement: Statement, allowance: Allowance) -> bool:
    candidate = statement.claim.candidate
    return allowance.stands_alone(candidate) and allowance.fits(candidate)


def _printed(statement: Statement) -> Sentence:
    candidate = statement.claim.candidate
    return candidate.sentence(attribution=candidate.article.outlet)


def _label(usable: Sequence[Statement], told: Sequence[Statement]) -> str:
    """The word that all of them count, as the newest prints it; "" when it counts other matters too."""
    common = frozenset.intersection(*(s.beside for s in usable))
    for stem in sorted(common):
        others = [s for s in told if stem in s.beside]
        if all(s.frame & usable[0].frame for s in others) and stem in usable[0].printed:
            return usable[0].printed[stem]
    return ""


def _matters(told: Sequence[Statement]) -> list[list[Statement]]:
    """Statements on one matter by two newsrooms or more whose values differ, most talked of first."""
    links: dict[int, set[int]] = {}
    for i, one in enumerate(told):
        for j in range(i + 1, len(told)):
            if _differ(one, told[j]):
                links.setdefault(i, set()).add(j)
                links.setdefault(j, set()).add(i)
    found: list[list[Statement]] = []
    seen: set[int] = set()
    for start in sorted(links):
        if start in seen:
            continue
        group, waiting = set(), [start]
        while waiting:
            at = waiting.pop()
            if at not in group:
                group.add(at)
                waiting.extend(links[at])
        seen |= group
        found.append([told[i] for i in sorted(group)])
    return sorted(found, key=lambda m: (-len({s.claim.candidate.newsroom for s in m}), m[0].claim.candidate.key))


def _differ(one: Statement, other: Statement) -> bool:
    """Whether two newsrooms give another value of the same order of size for what looks like the same matter."""
    mine, theirs = one.claim.candidate, other.claim.candidate
    if one.value == other.value or mine.newsroom == theirs.newsroom or one.unit != other.unit:
        return False
    low, high = sorted((abs(one.value), abs(other.value)))
    if (one.approximate or other.approximate) and high - low <= _ROUNDING * high:
        return False
    if high > _FARTHEST * max(low, 1.0) or not _same_matter(one, other):
        return False
    if _elsewhere(mine, theirs):
        return False
    return shared(mine, theirs) >= _ALIKE and other.value not in one.values and one.value not in other.values


def _elsewhere(one: Candidate, other: Candidate) -> bool:
    """Whether the sentences tell of different places or parties: no country, or no name at all, in common."""
    mine, theirs = (places(c.text, c.article.language) for c in (one, other))
    if mine and theirs and not mine & theirs:
        return True
    both_named = one.names and other.names and one.index and other.index
    return bool(both_named) and not one.names & other.names


def _same_matter(one: Statement, other: Statement) -> bool:
    """Whether the figures stand beside a common word and their clauses share one more, or nothing but the figure.

    A clause such as "three dead" or "14 workers injured" has no second word to share.
    """
    beside = one.beside & other.beside
    if not beside:
        return False
    return len(one.frame & other.frame) > 1 or min(len(one.frame), len(other.frame)) <= _BARE


def _latest(matter: Sequence[Statement]) -> list[Statement]:
    """Each newsroom's latest statement, the newest first; within an article the first body sentence."""
    held: dict[str, Statement] = {}
    for s in sorted(
        matter, key=lambda s: (s.claim.candidate.article.published_at, -(s.claim.candidate.index or 999))
    ):
        held[s.claim.candidate.newsroom] = s
    return sorted(
        held.values(), key=lambda s: (-s.claim.candidate.article.published_at.timestamp(), s.claim.candidate.key)
    )
