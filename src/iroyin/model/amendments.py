"""What changed on a published page, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from iroyin.model.articles import Span
from iroyin.model.ids import StoryId


class AmendmentKind(StrEnum):
    """What happened to a sentence; the last two to a whole story."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"
    RESTORED = "restored"

    @property
    def is_whole(self) -> bool:
        """Whether it happened to the story and not to a sentence."""
        return self in {AmendmentKind.RETRACTED, AmendmentKind.RESTORED}


class Reason(StrEnum):
    """Why a page says otherwise than before. `CHOSEN`: the writer took other sentences, and nothing was wrong."""

    NEW_ARTICLE = "new-article"
    SOURCE_CHANGED = "source-changed"
    SOURCE_VANISHED = "source-vanished"
    EDITOR = "editor"
    REFUSED = "refused"
    MERGED = "merged"
    SPLIT = "split"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change of a story's page in one language, from one version to the next.

    `before` and `after` are the sentence as it was and is (one of them empty unless it changed). `detail` is the code
    of the check that refused it, or the editor's words. `of_substance`: a reader of the page before was told something
    that no longer stands. `id` is its number in the store, 0 before it is kept; it never changes.
    """

    story_id: StoryId
    language: str
    version: int
    at: datetime
    kind: AmendmentKind
    reason: Reason
    before: str = ""
    after: str = ""
    detail: str = ""
    of_substance: bool = False
    id: int = 0

    @property
    def is_correction(self) -> bool:
        """Whether something that was told was wrong; a figure that a later article replaced was right in its day."""
        return self.of_substance and self.reason not in {Reason.NEW_ARTICLE, Reason.MERGED}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A sentence of a page that an editor took back, with the spans it stood on. It stands until it is taken back.

    Unless `printed` its words are not repeated among the corrections. `id` is its number in the store, 0 before.
    """

    story_id: StoryId
    language: str
    text: str
    spans: tuple[Span, ...]
    by: str
    at: datetime
    why: str
    printed: bool = True
    id: int = 0
