"""A full-text index of what is told now."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index and the table that says who its rows are."""
    op.execute(
        "CREATE TABLE searched (id INTEGER NOT NULL PRIMARY KEY, story_id VARCHAR NOT NULL, language VARCHAR NOT NULL, "
        "section VARCHAR NOT NULL, day VARCHAR NOT NULL)"
    )
    op.create_index("searched_story", "searched", ["story_id"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5(headline, body, content='', contentless_delete=1, prefix='2 3', "
        "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")"
    )
