"""A real store for the calls, and a chat on a loopback server."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from chat_stage import NOW, Chats, Clock
from model_server import ModelServer

from iroyin.adapters.models import ModelChat
from iroyin.adapters.models.chat import World
from iroyin.adapters.store import SqlStore
from iroyin.settings import Settings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with SqlStore(tmp_path / "calls.db") as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def chat(store: SqlStore, clock: Clock) -> Chats:
    """Makes a chat with this server; settings as they are named, without their `model_`."""

    def make(server: ModelServer, *, real_time: bool = False, **settings: object) -> ModelChat:
        rows = {"url": server.url, "name": "small", **settings}
        timing = {} if real_time else {"clock": clock, "sleep": clock.sleep}
        world = World(now=lambda: NOW, rng=lambda: 0.5, **timing)  # type: ignore[arg-type]
        return ModelChat(Settings(**{f"model_{name}": value for name, value in rows.items()}), store, world=world)  # type: ignore[arg-type]

    return make
