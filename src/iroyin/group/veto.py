"""What forbids two accounts to be one story, whatever the views say: look-alike events that differ in one thing."""

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from iroyin.group.account import Account
from iroyin.group.views import VIEWS

NEAR = 0.45  # cosine from which two articles need share no word
ROUNDED = 0.001  # what a cosine from sums may differ from one from vectors
SEVERAL = 3  # "first" and "second" are told of many things at once


def veto(one: Account, other: Account) -> str:
    """Why the two cannot be one story, in words; empty when nothing forbids it."""
    rules = (other_in_the_row, other_number, elsewhere, nothing_shared)
    return next(filter(None, (rule(one, other) for rule in rules)), "")


def nothing_shared(one: Account, other: Account) -> str:
    """Two articles of one language that share no word of the title, name, figure or country, and are not near."""
    if one.size > 1 or other.size > 1 or one.languages.keys() != other.languages.keys():
        return ""
    if float(one.vector.astype(np.float32) @ other.vector.astype(np.float32)) >= NEAR:
        return ""
    for kind in ("title", "names", "numbers", "places"):
        if len(np.intersect1d(one.terms_of(kind), other.terms_of(kind), assume_unique=True)):
            return ""
    return "no word of the title, name, figure or country in common"


def nothing_shared_perhaps(seen: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of many pairs `nothing_shared` may refuse, from their views (the last axis)."""
    shared = [VIEWS.index(kind) for kind in ("title", "names", "numbers", "places")]
    far = seen[..., VIEWS.index("vector")] < NEAR + ROUNDED
    return np.asarray(far & ~seen[..., shared].any(axis=-1))


def elsewhere(one: Account, other: Account) -> str:
    """One language, countries, names and figures on both sides and none in common: an event like it elsewhere."""
    if not one.places or not other.places or one.places & other.places:
        return ""
    if one.languages.keys().isdisjoint(other.languages):
        return ""
    for kind in ("names", "numbers"):
        here, there = one.terms_of(kind), other.terms_of(kind)
        if not len(here) or not len(there) or len(np.intersect1d(here, there, assume_unique=True)):
            return ""
    places = f"{', '.join(sorted(one.places))}, not {', '.join(sorted(other.places)[:4])}"
    return f"elsewhere: {places}; no name or figure in common"


def elsewhere_perhaps(seen: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of many pairs `elsewhere` may refuse, from their views (the last axis).

    The views know places by bucket, the rule as they read: two that share a bucket are not looked at.
    """
    apart = [VIEWS.index(f"{kind} apart") for kind in ("names", "numbers", "places")]
    return np.asarray(seen[..., apart].all(axis=-1))


def other_in_the_row(one: Account, other: Account) -> str:
    """The 13th package is not the 12th."""
    for thing in sorted({named for named, _ in one.ordinals} & {named for named, _ in other.ordinals}):
        here, there = ({which for named, which in side.ordinals if named == thing} for side in (one, other))
        if not here & there:
            return f"another one in the row: {thing} {', '.join(sorted(here))}, not {', '.join(sorted(there))}"
    return ""


def other_number(one: Account, other: Account) -> str:
    """The same in two languages, which name the thing differently: only the numbers can be compared."""
    if not one.languages.keys().isdisjoint(other.languages):
        return ""
    here, there = ({which for _, which in side.ordinals if Decimal(which) > SEVERAL} for side in (one, other))
    if here and there and not here & there:
        return f"another one in the row: {', '.join(sorted(here))}, not {', '.join(sorted(there))}"
    return ""
