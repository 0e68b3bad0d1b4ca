"""The undo log: what the rows were before each change a person made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import SQLModel, col, select

from workbench.store.repositories.base import Image, Repository
from workbench.store.repositories.states import ChangeEntry
from workbench.store.rows import CaseRow, ChangeRow, DocumentRow, FieldRow, TagRow, TaskRow, TriageRow, UserTermRow

_UNDOABLE: tuple[type[SQLModel], ...] = (CaseRow, DocumentRow, FieldRow, TagRow, TaskRow, TriageRow, UserTermRow)


class Changes(Repository):
    """The changes of a case."""

    def record(
        self, key: int, now: datetime, what_zh: str, what_en: str, before: Sequence[Image], *, touches_facts: bool
    ) -> None:
        """Add a change with the images of all rows it touched, in the order it touched them."""
        self.session.add(
            ChangeRow(
                case_id=key,
                at=now,
                what_zh=what_zh,
                what_en=what_en,
                before=list(before),
                touches_facts=touches_facts,
            )
        )
        self.session.flush()

    def last(self, key: int) -> ChangeRow | None:
        """Return the last change that is not undone."""
        return self.session.exec(
            select(ChangeRow)
            .where(ChangeRow.case_id == key, col(ChangeRow.undone).is_(False))
            .order_by(col(ChangeRow.id).desc())
            .limit(1)
        ).first()

    def take_back(self, change: ChangeRow) -> None:
        """Put every row back as it was, last touched first."""
        for before in reversed(change.before):
            self._put_back(before)
        change.undone = True
        self.session.add(change)
        self.session.flush()

    def all(self, key: int, limit: int) -> tuple[ChangeEntry, ...]:
        """Return the last changes, newest first."""
        rows = self.session.exec(
            select(ChangeRow).where(ChangeRow.case_id == key).order_by(col(ChangeRow.id).desc()).limit(limit)
        )
        return tuple(ChangeEntry(row.id or 0, row.at, row.what_zh, row.what_en, row.undone) for row in rows)

    def _put_back(self, before: Image) -> None:
        row_type = next(row for row in _UNDOABLE if row.__tablename__ == before["table"])
        key, stored = before["key"], before["row"]
        if not isinstance(key, list):
            raise TypeError(f"not an image of a row: {before}")
        current = self.session.get(row_type, tuple(key) if len(key) > 1 else key[0])
        if isinstance(stored, dict) and row_type is CaseRow:
            # Only the columns that the change touched: counters and later times stay.
            for name, value in stored.items():
                setattr(current, name, value)
        elif isinstance(stored, dict):
            self.session.merge(row_type.model_validate(stored))
        elif current is not None:
            self.session.delete(current)
        self.session.flush()
