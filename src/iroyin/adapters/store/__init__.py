"""Everything the desk keeps, in one SQLite file."""

from iroyin.adapters.store.sql import SqlStore

__all__ = ["SqlStore"]
