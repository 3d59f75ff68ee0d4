"""kill -9 at random moments of the flow: the same stories in the end, nothing lost, nothing doubled."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pysqlite3
import pytest

from iroyin.commands.console import settings_of
from iroyin.compose import open_store
from iroyin.sample.server import SampleWeb

KILLS = 20
LONGEST = 0.8  # seconds of work before a kill: the whole flow is a few seconds
OUTLETS = {
    "harbour-post",
    "lagos-meridian",
    "openwire",
    "la-passerelle",
    "ojumo",
    "hanbit",
    "nandu",
    "click-fountain",
}


@pytest.fixture(scope="module")
def web() -> Iterator[SampleWeb]:
    with SampleWeb(port=0) as served:
        yield served


def prepare(folder: Path, web: SampleWeb) -> Path:
    """A desk of its own for the sample's web; character n-grams, so that a start costs little."""
    folder.mkdir()
    config = folder / "iroyin.toml"
    config.write_text(
        f"""
[desk]
languages = ["en", "fr", "yo", "ko", "zh"]
database = "{folder / "desk.db"}"
now = "2026-01-08T18:00:00+00:00"
sample = true

[fetch]
allow = ["*.localhost:{web.port}"]
host_delay = 0.0

[embed]
with = "ngrams"

[site]
cards = false
"""
    )
    feeds = [feed for feed in web.feeds() if any(slug in feed.url for slug in OUTLETS)]
    with open_store(settings_of(config)) as store:
        store.add_feeds(feeds, now=datetime(2026, 1, 8, 18, tzinfo=UTC))
    return config


def start(config: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "iroyin", "once", "--config", str(config)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def state(folder: Path) -> dict[str, Any]:
    """What the desk came to, read with plain SQL."""
    with pysqlite3.connect(str(folder / "desk.db")) as db:
        ask = lambda sql: db.execute(sql).fetchall()  # noqa: E731
        return {
            "stories": ask("SELECT story_id, article_id FROM placement ORDER BY 1, 2"),
            "entries": ask("SELECT id, state, reason FROM entry ORDER BY 1"),
            "articles": ask("SELECT id FROM article ORDER BY 1"),
            "briefs": ask("SELECT story_id, language, data FROM brief WHERE current ORDER BY 1, 2"),
            "pages": ask("SELECT path, etag FROM page WHERE path NOT LIKE '%.png' ORDER BY 1"),
            "cards": ask("SELECT path FROM page WHERE path LIKE '%.png' ORDER BY 1"),  # signed by another key each
            "slugs": ask("SELECT language, slug, story_id FROM slug ORDER BY 1, 2"),
            "waiting": ask("SELECT step, key FROM job WHERE step != 'poll'"),
            "buried": ask("SELECT step, key, reason FROM job WHERE buried"),
            "broken": [row for row in ask("PRAGMA integrity_check") if row != ("ok",)],
        }


def held(folder: Path) -> list[tuple[str, str, int]]:
    with pysqlite3.connect(str(folder / "desk.db"), timeout=30) as db:
        return db.execute(
            "SELECT step, key, token FROM job WHERE lease_until IS NOT NULL ORDER BY 1, 2"
        ).fetchall()


def killed_at_work(folder: Path, work: float) -> bool:
    """Start the desk, wait until it holds jobs of its own, and kill it after `work` seconds more.

    False when it had nothing left to do by then: such a kill proves nothing.
    """
    before = held(folder)
    process = start(folder / "iroyin.toml")
    try:
        while held(folder) in (before, []):
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.01)
                return False
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=work)
            return False
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    return bool(state(folder)["waiting"])


def finished(folder: Path) -> dict[str, Any]:
    """What the desk came to after a run that nobody disturbed."""
    process = start(folder / "iroyin.toml")
    _, complaint = process.communicate(timeout=300)
    assert 0 == process.returncode, complaint.decode()
    return state(folder)


def test_twenty_kills_in_the_middle_of_the_work_change_nothing(tmp_path: Path, web: SampleWeb) -> None:
    prepare(tmp_path / "calm", web)
    want = finished(tmp_path / "calm")
    assert want["stories"]
    assert want["pages"]
    assert ([], [], []) == (want["waiting"], want["buried"], want["broken"])

    rng = random.Random(20260105)
    kills = desks = 0
    while kills < KILLS:
        desks += 1
        assert desks <= KILLS, "the flow always ends before it can be killed"
        rough = tmp_path / f"rough-{desks}"
        prepare(rough, web)
        while kills < KILLS and killed_at_work(rough, rng.uniform(0.0, LONGEST)):
            kills += 1
        have = finished(rough)
        for name in want:
            assert want[name] == have[name], name
