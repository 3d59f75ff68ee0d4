"""The invented newsroom of the page tests in a real store: placed, reported and published as the desk does it."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from newsroom import TOLD, views

from iroyin.adapters.embedders.ngrams import make
from iroyin.adapters.store import SqlStore
from iroyin.desk import Desk, Ports
from iroyin.model import INDEX, ArticleId, Job, Placement, Step, StoryId
from iroyin.press import Press
from iroyin.settings import Settings

NOBODY: Any = None  # ports that publishing does not ask
NOW = datetime(2026, 1, 5, 14, 20, tzinfo=UTC)
SETTINGS = Settings(desk_languages=TOLD, desk_url="https://news.example", desk_now=NOW.isoformat())


def stored(folder: Path) -> SqlStore:
    """A store of one's own with every story of `tests/data/publish`, told in its languages and published."""
    (folder / "newsroom.db").write_bytes(_published())
    return SqlStore(folder / "newsroom.db", clock=lambda: NOW)


@cache
def _published() -> bytes:
    """The file of such a store; the desk's work is done once for all tests, each of which opens a copy."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "newsroom.db"
        with SqlStore(file, clock=lambda: NOW) as store:
            _publish(store)
        assert [one.name for one in file.parent.iterdir()] == [file.name]  # all is in the file, none in a journal
        return file.read_bytes()


def _publish(store: SqlStore) -> None:
    press = Press(store, SETTINGS, embedder="t/1")
    for name in dict.fromkeys(view.story.id for view in views()):
        of_story = [view for view in views() if view.story.id == name]
        articles = list(of_story[0].articles.values())
        story_id = StoryId(f"s-{articles[0].id}")
        store.add_articles(articles, np.zeros((len(articles), 2), np.float32), "t/1")
        for one in articles:
            placed = Placement(ArticleId(one.id), story_id, 1.0, "test")
            store.commit_place(claimed(store, Step.PLACE, one.id), placed, now=NOW)
        told = store.story(story_id)
        assert told is not None
        store.enqueue(Step.REPORT, story_id, run_at=NOW)
        briefs = [replace(view.brief, story_id=story_id) for view in of_story]
        slugs = {view.brief.language: view.slug for view in of_story}
        store.commit_report(claimed(store, Step.REPORT, story_id), told, briefs, slugs)
        made = press.story_pages(story_id, now=NOW)
        store.commit_publish(claimed(store, Step.PUBLISH, story_id), made.pages, card=made.card, shows=made.shows)
    store.enqueue(Step.PUBLISH, INDEX, run_at=NOW)
    index = press.index_pages(now=NOW)
    store.commit_publish(claimed(store, Step.PUBLISH, INDEX), index, prefixes=press.prefixes())


def claimed(store: SqlStore, step: Step, key: str) -> Job:
    """The job of this step and key, leased; every other is free."""
    store.free_leases()
    for _ in range(99):
        for job in store.claim(step, limit=99, now=NOW):
            if job.key == key:
                return job
    raise AssertionError(f"no job {step} {key}")


class Room:
    """A desk over the stored newsroom with some further ports, and the files of one story's pages."""

    def __init__(self, store: SqlStore, story: StoryId, **ports: Any) -> None:
        self.store, self.story = store, story
        self.desk = Desk(Ports(store, NOBODY, NOBODY, make(SETTINGS), NOBODY, lambda: NOW, **ports), SETTINGS)

    def waits(self, step: Step) -> bool:
        """Whether the story has a job of this step."""
        self.store.free_leases()
        return any(job.key == self.story for job in self.store.claim(step, limit=99, now=NOW))

    def publish(self) -> dict[str, bytes]:
        """Publish the story; the files of its English page."""
        self.store.enqueue(Step.PUBLISH, self.story, run_at=NOW)
        self.desk.publish(claimed(self.store, Step.PUBLISH, self.story))
        return self.files()

    def draw(self) -> None:
        """Do the draw job that waits."""
        self.desk.draw(claimed(self.store, Step.DRAW, self.story))

    def files(self, language: str = "en") -> dict[str, bytes]:
        """The files of the page in this language, by name."""
        begins = f"{language}/articles/{self.store.slugs(self.story)[language]}/"
        found = ((path, self.store.page(path)) for path in self.store.page_paths() if path.startswith(begins))
        return {path.removeprefix(begins): page.body for path, page in found if page}
