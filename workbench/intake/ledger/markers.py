"""Opening, closing and carried-forward rows inside a table: kept as markers where they say something new."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.lines import Line, LineKind
from workbench.domain.money import ZERO
from workbench.intake.ledger.build import Place
from workbench.intake.ledger.columns import Columns
from workbench.intake.ledger.postings import Posting
from workbench.intake.ledger.sections import Section
from workbench.intake.ledger.signs import Reading
from workbench.intake.values import BadDateError, BadNumberError, amount, moment
from workbench.readers.model import Row


def merge_markers(
    lines: list[Line], postings: Sequence[Posting | None], section: Section, reading: Reading, place: Place
) -> list[Line]:
    """Return the lines with opening and closing rows of the table in their place.

    A carried-forward row in the middle repeats the running balance: it stays as a closing or opening marker, so that
    a wrong carried balance shows in the proof.
    """
    read = [index for index, posting in enumerate(postings) if posting is not None]
    place_of = {index: at for at, index in enumerate(read)}
    result: list[Line] = []
    marks = [(count, kind, row) for count, kind, row in section.marks if kind in {"opening", "closing"}]
    taken = 0
    for index in range(len(postings) + 1):
        while taken < len(marks) and marks[taken][0] <= index:
            _, kind, row = marks[taken]
            line = _marker(LineKind(kind), row, section.columns, reading, lines, place_of.get(index), place)
            if line is not None:
                result.append(line)
            taken += 1
        if index in place_of:
            result.append(lines[place_of[index]])
    return result


def _marker(
    kind: LineKind, row: Row, columns: Columns, reading: Reading, lines: Sequence[Line], at: int | None, place: Place
) -> Line | None:
    balance = _balance(row, columns, reading)
    if balance is None or not lines:
        return None
    neighbour = lines[at] if at is not None else lines[-1]
    day = neighbour.date
    for index in columns.all("date"):
        try:
            found = moment(row.cells[index])
        except BadDateError:
            continue
        if found:
            day = found[0]
            break
    words = next((text for text in row.texts if text and not any(char.isdigit() for char in text)), kind.value)
    return Line("", place.of(row), day, kind, ZERO, operation=words, balance=balance)


def _balance(row: Row, columns: Columns, reading: Reading) -> Decimal | None:
    """Return the carried balance: the balance cell, else the only figure of the row."""
    values = {}
    for index in sorted(columns.numeric):
        try:
            value = amount(row.cells[index])
        except BadNumberError:
            continue
        if value is not None:
            values[index] = value
    if reading.balance is not None and reading.balance in values:
        return values[reading.balance]
    distinct = set(values.values()) - {ZERO}
    return distinct.pop() if len(distinct) == 1 else (ZERO if values and not distinct else None)
