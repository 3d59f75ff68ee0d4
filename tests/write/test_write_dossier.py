"""The three honest counts: articles, texts, independent newsrooms."""

from dataclasses import replace

import pytest

from iroyin.model import Counts
from iroyin.write import count, newsrooms
from stories_on_file import STORIES, dossier


def test_copies_and_ai_outlets_do_not_count() -> None:
    story, _ = dossier(STORIES / "ferry.toml")

    assert Counts(articles=6, texts=5, newsrooms=4) == story.counts
    assert ("Harbour Wire", "") == (story.newsroom_of["a2"], story.newsroom_of["a5"])


def test_oldest_first() -> None:
    story, _ = dossier(STORIES / "ferry.toml")

    assert ["a1", "a2", "a3", "a6", "a4", "a5"] == [a.id for a in story.articles]


@pytest.mark.parametrize(
    ("name", "changes", "expected"),
    [
        ("apart", {}, 2),
        ("one family", {"newsroom": "Harbour Wire"}, 1),
        ("named origin", {"origin": "harbour wire"}, 1),
        ("an origin outside the story", {"origin": "Far Agency"}, 2),
        ("written by a machine", {"ai_written": True}, 1),
    ],
)
def test_newsrooms(name: str, changes: dict, expected: int) -> None:
    story, _ = dossier(STORIES / "ferry.toml")
    pair = [story.article("a1"), replace(story.article("a3"), **changes)]
    rooms = newsrooms(pair, {})

    assert expected == count(pair, {}, rooms).newsrooms


def test_two_outlets_that_both_rest_on_an_agency_are_one_newsroom() -> None:
    story, _ = dossier(STORIES / "ferry.toml")
    pair = [replace(story.article(name), origin="Far Agency") for name in ("a3", "a4")]

    assert {"Far Agency"} == set(newsrooms(pair, {}).values())
