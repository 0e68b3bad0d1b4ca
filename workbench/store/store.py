"""The store: a factory of units of work over one database address.

This module stays light: the database library is loaded by the first unit, not by whoever starts the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from workbench.store.unit import Unit

BUSY_SECONDS = 20.0
"""How long a writer waits for another one before it gives up."""


@dataclass
class Seen:
    """The version of a case that a person saw; it follows the person's own changes, and only those."""

    version: int


class Store:
    """Units of work over one database; opened, and its schema brought up to date, at first use."""

    def __init__(self, url: str, busy_seconds: float = BUSY_SECONDS, seen: Seen | None = None) -> None:
        self.url = url
        self.busy_seconds = busy_seconds
        self._seen = seen
        self._engine: Engine | None = None

    def based_on(self, seen: Seen) -> Store:
        """Return the same store for changes that refuse a case which is not as it was seen."""
        store = Store(self.url, self.busy_seconds, seen)
        store._engine = self.engine()
        return store

    @property
    def path(self) -> Path | None:
        """The database file, or None where the address is not SQLite's."""
        prefix = "sqlite:///"
        return Path(self.url.removeprefix(prefix)) if self.url.startswith(prefix) else None

    @property
    def where(self) -> str:
        """The address without its password, for messages."""
        return self.url.rpartition("@")[2]

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """Yield a unit that sees one consistent state and saves nothing.

        Raises:
            StoreError: the database cannot be opened or read.
        """
        from workbench.store.unit import reading  # noqa: PLC0415  start fast

        with reading(self.engine(), self.url) as unit:
            yield unit

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """Yield a unit that holds the write lock; leaving it without ``commit`` saves nothing.

        Raises:
            StoreError: the database is locked, full, not writable or of a newer version.
        """
        from workbench.store.unit import writing  # noqa: PLC0415  start fast

        with writing(self.engine(), self.url, self._seen) as unit:
            yield unit

    def engine(self) -> Engine:
        """Return the engine; the first call creates the database and brings its schema up to date."""
        if self._engine is None:
            from workbench.store.database import open_engine  # noqa: PLC0415  start fast

            self._engine = open_engine(self.url, self.busy_seconds)
        return self._engine

    def integrity(self) -> str:
        """Return what the database says about its own soundness; empty where all is well.

        Raises:
            StoreError: it cannot be opened.
        """
        from workbench.store.database import check_integrity  # noqa: PLC0415  start fast

        return check_integrity(self.engine(), self.url)

    def close(self) -> None:
        """Release the database; the next unit opens it again."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
