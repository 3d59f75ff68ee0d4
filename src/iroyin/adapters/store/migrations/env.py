"""Alembic's entry: the connection is handed in by `connect.migrate`, inside its transaction."""

from alembic import context

from iroyin.adapters.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
