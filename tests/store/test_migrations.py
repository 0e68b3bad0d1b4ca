"""The migrations give exactly the schema that the rows describe, and the head is named where it is checked."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from workbench.store import rows
from workbench.store.schema import HEAD
from workbench.store.store import Store


def same_type(_context: object, _inspected: object, column: Column[object], found: object, wanted: object) -> bool:
    """Compare what a column is stored as, for exact figures are whole numbers to the database."""
    stored = wanted.impl_instance if isinstance(wanted, TypeDecorator) else wanted
    return type(found)._type_affinity is not type(stored)._type_affinity  # type: ignore[attr-defined]


def test_rows_and_migrations_agree(store: Store) -> None:
    assert rows.__all__
    with store.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": same_type})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_head_is_the_newest_script() -> None:
    config = Config()
    config.set_main_option("script_location", "workbench.store:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]
