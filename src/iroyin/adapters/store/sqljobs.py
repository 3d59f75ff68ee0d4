"""`SqlJobs`: the `Jobs` port on one SQLite file, and how every part of the store opens its transactions."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Self

from sqlalchemy import Connection

from iroyin.adapters.store import queue
from iroyin.adapters.store.connect import engine, migrate
from iroyin.model import Job, Step


def real_time() -> datetime:
    """Now."""
    return datetime.now(UTC)


class SqlJobs:
    """One file, one writer at a time, many readers. Close it when done, or use it in a `with`."""

    def __init__(
        self,
        path: Path,
        *,
        lease: float = 120.0,
        attempts: int = 3,
        clock: Callable[[], datetime] = real_time,
    ) -> None:
        migrate(path)
        self.path, self._lease, self._attempts, self._clock = path, lease, attempts, clock
        self._writer = engine(path, readonly=False)
        self._reader = engine(path, readonly=True)
        self._turn = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._writer.dispose()
        self._reader.dispose()

    def _read(self) -> AbstractContextManager[Connection]:
        return self._reader.begin()

    def enqueue(self, step: Step, key: str, *, order: str = "", lane: str = "", run_at: datetime) -> None:
        """See `Jobs`."""
        with self._turn, self._writer.begin() as connection:
            queue.enqueue(connection, step, key, order=order, lane=lane, run_at=run_at)

    def claim(self, step: Step, *, limit: int, now: datetime, busy: Collection[str] = ()) -> list[Job]:
        """See `Jobs`."""
        with self._turn, self._writer.begin() as connection:
            return queue.claim(connection, step, limit=limit, now=now, lease=self._lease, busy=tuple(busy))

    def drop(self, job: Job) -> None:
        """See `Jobs`."""
        with self._turn, self._writer.begin() as connection:
            queue.finish(connection, job)

    def fail(self, job: Job, reason: str, *, retry_at: datetime) -> bool:
        """See `Jobs`."""
        with self._turn, self._writer.begin() as connection:
            return queue.fail(connection, job, reason, retry_at=retry_at, attempts=self._attempts)

    def release(self, jobs: Sequence[Job], *, run_at: datetime | None = None) -> None:
        """See `Jobs`."""
        with self._turn, self._writer.begin() as connection:
            queue.release(connection, jobs, run_at=run_at)

    def free_leases(self) -> int:
        """Take back every lease: only for a process that knows it is the only one on this file."""
        with self._turn, self._writer.begin() as connection:
            return queue.free_leases(connection)

    def depth(self, *, now: datetime) -> Mapping[Step, int]:
        """See `Jobs`."""
        with self._read() as connection:
            return queue.depth(connection, now=now)

    def next_due(self) -> datetime | None:
        """When the next waiting job wants to run."""
        with self._read() as connection:
            return queue.next_due(connection)

    def buried(self) -> list[tuple[Step, str, str]]:
        """Jobs that were given up, with their reasons."""
        with self._read() as connection:
            return queue.buried(connection)
