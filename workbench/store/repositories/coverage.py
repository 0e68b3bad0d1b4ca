"""Sums over a case's rows that the automatic checks need, computed by the database instead of loading every line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Table, and_, func, select

from workbench.domain.case import DocumentKind
from workbench.domain.lines import TRADES, LineKind
from workbench.store.repositories.base import Repository, table
from workbench.store.rows import BarRow, DocumentRow, IssueRow, LineRow, NoticeRow


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a case's rows cover."""

    statements: tuple[Span, ...]
    """Span of each statement's own lines or printed range."""
    lines: int
    unknown: int
    """Postings whose type is not understood."""
    issues: int
    """Rows not understood or not closing."""
    traded: dict[str, Span]
    """First and last trade day by security code."""
    priced: dict[str, Span]
    """First and last day with a bar by security code."""
    notices: int
    outstanding: Decimal | None
    """Principal drawn and not repaid, in yuan, as posted; None where no drawdown was posted."""


class CoverageFacts(Repository):
    """Sums over one case."""

    def of(self, key: int) -> Coverage:
        """Return what the case's rows cover."""
        line, bar = table(LineRow), table(BarRow)
        trades = line.c.kind.in_([kind.value for kind in TRADES])
        return Coverage(
            statements=self._statements(key),
            lines=self._count(LineRow, key),
            unknown=self._count(LineRow, key, line.c.kind == LineKind.UNKNOWN.value),
            issues=self._count(IssueRow, key),
            traded=self._spans(key, line, trades),
            priced=self._spans(key, bar),
            notices=self._count(NoticeRow, key),
            outstanding=self._outstanding(key),
        )

    def _statements(self, key: int) -> tuple[Span, ...]:
        documents = table(DocumentRow)
        chosen = select(documents.c.start, documents.c.end).where(
            _account(documents, key), documents.c.kind == DocumentKind.STATEMENT.value
        )
        found = self.session.connection().execute(chosen.order_by(documents.c.start))
        return tuple(Span(start, end) for start, end in found if start is not None and end is not None)

    def _outstanding(self, key: int) -> Decimal | None:
        line, documents = table(LineRow), table(DocumentRow)
        kinds = [kind.value for kind in (LineKind.DRAWDOWN, LineKind.PRINCIPAL_REPAID)]
        statement = (
            select(func.sum(line.c.stated))
            .select_from(line.join(documents, line.c.document_id == documents.c.id))
            .where(_account(documents, key), line.c.kind.in_(kinds))
        )
        total: Decimal | None = self.session.connection().execute(statement).scalar_one()
        return total

    def _count(self, row: type, key: int, *conditions: object) -> int:
        rows, documents = table(row), table(DocumentRow)
        joined = rows.join(documents, rows.c.document_id == documents.c.id)
        statement = select(func.count()).select_from(joined).where(_account(documents, key), *conditions)  # type: ignore[arg-type]
        return int(self.session.connection().execute(statement).scalar_one())

    def _spans(self, key: int, rows: Table, *conditions: object) -> dict[str, Span]:
        documents = table(DocumentRow)
        statement = (
            select(rows.c.code, func.min(rows.c.day), func.max(rows.c.day))
            .select_from(rows.join(documents, rows.c.document_id == documents.c.id))
            .where(_account(documents, key), rows.c.code.is_not(None), *conditions)  # type: ignore[arg-type]
            .group_by(rows.c.code)
        )
        return {code: Span(start, end) for code, start, end in self.session.connection().execute(statement)}


def _account(documents: Table, key: int) -> ColumnElement[bool]:
    """Return the condition for a case's files without the client's bank records, which are matched and not counted."""
    return and_(documents.c.case_id == key, documents.c.book == "account")
