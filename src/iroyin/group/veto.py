"""What forbids a merge whatever the views say: look-alike events that differ in their number or their place."""

from iroyin.group.features import Features
from iroyin.group.live import LiveStory


def veto(found: Features, story: LiveStory) -> str:
    """Why the article cannot be part of the story, in words; empty when nothing forbids it."""
    return _other_ordinal(found, story) or _other_place(found, story)


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
