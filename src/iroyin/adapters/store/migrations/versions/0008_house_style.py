"""In which house style the published pages were made."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table("house_style", sa.Column("hash", sa.String(), nullable=False), sa.PrimaryKeyConstraint("hash"))
