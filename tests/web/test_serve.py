"""The real server on a loopback port: it answers, and it ends cleanly when asked to."""

import asyncio
import http.client
import os
import signal
import socket

from starlette.applications import Starlette

from iroyin.web.app import make_app
from iroyin.web.serve import run


class Empty:
    def page(self, path: str) -> None:
        return None

    def resolve_slug(self, language: str, slug: str) -> None:
        return None


def app() -> Starlette:
    return make_app(Empty(), languages=("en",))


def ask(port: int) -> tuple[int, str | None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    return answer.status, answer.getheader("x-content-type-options")


def test_it_answers_until_it_is_interrupted() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    async def story() -> tuple[int, str | None]:
        listening = asyncio.Event()
        server = asyncio.create_task(run(app, host="127.0.0.1", port=port, ready=listening.set))
        await asyncio.wait_for(listening.wait(), 10)
        for _ in range(100):
            try:
                got = await asyncio.to_thread(ask, port)
                break
            except ConnectionRefusedError:
                await asyncio.sleep(0)
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.wait_for(server, 10)
        return got

    assert (200, "nosniff") == asyncio.run(story())
