"""Where newsrooms give different figures for the same matter, and which sentences tell an older figure.

Figures that count the same kind of thing, stand beside the same word or are in the same unit, in clauses and
sentences alike, with values that differ. Nobody is called right: each newsroom's latest sentence is shown, the
newest first.
"""

from collections.abc import Sequence
from dataclasses import replace

from iroyin.languages import places
from iroyin.model import Difference, Sentence
from iroyin.write.allowance import Allowance
from iroyin.write.candidates import Candidate
from iroyin.write.claims import Claim, shared
from iroyin.write.counted import labels, rank
from iroyin.write.statements import Statement, statements

_ALIKE, _ALIKE_KIND, _LEAD = 0.25, 0.12, 3
_ALIKE_FAR = (
    0.4  # where nothing but a word beside them says that the figures count one thing, and one is twice as large
)
_SHARES = frozenset({"%"})  # 7 and 18 per cent are rarely one thing
_MOVING = frozenset({"dead", "injured", "missing", "evacuated", "rescued"})
_NEAR, _NEAR_MAGNITUDE = 1.5, 1.1  # an aftershock is weaker than that
_LARGE, _SOME = 1000, 10
_MOST_SHOWN = 4
_FARTHEST = 4
_MOST = 3
_BARE = 2
_ROUNDING = 0.05

Key = tuple[str, int]


def differences(
    claims: Sequence[Claim], allowance: Allowance
) -> tuple[tuple[Difference, ...], frozenset[Key], frozenset[Key]]:
    """The differences; the keys of sentences whose figure a later report replaced; those of all contested ones.

    Matters told by the same sentences are one difference with both labels.
    """
    told = _with_kinds([s for claim in claims for s in statements(claim)])
    labelled: dict[tuple[Key, ...], list[str]] = {}
    shown: dict[tuple[Key, ...], list[Statement]] = {}
    stale: set[Key] = set()
    contested: set[Key] = set()
    for matter in _matters(told):
        latest = _latest(matter)
        contested |= {s.claim.candidate.key for s in matter}
        stale |= {s.claim.candidate.key for s in matter if _is_stale(s, latest)}
        usable = _shown([s for s in matter if _is_usable(s, allowance)])
        values = frozenset[float]().union(*({s.value} | s.apart for s in usable))
        if len(values) < 2 or len({s.claim.candidate.newsroom for s in usable}) < 2:
            continue
        keys = tuple(s.claim.candidate.key for s in usable)
        within = next((other for other in shown if set(keys) <= set(other)), None)
        if within is not None:
            labelled[within].append(_label(usable, told))
        elif len(shown) < _MOST:
            labelled[keys], shown[keys] = [_label(usable, told)], usable
            for statement in usable:
                allowance.take(statement.claim.candidate)
    stale |= _overtaken(told)
    found = tuple(
        Difference(", ".join(filter(None, dict.fromkeys(labelled[keys]))), tuple(map(_printed, shown[keys])))
        for keys in shown
    )
    return found, frozenset(stale), frozenset(contested)


def _is_stale(statement: Statement, latest: Sequence[Statement]) -> bool:
    """Whether a later count took the place of this one: a toll that moves, or its own newsroom's newer figure."""
    if statement.apart or statement.value == latest[0].value:
        return False
    room = statement.claim.candidate.newsroom
    own = next((s for s in latest if s.claim.candidate.newsroom == room), statement)
    return statement.counts in _MOVING or own.value != statement.value


def _with_kinds(told: Sequence[Statement]) -> list[Statement]:
    """The statements; a bare figure ("officials say 12,000, the union 18,500") counts what it counts elsewhere.

    That is the kind of the same large value in another sentence, or of the other figure of its own sentence.
    """
    large = [s for s in told if s.counts and not s.unit and s.value >= _LARGE]
    of_value = {s.value: s.counts for s in large if {o.counts for o in large if o.value == s.value} == {s.counts}}
    known = [
        replace(s, counts=of_value.get(s.value, "")) if not s.counts and not s.unit and s.is_bare else s
        for s in told
    ]
    found = [_as_beside(s, known) if not s.counts and not s.unit and s.is_bare else s for s in known]
    return [replace(s, apart=_apart(s, found)) if s.counts else s for s in found]


def _apart(statement: Statement, told: Sequence[Statement]) -> frozenset[float]:
    """The other values that its own sentence gives of the same kind of thing."""
    return frozenset(
        s.value
        for s in told
        if s.claim is statement.claim and s.counts == statement.counts and s.unit == statement.unit
    ) - {statement.value}


def _as_beside(bare: Statement, told: Sequence[Statement]) -> Statement:
    for other in told:
        if other.claim is bare.claim and other.counts and not other.unit and bare.value >= _SOME:
            low, high = sorted((bare.value, other.value))
            if high <= _FARTHEST * max(low, 1.0):
                return replace(bare, counts=other.counts)
    return bare


def _overtaken(told: Sequence[Statement]) -> set[Key]:
    """Sentences whose figure a later article tells as the old one: "lifted its offer from 7 to 12 per cent"."""
    return {
        old.claim.candidate.key
        for new in told
        if new.was is not None
        for old in told
        if old.value == new.was and old.unit == new.unit and new.value not in old.values and _is_later(new, old)
    }


def _is_later(new: Statement, old: Statement) -> bool:
    """Whether the new statement stands in a later article and tells of the same thing."""
    mine, theirs = old.claim.candidate, new.claim.candidate
    if theirs.article.published_at <= mine.article.published_at or _is_elsewhere(old, new):
        return False
    return shared(mine, theirs) >= _ALIKE


def _shown(matter: Sequence[Statement]) -> list[Statement]:
    """What to show of a matter: each newsroom's latest; of a toll on which those agree, the earlier values too."""
    latest = _latest(matter)
    if len({s.value for s in latest}) > 1 or any(s.apart for s in latest):
        return latest[:_MOST_SHOWN]
    if latest and rank(latest[0].claim.candidate.article.language, latest[0].counts) > 0:
        return latest[:_MOST_SHOWN]
    held: dict[tuple[str, float], Statement] = {}
    for s in sorted(matter, key=_age):
        held.setdefault((s.claim.candidate.newsroom, s.value), s)
    return sorted(held.values(), key=_age)[:_MOST_SHOWN]


def _is_usable(statement: Statement, allowance: Allowance) -> bool:
    candidate = statement.claim.candidate
    return allowance.stands_alone(candidate) and allowance.fits(candidate)


def _printed(statement: Statement) -> Sentence:
    candidate = statement.claim.candidate
    return candidate.sentence(attribution=candidate.article.outlet)


def _label(usable: Sequence[Statement], told: Sequence[Statement]) -> str:
    """What all of them count: the kind's word as a source prints it, or the common word as the newest prints it.

    "" when that word counts other matters too.
    """
    kinds = {s.counts for s in usable}
    if len(kinds) == 1 and usable[0].counts:
        texts = [s.claim.candidate.text for s in (*usable, *told)]
        named = labels(usable[0].claim.candidate.article.language, usable[0].counts)
        return next((word for word in named if any(word in text for text in texts)), "")
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
        found.append(_completed([told[i] for i in sorted(group)], told))
    return sorted(found, key=_importance)


def _importance(matter: Sequence[Statement]) -> tuple[int, int, Key]:
    first = matter[0].claim.candidate
    rooms = len({s.claim.candidate.newsroom for s in matter})
    return rank(first.article.language, matter[0].counts), -rooms, first.key


def _completed(matter: list[Statement], told: Sequence[Statement]) -> list[Statement]:
    """The matter with those statements that give one of its values for the same thing: who agrees with whom."""
    values = {s.value for s in matter}
    held = {id(s) for s in matter}
    more = [
        s
        for s in told
        if id(s) not in held
        and s.value in values
        and any(s.unit == m.unit and _same_matter(s, m, 1.0) and not _is_elsewhere(s, m) for m in matter)
    ]
    return matter + more


def _differ(one: Statement, other: Statement) -> bool:
    """Whether two newsrooms give another value of the same order of size for what looks like the same matter."""
    mine, theirs = one.claim.candidate, other.claim.candidate
    if one.value == other.value or mine.newsroom == theirs.newsroom or one.unit != other.unit:
        return False
    low, high = sorted((abs(one.value), abs(other.value)))
    if (one.approximate or other.approximate) and high - low <= _ROUNDING * high:
        return False
    if high > _FARTHEST * max(low, 1.0) or not _same_matter(one, other, high / max(low, 1e-9)):
        return False
    if _is_elsewhere(one, other):
        return False
    kind = one.counts and one.counts == other.counts
    alike = _ALIKE_KIND if kind else _ALIKE_FAR if high > 2 * low else _ALIKE
    if shared(mine, theirs) < alike and not (kind and _leads(mine, theirs)):
        return False
    side_by_side = kind and (_sets_apart(one, other) or _sets_apart(other, one))
    return bool(side_by_side) or (other.value not in one.values and one.value not in other.values)


def _sets_apart(one: Statement, other: Statement) -> bool:
    """Whether the first gives the other's value too, as somebody else's: "officials say 12,000, the union 18,500"."""
    return other.value in one.apart


def _leads(*candidates: Candidate) -> bool:
    """Whether all are titles or first sentences: those tell of the event itself, not of one long past."""
    return all(candidate.index <= _LEAD for candidate in candidates)


def _is_elsewhere(one: Statement, other: Statement) -> bool:
    """Whether the sentences tell of different places or parties: no country, or no name at all, in common.

    Where both count one kind of thing, one name that the other lacks is no proof, and in first sentences none is.
    """
    mine, theirs = one.claim.candidate, other.claim.candidate
    here, there = (places(c.text, c.article.language) for c in (mine, theirs))
    if here and there and not here & there:
        return True
    if mine.names & theirs.names or not (mine.index and theirs.index):
        return False
    kind = one.counts and one.counts == other.counts
    if kind and _leads(mine, theirs):
        return False
    fewest = 2 if kind else 1
    return min(len(mine.names), len(theirs.names)) >= fewest


def _same_matter(one: Statement, other: Statement, ratio: float) -> bool:
    """Whether the figures count one kind of thing, or stand beside a common word in clauses that are alike.

    A clause such as "three dead" or "14 workers injured" has no second word to share. Figures in one unit that are
    near each other need a common word only in their clauses.
    """
    if one.counts and other.counts:
        return one.counts == other.counts and (one.counts != "magnitude" or ratio <= _NEAR_MAGNITUDE)
    common = len(one.frame & other.frame)
    if one.unit and one.unit not in _SHARES and ratio <= _NEAR and common:
        return True
    if not one.beside & other.beside or (one.unit in _SHARES and ratio > _NEAR):
        return False
    return common > 1 or min(len(one.frame), len(other.frame)) <= _BARE


def _latest(matter: Sequence[Statement]) -> list[Statement]:
    """Each newsroom's latest statement, the newest first.

    Within an article a sentence that sets two values side by side, else the first body sentence.
    """
    held: dict[str, Statement] = {}
    for s in sorted(matter, key=_age):
        held.setdefault(s.claim.candidate.newsroom, s)
    return sorted(held.values(), key=_age)


def _age(statement: Statement) -> tuple[float, bool, int, Key]:
    candidate = statement.claim.candidate
    return -candidate.article.published_at.timestamp(), not statement.apart, candidate.index or 999, candidate.key
