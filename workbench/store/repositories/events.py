"""Dated events of a case, from which deadlines run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col, select

from workbench.domain.deadlines import CaseEvent, EventKind
from workbench.domain.lines import LineKind
from workbench.store.repositories.base import Image, Repository, table
from workbench.store.rows import DocumentRow, EventRow, LineRow, TagRow


class Events(Repository):
    """A case's dated events."""

    def all(self, key: int) -> tuple[CaseEvent, ...]:
        """Return the events by day."""
        rows = self.session.exec(
            select(EventRow).where(EventRow.case_id == key).order_by(col(EventRow.on), col(EventRow.number))
        )
        return tuple(
            CaseEvent(EventKind(row.kind), row.on, row.days, row.note, row.document, row.number) for row in rows
        )

    def harm_day(self, key: int) -> date | None:
        """Return the day of the first sale posted or tagged as forced, else of the last posting; None without any."""
        lines, documents = table(LineRow).c, table(DocumentRow).c
        posted = (
            sa.select(lines.day)
            .join_from(table(LineRow), table(DocumentRow), lines.document_id == documents.id)
            .where(documents.case_id == key, documents.book == "account")
        )
        days = self.session.connection()
        found: list[date] = list(days.scalars(posted.where(lines.kind == LineKind.FORCED_SELL.value)))
        for line in self.session.exec(select(TagRow.line).where(TagRow.case_id == key, col(TagRow.forced).is_(True))):
            number, _, label = line.removeprefix("S").partition(".")
            found += days.scalars(posted.where(documents.number == int(number), lines.label == label))
        found = found or list(days.scalars(posted.order_by(lines.day.desc()).limit(1)))
        return min(found, default=None)

    def add(self, key: int, event: CaseEvent, now: datetime) -> tuple[CaseEvent, Image]:
        """Add an event under the next number; return it with the image for undo."""
        last = self.session.exec(
            select(EventRow.number).where(EventRow.case_id == key).order_by(col(EventRow.number).desc()).limit(1)
        ).first()
        number = (last or 0) + 1
        row = EventRow(
            case_id=key,
            number=number,
            kind=event.kind.value,
            on=event.on,
            days=event.days,
            note=event.note,
            document=event.document,
            at=now,
        )
        return replace(event, number=number), self.change(row, (key, number))

    def remove(self, key: int, number: int) -> Image | None:
        """Take an event away; None where there is none with this number."""
        return self.drop(EventRow, (key, number))
