"""The invented newsroom of the page tests in a real store: placed, reported and published as the desk does it."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
from newsroom import TOLD, views

from iroyin.adapters.store import SqlStore
from iroyin.model import INDEX, ArticleId, Job, Placement, Step, StoryId
from iroyin.press import Press
from iroyin.settings import Settings

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
