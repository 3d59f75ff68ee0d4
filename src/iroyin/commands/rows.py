"""JSON lines in and out: plain or gzip, from a file or standard input; a bad line is counted, never fatal."""

import gzip
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from iroyin.commands.console import err
from iroyin.errors import InputError
from iroyin.ingest.article import from_row
from iroyin.model import Article

SHOWN = 5  # bad lines printed one by one; the rest is counted


def rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line numbers and objects of a JSON lines file. Raises InputError when the file cannot be read."""
    bad = 0
    try:
        with _open(file) as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError) as error:
                    row = f"not JSON: {error}"
                if isinstance(row, dict):
                    yield number, row
                else:
                    bad += 1
                    say_bad(file, number, row if isinstance(row, str) else "not an object", bad)
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise InputError(str(file), str(error)) from error


def say_bad(file: Path, number: int, reason: str, so_far: int) -> None:
    """Tell of a line that was left out: the first few in full."""
    if so_far <= SHOWN:
        err.print(f"{file}, line {number} left out: {reason}")
    elif so_far == SHOWN + 1:
        err.print("more lines were left out; the sum is at the end")


def _open(file: Path) -> IO[str]:
    if str(file) == "-":
        return sys.stdin
    with file.open("rb") as start:
        packed = start.read(2) == b"\x1f\x8b"
    return gzip.open(file, "rt", encoding="utf-8") if packed else file.open(encoding="utf-8")


def articles(file: Path, *, now: datetime) -> Iterator[Article]:
    """The articles of a JSON lines file; rows that give none are told and left out."""
    bad = 0
    for number, row in rows(file):
        try:
            yield from_row(row, now=now)
        except InputError as error:
            bad += 1
            say_bad(file, number, error.reason, bad)
    if bad:
        err.print(f"{file}: {bad} lines left out")
