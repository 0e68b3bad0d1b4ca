"""Sums printed in the table: totals, page subtotals, carried balances and the number of rows, found again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from workbench.domain.lines import RowIssue
from workbench.domain.money import TOLERANCE, ZERO, grouped
from workbench.domain.source import Source
from workbench.intake.ledger.columns import Columns
from workbench.intake.ledger.postings import Posting
from workbench.intake.ledger.sections import Section
from workbench.intake.ledger.signs import Reading
from workbench.intake.values import BadNumberError, amount
from workbench.readers.model import Row

SourceOf = Callable[[Row], Source]
_NO_SUMS = ("price", "balance", "position")


def check_totals(
    section: Section,
    postings: Sequence[Posting | None],
    effects: Sequence[Decimal | None],
    reading: Reading,
    source_of: SourceOf,
) -> Iterator[RowIssue]:
    """Yield an issue for every printed sum that the rows above it do not give.

    A row without date and known word is a sum if its every figure is one; else it is not understood.

    Args:
        section: the table.
        postings: its postings in file order; None for a row that could not be read.
        effects: effect on cash of each posting, in the same order.
        reading: how amounts are read.
        source_of: makes the place of a row.
    """
    start = 0
    for count, kind, row in section.marks:
        if kind not in {"total", "unnamed"}:
            continue
        wrong = []
        figures = 0
        for column in sorted(section.columns.numeric - _excluded(section.columns)):
            printed = _number(row, column)
            if printed is None:
                continue
            figures += printed != ZERO
            sums = [_sums(postings, effects, column, reading, begin, count) for begin in {0, start}]
            if not any(abs(printed - one) <= TOLERANCE for group in sums for one in group):
                title = section.columns.titles[column]
                whole = _sums(postings, effects, column, reading, 0, count)[0]
                detail = f"{title}: {grouped(printed)} ≠ {grouped(whole)}"
                wrong.append(RowIssue(source_of(row), "total_mismatch", detail, printed - whole))
        if kind == "unnamed" and (wrong or not figures):
            yield RowIssue(source_of(row), "not_understood", " | ".join(filter(None, row.texts)))
            continue
        yield from wrong
        start = count


def _excluded(columns: Columns) -> frozenset[int]:
    return frozenset(column for name in _NO_SUMS for column in columns.all(name))


def _number(row: Row, column: int) -> Decimal | None:
    try:
        return amount(row.cells[column])
    except BadNumberError:
        return None


def _sums(
    postings: Sequence[Posting | None],
    effects: Sequence[Decimal | None],
    column: int,
    reading: Reading,
    start: int,
    end: int,
) -> list[Decimal]:
    """Return the sums a total may mean: as printed, absolute, and for the amount column the effect on cash."""
    values = [posting.numbers.get(column, ZERO) for posting in postings[start:end] if posting]
    sums = [sum(values, ZERO), sum((abs(value) for value in values), ZERO)]
    if column in reading.cash:
        moved = sum((effect for effect in effects[start:end] if effect is not None), ZERO)
        sums += [moved, -moved, abs(moved)]
    return sums
