"""Parsers that misbehave on order, run in children by `test_sandbox.py` (named "parse_targets:...")."""

import ctypes
import os
import sys
import time
from pathlib import Path
from typing import Any

from iroyin.errors import ParseError
from iroyin.model import Extract


def page(body: bytes, *, url: str, charset: str, language: str) -> Any:
    """What the body says: a word for each way to go wrong."""
    order, _, rest = body.decode().partition(" ")
    if order == "hog":
        while True:
            pass
    if order == "sleep":
        time.sleep(60)
    if order == "eat":
        return Extract(url, "x" * len(bytearray(int(rest) * 2**20)))
    if order == "die":
        os._exit(3)
    if order == "segfault":
        ctypes.string_at(0)
    if order == "raise":
        raise KeyError("links")
    if order == "deep":
        raise RecursionError
    if order == "refuse":
        raise ParseError("not a page")
    return _told(order, rest, url)


def _told(order: str, rest: str, url: str) -> Any:
    if order == "burn":
        until = time.process_time() + float(rest)
        while time.process_time() < until:
            pass
    if order == "foreign":
        return os.system
    if order == "strange":
        return {"text": "a dict is no page"}
    if order == "write":
        Path(rest).write_text("escaped")
    if order == "environment":
        return Extract(url, " ".join(sorted(os.environ)))
    if order == "files":
        return Extract(url, " ".join(sorted(_open_files())))
    return Extract(f"{os.getpid()}", rest, notes=(sys.executable,))


def _open_files() -> list[str]:
    return [str(file.readlink()) for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]
