"""Editors' links and the log of stories; what grouping needs beside the vector; deaths counted apart from failures."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; what was known of merged stories begins the log."""
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "story_log",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("story_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=True),
        sa.Column("article_ids", sa.LargeBinary(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("log_of_story", "story_log", ["story_id"], unique=False)
    op.create_index("log_of_other", "story_log", ["other_id"], unique=False)
    op.execute(
        "INSERT INTO story_log (story_id, at, what, who, why, other_id, article_ids, score) "
        "SELECT id, merged_at, 'merged', 'desk', coalesce(merged_why, ''), merged_into, CAST('[]' AS BLOB), 0 "
        "FROM story WHERE merged_at IS NOT NULL ORDER BY merged_at, id"
    )
    op.drop_column("story", "merged_at")
    op.drop_column("story", "merged_why")
    op.add_column("vector", sa.Column("features", sa.LargeBinary(), nullable=True))
    op.add_column("job", sa.Column("deaths", sa.Integer(), server_default="0", nullable=False))
