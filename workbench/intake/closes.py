"""Closing prices by code and day, for risk measures: any price export, or three columns date, code, close.

Where bars are there, the price import reads them. A day without trading is no close: a carried price would pass for a
day on which nothing moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.errors import InputError, LayoutUnknownError
from workbench.intake import chinese
from workbench.intake.price_columns import ALIASES, code_of, day_and_time, number_of
from workbench.intake.prices import read_prices
from workbench.readers.model import Row
from workbench.readers.tables import read_table

_FIELDS = ("date", "code", "close", "volume")
_NEEDED = ("date", "code", "close")
_TOP = 12


@dataclass(slots=True)
class Closes:
    """What a price file says; code -> day -> figure."""

    closes: dict[str, dict[date, Decimal]] = field(default_factory=dict)
    """Yuan; the last of the day where there are minutes."""
    volumes: dict[str, dict[date, Decimal]] = field(default_factory=dict)
    """Shares, where the file has them."""
    issues: list[str] = field(default_factory=list)
    """Rows that were left out: row number and what it says."""

    def add(self, code: str, day: date, close: Decimal, volume: Decimal | None) -> None:
        """Keep one close."""
        self.closes.setdefault(code, {})[day] = close
        if volume is not None:
            self.volumes.setdefault(code, {})[day] = volume


def read_closes(data: bytes, name: str, sha256: str) -> Closes:
    """Read closes from bars of any program, else from the columns date, code and close (volume if there).

    Raises:
        InputError: adjusted bars, or no usable row.
        LayoutUnknownError: neither layout is found.
    """
    try:
        prices = read_prices(data, name, sha256)
    except LayoutUnknownError:
        return _three_columns(read_table(data, name).rows, name)
    found = Closes(issues=[f"{issue.source.row}: {issue.reason} {issue.detail}" for issue in prices.issues])
    told = {bar.code for bar in prices.bars if bar.volume}
    for bar in prices.bars:
        if bar.volume or bar.code not in told:
            traded = found.volumes.get(bar.code, {}).get(bar.date, Decimal(0)) + bar.volume
            found.add(bar.code, bar.date, bar.close, traded if bar.code in told else None)
    return found


def _three_columns(rows: Sequence[Row], name: str) -> Closes:
    heading = next(((at, columns) for at, row in enumerate(rows[:_TOP]) if (columns := _columns(row.texts))), None)
    if heading is None:
        raise LayoutUnknownError(
            "no columns with date, code and close were found",
            where=name,
            next_step="Name the columns date, code, close.",
            what_zh="没有找到日期、代码、收盘价三列",
            next_step_zh="请把列名改为：日期、代码、收盘价。",
        )
    at, columns = heading
    found = Closes()
    for row, cells in _filled(rows[at + 1 :], columns):
        try:
            _take(found, cells)
        except ValueError as problem:
            found.issues.append(f"{row.row}: {problem}")
    if not found.closes:
        raise InputError(
            "no usable price row" + (f": {found.issues[0]}" if found.issues else ""),
            where=name,
            next_step="Each row holds a date, a six-digit code and a close above 0.",
            what_zh="没有可用的行情行" + (f"：{found.issues[0]}" if found.issues else ""),
            next_step_zh="每行应有日期、六位代码和大于 0 的收盘价。",
        )
    return found


def _columns(cells: Sequence[str]) -> dict[str, int] | None:
    names = [chinese.normalised(cell).strip().strip("\ufeff'\"").lower() for cell in cells]
    at = {wanted: names.index(alias) for wanted in _FIELDS for alias in reversed(ALIASES[wanted]) if alias in names}
    return at if all(wanted in at for wanted in _NEEDED) else None


def _filled(rows: Sequence[Row], columns: dict[str, int]) -> Iterator[tuple[Row, dict[str, str]]]:
    for row in rows:
        if any(row.texts):
            yield row, {wanted: row.texts[at] if at < len(row.texts) else "" for wanted, at in columns.items()}


def _take(found: Closes, cells: dict[str, str]) -> None:
    """Keep one row; a row without a price is a day without trading.

    Raises:
        ValueError: for a row that is no close, or another close of the same day.
    """
    day, _ = day_and_time(cells["date"], "")
    code = code_of(cells["code"])
    close = number_of(cells["close"])
    volume = number_of(cells.get("volume", ""))
    if day is None or code is None:
        raise ValueError(f"no date or no code: {cells['date']} {cells['code']}".rstrip())
    if close is None or (volume is not None and not volume):
        return
    if close <= 0:
        raise ValueError(f"a close of {close}")
    known = found.closes.get(code, {}).get(day)
    if known is not None and known != close:
        raise ValueError(f"another close of {code} on {day}: {known} / {close}")
    found.add(code, day, close, volume)
