"""The real server on a loopback port: it answers, and it ends cleanly when asked to."""

import asyncio
import http.client
import os
import signal
import socket
from collections.abc import Callable
from typing import TypeVar

import pytest
from starlette.applications import Starlette

from iroyin.errors import SettingsError
from iroyin.web.app import make_app
from iroyin.web.serve import _listener, free, run


class Empty:
    def page(self, path: str) -> None:
        return None

    def resolve_slug(self, language: str, slug: str, languages: object) -> None:
        return None

    def withdrawn(self, language: str, slug: str) -> bool:
        return False

    def awaited(self, language: str, slug: str) -> bool:
        return False


def app() -> Starlette:
    return make_app(Empty(), languages=("en",))


def ask(port: int) -> tuple[int, str | None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    return answer.status, answer.getheader("x-content-type-options")


T = TypeVar("T")


def served(story: Callable[[int], T], number: signal.Signals = signal.SIGINT) -> T:
    """What a story of requests saw of a server that is told to stop after it, and did."""

    async def told() -> T:
        listening = asyncio.Event()
        server = asyncio.create_task(run(app, host="127.0.0.1", port=port, ready=listening.set))
        await asyncio.wait_for(listening.wait(), 10)
        seen = await asyncio.to_thread(story, port)
        os.kill(os.getpid(), number)
        await asyncio.wait_for(server, 10)
        return seen

    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    return asyncio.run(told())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_until_it_is_interrupted(number: signal.Signals) -> None:
    assert (200, "nosniff") == served(ask, number)


def test_an_open_connection_does_not_hold_up_the_end() -> None:
    silent = socket.socket()

    def story(port: int) -> tuple[int, str | None]:
        silent.connect(("127.0.0.1", port))
        silent.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n")  # and never the rest
        return ask(port)

    assert (200, "nosniff") == served(story)
    with silent:
        assert b"" == silent.recv(1)


def test_more_connections_than_it_holds_are_told_to_come_back() -> None:
    idle = [socket.socket() for _ in range(256)]

    def story(port: int) -> int:
        for each in idle:
            each.connect(("127.0.0.1", port))
        return ask(port)[0]

    assert 503 == served(story)
    for each in idle:
        each.close()


def test_an_address_in_use_is_told_before_any_work() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SettingsError, match="cannot listen on"):
        free("127.0.0.1", taken.getsockname()[1])


def test_the_second_half_of_an_answer_does_not_wait_for_the_first_to_be_acknowledged() -> None:
    with _listener("127.0.0.1", 0) as listener:
        reader = socket.create_connection(listener.getsockname())
        accepted, _ = listener.accept()
        with reader, accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
