"""A card on another story's page is a published sentence too: it must not outlive the ledger it stands in."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from iroyin.adapters.store import SqlStore
from iroyin.model import (
    INDEX,
    REVISE,
    Article,
    ArticleId,
    Brief,
    Counts,
    EvidenceKind,
    Move,
    Placement,
    Sentence,
    Step,
    StoryId,
)
from iroyin.press import Press
from iroyin.settings import Settings

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
VECTOR = np.array([0.6, 0.8], dtype=np.float32)
TITLES = {"a1": "Bridge opens in Kolme", "a2": "Bridge in Kolme closed again"}


class Room:
    """Two stories about one matter, so that each shows the other as related; both are told and published."""

    def __init__(self, folder: Path) -> None:
        self.store = SqlStore(folder / "s.db", clock=lambda: NOW)
        self.press = Press(self.store, Settings(), embedder="t/1")
        told = [article(name, days=days) for name, days in (("a1", 0), ("a2", 1))]
        self.store.add_articles(told, np.stack([VECTOR, VECTOR]), "t/1")
        for name in ("a1", "a2"):
            job = next(j for j in self.store.claim(Step.PLACE, limit=9, now=NOW) if j.key == name)
            self.store.commit_place(job, Placement(ArticleId(name), story(name), 1.0, "its own"), now=NOW)
            self.store.free_leases()
        for name, title in TITLES.items():
            self.report(name, title)
        self.publish()

    def report(self, name: str, title: str) -> None:
        self.store.enqueue(Step.REPORT, story(name), run_at=NOW)
        job = next(j for j in self.store.claim(Step.REPORT, limit=9, now=NOW) if j.key == story(name))
        one = self.store.story(story(name))
        assert one is not None
        line = Sentence(title, "en", EvidenceKind.VERBATIM, (article(name).span(0, 5),))
        version = one.version + len(self.store.briefs(one.id))
        brief = Brief(one.id, version, "en", line, (line,), (), (), Counts(1, 1, 1), (), NOW, "test/1")
        self.store.commit_report(job, one, [brief], {"en": f"slug-{name}"})
        self.store.free_leases()

    def publish(self) -> list[str]:
        """Publish all stories that are due, one after the other; which, in their order."""
        done = []
        while due := [j for j in self.store.claim(Step.PUBLISH, limit=1, now=NOW) if j.key != INDEX]:
            made = self.press.story_pages(StoryId(due[0].key), now=NOW)
            self.store.commit_publish(due[0], made.pages, card=made.card, shows=made.shows)
            done.append(due[0].key)
        self.store.free_leases()
        return done

    def page(self, name: str) -> str:
        page = self.store.page(f"en/articles/slug-{name}/index.html")
        assert page is not None
        return page.body.decode()


def story(name: str) -> StoryId:
    return StoryId(f"s-{name}")


def article(name: str, *, days: int = 0) -> Article:
    text = f"{TITLES[name]}\n\nThe bridge over the river was in the news."
    at = NOW + timedelta(days=days)
    bounds = ((0, len(TITLES[name])), (len(TITLES[name]) + 2, len(text)))
    return Article(
        ArticleId(name), f"http://a.example/{name}", TITLES[name], text, "en", at, NOW, "A", "A", bounds
    )  # fmt: skip


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_each_shows_the_other_and_nothing_is_left_to_do(room: Room) -> None:
    assert TITLES["a2"] in room.page("a1")
    assert TITLES["a1"] in room.page("a2")
    assert [] == room.publish()


def test_a_story_that_is_retold_is_retold_on_the_pages_that_show_it(room: Room) -> None:
    room.report("a2", "Bridge in Kolme shut for a year")

    assert ["s-a2", "s-a1"] == room.publish()
    assert "shut for a year" in room.page("a1")
    assert TITLES["a2"] not in room.page("a1")


def test_a_story_that_says_the_same_again_moves_no_other_page(room: Room) -> None:
    room.report("a2", TITLES["a2"])

    assert ["s-a2"] == room.publish()


def test_a_story_that_is_merged_away_leaves_the_pages_that_showed_it(room: Room) -> None:
    room.store.enqueue(Step.PLACE, REVISE, run_at=NOW)
    job = next(j for j in room.store.claim(Step.PLACE, limit=9, now=NOW) if j.key == REVISE)

    room.store.commit_changes(job, [Move(story("a2"), story("a1"), why="one event")], now=NOW)

    assert ["s-a1"] == room.publish()
    assert "slug-a2" not in room.page("a1")


def test_the_mark_of_what_is_reported_changes_with_it(room: Room) -> None:
    marks = [room.store.reported_mark(), room.store.reported_mark()]
    assert 1 == len(set(marks))

    room.report("a2", "Bridge in Kolme shut for a year")
    marks.append(room.store.reported_mark())
    room.store.enqueue(Step.PLACE, REVISE, run_at=NOW)
    job = next(j for j in room.store.claim(Step.PLACE, limit=9, now=NOW) if j.key == REVISE)
    room.store.commit_changes(job, [Move(story("a2"), story("a1"), why="one event")], now=NOW)
    marks.append(room.store.reported_mark())

    assert 3 == len(set(marks))


def test_only_the_newest_stories_are_kept_in_mind_and_an_older_one_can_still_be_told(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iroyin.press.KNOWN", 1)
    room.press = Press(room.store, Settings(), embedder="t/1")

    older = room.press.story_pages(story("a1"), now=NOW)
    front = next(page for page in room.press.index_pages(now=NOW) if page.path == "en/index.html")

    assert [story("a2")] == list(older.shows)
    assert (True, False) == ("slug-a2" in front.body.decode(), "slug-a1" in front.body.decode())
    newest = room.press.story_pages(story("a2"), now=NOW)
    assert newest.pages
    assert {} == newest.shows
