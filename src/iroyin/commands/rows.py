"""JSON lines in and out: plain or gzip, from a file or standard input; a bad line is counted, never fatal."""

import gzip
import io
import json
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from iroyin.commands.console import tell
from iroyin.errors import InputError
from iroyin.ingest.article import from_row
from iroyin.model import Article

SHOWN = 5  # lines left out that are told one by one; the rest is counted
MOST_LINE = 32 * 2**20  # bytes; a longer line is left out unread
NO_ARTICLE = "holds no article: each line is a JSON object with id, title, text, published_at, source, url"

_PIECE = 2**20


class LeftOut:
    """Counts the lines of a file that were left out and tells of the first few, once a good line was seen."""

    def __init__(self, file: Path, fate: str = "left out") -> None:
        self.file, self.fate, self.count = file, fate, 0
        self._waiting: list[str] = []
        self._good = False

    def add(self, number: int, reason: str) -> None:
        """A line was left out for this reason."""
        self.count += 1
        if self.count <= SHOWN:
            self._waiting.append(f"{self.file}, line {number} {self.fate}: {reason}")
        if self._good:
            self._tell()

    def good(self) -> None:
        """A line was used."""
        self._good = True
        self._tell()

    def end(self, what: str) -> None:
        """Tell the sum. Raises InputError saying `what` when the file had no good line at all."""
        if not self._good:
            first = f" ({self._waiting[0].partition(': ')[2]})" if self._waiting else ""
            raise InputError(str(self.file), what + first)
        if self.count > SHOWN:
            tell(f"{self.file}: in all {self.count} lines: {self.fate}")

    def _tell(self) -> None:
        for line in self._waiting:
            tell(line)
        self._waiting.clear()


def rows(file: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Line numbers with their objects, or with the reason why a line holds none; empty lines are passed over.

    NaN and the infinities, which JSON does not know, are read as null. Raises InputError when the file cannot
    be read, also half-way: what was yielded before stands.
    """
    try:
        with _open(file) as lines:
            for number, line in enumerate(_lines(lines), 1):
                if line is None:
                    yield number, f"longer than {MOST_LINE} bytes"
                elif line.strip():
                    yield number, _row(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or f"damaged gzip: {error}"
        raise InputError(str(file), f"cannot be read: {reason}") from error


def articles(file: Path, *, now: datetime) -> Iterator[Article]:
    """The articles of a JSON lines file; lines that give none are told and left out. Raises InputError."""
    left_out = LeftOut(file)
    for number, row in rows(file):
        try:
            article = from_row(_object(row), now=now)
        except InputError as error:
            left_out.add(number, error.reason)
        else:
            left_out.good()
            yield article
    left_out.end(NO_ARTICLE)


def line_of(value: object) -> str:
    """One line of JSON, readable in any script; half a surrogate pair is escaped, for UTF-8 has no word for it."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        line = json.dumps(value, allow_nan=False)
    return line + "\n"


@contextmanager
def writing(file: Path) -> Iterator[IO[str]]:
    """A text file that appears whole at the end or not at all; - is standard output. Raises InputError."""
    if str(file) == "-":
        yield sys.stdout
        return
    target = file.resolve()
    whole = not target.exists() or target.is_file()
    partial = target.with_name(f".{target.name[:80]}.{os.getpid()}.partial") if whole else target
    try:
        lines = partial.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(str(file), f"cannot be written: {error.strerror}") from error
    try:
        with lines:
            yield lines
        if whole:
            partial.replace(target)
    finally:
        if whole:
            partial.unlink(missing_ok=True)


def _object(row: dict[str, Any] | str) -> dict[str, Any]:
    if isinstance(row, str):
        raise InputError("row", row)
    return row


def _row(line: bytes) -> dict[str, Any] | str:
    try:
        row = json.loads(line.decode("utf-8"), parse_constant=lambda _: None)
    except UnicodeDecodeError:
        return "not UTF-8"
    except json.JSONDecodeError as error:
        return f"not JSON: {error.msg} at character {error.pos + 1}"
    except (ValueError, RecursionError):
        return "not JSON: a number too long or brackets too deep"
    return row if isinstance(row, dict) else "not a JSON object"


def _lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """The lines; None for one that is too long."""
    while line := stream.readline(MOST_LINE + 1):
        if len(line) <= MOST_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_PIECE)
        yield None


@contextmanager
def _open(file: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked when they are gzip; read once from front to back, so a pipe will do."""
    with io.BufferedReader(_raw(file)) as found:
        if found.peek(2)[:2] == b"\x1f\x8b":
            with gzip.open(found) as unpacked:
                yield unpacked  # type: ignore[misc]  # a GzipFile reads as any binary file does
        else:
            yield found


def _raw(file: Path) -> io.FileIO:
    return io.FileIO(sys.stdin.fileno(), closefd=False) if str(file) == "-" else io.FileIO(file)
