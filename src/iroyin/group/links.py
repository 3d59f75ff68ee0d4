"""Editors' links: which articles must and cannot stand in one story, and which stories are frozen or retracted.

Constraints of two kinds on pairs, as in constrained clustering (Wagstaff et al. 2001), with one rule more: an editor's
later word wins over an earlier one that contradicts it, also by way of others (a must b, b must c, a cannot c).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from iroyin.model import ArticleId, Link, LinkKind, Move, StoryId

Pair = tuple[ArticleId, ArticleId]


@dataclass(frozen=True, slots=True)
class Links:
    """What stands of the editors' words. Pairs have their smaller id first, and never contradict each other."""

    must: frozenset[Pair] = frozenset()
    cannot: frozenset[Pair] = frozenset()
    frozen: frozenset[StoryId] = frozenset()
    retracted: frozenset[StoryId] = frozenset()

    @property
    def fixed(self) -> frozenset[StoryId]:
        """The stories that the desk neither merges nor splits. A retracted one still takes in what tells its event:
        else the next article on it would open a story of its own and tell again what was retracted.
        """
        return self.frozen | self.retracted

    @classmethod
    def of(cls, words: Iterable[Link]) -> "Links":
        """The links that these words come to, the oldest word first."""
        must, cannot = _Pairs(), _Pairs()
        alone: dict[LinkKind, set[StoryId]] = {LinkKind.FREEZE: set(), LinkKind.RETRACT: set()}
        for word in words:
            pair = _pair(ArticleId(word.one), ArticleId(word.other))
            match word.kind:
                case LinkKind.FREEZE | LinkKind.RETRACT:
                    alone[word.kind].add(StoryId(word.one))
                case LinkKind.MUST:
                    _say_must(must, cannot, pair)
                case LinkKind.CANNOT:
                    _say_cannot(must, cannot, pair)
        said = frozenset(must.said), frozenset(cannot.said)
        return cls(*said, *(frozenset(found) for found in alone.values()))

    def bound(self, article_ids: Iterable[ArticleId]) -> frozenset[ArticleId]:
        """These articles and all that must stand where they stand."""
        said = _Pairs(self.must)
        return frozenset(one for article_id in article_ids for one in said.reached(article_id))

    def objection(
        self,
        move: Move,
        leaving: Collection[ArticleId],
        staying: Collection[ArticleId],
        there: Collection[ArticleId],
    ) -> str:
        """Why the desk may not make this move by itself; empty when it may.

        `leaving` and `staying` are the articles of the story that is left, `there` those that stand where they go.
        """
        fixed = next((one for one in (move.story_id, move.into) if one in self.fixed), None)
        if fixed:
            return f"{fixed} is {'frozen' if fixed in self.frozen else 'retracted'}"
        go, stay, hosts = set(leaving), set(staying), set(there)
        for one, other in self.must:
            if (one in go and other in stay) or (one in stay and other in go):
                return f"{one} and {other} must stand together"
        for one, other in self.cannot:
            if (one in go and other in hosts) or (one in hosts and other in go):
                return f"{one} and {other} cannot stand together"
        return ""


class _Pairs:
    """Pairs in the order in which they were said, and who is paired with whom."""

    def __init__(self, pairs: Iterable[Pair] = ()) -> None:
        self.said: dict[Pair, None] = {}
        self.near: dict[ArticleId, dict[ArticleId, None]] = {}
        for pair in pairs:
            self.add(pair)

    def add(self, pair: Pair) -> None:
        """Say it; said before, it now counts as said last."""
        self.drop(pair)
        self.said[pair] = None
        for one, other in (pair, pair[::-1]):
            self.near.setdefault(one, {})[other] = None

    def drop(self, pair: Pair) -> None:
        """Unsay it, when it was said."""
        if pair in self.said:
            del self.said[pair]
            for one, other in (pair, pair[::-1]):
                del self.near[one][other]

    def reached(self, start: ArticleId) -> dict[ArticleId, ArticleId]:
        """All that a chain of pairs leads to, `start` itself among them, each with the one before it on the way."""
        before, waiting = {start: start}, [start]
        for here in waiting:
            fresh = [one for one in self.near.get(here, ()) if one not in before]
            before |= dict.fromkeys(fresh, here)
            waiting += fresh
        return before


def _say_must(must: _Pairs, cannot: _Pairs, pair: Pair) -> None:
    """The two must stand together: what said that any two now bound together cannot is void."""
    must.add(pair)
    bound = must.reached(pair[0])
    for one in bound:
        for other in [found for found in cannot.near.get(one, ()) if found in bound]:
            cannot.drop(_pair(one, other))


def _say_cannot(must: _Pairs, cannot: _Pairs, pair: Pair) -> None:
    """The two cannot stand together: of each chain that binds them the oldest link is void."""
    cannot.add(pair)
    while pair[1] in (before := must.reached(pair[0])):
        at, chain = pair[1], set()
        while at != pair[0]:
            chain.add(_pair(at, before[at]))
            at = before[at]
        must.drop(next(said for said in must.said if said in chain))


def _pair(one: ArticleId, other: ArticleId) -> Pair:
    return (one, other) if one <= other else (other, one)
