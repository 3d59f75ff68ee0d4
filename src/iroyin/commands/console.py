"""Speaking to the person at the terminal: settings found, progress shown, lines that a pipe can read.

Texts from feeds and files are printed through `say` and `tell` only: what could steer a terminal is made visible.
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from iroyin.commands import logs
from iroyin.commands.printable import printable
from iroyin.model import Step
from iroyin.settings import Settings, load

err = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)

DEFAULT_CONFIG = Path("iroyin.toml")
SAYS = {
    Step.POLL: "polling feeds",
    Step.READ: "reading articles",
    Step.PLACE: "placing in stories",
    Step.REPORT: "reporting stories",
    Step.REACT: "reading reactions",
    Step.PUBLISH: "publishing pages",
    Step.DRAW: "drawing cards",
}
QUIET_SECONDS = 5.0


def say(text: str) -> None:
    """One line of the command's result on standard output."""
    print(printable(text), flush=True)  # noqa: T201  # the one place that speaks


def tell(text: str) -> None:
    """One line about the work on standard error: what was left out, what to do next."""
    print(printable(text), file=sys.stderr, flush=True)  # noqa: T201


def tell_when_new(settings: Settings) -> None:
    """Say where a database is about to be made: in a wrong folder that is all one would notice."""
    where = Path(settings.desk_database)
    if not where.exists():
        tell(
            f"making a new database, {where.resolve()}; for a newsroom elsewhere go to its folder or use --config"
        )


def table(columns: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """Rows on standard output: a table on a terminal, tab-separated lines in a pipe."""
    out = Console(highlight=False, markup=False, emoji=False)
    if not out.is_terminal:
        for line in (columns, *lines):
            print("\t".join(printable(cell) for cell in line), flush=True)  # noqa: T201  # `say` would escape the tabs
        return
    shown = Table(*columns, box=None)
    for line in lines:
        shown.add_row(*(printable(cell) for cell in line))
    out.print(shown)


def settings_of(config: Path | None) -> Settings:
    """The settings: the file named, else iroyin.toml here when it exists, else defaults; then the environment.

    From here on events are logged at the level that they name.
    """
    path = config or (DEFAULT_CONFIG if DEFAULT_CONFIG.exists() else None)
    settings = load(path, os.environ)
    logs.to_stderr(settings.log_level)
    return settings


class Bars:
    """Progress of the steps: bars on a terminal, a line every few seconds in a pipe."""

    def __init__(self) -> None:
        self._live = Progress(
            TextColumn("{task.description:<20}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=err,
            disable=not err.is_terminal,
            redirect_stdout=sys.stdout.isatty(),  # a result that goes to a file must reach it
        )
        self._tasks: dict[str, TaskID] = {}
        self._told: dict[str, float] = {}

    def __enter__(self) -> "Bars":
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def step(self, step: Step, done: int, waiting: int) -> None:
        """A job of this step has ended: `done` so far, `waiting` still due."""
        self.show(SAYS[step], done, done + waiting)

    def show(self, what: str, done: int, total: int | None = None) -> None:
        """`done` of `total` of this kind of work; None when nobody knows how much there is."""
        most = None if total is None else max(done, total)
        if err.is_terminal:
            if what not in self._tasks:
                self._tasks[what] = self._live.add_task(what, total=most)
            self._live.update(self._tasks[what], completed=done, total=most)
        elif done == most or time.monotonic() - self._told.get(what, 0.0) > QUIET_SECONDS:
            self._told[what] = time.monotonic()
            tell(f"{what}: {done}" if most is None else f"{what}: {done}/{most}")


@contextmanager
def interruptible() -> Iterator["StopFlag"]:
    """Ctrl-C and SIGTERM ask for a stop after the work under way; a second one stops at once."""
    flag = StopFlag()
    flag.listen()
    try:
        yield flag
    finally:
        flag.forget()


class StopFlag:
    """An event set by the first Ctrl-C or SIGTERM."""

    def __init__(self) -> None:
        import threading

        self.event = threading.Event()
        self._before: dict[int, object] = {}

    def listen(self) -> None:
        """Begin to hear signals."""
        import signal

        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._heard)

    def forget(self) -> None:
        """Give the signals back."""
        import signal

        for number, before in self._before.items():
            signal.signal(number, before)  # type: ignore[arg-type]

    def _heard(self, number: int, _frame: object) -> None:
        if self.event.is_set():
            raise KeyboardInterrupt
        self.event.set()
        tell("stopping after the work under way (again to stop at once; nothing is lost either way)")
