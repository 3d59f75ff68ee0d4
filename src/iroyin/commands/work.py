"""`iroyin once`, `iroyin run` and `iroyin backup`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from iroyin.adapters.store.alone import alone
from iroyin.commands.console import Bars, interruptible, say, settings_of, tell, tell_when_new
from iroyin.commands.found import found_store, labelled
from iroyin.compose import Newsroom, open_newsroom
from iroyin.errors import InputError
from iroyin.model import Step
from iroyin.runner import Runner

PATIENCE = 60.0  # seconds `run` stays in one step before the next, so that reading never starves publishing
IDLE = 5.0


def runner_of(room: Newsroom, bars: Bars, stop: Event) -> Runner:
    """A runner on this newsroom's queue, in which every page waits when settings or program make them otherwise now."""
    room.desk.restyle()
    return Runner(
        room.desk,
        room.store,
        workers=room.settings.fetch_workers,
        clock=room.now,
        report=bars.step,
        stop=stop,
    )


@contextmanager
def at_work(config: Path | None) -> Iterator[tuple[Newsroom, Runner, Event]]:
    """The newsroom with its lock held and every old lease taken back, a runner, and the event that asks for a stop."""
    settings = settings_of(config)
    labelled(settings)
    tell_when_new(settings)
    with alone(Path(settings.desk_database)), open_newsroom(settings) as room, interruptible() as flag:
        _explain_no_feeds(room)
        room.store.free_leases()
        with Bars() as bars:
            runner = runner_of(room, bars, flag.event)
            yield room, runner, flag.event
        _summary(room, runner)


def once(config: Path | None) -> None:
    """One pass over everything that is due."""
    with at_work(config) as (_, runner, _stop):
        runner.drain()


def keep_going(config: Path | None) -> None:
    """Pass after pass until told to stop."""
    with at_work(config) as (room, runner, stop):
        while not stop.is_set():
            if runner.drain(patience=PATIENCE):
                _summary(room, runner)
            stop.wait(_rest(room))


def backup(config: Path | None, target: Path) -> None:
    """A consistent copy of the database."""
    settings = settings_of(config)
    with found_store(settings) as store:
        if target.is_dir():
            raise InputError(str(target), "is a folder; name the file to write, such as copy.db")
        if target.resolve() == Path(settings.desk_database).resolve():
            raise InputError(str(target), "is the database itself; name another file")
        if target.exists():
            raise InputError(str(target), "is there already and stays as it is; name another file")
        store.backup(target)
    say(f"copied to {target}")


def _rest(room: Newsroom) -> float:
    due = room.store.next_due()
    return IDLE if due is None else min(IDLE, max(0.2, (due - datetime.now(UTC)).total_seconds()))


def _explain_no_feeds(room: Newsroom) -> None:
    if not room.store.feeds() and not room.store.stories(limit=1):
        tell(
            "There are no feeds yet. `iroyin init --languages en` takes some from the catalogue, "
            "`iroyin feed add URL` adds one."
        )


def _summary(room: Newsroom, runner: Runner) -> None:
    done = ", ".join(f"{runner.done[step]} {step}" for step in Step)
    say(f"done: {done}; {room.store.count('article')} articles in {room.store.count('story')} stories")
    for step, key, reason in room.store.buried()[:5]:
        tell(f"given up: {step} {key}: {reason}")
