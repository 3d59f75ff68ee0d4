"""What happens to stories after they were opened: who moved which articles, what editors said, and the log of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from iroyin.model.ids import ArticleId, StoryId

DESK = "desk"
"""Who did it, when no editor did: the program itself."""


class LinkKind(StrEnum):
    """What an editor can say for ever. The first two speak of two articles, since stories come and go."""

    MUST = "must"
    CANNOT = "cannot"
    FREEZE = "freeze"
    RETRACT = "retract"


@dataclass(frozen=True, slots=True)
class Link:
    """An editor's word that stands until it is taken back. `one` is a story's id for a freeze or a retraction,
    which have no `other`.

    `id` is its number in the store, 0 before it is kept.
    """

    kind: LinkKind
    one: str
    other: str
    by: str
    at: datetime
    why: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """How much editors have said so far, and how many of those words moved articles. Both only rise."""

    words: int = 0
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """Articles leave one story for another. None named means all of them: the story is merged into the other.

    `score` is the evidence of a move that the desk decided, in the points of its reason; 0 for an editor's.
    """

    story_id: StoryId
    into: StoryId
    article_ids: tuple[ArticleId, ...] = ()
    score: float = 0.0
    why: str = ""


class Event(StrEnum):
    """What can happen to a story."""

    OPENED = "opened"
    MERGED = "merged"
    SPLIT = "split"
    FROZEN = "frozen"
    UNFROZEN = "unfrozen"
    RETRACTED = "retracted"
    UNRETRACTED = "unretracted"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    LINKED = "linked"
    UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that happened to a story; `other` is where its articles went, or the other story of a link."""

    story_id: StoryId
    at: datetime
    what: Event
    who: str
    why: str = ""
    other: StoryId | None = None
    article_ids: tuple[ArticleId, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Act:
    """All that one command of an editor comes to, committed together. `told` is what the moves do not tell."""

    by: str
    at: datetime
    links: tuple[Link, ...] = ()
    taken_back: tuple[int, ...] = ()
    moves: tuple[Move, ...] = ()
    told: tuple[LogLine, ...] = ()
