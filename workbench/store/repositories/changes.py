"""The undo log: what the rows were before each change a person made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, SQLModel, col, select

from workbench.store.repositories.base import Image, Repository
from workbench.store.repositories.cases import Cases
from workbench.store.repositories.custody import Custody
from workbench.store.repositories.states import ChangeEntry
from workbench.store.rows import (
    AssetRow,
    CaseRow,
    ChangeRow,
    DocumentRow,
    EventRow,
    ExhibitRow,
    FieldRow,
    OfferRow,
    TagRow,
    TaskRow,
    TriageRow,
    UserTermRow,
)

_UNDOABLE: tuple[type[SQLModel], ...] = (
    AssetRow,
    CaseRow,
    DocumentRow,
    EventRow,
    ExhibitRow,
    FieldRow,
    OfferRow,
    TagRow,
    TaskRow,
    TriageRow,
    UserTermRow,
)


class Changes(Repository):
    """The changes of a case."""

    def __init__(self, session: Session, cases: Cases, custody: Custody) -> None:
        super().__init__(session)
        self._cases = cases
        self._custody = custody

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

    def take_back(self, change: ChangeRow, now: datetime) -> None:
        """Put every row back as it was, last touched first.

        Raises:
            ConflictError: a case comes back under a name that another one took.
        """
        for before in reversed(change.before):
            self._put_back(before, now)
        change.undone = True
        self.session.add(change)
        self.session.flush()

    def forget_delete(self, key: int) -> None:
        """Mark the deletion of a case as undone where that is the last change, for the case was restored by name."""
        change = self.last(key)
        if change is not None and any(_is_deletion(before) for before in change.before):
            change.undone = True
            self.session.add(change)
            self.session.flush()

    def all(self, key: int, limit: int) -> tuple[ChangeEntry, ...]:
        """Return the last changes, newest first."""
        rows = self.session.exec(
            select(ChangeRow).where(ChangeRow.case_id == key).order_by(col(ChangeRow.id).desc()).limit(limit)
        )
        return tuple(ChangeEntry(row.id or 0, row.at, row.what_zh, row.what_en, row.undone) for row in rows)

    def _put_back(self, before: Image, now: datetime) -> None:
        row_type = next(row for row in _UNDOABLE if row.__tablename__ == before["table"])
        key, stored = before["key"], before["row"]
        if not isinstance(key, list):
            raise TypeError(f"not an image of a row: {before}")
        current = self.session.get(row_type, tuple(key) if len(key) > 1 else key[0])
        if isinstance(stored, dict) and row_type is CaseRow:
            # Only the columns that the change touched: counters and later times stay.
            if stored.get("taken") is not None:
                self._cases.check_free(str(stored["taken"]))
            for name, value in stored.items():
                setattr(current, name, value)
        elif isinstance(stored, dict):
            self.session.merge(row_type.model_validate(stored))
        elif current is not None:
            if isinstance(current, DocumentRow):
                self._custody.record(current.case_id, now, "removed", current.file, current.sha256, "import undone")
            self.session.delete(current)
        self.session.flush()


def _is_deletion(before: Image) -> bool:
    stored = before["row"]
    return before["table"] == CaseRow.__tablename__ and isinstance(stored, dict) and "deleted" in stored
