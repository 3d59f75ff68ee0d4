"""The picture desk: the card of each illustration, drawn once and kept as long as what it is made from stays.

A page is out before its card is drawn, and names the card once it is there (figures in `docs/site.md`). Where an image
model paints, a story has its graphic made by code until the picture is there, and for good when none comes.
"""

from collections.abc import Sequence
from hashlib import sha256

import structlog

from iroyin.errors import PictureError
from iroyin.model import Brief, Card, Figure, Page, StoryId
from iroyin.ports import DeskStore
from iroyin.ports_site import Painter, Pictures
from iroyin.publish import CARD, FIGURE, scene, story_path


class PictureDesk:
    """Knows the card of each illustration; without `pictures` there are none, and none is painted without `painter`."""

    def __init__(self, store: DeskStore, pictures: Pictures | None, painter: Painter | None = None) -> None:
        self._store, self._pictures, self._painter = store, pictures, painter

    def painting(self, briefs: Sequence[Brief], section: str, story_id: StoryId) -> tuple[bytes | None, bool]:
        """The picture painted for the story told in these briefs, and whether one is still to be painted."""
        if self._painter is None or not (asked := scene(briefs, section)):
            return None, False
        kept = self._painter.kept(asked, story_id)
        return kept, kept is None

    def paint(self, briefs: Sequence[Brief], section: str, story_id: StoryId) -> bool:
        """Have the story's picture painted; whether there is one now that there was not. Trouble is logged, no more."""
        if self._painter is None or not (asked := scene(briefs, section)):
            return False
        if self._painter.kept(asked, story_id) is not None:
            return False
        try:
            self._painter.paint(asked, story_id)
        except PictureError as error:
            structlog.get_logger().warning("no picture painted", story=story_id, reason=error.reason)
            return False
        return True

    def card(self, art: Figure, path: str) -> Card | None:
        """The card of the story page at this path as it stands: there, due, or why not. None: none are wished."""
        if self._pictures is None:
            return None
        etag = _made_from(art.svg, self._pictures)
        kept = self._store.page(path.lstrip("/") + CARD)
        if kept is not None and kept.etag == etag:
            return Card(kept.body, etag)
        reason = self._pictures.lacks(art.svg)
        if reason:
            structlog.get_logger().warning("no card for sharing", page=path, reason=reason)
        return Card(etag=etag, reason=reason)

    def drawn(self, story_id: StoryId) -> list[Page]:
        """Cards for the illustrations on this story's pages that have none and can have one. Raises PictureError."""
        made: list[Page] = []
        for language, slug in self._store.slugs(story_id).items() if self._pictures else ():
            path = story_path(language, slug).lstrip("/")
            art = self._store.page(path + FIGURE)
            if art is None or self._pictures is None:
                continue
            svg = art.body.decode()
            etag, kept = _made_from(svg, self._pictures), self._store.page(path + CARD)
            if (kept is None or kept.etag != etag) and not self._pictures.lacks(svg):
                made.append(Page(path + CARD, "image/png", self._pictures.card(svg), story_id, etag))
        return made


def _made_from(svg: str, pictures: Pictures) -> str:
    return sha256(f"{pictures.id}\n{svg}".encode(errors="replace")).hexdigest()[:32]
