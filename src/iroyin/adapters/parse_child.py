"""What runs in a parsing child: take a document, parse it under limits, hand back a value. See `sandbox.py`.

Started as `python -m iroyin.adapters.parse_child FD`. The pipe's end is its order to leave: a child outlives its
parent by at most the document in hand, which its own alarm ends.
"""

import contextlib
import importlib
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from iroyin.errors import ParseError

OK, REFUSED, MEMORY = "ok", "refused", "memory"
_FILES = 64


@dataclass(frozen=True, slots=True)
class Orders:
    """What a child is told first: functions to load by name ("module:function"), and its limits.

    `cpu` in seconds a document, `wall` in seconds a document, `memory` in MiB of address space.
    """

    functions: tuple[str, ...]
    cpu: int
    wall: float
    memory: int


def load(dotted: str) -> Callable[..., Any]:
    """The function named "package.module:function"."""
    module, _, name = dotted.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def limit(orders: Orders) -> None:
    """Bind this process: memory, no files written, few open, no core. A limit the system lacks is left out."""
    memory = orders.memory * 2**20
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in limits:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def grant(orders: Orders) -> None:
    """CPU seconds and an alarm for one document. The kernel counts CPU by process, so the soft limit moves on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (spent + orders.cpu + 1, hard))
    # Native code does not yield to Python's handlers; the default action of SIGALRM needs none.
    signal.setitimer(signal.ITIMER_REAL, orders.wall + 1)


def answer(function: Callable[..., Any], arguments: dict[str, Any]) -> tuple[str, Any]:
    """The kind of the outcome and its value or reason. Any other exception ends the child: the pipe tells."""
    try:
        return OK, function(**arguments)
    except ParseError as error:
        return REFUSED, error.reason
    except MemoryError:
        return MEMORY, "MemoryError"


def serve(pipe: Connection) -> None:
    """Answer documents until the pipe ends."""
    orders = pipe.recv()
    try:
        functions = {name: load(name) for name in orders.functions}
    except (ImportError, AttributeError) as error:
        pipe.send((REFUSED, str(error)))
        return
    limit(orders)
    pipe.send((OK, None))
    while True:
        try:
            name, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        grant(orders)
        outcome = answer(functions[name], arguments)
        pipe.send(outcome)
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
