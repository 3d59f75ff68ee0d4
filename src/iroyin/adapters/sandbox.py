"""Parsing of outside bytes in limited child processes, so that a hostile page costs one document and no more.

A timer in our own process cannot stop native code (measured: nh3 225 s on nested tags, lxml 300 s on attributes);
the kernel can. Each child has its own interpreter, no network handle of ours, a limit on memory, and for every
document a limit on CPU and on the clock. What comes back is read by an unpickler that knows our values only.
"""

import contextlib
import io
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from multiprocessing.connection import Pipe
from types import TracebackType
from typing import Any, Self

from iroyin import model
from iroyin.adapters.parse_child import MEMORY, OK, Orders
from iroyin.errors import ParseError
from iroyin.model import Extract, Fetched, ParsedFeed
from iroyin.settings import Settings

FEED = "iroyin.ingest.feed:parse"
PAGE = "iroyin.ingest.extract:extract"
TOO_LONG = "took too long"
_START_SECONDS = 60.0
_REPLY_BYTES = 64 * 2**20
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
_TIME_CLASSES = {("datetime", name) for name in ("datetime", "timedelta", "timezone")}


class ValueUnpickler(pickle.Unpickler):
    """Reads values of `iroyin.model` and times, nothing else: a broken child cannot make us run anything."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of our model or of datetime. Raises UnpicklingError."""
        found = getattr(model, name, None)
        if isinstance(found, type) and found.__module__ == module and module.startswith(model.__name__):
            return found
        if (module, name) in _TIME_CLASSES:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


class ChildLost(Exception):
    """The child died or hung; `reason` is what becomes of the document."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Child:
    """One parsing process. Not for two threads at once."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self.parsed = 0
        self._pipe, far = Pipe()
        number = far.fileno()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell, no outside words
            [sys.executable, "-m", "iroyin.adapters.parse_child", str(number)],
            pass_fds=(number,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the parent, which lets documents in hand finish
        )
        far.close()
        with contextlib.suppress(OSError):
            self._pipe.send(orders)
        kind, reason = self._receive(_START_SECONDS)
        if kind != OK:
            self.kill()
            raise ChildLost(str(reason))

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs; one may die while idle, by no fault of the next document."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process from another thread; the one that waits for it sees the pipe end and cleans up."""
        self._process.kill()

    def parse(self, function: str, arguments: Mapping[str, Any]) -> tuple[str, Any]:
        """The kind and value of one document's outcome. Raises ChildLost."""
        self.parsed += 1
        try:
            self._pipe.send((function, dict(arguments)))
        except OSError as error:
            self.kill()
            raise ChildLost("crashed the parser") from error
        return self._receive(self._orders.wall)

    def kill(self) -> None:
        """End the process and forget it."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()

    def _receive(self, seconds: float) -> tuple[str, Any]:
        try:
            if not self._pipe.poll(seconds):
                self.kill()
                raise ChildLost(TOO_LONG)
            reply = self._pipe.recv_bytes(_REPLY_BYTES)
            kind, value = ValueUnpickler(io.BytesIO(reply)).load()
        except (EOFError, OSError) as error:
            raise ChildLost(self._cause_of_death()) from error
        except (pickle.UnpicklingError, ValueError, TypeError, AttributeError, IndexError) as error:
            self.kill()
            raise ChildLost("crashed the parser: unreadable answer") from error
        return kind, value

    def _cause_of_death(self) -> str:
        """Why the child is gone, by the signal that ended it."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        status = self._process.poll()
        self.kill()
        if status in {-signal.SIGXCPU, -signal.SIGALRM}:
            return TOO_LONG
        if status is not None and status < 0:
            return f"crashed the parser: {signal.Signals(-status).name}"
        return "crashed the parser"


class ChildParser:
    """`ports.Parser` over a pool of `parse.children` children, for use from many threads at once.

    `feed` and `page` name the functions that children run ("module:function"). A child that dies is replaced when
    the next document comes, one that has parsed `parse.documents` documents likewise.
    """

    def __init__(self, settings: Settings, *, feed: str = FEED, page: str = PAGE) -> None:
        self._feed, self._page = feed, page
        self._entries, self._documents = settings.feeds_entries, settings.parse_documents
        functions = tuple(dict.fromkeys((feed, page)))
        self._orders = Orders(functions, settings.parse_cpu, settings.parse_wall, settings.parse_memory)
        self._idle: queue.LifoQueue[Child | None] = queue.LifoQueue()
        for _ in range(max(1, settings.parse_children)):
            self._idle.put(None)
        self._children: set[Child] = set()
        self._closed = False
        self._lock = threading.Lock()

    def feed(self, fetched: Fetched, *, now: datetime, language: str = "") -> ParsedFeed:
        """The feed in these bytes. Raises ParseError."""
        arguments = {
            "body": fetched.body,
            "url": fetched.url,
            "content_type": fetched.headers.get("content-type", ""),
            "now": now,
            "language": language,
            "limit": self._entries,
        }
        value = self._run(self._feed, arguments)
        if not isinstance(value, ParsedFeed):
            raise ParseError("crashed the parser: not a feed")
        return value

    def page(self, body: bytes, url: str, *, charset: str = "", language: str = "") -> Extract:
        """The article in this HTML page. Raises ParseError."""
        value = self._run(self._page, {"body": body, "url": url, "charset": charset, "language": language})
        if not isinstance(value, Extract):
            raise ParseError("crashed the parser: not a page")
        return value

    def close(self) -> None:
        """End all children. Documents in hand are lost as ParseError; nothing can be parsed afterwards."""
        with self._lock:
            self._closed = True
            children, self._children = self._children, set()
        for child in children:
            child.stop()
        for _ in range(self._idle.qsize()):
            with contextlib.suppress(queue.Empty):
                self._retire(self._idle.get_nowait())
                self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self, function: str, arguments: Mapping[str, Any]) -> Any:
        """The value of one document, from whichever child is free. Raises ParseError."""
        child, worn = self._idle.get(), True
        try:
            child = self._ready(child)
            kind, value = child.parse(function, arguments)
            worn = kind == MEMORY or child.parsed >= self._documents
        except ChildLost as error:
            raise ParseError(error.reason) from error
        finally:
            if child is not None and (worn or self._closed):
                self._retire(child)
                child = None
            self._idle.put(child)
        if kind == OK:
            return value
        raise ParseError("crashed the parser: out of memory" if kind == MEMORY else str(value))

    def _ready(self, child: Child | None) -> Child:
        """This child if it still lives, else a new one. Raises ParseError."""
        if child is not None and child.is_alive:
            return child
        self._retire(child)
        try:
            fresh = Child(self._orders)
        except ChildLost as error:
            raise ParseError(f"the parser did not start: {error.reason}") from error
        with self._lock:
            self._children.add(fresh)
            closed = self._closed
        if closed:
            self._retire(fresh)
            raise ParseError("the parser is closed")
        return fresh

    def _retire(self, child: Child | None) -> None:
        """Forget a child and make sure that it is gone."""
        if child is not None:
            with self._lock:
                self._children.discard(child)
            child.kill()


def _environment() -> dict[str, str]:
    """What a child may know: no keys and tokens of ours, the same modules, one thread to a library."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return {**kept, **single, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
