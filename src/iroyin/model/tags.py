"""Tags: the people, places, organisations and topics of a story, each with a key that never changes."""

from dataclasses import dataclass
from enum import StrEnum


class TagKind(StrEnum):
    """What a tag names; the value begins its key. `NAME`: the texts do not say what it is the name of."""

    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "org"
    TOPIC = "topic"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: `key` is the same in every language ("place-ng"), `name` is how the brief's language spells it."""

    key: str
    kind: TagKind
    name: str
