"""Printed numbers, dates and times become exact values; what cannot be one is an error, never a guess.

Source: ../shared/formats/formats.md sections 0, 1 and 3 (forms seen in real exports).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from workbench.readers.model import Cell

_NIL = re.compile(r"^(?:[-–—−－]+|/+|、|\\|无|空|n/?a|null|none|nil|\*+|[.。])?$", re.IGNORECASE)
_CURRENCY = re.compile(r"^(?:¥|￥|RMB|CNY|人民币|\$)|(?:元|圆|RMB|CNY)$", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?=\.?\d)(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3}|\d+)?(?:\.\d*)?(?:e[+-]?\d{1,2})?$", re.IGNORECASE
)
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "－": "-", "﹣": "-", "‐": "-", "‑": "-", "，": ",", "．": "."})
_SHARE_UNIT = re.compile(r"(?:股|份|张|手)$")
_SPLIT = re.compile(r"\d\s+[\d.]")
_BLANK_THOUSANDS = re.compile(r"^[-+(]?\s*\d{1,3}(?:\s\d{3})+(?:\.\d+)?\s*\)?-?$")
_SIDE_MARK = re.compile(r"\s*(cr|dr|贷|借)\.?$", re.IGNORECASE)
_DAY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]*(.*))?$")
_PACKED = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})(?:[\sT]*(\d{2}:?\d{2}(?::?\d{2})?.*))?$")
_MONTH_NAME = re.compile(r"^(\d{1,2})[-\s/]([A-Za-z]{3})[a-z]*[-\s/,]*(\d{4}|\d{2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(.*))?$")
_SHORT_YEAR = re.compile(r"^(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"^(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?)?秒?$")
_PACKED_CLOCK = re.compile(r"^(\d{1,2})(\d{2})(\d{2})(?:\d{2,3})?$")
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)
_LONGEST = 28


class BadDateError(ValueError):
    """A date that does not exist or cannot be read."""


class BadNumberError(ValueError):
    """Text in an amount column that is no number."""


def plain_text(text: str) -> str:
    """Return text in one form: full-width to half-width, one spelling of 账, no inner blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("帐", "账")


def amount(cell: Cell | str) -> Decimal | None:
    """Return a signed number, or None for a blank or a nil mark.

    ``(1,234.00)``, ``1,234.00-``, ``−1234`` and full-width digits are read; ``Cr``/``Dr`` after a number is a sign
    (Dr negative).

    Raises:
        BadNumberError: the text is no number.
    """
    if isinstance(cell, Cell) and isinstance(cell.value, Decimal):
        return cell.value
    raw = cell.text if isinstance(cell, Cell) else cell
    text = unicodedata.normalize("NFKC", raw).translate(_MINUS).strip()
    if _SPLIT.search(text) and not _BLANK_THOUSANDS.match(text):
        raise BadNumberError(raw)
    text = re.sub(r"\s+", "", text)
    if _NIL.match(text):
        return None
    mark = _SIDE_MARK.search(text)
    if mark:
        text = text[: mark.start()]
    text = _CURRENCY.sub("", text)
    negative = bool(mark and mark[1].lower() in {"dr", "借"})
    if text.startswith("(") and text.endswith(")"):
        negative, text = not negative, text[1:-1]
    if text.startswith(("+", "-")):
        negative, text = negative != (text[0] == "-"), text[1:]
    elif text.endswith(("+", "-")):
        negative, text = negative != (text[-1] == "-"), text[:-1]
    text = _CURRENCY.sub("", text)
    if not text or text == "." or len(text) > _LONGEST or not _NUMBER.match(text):
        raise BadNumberError(raw)
    value = Decimal(text.replace(",", ""))
    return -value if negative else value


def shares(cell: Cell | str) -> tuple[Decimal | None, bool]:
    """Return a number of shares and whether it is counted in lots (手); ``股``, ``份`` and ``张`` behind it are read.

    Raises:
        BadNumberError: the text is no number.
    """
    text = (cell.text if isinstance(cell, Cell) else cell).strip()
    unit = _SHARE_UNIT.search(text)
    if not unit:
        return amount(cell), False
    return amount(text[: unit.start()]), unit.group() == "手"


def is_nil(text: str) -> bool:
    """Tell whether a cell is blank or holds one of the marks that stand for nothing."""
    return bool(_NIL.match(re.sub(r"\s+", "", text)))


def moment(cell: Cell | str) -> tuple[date, time | None] | None:
    """Return a date with its time where one is printed, or None for a blank or nil mark.

    Raises:
        BadDateError: not a date, or a day that does not exist.
    """
    if isinstance(cell, Cell):
        if isinstance(cell.value, datetime):
            clock = cell.value.time()
            return cell.value.date(), clock if clock != time() else None
        if isinstance(cell.value, date):
            return cell.value, None
        if isinstance(cell.value, Decimal) and cell.value in _EXCEL_DAYS:
            return _EXCEL_EPOCH + timedelta(days=int(cell.value)), None
    raw = cell.text if isinstance(cell, Cell) else cell
    text = unicodedata.normalize("NFKC", raw).translate(_MINUS).strip().strip("'\"[]")
    if _NIL.match(text.replace(" ", "")):
        return None
    text = text.removesuffix(".0")
    parts = _parts(text)
    if parts is None:
        raise BadDateError(raw)
    year, month, day, rest = parts
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise BadDateError(raw) from None
    return found, clock_time(rest) if rest else None


def _parts(text: str) -> tuple[str, str, str, str] | None:
    match = _DAY.match(text) or _PACKED.match(text)
    if match:
        return match[1], match[2], match[3], (match[4] or "").strip()
    named = _MONTH_NAME.match(text)
    if named and named[2].lower() in _MONTHS:
        return _century(named[3]), str(_MONTHS.index(named[2].lower()) + 1), named[1], ""
    first = _DAY_FIRST.match(text)
    if first and int(first[1]) > len(_MONTHS):
        return first[3], first[2], first[1], first[4] or ""
    if first:
        return first[3], first[1], first[2], first[4] or ""
    short = _SHORT_YEAR.match(text)
    return (_century(short[1]), short[2], short[3], "") if short else None


def _century(year: str) -> str:
    return year if len(year) > 2 else "20" + year  # noqa: PLR2004 - two-digit years are of this century


def clock_time(text: str) -> time | None:
    """Return a time of day from ``09:30:00``, ``93000`` or ``09时30分``; None where it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _CLOCK.match(plain) or _PACKED_CLOCK.match(plain)
    if not match:
        return None
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        return None


def looks_like_date(cell: Cell) -> bool:
    """Tell whether a cell is printed as a date, even one that does not exist."""
    try:
        return moment(cell) is not None
    except BadDateError:
        return bool(re.match(r"^\d{4}\s*[-/.年]\s*\d{1,2}|^(?:19|20)\d{6}", cell.text.strip()))
