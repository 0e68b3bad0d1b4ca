"""A database that cannot be used says why and what to do, in one plain error."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.store.facts import NOW, arrival, statement
from workbench.domain.case import CaseKind
from workbench.domain.lines import Statement
from workbench.errors import StoreError, UsageError
from workbench.store.schema import HEAD
from workbench.store.store import Store

NOBODY = 65534
"""A user without any rights."""


def open_at(path: Path) -> Store:
    return Store(f"sqlite:///{path}", busy_seconds=0.1)


def use(store: Store) -> None:
    with store.write() as unit:
        unit.cases.create("案", CaseKind.OFF_EXCHANGE, NOW)
        unit.commit()


def add(store: Store, content: Statement) -> None:
    with store.write() as unit:
        unit.documents.add(unit.cases.key("案"), arrival(content), NOW)
        unit.commit()


def test_an_amount_that_would_be_rounded_is_refused(tmp_path: Path) -> None:
    store = open_at(tmp_path / "workbench.db")
    use(store)
    first = statement().lines[0]
    with pytest.raises(StoreError, match="exactly"):
        add(store, replace(statement(), lines=(replace(first, stated=Decimal("0.00000001")),)))


def test_a_database_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "workbench.db").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        use(open_at(tmp_path / "workbench.db"))


def test_another_kind_of_file(tmp_path: Path) -> None:
    path = tmp_path / "workbench.db"
    path.write_bytes(b"this is a letter, not a database. " * 100)
    with pytest.raises(StoreError, match="not a database"):
        use(open_at(path))
    assert path.read_bytes().startswith(b"this is a letter")


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "workbench.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="not a database of the workbench"):
        use(open_at(path))


def test_a_newer_schema_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "workbench.db"
    store = open_at(path)
    use(store)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        use(open_at(path))


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(StoreError, match="cannot be written"):
        use(open_at(tmp_path / "home" / "workbench.db"))


@contextmanager
def as_nobody() -> Iterator[None]:
    """Act without root's rights, which would let a test write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_without_rights(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    with as_nobody(), pytest.raises(StoreError, match="cannot be written"):
        use(open_at(home / "workbench.db"))


def test_a_full_disk_saves_nothing(tmp_path: Path) -> None:
    store = open_at(tmp_path / "workbench.db")
    use(store)
    engine = store.engine()

    @event.listens_for(engine, "connect")
    def limit(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    with pytest.raises(StoreError, match="disk is full"):
        add(store, statement(months=3000))
    with store.read() as unit:
        assert unit.documents.every_hash() == set()
        assert unit.custody.all(unit.cases.key("案")) == ()


@pytest.mark.parametrize("url", ["nonsense", "sqlite://", "sqlite:///:memory:", "nosuch://host/db"])
def test_an_address_that_cannot_be_used(url: str) -> None:
    with pytest.raises(UsageError):
        use(Store(url))


def test_a_password_never_shows() -> None:
    with pytest.raises(UsageError) as caught:
        use(Store("nosuch://me:secret@host/db"))
    assert "secret" not in str(caught.value)


def test_opening_again_finds_the_schema_in_place(tmp_path: Path) -> None:
    use(open_at(tmp_path / "workbench.db"))
    again = open_at(tmp_path / "workbench.db")
    with again.read() as unit:
        assert [case.name for _, case in unit.cases.living(archived=False)] == ["案"]
    connection = sqlite3.connect(tmp_path / "workbench.db")
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    connection.close()
