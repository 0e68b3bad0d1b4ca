"""Dated events of a case, from which deadlines run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from workbench.domain.deadlines import CaseEvent, EventKind
from workbench.store.repositories.base import Image, Repository, table
from workbench.store.repositories.coverage import CoverageFacts, by_case
from workbench.store.rows import DocumentRow, EventRow, LineRow, TagRow


class Events(Repository):
    """A case's dated events."""

    def __init__(self, session: Session, coverage: CoverageFacts) -> None:
        super().__init__(session)
        self._coverage = coverage

    def all(self, key: int) -> tuple[CaseEvent, ...]:
        """Return the events by day."""
        return self.all_many((key,))[key]

    def all_many(self, keys: Sequence[int]) -> dict[int, tuple[CaseEvent, ...]]:
        """Return the events of several cases by day."""
        event = table(EventRow)
        chosen = sa.select(event).where(event.c.case_id.in_(keys)).order_by(event.c.on, event.c.number)
        found = by_case(keys, self.session.connection().execute(chosen))
        return {
            key: tuple(
                CaseEvent(EventKind(row.kind), row.on, row.days, row.note, row.document, row.number) for row in rows
            )
            for key, rows in found.items()
        }

    def harm_days(self, keys: Sequence[int]) -> dict[int, date]:
        """Return each case's day of the first sale posted or tagged as forced, else of the last posting, if any."""
        forced = self._coverage.first_forced(keys)
        for key, tagged in self._tagged(keys):
            forced[key] = min(forced.get(key, tagged), tagged)
        return self._coverage.last_posted(keys) | forced

    def _tagged(self, keys: Sequence[int]) -> list[tuple[int, date]]:
        """Return (case, day) of every posting that a person called forced."""
        tags, lines, documents = table(TagRow).c, table(LineRow).c, table(DocumentRow).c
        posted = sa.select(lines.day).join_from(table(LineRow), table(DocumentRow), lines.document_id == documents.id)
        database = self.session.connection()
        found: list[tuple[int, date]] = []
        for key, line in database.execute(
            sa.select(tags.case_id, tags.line).where(tags.case_id.in_(keys), tags.forced.is_(True))
        ):
            number, _, label = line.removeprefix("S").partition(".")
            one = posted.where(documents.case_id == key, documents.number == int(number), lines.label == label)
            found += [(key, day) for day in database.scalars(one.where(documents.book == "account"))]
        return found

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
