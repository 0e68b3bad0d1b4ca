"""The custody log: append only, each entry's digest covers the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import col, select

from workbench.domain.evidence import CustodyEvent
from workbench.store.repositories.base import Repository
from workbench.store.rows import CustodyRow

GENESIS = "0" * 64
"""What the first entry of a case takes as the digest before it."""


def digest_of(event: CustodyEvent) -> str:
    """Return the SHA-256 over an entry's canonical JSON, the previous digest included."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [event.number, at, event.action, event.file, event.sha256, event.detail, event.previous]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chain_holds(events: tuple[CustodyEvent, ...]) -> bool:
    """Tell whether a log is whole: numbered from 1 without gap, every digest right, each on the one before."""
    previous = GENESIS
    for number, event in enumerate(events, start=1):
        if event.number != number or event.previous != previous or event.digest != digest_of(event):
            return False
        previous = event.digest
    return True


class Custody(Repository):
    """The log of a case."""

    def record(self, key: int, at: datetime, action: str, file: str = "", sha256: str = "", detail: str = "") -> None:
        """Append an entry."""
        last = self.session.exec(
            select(CustodyRow).where(CustodyRow.case_id == key).order_by(col(CustodyRow.number).desc()).limit(1)
        ).first()
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

    def last(self, key: int, actions: Sequence[str]) -> CustodyEvent | None:
        """Return the last entry with one of these actions, None where there is none."""
        row = self.session.exec(
            select(CustodyRow)
            .where(CustodyRow.case_id == key, col(CustodyRow.action).in_(actions))
            .order_by(col(CustodyRow.number).desc())
            .limit(1)
        ).first()
        return None if row is None else _event(row)

    def details(self, key: int, action: str) -> set[str]:
        """Return the details of all entries with this action."""
        return set(
            self.session.exec(select(CustodyRow.detail).where(CustodyRow.case_id == key, CustodyRow.action == action))
        )

    def all(self, key: int) -> tuple[CustodyEvent, ...]:
        """Return the log, oldest first."""
        rows = self.session.exec(select(CustodyRow).where(CustodyRow.case_id == key).order_by(col(CustodyRow.number)))
        return tuple(_event(row) for row in rows)


def _event(row: CustodyRow) -> CustodyEvent:
    return CustodyEvent(row.number, row.at, row.action, row.file, row.sha256, row.detail, row.previous, row.digest)
