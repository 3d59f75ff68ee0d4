"""A hub on loopback is told of feeds that changed, and of nothing else; one that fails holds nothing up."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from iroyin.adapters.exchange import line_through
from iroyin.adapters.netguard import Guard
from iroyin.adapters.websub import Hub
from iroyin.compose import open_newsroom
from iroyin.errors import SettingsError
from iroyin.model import INDEX, Step
from iroyin.settings import Settings

FEEDS = ["https://desk.example/en/feed.atom", "https://desk.example/en/feed.json"]


class LoopbackHub:
    """A hub that answers `status` and keeps what it was told."""

    def __init__(self) -> None:
        hub = self
        self.status, self.told = 202, list[dict[str, list[str]]]()

        class Answers(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                hub.told.append(parse_qs(sent) | {"agent": [self.headers["User-Agent"]]})
                self.send_response(hub.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.allow = f"hub.localhost:{self.server.server_address[1]}"
        self.url = f"http://{self.allow}/"


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    made = LoopbackHub()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def asking(hub: LoopbackHub, *allow: str) -> Hub:
    return Hub(line_through(Guard(allow), connect=2.0, read=5.0), hub.url, "Iroyin/test")


def test_each_feed_is_told_as_old_and_new_hubs_take_it(hub: LoopbackHub) -> None:
    assert "" == asking(hub, hub.allow).announce(FEEDS)
    assert [
        {"hub.mode": ["publish"], "hub.url": [feed], "hub.topic": [feed], "agent": ["Iroyin/test"]}
        for feed in FEEDS
    ] == hub.told


def test_a_hub_that_refuses_is_asked_once(hub: LoopbackHub) -> None:
    hub.status = 500
    assert "status 500" == asking(hub, hub.allow).announce(FEEDS)
    assert 1 == len(hub.told)


def test_a_hub_within_the_house_is_not_dialled_unless_allowed(hub: LoopbackHub) -> None:
    assert asking(hub).announce(FEEDS)
    assert [] == hub.told


@pytest.mark.parametrize("status", [202, 503])
def test_a_desk_tells_of_what_changed_and_publishes_whatever_the_hub_says(
    status: int, hub: LoopbackHub, tmp_path: Path
) -> None:
    hub.status = status
    settings = replace(
        Settings(), desk_database=str(tmp_path / "d.db"), desk_languages=("en",), desk_url="https://desk.example",
        embed_with="ngrams", site_hub=hub.url, fetch_allow=(hub.allow,), desk_now="2026-01-08T18:00:00+00:00",
    )  # fmt: skip
    with open_newsroom(settings) as newsroom:
        for _ in range(2):
            newsroom.store.enqueue(Step.PUBLISH, INDEX, run_at=newsroom.now())
            for job in newsroom.store.claim(Step.PUBLISH, limit=9, now=newsroom.now()):
                newsroom.desk.do(job)
        feed = newsroom.store.page("en/feed.atom")
    topics = {told["hub.topic"][0] for told in hub.told}
    assert feed
    assert f'rel="hub" href="{hub.url}"'.encode() in feed.body
    assert len(hub.told) == (1 if status == 503 else len(topics))  # the second round changed nothing
    assert status == 503 or "https://desk.example/en/feed.atom" in topics


def test_an_address_that_is_none_is_refused_at_the_start(tmp_path: Path) -> None:
    settings = replace(Settings(), desk_database=str(tmp_path / "d.db"), embed_with="ngrams", site_hub="hub")
    with pytest.raises(SettingsError, match=r"site\.hub"), open_newsroom(settings):
        pass
