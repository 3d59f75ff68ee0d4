"""kill -9 at random moments of the flow: the same stories in the end, nothing lost, nothing doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pysqlite3
import pytest

from iroyin.sample.server import SampleWeb

ROUNDS = 20
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
"""
    )
    from datetime import UTC, datetime

    from iroyin.commands.console import settings_of
    from iroyin.compose import open_store

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
            "pages": ask("SELECT path FROM page ORDER BY 1"),
            "slugs": ask("SELECT language, slug, story_id FROM slug ORDER BY 1, 2"),
            "waiting": ask("SELECT step, key FROM job WHERE step != 'poll'"),
            "buried": ask("SELECT step, key, reason FROM job WHERE buried"),
            "broken": [row for row in ask("PRAGMA integrity_check") if row != ("ok",)],
        }


def test_twenty_kills_change_nothing(tmp_path: Path, web: SampleWeb) -> None:
    calm, rough = tmp_path / "calm", tmp_path / "rough"
    for folder in (calm, rough):
        folder.mkdir()
        prepare(folder, web)
    began = time.monotonic()
    undisturbed = start(calm / "iroyin.toml")
    _, complaint = undisturbed.communicate(timeout=300)
    assert 0 == undisturbed.returncode, complaint.decode()
    took = time.monotonic() - began

    rng = random.Random(20260105)
    killed = 0
    for _ in range(ROUNDS):
        process = start(rough / "iroyin.toml")
        try:
            process.wait(timeout=rng.uniform(0.15, 0.6) * took)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.communicate()
    last = start(rough / "iroyin.toml")
    _, complaint = last.communicate(timeout=300)

    assert 0 == last.returncode, complaint.decode()
    assert killed >= 3, "the flow ended before it could be killed: the rounds prove nothing"
    want, have = state(calm), state(rough)
    assert want["stories"]
    for name in want:
        assert want[name] == have[name], name
