"""Run by Alembic, on the connection that `bot.store.db.migrate_process` hands over."""

from __future__ import annotations

from alembic import context

from bot.store.db.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
