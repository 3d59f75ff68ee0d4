"""Which stories a story's pages show; the queue is read in the order of its turns."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and change the index."""
    op.create_table(
        "shown",
        sa.Column("story_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", "other_id"),
    )
    op.create_index("shown_on", "shown", ["other_id"], unique=False)
    op.drop_index("job_due", table_name="job")
    op.create_index("job_turn", "job", ["step", "buried", "order", "key"], unique=False)
