"""Run by Alembic: upgrade over the connection that the store hands in, inside its transaction."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from workbench.store import rows

METADATA = SQLModel.metadata if rows.__all__ else None

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
