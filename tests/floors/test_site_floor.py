"""A page in memory goes out fast: our part of an answer in processor time, which a busy machine does not bend."""

import asyncio
import json
import sys
from pathlib import Path
from time import process_time

from iroyin.model import Page
from iroyin.web.kept import KeptPages

FLOORS = json.loads((Path(__file__).parents[2] / "bench" / "floors.json").read_text("utf-8"))["site"]
BODY = ("<p>" + "a sentence of a story page and its source " * 1200).encode()


async def nowhere(*_: object) -> None:
    raise AssertionError("the page is there: nothing may be passed on")


def answers(times: int) -> float:
    """Answers a second of processor time."""
    app = KeptPages(nowhere, lambda path: Page(path, "text/html", BODY, etag="e"), lambda _: {"x": "y"})
    scope = {"type": "http", "method": "GET", "path": "/en/a", "query_string": b"",
             "headers": [(b"host", b"x"), (b"accept-encoding", b"gzip")]}  # fmt: skip
    sent: list[object] = []

    async def send(message: object) -> None:
        sent.append(message)

    async def run() -> float:
        await app(scope, nowhere, send)
        began = process_time()
        for _ in range(times):
            await app(scope, nowhere, send)
        return times / (process_time() - began)

    return asyncio.run(run())


def test_answers_from_memory_are_not_slower_than_their_floor() -> None:
    assert max(answers(5000) for _ in range(3)) >= FLOORS["answers_a_processor_second"], sys.version
