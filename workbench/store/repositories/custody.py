"""The custody log: append only, each entry's digest covers the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from workbench.domain.evidence import CustodyEvent
from workbench.store.custody_chain import GENESIS, digest_of
from workbench.store.repositories.base import Repository, table
from workbench.store.repositories.coverage import by_case
from workbench.store.rows import CustodyRow


class Custody(Repository):
    """The log of a case."""

    def record(self, key: int, at: datetime, action: str, file: str = "", sha256: str = "", detail: str = "") -> None:
        """Append an entry."""
        last = self.last(key)
        number, previous = (1, GENESIS) if last is None else (last.number + 1, last.digest)
        event = CustodyEvent(number, at, action, file, sha256, detail, previous, "")
        self.session.add(
            CustodyRow(
                case_id=key,
                number=number,
                at=at,
                action=action,
                file=file,
                sha256=sha256,
                detail=detail,
                previous=previous,
                digest=digest_of(event),
            )
        )
        self.session.flush()

    def last(self, key: int) -> CustodyEvent | None:
        """Return the last entry, None where there is none."""
        chosen = select(CustodyRow).where(CustodyRow.case_id == key)
        row = self.session.exec(chosen.order_by(col(CustodyRow.number).desc()).limit(1)).first()
        return None if row is None else _event(row)

    def marks(self, keys: Sequence[int], actions: Sequence[str]) -> dict[int, list[Row[Any]]]:
        """Return (action, detail, at) of the entries of several cases with these actions, oldest first."""
        log = table(CustodyRow).c
        chosen = (
            select_columns(log.case_id, log.action, log.detail, log.at)
            .where(log.case_id.in_(keys), log.action.in_(actions))
            .order_by(log.case_id, log.number)
        )
        return by_case(keys, self.session.connection().execute(chosen))

    def every_imported(self) -> set[str]:
        """Return the hashes of all files that any case ever put into the vault, those taken back included."""
        return set(self.session.exec(select(CustodyRow.sha256).where(CustodyRow.action == "imported")))

    def all(self, key: int) -> tuple[CustodyEvent, ...]:
        """Return the log, oldest first."""
        rows = self.session.exec(select(CustodyRow).where(CustodyRow.case_id == key).order_by(col(CustodyRow.number)))
        return tuple(_event(row) for row in rows)


def _event(row: CustodyRow) -> CustodyEvent:
    return CustodyEvent(row.number, row.at, row.action, row.file, row.sha256, row.detail, row.previous, row.digest)
