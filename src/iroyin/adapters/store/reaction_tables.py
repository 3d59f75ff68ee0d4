"""The tables of public reaction. What is in `post_gone` never comes back; nobody can be read from its keys."""

from sqlalchemy import Column, Index, LargeBinary, PrimaryKeyConstraint, String, Table, Text

from iroyin.adapters.store.schema import Utc, metadata

post = Table(
    "post",
    metadata,
    Column("story_id", String, nullable=False),
    Column("key", String, nullable=False),
    Column("account", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("checked_at", Utc, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("embedder", String, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    PrimaryKeyConstraint("story_id", "key"),
    Index("post_by_key", "key"),
    Index("post_by_account", "account"),
    Index("post_by_url", "url"),
)

post_gone = Table(
    "post_gone",
    metadata,
    Column("key", String, primary_key=True),
    Column("why", Text, nullable=False),
    Column("at", Utc, nullable=False),
)

reaction = Table(
    "reaction",
    metadata,
    Column("story_id", String, primary_key=True),
    Column("made_at", Utc, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
