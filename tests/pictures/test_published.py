"""A PNG is laid beside an illustration when its page is out, named once it is there, kept while the drawing stays."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from newsroom import site, views
from stored import NOW, SETTINGS, claimed, stored

from iroyin.adapters.embedders.ngrams import make
from iroyin.adapters.pictures import Cards
from iroyin.adapters.store import SqlStore
from iroyin.desk import Desk, Ports
from iroyin.model import Figure, Step
from iroyin.picturedesk import PictureDesk
from iroyin.publish import story_pages

nobody: Any = None  # ports that publishing does not ask


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with stored(tmp_path) as made:
        yield made


class Room:
    """A desk over the stored newsroom, and the files of one story's English page."""

    def __init__(self, store: SqlStore, folder: Path, credit: str = "Iroyin") -> None:
        self.store = store
        cards = Cards(credit, folder=folder)
        self.desk = Desk(
            Ports(store, nobody, nobody, make(SETTINGS), nobody, lambda: NOW, pictures=cards), SETTINGS
        )
        self.story, _ = store.reported(limit=1)[0]

    def waits(self, step: Step) -> bool:
        self.store.free_leases()
        return any(job.key == self.story for job in self.store.claim(step, limit=99, now=NOW))

    def publish(self) -> dict[str, bytes]:
        self.store.enqueue(Step.PUBLISH, self.story, run_at=NOW)
        self.desk.publish(claimed(self.store, Step.PUBLISH, self.story))
        return self.files()

    def draw(self) -> None:
        self.desk.draw(claimed(self.store, Step.DRAW, self.story))

    def files(self) -> dict[str, bytes]:
        begins = f"en/articles/{self.store.slugs(self.story)['en']}/"
        found = ((path, self.store.page(path)) for path in self.store.page_paths() if path.startswith(begins))
        return {path.removeprefix(begins): page.body for path, page in found if page}


def test_a_page_is_out_before_its_card_and_names_it_once_it_is_there(store: SqlStore, tmp_path: Path) -> None:
    room = Room(store, tmp_path)
    before = room.publish()
    assert "figure.png" not in before and b"figure.png" not in before["index.html"]
    assert b"figure.svg" in before["index.html"]  # JSON-LD names the drawing till then
    assert "not drawn yet" == json.loads(before["claims.json"])["figure"]["why_no_card"]

    room.draw()
    assert room.waits(Step.PUBLISH) and b"figure.png" not in room.files()["index.html"]

    after = room.publish()
    assert after["figure.png"].startswith(b"\x89PNG")
    assert b'property="og:image" content="https://news.example/' in after["index.html"]
    assert b"/figure.png" in after["index.html"] and b'name="twitter:card"' in after["index.html"]
    assert json.loads(after["claims.json"])["figure"]["card"] is True
    assert not room.waits(Step.DRAW)


def test_a_card_is_drawn_once_and_anew_when_what_makes_it_changes(store: SqlStore, tmp_path: Path) -> None:
    room = Room(store, tmp_path)
    room.publish()
    room.draw()
    first = room.publish()["figure.png"]

    assert first == room.publish()["figure.png"]  # a signature is never the same twice
    other = Room(store, tmp_path, credit="The Other Desk")
    assert "figure.png" not in other.publish()
    other.draw()
    assert first != other.publish()["figure.png"]


def test_a_card_that_cannot_be_drawn_is_told_of_and_not_tried_again(store: SqlStore, tmp_path: Path) -> None:
    class Unlettered(Cards):
        """Has no letters at all."""

        def lacks(self, svg: str) -> str:
            return "no face has U+0041"

    desk = PictureDesk(store, Unlettered("Iroyin", folder=tmp_path))
    card = desk.card(Figure("<svg/>", "", ""), "/en/articles/x")

    assert card is not None and "no face has U+0041" == card.reason and not card.due
    view = next(view for view in views() if view.brief.language == "en")
    pages = {page.path.rpartition("/")[2]: page.body for page in story_pages(replace(view, card=card), site())}
    assert b"figure.png" not in pages["index.html"] and "figure.png" not in pages
    told = json.loads(pages["claims.json"])["figure"]
    assert told["card"] is False and told["why_no_card"] == "no face has U+0041"
