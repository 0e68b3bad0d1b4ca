"""One posting as printed: its cells as values, nothing interpreted yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from workbench.intake.ledger.columns import Columns
from workbench.intake.values import BadDateError, BadNumberError, amount, clock_time, is_nil, moment, plain_text, shares
from workbench.readers.model import Row

_GLUED_CODE = re.compile(
    r"^(?:sh|sz|bj)?\.?[(\[]?(\d{6}|\d{5})(?:\.(?:sh|sz|ss|bj|hk))?[)\]]?[-\s/|]*(\D.*)?$", re.IGNORECASE
)
_NAME_FIRST = re.compile(r"^(\D+?)[(\[]?(\d{6}|\d{5})(?:\.(?:sh|sz|bj|hk))?[)\]]?$", re.IGNORECASE)
_GLUED_OPERATION = re.compile(r"^([^\d()（）]{1,14}?)[(（]?(\d{6})[)）]?([^\d()（）].*)?$")
_TRADE = ("quantity", "price", "gross")
_LOTS = (100, 10)
_SIX = 6
_HONG_KONG = 5


@dataclass(slots=True)
class Posting:
    """The cells of one posting by field."""

    row: Row
    date: date
    time: time | None
    operation: str
    code: str | None
    name: str | None
    remark: str
    side: str
    serial: str | None
    numbers: Mapping[int, Decimal]
    """Column -> number; nil marks are absent."""
    unread: tuple[tuple[str, str], ...] = ()
    """(column title, text) of cells that should hold a number and do not."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Account, currency and market as printed."""
    date_filled: bool = False

    def number(self, column: int | None) -> Decimal | None:
        """Return the number in a column, None where blank."""
        return None if column is None else self.numbers.get(column)


def read_posting(row: Row, columns: Columns, *, filled: bool = False) -> Posting:
    """Return a row's cells as values.

    Raises:
        BadDateError: the date cannot be read.
    """
    day, clock = _moment(row, columns)
    numbers, unread = _numbers(row, columns)
    operation, code, name = _security(row, columns)
    return Posting(
        row,
        day,
        clock,
        operation,
        code,
        name,
        _remark(row, columns),
        plain_text(_text(row, columns, "side")),
        _serial(row, columns),
        numbers,
        tuple(unread),
        {key: plain_text(_text(row, columns, key)) for key in ("account", "currency", "market", "shareholder")},
        filled,
    )


def _numbers(row: Row, columns: Columns) -> tuple[dict[int, Decimal], list[tuple[str, str]]]:
    """Return the numbers of a row by column, and the (title, text) of cells that should hold one and do not."""
    numbers: dict[int, Decimal] = {}
    unread, lots = [], []
    counted = {*columns.all("quantity"), *columns.all("position")}
    for index in sorted(columns.numeric):
        try:
            value, in_lots = shares(row.cells[index]) if index in counted else (amount(row.cells[index]), False)
        except BadNumberError:
            unread.append((columns.titles[index], row.cells[index].text))
            continue
        if value is not None:
            numbers[index] = value * columns.scale(index)
            lots += [index] if in_lots or columns.is_lots(index) else []
    for index in lots:
        numbers[index] *= _lot(numbers, columns)
    return numbers, unread


def _lot(numbers: Mapping[int, Decimal], columns: Columns) -> int:
    """Return how many shares a lot has: a hundred, ten for bonds, as the turnover says where it is printed."""
    found = [numbers.get(column) if (column := columns.first(name)) is not None else None for name in _TRADE]
    quantity, price, gross = found
    if not (quantity and price and gross):
        return _LOTS[0]
    exact = abs(quantity * price)
    return min(_LOTS, key=lambda lot: abs(exact * lot - abs(gross)))


def _text(row: Row, columns: Columns, name: str) -> str:
    for index in columns.all(name):
        text = row.cells[index].text.strip()
        if text and not is_nil(text):
            return text
    return ""


def _moment(row: Row, columns: Columns) -> tuple[date, time | None]:
    for index in columns.all("date"):
        found = moment(row.cells[index])
        if found:
            day, clock = found
            if clock is None:
                clock = clock_time(_text(row, columns, "time"))
            return day, clock
    raise BadDateError("")


def _security(row: Row, columns: Columns) -> tuple[str, str | None, str | None]:
    """Return operation, code and name, taken apart where they are glued together."""
    operation = _text(row, columns, "operation")
    code, name = _text(row, columns, "code"), _text(row, columns, "name")
    glued = _text(row, columns, "code_name") or (code if code and not code.isdigit() else "")
    if glued:
        apart = split_code(glued)
        code, name = apart[0] or code, name or apart[1] or ""
    if not code and name:
        apart = split_code(name)
        code, name = (apart[0], apart[1] or "") if apart[0] else (code, name)
    if not code:
        match = _GLUED_OPERATION.match(operation.strip())
        if match:
            operation, code, name = match[1], match[2], name or (match[3] or "").strip("()（） ")
    return operation, normal_code(code, _text(row, columns, "market") + operation), security_name(name) or None


def split_code(text: str) -> tuple[str, str | None]:
    """Split ``601939建设银行`` or ``建设银行(601939)`` into code and name; the code is blank where there is none."""
    plain = text.strip()
    match = _GLUED_CODE.match(plain)
    if match:
        return match[1], (match[2] or "").strip(" ()（）-") or None
    match = _NAME_FIRST.match(plain)
    if match:
        return match[2], match[1].strip(" (（-")
    return "", plain or None


def normal_code(code: str, hint: str = "") -> str | None:
    """Return a security code with its lost leading zeros: ``878`` is ``000878``; Hong Kong codes keep five digits."""
    text = plain_text(code).strip("'\"=()")
    match = re.fullmatch(
        r"(?:sh|sz|bj|hk)?\.?(\d{1,6})(?:\.(?:sh|sz|ss|bj|hk|xshg|xshe))?(?:\.0)?", text, re.IGNORECASE
    )
    if not match:
        return text or None
    digits = match[1]
    if set(digits) == {"0"}:
        return None
    hong_kong = "港" in hint or "hk" in text.casefold()
    if hong_kong and len(digits) <= _HONG_KONG:
        return digits.zfill(_HONG_KONG)
    if len(digits) == _HONG_KONG and digits.startswith("0") and len(text) == _HONG_KONG:
        return digits
    return digits.zfill(_SIX)


def security_name(name: str) -> str:
    """Return a name without inner blanks and full-width letters: ``万  科Ａ`` is ``万科A``."""
    return plain_text(name)


def _remark(row: Row, columns: Columns) -> str:
    parts = []
    for index in (*columns.all("remark"), *columns.extra):
        text = row.cells[index].text.strip()
        if text and not is_nil(text) and text not in parts:
            parts.append(text)
    return " ".join(parts)


def _serial(row: Row, columns: Columns) -> str | None:
    for name in ("serial", "fill", "order"):
        text = _text(row, columns, name)
        if text and set(text) != {"0"}:
            return text
    return None
