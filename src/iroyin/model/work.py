"""Jobs and published pages."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from iroyin.model.ids import StoryId


class Step(StrEnum):
    """The steps of the flow, in order; `react` comes in only where sources of posts are set up.

    What takes long and nobody waits for comes last: `draw` makes the cards of pages that are out.
    """

    POLL = "poll"
    READ = "read"
    PLACE = "place"
    REPORT = "report"
    REACT = "react"
    PUBLISH = "publish"
    DRAW = "draw"


REVISE = "revise"
"""The key of the place job that looks again at the live stories once the articles of a pass are placed."""

INDEX = "index"
"""The key of the publish job that renders all pages which show many stories."""

LAST = "~"
"""The order of a job that runs after all others of its step: it sorts behind every date and id."""

LATE = "}"
"""The order of a job that lets all others go first but the last one."""


@dataclass(frozen=True, slots=True)
class Page:
    """One published file: path from the site's root, media type and bytes; `etag` is its content hash."""

    path: str
    media_type: str
    body: bytes
    story_id: StoryId | None = None
    etag: str = field(default="")


@dataclass(frozen=True, slots=True)
class Job:
    """One unit of work. `key` is its idempotency key; `order` decides what runs first within a step.

    Jobs of one `lane` (the host they will ask) run one at a time; an empty lane holds nobody up. `token` is the
    fence: it is new with every claim, so a worker that was stopped cannot end what another has taken over.
    """

    step: Step
    key: str
    order: str = ""
    lane: str = ""
    run_at: datetime | None = None
    attempt: int = 0
    token: int = 0
