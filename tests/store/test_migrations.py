"""The migrations give exactly the schema that the rows describe, and the head is named where it is checked."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from tests.store.facts import NOW, arrival, prices, statement
from workbench.domain.case import CaseKind
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


def test_an_older_database_is_counted_when_it_is_brought_up_to_date(store: Store) -> None:
    with store.write() as unit:
        unit.cases.create("案", CaseKind.OFF_EXCHANGE, NOW)
        key = unit.cases.key("案")
        for content in (statement(), prices()):
            unit.documents.add(key, arrival(content), NOW)
        unit.commit()
    with store.read() as unit:
        counted = unit.coverage.of(key)
    with store.engine().begin() as connection:
        connection.exec_driver_sql("DROP TABLE document_totals")
        connection.exec_driver_sql("DROP INDEX ix_lines_document_id_label")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0005'")
    store.close()
    with store.read() as unit:
        assert unit.coverage.of(key) == counted
    assert counted.lines == len(statement().lines)
    assert counted.priced
