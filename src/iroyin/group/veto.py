"""What forbids a merge whatever the views say: look-alike events that differ in their number or their place."""

from decimal import Decimal

from iroyin.group.evidence import Facts, telling
from iroyin.group.features import Features
from iroyin.group.live import LiveStory

SEVERAL = 3  # "first" and "second" are told of many things at once


def veto(found: Features, story: LiveStory) -> str:
    """Why the article cannot be part of the story, in words; empty when nothing forbids it."""
    return _other_ordinal(found, story) or _other_place(found, story)


def apart(one: Facts, other: Facts) -> str:
    """Why two stories cannot be one, in words; empty when nothing forbids it."""
    for thing in {named for named, _ in one.ordinals} & {named for named, _ in other.ordinals}:
        here, there = ({which for named, which in side.ordinals if named == thing} for side in (one, other))
        if not here & there:
            return f"another one in the row: {thing} {', '.join(sorted(here))}, not {', '.join(sorted(there))}"
    here, there = ({which for _, which in side.ordinals if Decimal(which) > SEVERAL} for side in (one, other))
    if here and there and not here & there:  # languages name the thing differently
        return f"another one in the row: {', '.join(sorted(here))}, not {', '.join(sorted(there))}"
    placed = one.places and other.places and not one.places & other.places and not one.names & other.names
    if placed and not any(telling(figure) >= 1 for figure in one.figures & other.figures):
        return "elsewhere: no country, name or telling figure in common"
    return ""


def _other_ordinal(found: Features, story: LiveStory) -> str:
    """The 13th package is not the 12th."""
    for thing, which in found.ordinals:
        told = {number for named, number in story.ordinals if named == thing}
        if told and which not in told:
            return f"another one in the row: {thing} {which}, not {', '.join(sorted(told))}"
    return ""


def _other_place(found: Features, story: LiveStory) -> str:
    """Countries on both sides with none in common, and no name in common either: an event like it elsewhere."""
    if not found.places or not story.places or not found.names or not story.names:
        return ""
    if any(place in story.places for place in found.places) or any(name in story.names for name in found.names):
        return ""
    return f"elsewhere: {', '.join(sorted(found.places))}, not {', '.join(sorted(story.places)[:4])}; no name in common"
