"""An older file is brought up to date with its contents, and a copy of it is left beside."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from iroyin.adapters import store as package
from iroyin.adapters.store import SqlStore
from iroyin.adapters.store.connect import engine
from iroyin.adapters.store.schema import is_ours, metadata
from iroyin.model import DESK, Event, LogLine, Step, StoryId

CONFIG = Config()
CONFIG.set_main_option("script_location", str(Path(package.__file__).parent / "migrations"))
REVISIONS = [one.revision for one in ScriptDirectory.from_config(CONFIG).walk_revisions()][::-1]


@pytest.mark.parametrize("old", REVISIONS[:-1])
def test_an_older_file_is_migrated_with_what_it_holds(tmp_path: Path, old: str) -> None:
    path = tmp_path / "s.db"
    with engine(path, readonly=False).begin() as connection:
        CONFIG.attributes["connection"] = connection
        command.upgrade(CONFIG, old)
        connection.exec_driver_sql(
            'INSERT INTO job (step, key, "order", lane, run_at, attempt, token, again, buried, reason) '
            "VALUES ('poll', 'f1', '', 'a.example', '2026-01-05', 0, 0, 0, 0, '')"
        )

    with SqlStore(path) as store:
        kept = store.claim(Step.POLL, limit=9, now=datetime(2026, 1, 6, tzinfo=UTC))
        with engine(path, readonly=True).connect() as connection:
            missing = compare_metadata(
                MigrationContext.configure(connection, opts={"include_name": is_ours}), metadata
            )

    assert ["f1"] == [job.key for job in kept]
    assert [] == missing
    assert (tmp_path / f"s.db.before-{REVISIONS[-1]}").exists()


@pytest.mark.parametrize("old", [one for one in REVISIONS if one < "0003"])
def test_what_was_known_of_merged_stories_begins_their_log(tmp_path: Path, old: str) -> None:
    path = tmp_path / "s.db"
    with engine(path, readonly=False).begin() as connection:
        CONFIG.attributes["connection"] = connection
        command.upgrade(CONFIG, old)
        for row in (
            "story VALUES ('s1', 2, '2026-01-05', '2026-01-06', 'world', 2, NULL, NULL, NULL)",
            "story VALUES ('s2', 1, '2026-01-06', '2026-01-06', 'world', 1, 's1', '2026-01-06 12:00:00', 'one event')",
            "slug VALUES ('en', 'old', 's1', 0), ('en', 'new', 's1', 1)",
            "page VALUES ('en/articles/new/index.html', 'text/html', 'e', 's1', x'00')",
        ):
            connection.exec_driver_sql(f"INSERT INTO {row}")

    with SqlStore(path) as store:
        told, log, stories = store.resolve_slug("en", "old", ["en"]), store.log(), store.stories()

    assert ("en", "new") == told
    assert ["s1"] == [story.id for story in stories]
    at = datetime(2026, 1, 6, 12, tzinfo=UTC)
    assert [LogLine(StoryId("s2"), at, Event.MERGED, DESK, "one event", StoryId("s1"))] == log
