"""The engine: one address, the right settings on every connection, the schema brought up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from workbench.errors import UsageError
from workbench.store.failures import disk_errors
from workbench.store.guard import database_errors
from workbench.store.schema import bring_up_to_date

WRITING = "workbench_writing"
"""Execution option of a connection whose transaction takes the write lock at once."""


def open_engine(url: str, busy_seconds: float) -> Engine:
    """Return an engine over a database whose schema is this program's.

    Args:
        url: SQLAlchemy address; SQLite needs a file.
        busy_seconds: how long to wait for another writer.

    Raises:
        UsageError: not a database address, or one whose driver is not installed.
        StoreError: the database cannot be opened, is damaged or of a newer version.
    """
    address = _address(url)
    sqlite = address.get_backend_name() == "sqlite"
    if sqlite:
        _prepare_folder(address)
    try:
        # A connection is cheap on SQLite and must not outlive its unit: another process may want the file.
        engine = create_engine(
            address,
            poolclass=NullPool if sqlite else None,
            connect_args={"timeout": busy_seconds} if sqlite else {},
        )
    except (NoSuchModuleError, ModuleNotFoundError) as problem:
        raise _bad_address(url) from problem
    if sqlite:
        event.listen(engine, "connect", _settle)
        event.listen(engine, "begin", _begin)
    with database_errors(url):
        bring_up_to_date(engine, WRITING, url)
    return engine


def check_integrity(engine: Engine, url: str) -> str:
    """Return the first complaint of the database about itself, empty where it has none or cannot tell.

    Raises:
        StoreError: it cannot be read.
    """
    if engine.dialect.name != "sqlite":
        return ""
    with database_errors(url), engine.connect() as connection:
        said = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    return ("" if said == "ok" else said) or ("" if loose is None else f"loose row in {loose[0]}")


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as problem:
        raise _bad_address(url) from problem
    if address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:"):
        raise _bad_address(url)
    return address


def _bad_address(url: str) -> UsageError:
    return UsageError(
        "this is not a database address that can be used here",
        where=url.rsplit("@", maxsplit=1)[-1],  # never show a password
        next_step="Use sqlite:////folder/file.db, or leave it out.",
        what_zh="数据库地址无法使用",
        next_step_zh="请使用 sqlite:////文件夹/文件.db，或不填。",
    )


def _prepare_folder(address: URL) -> None:
    folder = Path(address.database or ".").absolute().parent
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _settle(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Set every SQLite connection: WAL so that readers never wait, foreign keys, transactions by our own BEGIN."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # what was said to be saved survives a power cut
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection: Connection) -> None:
    """Take the write lock at the start, for a lock taken halfway cannot wait for another writer."""
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
