"""Misread dates of a recognised table: repaired where they then stand between the dates around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from workbench.intake.recognition.fixes import Fix
from workbench.intake.values import BadDateError, moment
from workbench.readers.model import Cell, Row

_LETTERS = str.maketrans(
    {**dict.fromkeys("OoQDＯ〇", "0"), **dict.fromkeys("lI|!i]", "1"), "Z": "2", "z": "2", "S": "5", "s": "5", "B": "8"}
)
_FIRST = 4
"""Columns from the left in which a date is looked for."""
_PARTS = re.compile(r"^(20\d{2}|19\d{2})[-./年:,·—一~]*(\d{2})[-./月:,·—一~]*(\d{2})日?$")


def with_days(rows: Sequence[Row]) -> tuple[list[Row], list[Fix]]:
    """Return a table's rows with repaired dates, and the repairs; a date is expected in one of the first columns."""
    found, fixes = list(rows), []
    for at in range(_FIRST):
        days = [_day(row.cells[at]) if at < len(row.cells) else None for row in rows]
        for index, row in enumerate(rows):
            cell = row.cells[at] if at < len(row.cells) else None
            if days[index] is not None or cell is None or cell.confidence is None or not cell.text:
                continue
            day = _repaired(cell.text)
            if day is not None and _fits(day, index, days):
                fixes.append(Fix(row, "", cell.text, day.isoformat(), "date", cell.confidence))
                found[index] = _with(found[index], at, day.isoformat())
                days[index] = day
    return found, fixes


def _day(cell: Cell) -> date | None:
    try:
        found = moment(cell)
    except BadDateError:
        return None
    return found[0] if found else None


def _repaired(text: str) -> date | None:
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_LETTERS)
    match = _PARTS.match(plain)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _fits(day: date, index: int, days: list[date | None]) -> bool:
    """Tell whether a day stands between its neighbours, in either direction of the file."""
    above = next((other for other in reversed(days[:index]) if other), None)
    below = next((other for other in days[index + 1 :] if other), None)
    if above is None and below is None:
        return False
    low = min((other for other in (above, below) if other), default=day)
    high = max((other for other in (above, below) if other), default=day)
    alone = above is None or below is None
    return low <= day <= high or (alone and abs((day - (above or below or day)).days) < 366)  # noqa: PLR2004 - a year


def _with(row: Row, at: int, text: str) -> Row:
    cells = tuple(Cell(text, cell.box, None, cell.confidence) if at == n else cell for n, cell in enumerate(row.cells))
    return replace(row, cells=cells)
