"""Counting voices: one an account, shares with their interval, by view and by day."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from iroyin.model import Counted, Day, Stance

_Z = 1.96  # 95%


def interval(part: int, whole: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927), which stays within 0 and 1 and is honest for few.

    >>> [round(end, 2) for end in interval(5, 20)]
    [0.11, 0.47]
    """
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = _Z * math.sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def voices(counted: Sequence[Counted]) -> Mapping[int, Stance]:
    """Each account's one stance: that of most of its posts, of the earliest when several have as many."""
    said: dict[int, Counter[Stance]] = defaultdict(Counter)
    for post in sorted(counted, key=lambda post: (post.created_at, post.url)):
        said[post.account][post.stance] += 1
    return {account: stances.most_common(1)[0][0] for account, stances in said.items()}


def days(counted: Sequence[Counted]) -> tuple[Day, ...]:
    """The accounts heard on each day (UTC), by the stance of most of what they said on it."""
    by_day: dict[date, list[Counted]] = defaultdict(list)
    for post in counted:
        by_day[post.created_at.date()].append(post)
    found = []
    for day, some in sorted(by_day.items()):
        heard = Counter(voices(some).values())
        found.append(Day(day, tuple(heard[stance] for stance in Stance)))
    return tuple(found)
