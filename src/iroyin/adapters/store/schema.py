"""The tables, once, for SQLite now and PostgreSQL later. Alembic's migrations make exactly these."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Utc(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps none of the zone, so it is taken off and put back here."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware time to naive UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Naive UTC to aware time."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData()

feed = Table(
    "feed",
    metadata,
    Column("id", String, primary_key=True),
    Column("active", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

feed_state = Table(
    "feed_state",
    metadata,
    Column("feed_id", String, ForeignKey("feed.id", ondelete="CASCADE"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    Column("id", String, primary_key=True),
    Column("feed_id", String, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("first_seen_at", Utc, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("revisions", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("article_id", String, nullable=True),
    Index("entry_of_feed", "feed_id", "state"),
)

article = Table(
    "article",
    metadata,
    Column("id", String, primary_key=True),
    Column("url", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("published_at", Utc, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("article_by_time", "published_at"),
)

vector = Table(
    "vector",
    metadata,
    Column("article_id", String, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("embedder", String, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("features", LargeBinary, nullable=True),
)
"""What grouping needs of an article. `features` are empty until it is placed, and again when its text changes."""

story = Table(
    "story",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("first_at", Utc, nullable=False),
    Column("last_at", Utc, nullable=False),
    Column("section", String, nullable=False),
    Column("reported", Integer, nullable=False),
    Column("merged_into", String, nullable=True),
    Index("story_by_time", "last_at"),
)
"""`merged_into` is where a story's articles and addresses lead now; following it always ends at a live story."""

placement = Table(
    "placement",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("article_id", String, ForeignKey("article.id"), unique=True, nullable=False),
    Column("story_id", String, ForeignKey("story.id"), nullable=False),
    Column("score", Float, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("placement_of_story", "story_id"),
)

link = Table(
    "link",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("one", String, nullable=False),
    Column("other", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("why", Text, nullable=False),
    Column("moved", Boolean, nullable=False),
    Column("taken_back_at", Utc, nullable=True),
)
"""What editors said. `moved` tells whether articles changed their story by the act that said it."""

story_log = Table(
    "story_log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("story_id", String, nullable=False),
    Column("at", Utc, nullable=False),
    Column("what", String, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("other_id", String, nullable=True),
    Column("article_ids", LargeBinary, nullable=False),
    Column("score", Float, nullable=False),
    Index("log_of_story", "story_id"),
    Index("log_of_other", "other_id"),
)

brief = Table(
    "brief",
    metadata,
    Column("story_id", String, ForeignKey("story.id"), nullable=False),
    Column("language", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("story_id", "language", "version"),
    Index("brief_current", "current", "story_id"),
)

amendment = Table(
    "amendment",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("story_id", String, nullable=False),
    Column("language", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("of_substance", Boolean, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("amendment_of_story", "story_id", "language"),
    Index("amendment_of_substance", "language", "of_substance"),
)
"""What changed on published pages, sentence by sentence. Rows are only ever added."""

withdrawal = Table(
    "withdrawal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("data", LargeBinary, nullable=False),
    Column("taken_back_at", Utc, nullable=True),
)
"""Sentences that editors took back."""

proof = Table(
    "proof",
    metadata,
    Column("story_id", String, nullable=False),
    Column("language", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("story_id", "language", "version"),
)
"""What became of each proposed sentence of a version, compressed; also where nothing passed and there is no brief."""

slug = Table(
    "slug",
    metadata,
    Column("language", String, nullable=False),
    Column("slug", String, nullable=False),
    Column("story_id", String, ForeignKey("story.id"), nullable=False),
    Column("current", Boolean, nullable=False),
    PrimaryKeyConstraint("language", "slug"),
    Index("slug_of_story", "story_id"),
)

page = Table(
    "page",
    metadata,
    Column("path", String, primary_key=True),
    Column("media_type", String, nullable=False),
    Column("etag", String, nullable=False),
    Column("story_id", String, nullable=True),
    Column("body", LargeBinary, nullable=False),
    Index("page_of_story", "story_id"),
)

shown = Table(
    "shown",
    metadata,
    Column("story_id", String, nullable=False),
    Column("other_id", String, nullable=False),
    Column("card", String, nullable=False),
    PrimaryKeyConstraint("story_id", "other_id"),
    Index("shown_on", "other_id"),
)
"""Which other stories a story's pages show as related, each with the hash of the card as it was printed."""

house_style = Table("house_style", metadata, Column("hash", String, primary_key=True))
"""One row: in which house style the pages were made, or are about to be."""

model_call = Table(
    "model_call",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("key", String, nullable=False),
    Column("at", Utc, nullable=False),
    Column("purpose", String, nullable=False),
    Column("model", String, nullable=False),
    Column("story_id", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("cost", Float, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("answer", Text, nullable=False),
    Index("model_call_by_key", "key"),
    Index("model_call_by_time", "at"),
)
searched = Table(
    "searched",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("story_id", String, nullable=False),
    Column("language", String, nullable=False),
    Column("section", String, nullable=False),
    Column("day", String, nullable=False),
    Index("searched_story", "story_id"),
)
"""Who the rows of the full-text index `search` are; SQLite keeps that one in tables of its own."""


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a name in the file is of this schema and no part of SQLite's full-text index."""
    return kind != "table" or (name != "search" and not (name or "").startswith("search_"))


job = Table(
    "job",
    metadata,
    Column("step", String, nullable=False),
    Column("key", String, nullable=False),
    Column("order", String, nullable=False),
    Column("lane", String, nullable=False),
    Column("run_at", Utc, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("deaths", Integer, nullable=False, server_default="0"),
    Column("token", BigInteger, nullable=False),
    Column("lease_until", Utc, nullable=True),
    Column("again", Boolean, nullable=False),
    Column("buried", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("step", "key"),
    Index("job_turn", "step", "buried", "order", "key"),
)
