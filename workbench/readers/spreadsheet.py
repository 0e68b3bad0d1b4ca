"""Workbooks (xlsx and BIFF xls): typed cells, merged cells spread out, every sheet a page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from workbench.readers import faults
from workbench.readers.limits import MAX_COLUMNS, MAX_ROWS
from workbench.readers.model import Cell, Row, TableDocument

_BLANK = Cell("")


def read_spreadsheet(data: bytes, name: str, kind: str) -> TableDocument:
    """Return all visible sheets, one after another; ``page`` of a row is the sheet's number.

    Raises:
        UnreadableFileError: encrypted, damaged or too large.
    """
    import python_calamine  # noqa: PLC0415 - heavy

    rows: list[Row] = []
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        hidden = {sheet.name for sheet in book.sheets_metadata if "Visible" not in str(sheet.visible)}
        for number, sheet in enumerate(book.sheet_names, 1):
            if sheet not in hidden:
                rows.extend(_rows(book.get_sheet_by_name(sheet), number, name))
    except python_calamine.PasswordError as error:
        raise faults.encrypted(name) from error
    except (python_calamine.CalamineError, python_calamine.XmlError, python_calamine.ZipError, OSError) as error:
        raise faults.damaged(name, type(error).__name__) from error
    if not rows:
        raise faults.empty(name)
    return TableDocument(kind, tuple(rows), pages=max(row.page or 1 for row in rows))


def _rows(sheet: Any, number: int, name: str) -> Iterator[Row]:
    if sheet.height > MAX_ROWS or sheet.width > MAX_COLUMNS:
        raise faults.too_long(name)
    for index, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        cells = tuple(_cell(value) for value in values)
        if any(cell.text for cell in cells):
            yield Row(cells, index, number)


def _cell(value: object) -> Cell:
    """Return a typed cell; a float arrives as its shortest decimal, which is what was typed."""
    if value is None or value == "":
        return _BLANK
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, int):
        return Cell(str(value), value=Decimal(value))
    if isinstance(value, float):
        number = Decimal(repr(value))
        plain = number.quantize(Decimal(1)) if number == number.to_integral_value() else number
        return Cell(format(plain, "f"), value=plain)
    if isinstance(value, datetime):
        return Cell(value.isoformat(" "), value=value)
    if isinstance(value, date):
        return Cell(value.isoformat(), value=value)
    if isinstance(value, time):
        return Cell(value.isoformat())
    if isinstance(value, timedelta):
        return Cell(str(value))
    return Cell(str(value).replace("\r\n", "\n").strip())
