"""What speaks for two stories being one: nearness, figures, names, places and time, counted in points."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from iroyin.group.live import LiveStory

COMMON = 0.02  # share of the live stories from which a figure or a name tells none from another
FEW = 3  # stories that may always share it
ALONE = 0.34  # up to this share of its members in the other's languages a story is told in others
SURE = 3.0  # telling figures in common without which stories of one language are not joined
SOME_NAMES = 3
_VALUE = re.compile(r"(-?[\d.]+(?:E\+?\d+)?)\D*$")


@dataclass(frozen=True, slots=True)
class Facts:
    """What one or more live stories tell, taken together. Times in days since 1970; `figures` without units."""

    size: int
    languages: Mapping[str, int]
    figures: frozenset[float]
    names: frozenset[str]
    places: frozenset[str]
    ordinals: frozenset[tuple[str, str]]
    first_at: float
    last_at: float

    def join(self, other: "Facts") -> "Facts":
        """Both taken together."""
        return replace(
            self,
            size=self.size + other.size,
            languages=Counter(self.languages) + Counter(other.languages),
            figures=self.figures | other.figures,
            names=self.names | other.names,
            places=self.places | other.places,
            ordinals=self.ordinals | other.ordinals,
            first_at=min(self.first_at, other.first_at),
            last_at=max(self.last_at, other.last_at),
        )

    def gap(self, other: "Facts") -> float:
        """Days between the two spans; 0 when they overlap."""
        return max(0.0, self.first_at - other.last_at, other.first_at - self.last_at)

    def overlap(self, other: "Facts") -> float:
        """Share of the smaller one's members that are in a language of the other: 0 when told in others."""
        shared = sum(min(n, other.languages.get(code, 0)) for code, n in self.languages.items())
        return shared / min(self.size, other.size)


def facts(story: LiveStory) -> Facts:
    """What the story tells."""
    return Facts(
        size=story.size,
        languages=dict(story.languages),
        figures=frozenset(_figures(story.numbers)),
        names=frozenset(story.names),
        places=frozenset(story.places),
        ordinals=frozenset(story.ordinals),
        first_at=story.first_at,
        last_at=story.last_at,
    )


def _figures(numbers: Iterable[str]) -> Iterator[float]:
    """The values alone: of two languages that count one thing often only one names it."""
    for number in numbers:
        found = _VALUE.match(number)
        if found:
            yield float(found.group(1))


def telling(figure: float) -> float:
    """How much a figure tells one event from another, 0 to 1.

    >>> [telling(figure) for figure in (6, 28, 100, 640, 6.1)]
    [0.1, 0.4, 0.4, 1.0, 0.7]
    """
    digits = f"{abs(figure):.6g}".split("e")[0].replace(".", "").strip("0")
    if not figure.is_integer():
        return 0.7 if len(digits) < 3 else 1.0
    if abs(figure) < 13:
        return 0.1
    return 0.4 if abs(figure) < 100 or len(digits) < 2 else 1.0


class Evidence:
    """Counts the points for a pair of stories; it knows how many live stories tell each figure, name and place.

    The weights were begun by logistic regression over pairs of stories of og2021 and semeval2022_t8 (development
    parts), rounded, and moved by hand on og2021; half or double of most of them changes little there.
    """

    def __init__(self, stories: Iterable[Facts]) -> None:
        given = list(stories)
        self._all = len(given)
        self._figures = Counter(figure for one in given for figure in one.figures)
        self._names = Counter(name for one in given for name in one.names)
        self._places = Counter(place for one in given for place in one.places)

    def points(self, one: Facts, other: Facts, cosine: float, margin: float) -> tuple[float, str]:
        """The points and what made them, in words. `margin`: the cosine less that of the next best on either side."""
        figures = {x for x in one.figures & other.figures if self._rare(self._figures[x])}
        names = {x for x in one.names & other.names if self._rare(self._names[x])}
        places = one.places & other.places
        told, overlap = sum(map(telling, figures)), one.overlap(other)
        if overlap > ALONE and told < SURE:
            return -math.inf, "one language, and not enough figures in common"
        total = (
            10 * (cosine - 0.45)
            + 8 * max(-0.05, min(margin, 0.15))
            + min(told, 4)
            + 0.16 * min(sum(self._rarity(self._names[x]) for x in names), 15)
            + 0.15 * min(sum(self._rarity(self._places[x]) for x in places), 10.4)
            - _differences(one, other)
            - 1.2 * math.log1p(one.gap(other))
            - 0.15 * math.log(min(one.size, other.size)) ** 2
            - 0.6 * overlap
        )
        shared = [_listed("figures", {f"{x:.15g}" for x in figures}), _listed("names", names)]
        return total, "; ".join(filter(None, (f"cosine {cosine:.2f}", *shared, _listed("places", places))))

    def _rare(self, stories: int) -> bool:
        return stories <= max(FEW, self._all * COMMON)

    def _rarity(self, stories: int) -> float:
        return math.log((self._all + 1) / (stories - 0.5))


def _differences(one: Facts, other: Facts) -> float:
    """Figures, or names in Latin script, on both sides and none in common."""
    figures = not one.figures & other.figures and min(sum(map(telling, x.figures)) for x in (one, other)) >= 1
    latin = min(sum(name.isascii() for name in x.names) for x in (one, other)) >= SOME_NAMES
    names = latin and not one.names & other.names
    return 0.8 * figures + 0.5 * names


def _listed(kind: str, items: Iterable[str]) -> str:
    told = sorted(items)
    return f"{kind} in common: {', '.join(told[:5])}" if told else ""
