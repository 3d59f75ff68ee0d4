"""A PNG is laid beside an illustration when its page is out, named once it is there, kept while the drawing stays."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from newsroom import site, views
from stored import Room, stored

from iroyin.adapters.pictures import Cards
from iroyin.adapters.store import SqlStore
from iroyin.model import Figure, Step
from iroyin.picturedesk import PictureDesk
from iroyin.publish import story_pages

nobody: Any = None  # ports that publishing does not ask


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with stored(tmp_path) as made:
        yield made


def drawing(store: SqlStore, folder: Path, credit: str = "Iroyin") -> Room:
    """A room in which cards are drawn."""
    return Room(store, store.reported(limit=1)[0][0], pictures=Cards(credit, folder=folder))


def test_a_page_is_out_before_its_card_and_names_it_once_it_is_there(store: SqlStore, tmp_path: Path) -> None:
    room = drawing(store, tmp_path)
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
    room = drawing(store, tmp_path)
    room.publish()
    room.draw()
    first = room.publish()["figure.png"]

    assert first == room.publish()["figure.png"]  # a signature is never the same twice
    other = drawing(store, tmp_path, credit="The Other Desk")
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
