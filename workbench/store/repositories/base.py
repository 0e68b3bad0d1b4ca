"""What all repositories share: the session, typed tables, and images of rows for undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert, select
from sqlmodel import Session, SQLModel

Image = dict[str, object]
"""A row as it was: ``{"table", "key", "row"}``; ``row`` is None where there was none."""

BATCH = 5_000
"""Rows sent to the database, or taken from it, at a time."""


def table(row: type[SQLModel]) -> Table:
    """Return the table behind a row class."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


def image(session: Session, row: type[SQLModel], key: Sequence[object]) -> Image:
    """Return the image of one row before it is changed."""
    found = session.get(row, tuple(key) if len(key) > 1 else key[0])
    stored = None if found is None else found.model_dump(mode="json")
    return {"table": str(row.__tablename__), "key": list(key), "row": stored}


class Repository:
    """Base of all repositories."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def insert_many(self, row: type[SQLModel], values: Iterable[Mapping[str, Any]]) -> int:
        """Insert many rows at once and return their number."""
        total = 0
        batch: list[Mapping[str, Any]] = []
        statement = insert(table(row))
        for entry in values:
            batch.append(entry)
            if len(batch) == BATCH:
                self.session.connection().execute(statement, batch)
                total += len(batch)
                batch = []
        if batch:
            self.session.connection().execute(statement, batch)
        return total + len(batch)

    def rows_of(self, row: type[SQLModel], document_id: int) -> Iterable[Mapping[str, Any]]:
        """Yield a document's rows in their order as mappings."""
        chosen = table(row)
        statement = select(chosen).where(chosen.c.document_id == document_id).order_by(chosen.c.position)
        found = self.session.connection().execute(statement)
        names = tuple(found.keys())
        for rows in found.partitions(BATCH):
            for values in rows:
                yield dict(zip(names, values, strict=True))

    def change(self, row: SQLModel, key: Sequence[object]) -> Image:
        """Insert or replace one row; return the image of what stood there."""
        before = image(self.session, type(row), key)
        self.session.merge(row)
        self.session.flush()
        return before

    def drop(self, row: type[SQLModel], key: Sequence[object]) -> Image | None:
        """Delete one row; return the image of what stood there, None where nothing did."""
        found = self.session.get(row, tuple(key) if len(key) > 1 else key[0])
        if found is None:
            return None
        before = image(self.session, row, key)
        self.session.delete(found)
        self.session.flush()
        return before
