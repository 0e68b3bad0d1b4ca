"""What the rows of cases cover, as the automatic checks need it: from totals counted at import, for many cases at once.

Reading the postings themselves would take seconds for a firm's two hundred cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Table, and_, func, literal, select

from workbench.domain.case import DocumentKind
from workbench.domain.lines import TRADES, LineKind
from workbench.store.repositories.base import Repository, table
from workbench.store.rows import BarRow, DocumentRow, IssueRow, LineRow, NoticeRow, TotalRow

BAR = "bar"
"""Kind under which a file's price bars are counted."""
_TRADES = frozenset(kind.value for kind in TRADES)
_PRINCIPAL = (LineKind.DRAWDOWN.value, LineKind.PRINCIPAL_REPAID.value)


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
    """Sums over cases; the client's bank records are matched, not counted, and left out."""

    def of(self, key: int) -> Coverage:
        """Return what the case's rows cover."""
        return self.of_many((key,))[key]

    def of_many(self, keys: Sequence[int]) -> dict[int, Coverage]:
        """Return what the rows of several cases cover."""
        totals = by_case(keys, self._totals(keys))
        statements = by_case(keys, self._statements(keys))
        issues, notices = self._counts(IssueRow, keys), self._counts(NoticeRow, keys)
        return {key: _coverage(statements[key], totals[key], issues.get(key, 0), notices.get(key, 0)) for key in keys}

    def count(self, document_id: int) -> None:
        """Count a file's postings and bars, once, right after they were stored."""
        line, bar, total = table(LineRow).c, table(BarRow).c, table(TotalRow)
        code = func.coalesce(line.code, "")
        posted = (
            select(line.document_id, line.kind, code, func.count(), *_days(line.day), func.sum(line.stated))
            .where(line.document_id == document_id)
            .group_by(line.document_id, line.kind, code)
        )
        bars = (
            select(bar.document_id, literal(BAR), bar.code, func.count(), *_days(bar.day), literal(Decimal(0), _yuan()))
            .where(bar.document_id == document_id)
            .group_by(bar.document_id, bar.code)
        )
        names = [column.name for column in total.columns]
        for chosen in (posted, bars):
            self.session.connection().execute(total.insert().from_select(names, chosen))

    def first_forced(self, keys: Sequence[int]) -> dict[int, date]:
        """Return the day of the first sale posted as forced, for the cases that have one."""
        return self._edge(keys, func.min(table(TotalRow).c.first_day), LineKind.FORCED_SELL.value)

    def last_posted(self, keys: Sequence[int]) -> dict[int, date]:
        """Return the day of the last posting, for the cases that have one."""
        return self._edge(keys, func.max(table(TotalRow).c.last_day))

    def _edge(self, keys: Sequence[int], edge: Any, kind: str | None = None) -> dict[int, date]:  # noqa: ANN401
        documents, total = table(DocumentRow), table(TotalRow)
        wanted = total.c.kind != BAR if kind is None else total.c.kind == kind
        statement = (
            select(documents.c.case_id, edge.label("found"))
            .join_from(total, documents, total.c.document_id == documents.c.id)
            .where(_account(documents, keys), wanted)
            .group_by(documents.c.case_id)
        )
        return {row.case_id: row.found for row in self.session.connection().execute(statement)}

    def _totals(self, keys: Sequence[int]) -> Iterable[Row[Any]]:
        documents, total = table(DocumentRow), table(TotalRow)
        statement = (
            select(documents.c.case_id, total)
            .join_from(total, documents, total.c.document_id == documents.c.id)
            .where(_account(documents, keys))
        )
        return self.session.connection().execute(statement)

    def _statements(self, keys: Sequence[int]) -> Iterable[Row[Any]]:
        documents = table(DocumentRow)
        chosen = select(documents.c.case_id, documents.c.start, documents.c.end).where(
            _account(documents, keys), documents.c.kind == DocumentKind.STATEMENT.value
        )
        return self.session.connection().execute(chosen.order_by(documents.c.start))

    def _counts(self, row: type, keys: Sequence[int]) -> dict[int, int]:
        rows, documents = table(row), table(DocumentRow)
        statement = (
            select(documents.c.case_id, func.count().label("found"))
            .join_from(rows, documents, rows.c.document_id == documents.c.id)
            .where(_account(documents, keys))
            .group_by(documents.c.case_id)
        )
        return {row.case_id: row.found for row in self.session.connection().execute(statement)}


def by_case(keys: Sequence[int], rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[int, list[Row[Any]]]:
    """Sort rows by their ``case_id``; a case without any has an empty list."""
    sorted_rows: dict[int, list[Row[Any]]] = {key: [] for key in keys}
    for row in rows:
        sorted_rows[row.case_id].append(row)
    return sorted_rows


def _coverage(statements: Sequence[Row[Any]], totals: Sequence[Row[Any]], issues: int, notices: int) -> Coverage:
    posted = [total for total in totals if total.kind != BAR]
    principal = [total.stated for total in posted if total.kind in _PRINCIPAL]
    return Coverage(
        statements=tuple(
            Span(row.start, row.end) for row in statements if row.start is not None and row.end is not None
        ),
        lines=sum(total.rows for total in posted),
        unknown=sum(total.rows for total in posted if total.kind == LineKind.UNKNOWN.value),
        issues=issues,
        traded=_spans(total for total in posted if total.kind in _TRADES and total.code),
        priced=_spans(total for total in totals if total.kind == BAR),
        notices=notices,
        outstanding=sum(principal, Decimal(0)) if principal else None,
    )


def _spans(totals: Iterable[Row[Any]]) -> dict[str, Span]:
    spans: dict[str, Span] = {}
    for total in totals:
        known = spans.get(total.code, Span(total.first_day, total.last_day))
        spans[total.code] = Span(min(known.start, total.first_day), max(known.end, total.last_day))
    return spans


def _days(day: Any) -> tuple[Any, Any]:  # noqa: ANN401  # a column
    return func.min(day), func.max(day)


def _yuan() -> Any:  # noqa: ANN401  # a column type
    return table(TotalRow).c.stated.type


def _account(documents: Table, keys: Sequence[int]) -> Any:  # noqa: ANN401  # a condition
    return and_(documents.c.case_id.in_(keys), documents.c.book == "account")
