"""One worker process a database file: a lock that the system itself lets go of when the process dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iroyin.errors import StoreError


@contextmanager
def alone(database: Path) -> Iterator[None]:
    """Hold the worker's lock beside the database. Raises StoreError when another process works on it."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_name(database.name + ".lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(f"another iroyin is at work on {database}; stop it first, or wait") from error
        yield
