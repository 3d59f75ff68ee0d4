"""A big newsroom out of the sample: its stories over and over, each copy with ids and addresses of its own."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import text

from iroyin.adapters.store import SqlStore
from iroyin.adapters.store.search import fill

TABLES = ("article", "vector", "story", "placement", "brief", "slug")


def sample(folder: Path) -> Path:
    """The database of one run of the sample newsroom, made when it is not there yet."""
    database = folder / "iroyin.db"
    if not database.exists():
        command = [sys.executable, "-m", "iroyin", "demo", "--once", "--folder", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
    return database


def multiply(database: Path, stories: int) -> int:
    """Copy the sample's stories until there are at least this many; the number there then is."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA synchronous=OFF")
    rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    names = {table: [c[1] for c in connection.execute(f"PRAGMA table_info({table})")] for table in TABLES}
    ids = [row[0] for row in rows["article"]] + [row[0] for row in rows["story"]]
    have = len({row[names["brief"].index("story_id")] for row in rows["brief"]})
    for turn in range(1, -(-stories // have)):
        known = {old: f"{old}-{turn}" for old in ids}
        for table in TABLES:
            columns = [name for name in names[table] if (table, name) != ("placement", "position")]
            marks = ", ".join("?" * len(columns))
            listed = ", ".join(f'"{name}"' for name in columns)
            told = (_copied(dict(zip(names[table], row, strict=True)), known, table, turn) for row in rows[table])
            connection.executemany(
                f"INSERT INTO {table} ({listed}) VALUES ({marks})", ([one[c] for c in columns] for one in told)
            )
    connection.commit()
    connection.close()
    return have * max(1, -(-stories // have))


def _copied(row: dict[str, object], known: dict[str, str], table: str, turn: int) -> dict[str, object]:
    for name in ("id", "article_id", "story_id"):
        if name in row:
            row[name] = known.get(str(row[name]), row[name])
    if table == "slug":
        row["slug"] = f"{row['slug']}-{turn}"
    if table in {"brief", "article", "placement"}:
        row["data"] = _renamed(bytes(row["data"]), known.items())  # type: ignore[call-overload]
    return row


def _renamed(data: bytes, known: Iterable[tuple[str, str]]) -> bytes:
    for old, new in known:
        quoted = f'"{old}"'.encode()
        if quoted in data:
            data = data.replace(quoted, f'"{new}"'.encode())
    return data


def served(database: Path, stories: int) -> int:
    """Copy what is served of the newsroom's stories (pages, briefs, slugs, search) until there are so many.

    The articles behind them are not copied, so nothing can be reported or published anew there. Links on a copy lead
    to its model. Returns the number of stories.
    """
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA synchronous=OFF")
    (have,) = connection.execute("SELECT count(DISTINCT story_id) FROM brief WHERE current").fetchone()
    turns = -(-stories // have)
    connection.execute("CREATE TEMP TABLE turn AS WITH RECURSIVE n(n) AS "
                       f"(SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {turns - 1}) SELECT n FROM n")  # fmt: skip
    if turns > 1:
        for table, changed in _SERVED.items():
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            chosen = ", ".join(changed.get(name, f'"{name}"') for name in names)
            listed = ", ".join(f'"{name}"' for name in names)
            only = {"page": "AND path LIKE '%/articles/%'", "brief": "AND current"}.get(table, "")
            owner = "id" if table == "story" else "story_id"
            connection.execute(
                f"INSERT INTO {table} ({listed}) SELECT {chosen} FROM {table}, turn "
                f"WHERE {owner} IN (SELECT story_id FROM brief WHERE current) {only}"
            )
    connection.commit()
    connection.close()
    with SqlStore(database) as store, store._writer.begin() as writing:
        writing.execute(text("DELETE FROM searched"))
        writing.execute(text("INSERT INTO search(search) VALUES ('delete-all')"))
        fill(writing)
    return have * max(1, turns)


_COPY = "story_id || '-' || n"
_SERVED = {
    "story": {"id": "id || '-' || n"},
    "brief": {"story_id": _COPY},
    "slug": {"story_id": _COPY, "slug": "slug || '-' || n"},
    "page": {"story_id": _COPY, "path": "replace(path, rtrim(path, replace(path, '/', '')), "
             "rtrim(rtrim(path, replace(path, '/', '')), '/') || '-' || n || '/')"},
}  # fmt: skip
