"""The schema's version: known by name without loading the migration library, upgraded when it is older."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text

from workbench.store.failures import broken, newer

HEAD = "0006"
"""Newest revision of this program; a test holds it against the migration scripts."""
VERSION_TABLE = "alembic_version"


def current_version(connection: Connection) -> str | None:
    """Return the revision a database stands at, None for an empty database."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    value = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608  a constant
    return None if value is None else str(value)


def bring_up_to_date(engine: Engine, writing: str, url: str) -> None:
    """Upgrade an older database in one transaction; a second process waits and then finds it done.

    Args:
        engine: the engine.
        writing: execution option that takes the write lock.
        url: the address, for the error.

    Raises:
        StoreError: a version this program does not know, or another program's database.
    """
    with engine.connect() as connection, connection.begin():
        if current_version(connection) == HEAD:
            return
    with engine.connect().execution_options(**{writing: True}) as connection, connection.begin():
        version = current_version(connection)
        if version == HEAD:
            return
        if version is None and inspect(connection).get_table_names():
            raise broken(url)
        _upgrade(connection, version, url)


def _upgrade(connection: Connection, version: str | None, url: str) -> None:
    from alembic import command  # noqa: PLC0415  only an old or empty database needs it
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "workbench.store:migrations")
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise newer(url, version)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
