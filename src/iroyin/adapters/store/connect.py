"""Opening the SQLite file: WAL, one writer at a time, readers that cannot write, migrations with a backup.

The bundled pysqlite3 is used because the WAL-reset corruption bug lives in SQLite 3.7.0 to 3.51.2, which many
systems still ship (docs/dependencies.md).
"""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from iroyin.errors import StoreError

SAFE_SQLITE = (3, 51, 3)


def engine(path: Path, *, readonly: bool) -> Engine:
    """An engine on this file. Writers begin IMMEDIATE, so a read never has to become a write half-way."""
    import pysqlite3

    if pysqlite3.sqlite_version_info < SAFE_SQLITE:
        raise StoreError(
            f"SQLite {pysqlite3.sqlite_version} has the WAL-reset bug; install pysqlite3 0.6.1 or later"
        )
    made = create_engine(f"sqlite:///{path}", module=pysqlite3, connect_args={"check_same_thread": False})

    @event.listens_for(made, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=5000")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA query_only={'ON' if readonly else 'OFF'}")
        cursor.close()

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return made


def migrate(path: Path) -> None:
    """Bring the file to the schema of this program; a file with content is copied to `<file>.before-<rev>` first.

    Raises StoreError when the file is newer than the program, damaged or cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    head = script.get_current_head()
    writer = engine(path, readonly=False)
    try:
        with writer.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        if current == head:
            return
        if current is not None:
            if current not in {revision.revision for revision in script.walk_revisions()}:
                raise StoreError(f"{path} was made by a newer Iroyin (schema {current}): update the program")
            copy(path, path.with_name(f"{path.name}.before-{head}"))
        with writer.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (DatabaseError, CommandError, OSError) as error:
        raise StoreError(f"{path} cannot be opened: {error}") from error
    finally:
        writer.dispose()


def copy(path: Path, target: Path) -> None:
    """A consistent copy of the file while others write, by SQLite's own backup. Raises StoreError."""
    import pysqlite3

    if not path.exists():
        raise StoreError(f"{path} does not exist")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    source = pysqlite3.connect(str(path))
    copied = pysqlite3.connect(str(partial))
    try:
        source.backup(copied, pages=1000)
    except pysqlite3.Error as error:
        raise StoreError(f"backup to {target} failed: {error}") from error
    finally:
        copied.close()
        source.close()
    partial.replace(target)


__all__ = ["copy", "engine", "migrate"]
