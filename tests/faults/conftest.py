"""Loopback plays the internet: 127.0.0.1 is "public", 127.0.0.2 is "inside" and must stay at zero hits."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from evil import Evil, answer
from stage import FEED, NOW, Clock, Fetchers, Names, plays_public

from iroyin.adapters.http import GuardedFetcher
from iroyin.settings import Settings


@pytest.fixture
def web() -> Iterator[Evil]:
    with Evil(routes={"/ok": lambda _: answer(FEED)}) as server:
        yield server


@pytest.fixture
def inside() -> Iterator[Evil]:
    with Evil("127.0.0.2", {"/secret": lambda _: answer(b"<rss>secret</rss>")}) as server:
        yield server


@pytest.fixture
def fetcher(web: Evil) -> Fetchers:
    """Makes a fetcher for which 127.0.0.1 is public and the evil server's port is a web port."""

    def make(
        *,
        names: Names | None = None,
        ports: frozenset[int] = frozenset(),
        clock: Clock | None = None,
        **settings: object,
    ) -> GuardedFetcher:
        row = {"fetch_host_delay": 0.0, "fetch_deadline": 5.0, "fetch_read": 2.0, **settings}
        timing = {"clock": clock, "sleep": clock.sleep} if clock else {}
        return GuardedFetcher(
            Settings(**row),  # type: ignore[arg-type]
            resolve=names or Names(),
            public=plays_public,
            ports=frozenset({web.port}) | ports,
            now=lambda: NOW,
            **timing,  # type: ignore[arg-type]
        )

    return make
