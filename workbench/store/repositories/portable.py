"""A case as plain values and back: what a portable bundle carries instead of a database.

The extract names its tables as the database does. Keys of rows are left out and given anew on the other side;
documents carry their own rows, everything else hangs on the case.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from workbench.store.repositories.base import Repository
from workbench.store.repositories.coverage import CoverageFacts
from workbench.store.rows import (
    AssetRow,
    BarRow,
    CaseRow,
    ClauseRow,
    ContradictionRow,
    CustodyRow,
    DocumentRow,
    EventRow,
    ExhibitRow,
    FieldRow,
    IssueRow,
    LineRow,
    NoticeRow,
    OfferRow,
    ReferenceRow,
    RunRow,
    TagRow,
    TaskRow,
    TermRow,
    TriageRow,
    UserTermRow,
    WrittenRow,
)

OF_DOCUMENT: tuple[type[SQLModel], ...] = (
    LineRow,
    IssueRow,
    TermRow,
    ContradictionRow,
    ClauseRow,
    BarRow,
    NoticeRow,
    ExhibitRow,
)
OF_CASE: tuple[type[SQLModel], ...] = (
    UserTermRow,
    TaskRow,
    TriageRow,
    TagRow,
    FieldRow,
    EventRow,
    WrittenRow,
    AssetRow,
    OfferRow,
    CustodyRow,
)
_KEYS = {"id", "case_id", "document_id"}
_NEW_HERE = {"name", "taken", "deleted", "sealed"}
Extract = dict[str, Any]


class Portable(Repository):
    """Whole cases as values."""

    def __init__(self, session: Session, coverage: CoverageFacts) -> None:
        super().__init__(session)
        self._coverage = coverage

    def dump(self, key: int) -> Extract:
        """Return a case with everything it rests on; of the saved audits the last one, with its reference tables."""
        case = self.session.get_one(CaseRow, key)
        documents = self.session.exec(
            select(DocumentRow).where(DocumentRow.case_id == key).order_by(col(DocumentRow.number))
        )
        return {
            "case": _plain(case, _NEW_HERE),
            "documents": [self._document(row) for row in documents],
            **{name_of(row): self._rows(row, "case_id", key) for row in OF_CASE},
            "run": self._run(key),
        }

    def restore(self, extract: Mapping[str, Any], name: str, now: datetime, *, sealed: bool) -> int:
        """Store a case under a name that is free and return its key.

        Raises:
            ValueError: a value that does not fit its column, or a part that is missing.
        """
        try:
            fresh = {**extract["case"], "name": name, "taken": name, "sealed": sealed, "changed": now.isoformat()}
            case = CaseRow.model_validate(fresh)
            self.session.add(case)
            self.session.flush()
            key = case.id or 0
            for document in extract["documents"]:
                self._restore_document(key, document)
            for row in OF_CASE:
                self._restore_rows(row, extract.get(name_of(row), []), {"case_id": key})
            self._restore_run(key, extract["run"])
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError(f"{type(problem).__name__}: {problem}") from problem
        return key

    def _document(self, row: DocumentRow) -> Extract:
        parts = {name_of(child): self._rows(child, "document_id", row.id or 0) for child in OF_DOCUMENT}
        return {**_plain(row), **{name: rows for name, rows in parts.items() if rows}}

    def _rows(self, row: type[SQLModel], column: str, key: int) -> list[Extract]:
        chosen = select(row).where(getattr(row, column) == key).order_by(*row.__table__.primary_key)  # type: ignore[attr-defined]
        return [_plain(found) for found in self.session.exec(chosen)]

    def _run(self, key: int) -> Extract | None:
        row = self.session.exec(
            select(RunRow).where(RunRow.case_id == key).order_by(col(RunRow.number).desc()).limit(1)
        ).first()
        if row is None:
            return None
        kept = self.session.get(ReferenceRow, row.tables)
        return {
            **_plain(row, {"result"}),
            "result": json.loads(zlib.decompress(row.result)),
            "reference": None if kept is None else json.loads(zlib.decompress(kept.data)),
        }

    def _restore_document(self, key: int, document: Mapping[str, Any]) -> None:
        row = DocumentRow.model_validate({**document, "case_id": key})
        self.session.add(row)
        self.session.flush()
        for child in OF_DOCUMENT:
            self._restore_rows(child, document.get(name_of(child), []), {"document_id": row.id})
        self._coverage.count(row.id or 0)

    def _restore_rows(self, row: type[SQLModel], values: Sequence[Mapping[str, Any]], owner: Mapping[str, Any]) -> None:
        self.insert_many(row, (_stored(row.model_validate({**one, **owner})) for one in values))

    def _restore_run(self, key: int, run: Mapping[str, Any] | None) -> None:
        if run is None:
            return
        reference = run["reference"]
        if reference is not None and self.session.get(ReferenceRow, run["tables"]) is None:
            self.session.add(ReferenceRow(version=run["tables"], data=_packed(reference)))
        self.session.add(RunRow.model_validate({**run, "case_id": key, "result": _packed(run["result"])}))
        self.session.flush()


def name_of(row: type[SQLModel]) -> str:
    """Return the name of a row's table, which is its name in the extract."""
    return str(row.__tablename__)


def _plain(row: SQLModel, without: set[str] | None = None) -> Extract:
    return row.model_dump(mode="json", exclude=_KEYS | (without or set()))


def _stored(row: SQLModel) -> dict[str, Any]:
    """Return a row's values by column for a bulk insert; a key that the database gives is left out."""
    return {name: value for name, value in row.model_dump().items() if not (name == "id" and value is None)}


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
