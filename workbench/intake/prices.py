"""Price exports of any program become unadjusted bars: units found by arithmetic, impossible rows listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import time
from decimal import Decimal
from statistics import median

from workbench.domain.lines import RowIssue
from workbench.domain.market import Bar, PriceFile
from workbench.domain.source import Source
from workbench.errors import InputError, LayoutUnknownError
from workbench.intake.price_columns import (
    ALIASES,
    NEEDED,
    Columns,
    code_in,
    code_of,
    columns_of,
    day_and_time,
    number_of,
)
from workbench.readers.model import Row
from workbench.readers.tables import read_table

_ADJUSTED = re.compile(r"前复权|后复权|等比复权|qfq|hfq|forward.?adj|backward.?adj", re.IGNORECASE)
_FOOTER = re.compile(r"数据来源|来源[::]|合计|^#|共\s*\d+")
_UNIT_PAIRS: tuple[tuple[Decimal, int, int], ...] = (
    (Decimal(1), 1, 1),
    (Decimal(100), 100, 1),
    (Decimal("0.1"), 100, 1000),
    (Decimal("0.01"), 100, 10000),
    (Decimal("0.001"), 1, 1000),
    (Decimal("0.0001"), 1, 10000),
)
"""Turnover / (volume x close) as printed -> factors that bring volume to shares and turnover to yuan."""
_BAND = (Decimal("0.7"), Decimal("1.4"))
_HEADLESS = ("date", "open", "high", "low", "close", "volume", "amount")
_TOP = 12


class _BadRowError(ValueError):
    """A row that cannot be a bar: the reason's code and the figures that show it."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def read_prices(data: bytes, name: str, sha256: str) -> PriceFile:
    """Read daily or minute bars (CSV, TXT, XLS, XLSX), sorted by code, day and minute.

    Volume is brought to shares and turnover to yuan; impossible rows are left out and listed as issues.

    Raises:
        LayoutUnknownError: where no heading with open, high, low and close is found, or no code.
        InputError: for adjusted prices, or where no row is usable.
    """
    rows = read_table(data, name).rows
    at, columns = _heading(rows, name)
    title = " ".join(cell for row in rows[:at] for cell in row.texts)
    if _ADJUSTED.search(title) or _ADJUSTED.search(name):
        raise InputError(
            "these prices are adjusted for dividends and splits",
            where=name,
            next_step="Export them again without adjustment: fills can only be held against what was really quoted.",
            what_zh="该行情为复权价格",
            next_step_zh="请重新导出不复权行情:成交只能与真实报价比对。",
        )
    fallback = code_in(title) or code_in(name)
    bars, issues = _bars(rows[at:], columns, fallback, name, sha256)
    if not bars:
        raise _nothing(name, issues, has_code="code" in columns.at or fallback is not None)
    return PriceFile(sha256, name, _in_order(_scaled(bars, columns)), tuple(issues))


def _heading(rows: Sequence[Row], name: str) -> tuple[int, Columns]:
    """Return where the figures start and their columns; a file without heading is taken in the usual order."""
    for at, row in enumerate(rows[:_TOP]):
        columns = columns_of(row.texts)
        if columns:
            return at + 1, columns
    for at, row in enumerate(rows[:_TOP]):
        columns = _headless(row)
        if columns:
            return at, columns
    raise LayoutUnknownError(
        "no columns with date, open, high, low and close were found",
        where=name,
        next_step="Name the columns date, code, open, high, low, close, volume, amount.",
        what_zh="没有找到日期、开盘、最高、最低、收盘等列",
        next_step_zh="请把列名改为:日期、代码、开盘、最高、最低、收盘、成交量、成交额。",
    )


def _headless(row: Row) -> Columns | None:
    cells = row.texts
    start = 1 if cells and code_of(cells[0]) and len(cells[0].strip()) != len("20240122") else 0
    names = (("code",) if start else ()) + _HEADLESS
    if len(cells) < len(names) - 1:
        return None
    columns = Columns({name: at for at, name in enumerate(names) if at < len(cells)})
    try:
        bar = _bar(row, columns, "000000", "", "", None)
    except (_BadRowError, ValueError):
        return None
    return columns if bar else None


def _bars(
    rows: Sequence[Row], columns: Columns, fallback: str | None, name: str, sha256: str
) -> tuple[list[Bar], list[RowIssue]]:
    bars: list[Bar] = []
    issues: list[RowIssue] = []
    closes: dict[str, Decimal] = {}
    seen: dict[tuple[object, ...], Bar] = {}
    for row in rows:
        if not any(row.texts) or _FOOTER.search(" ".join(row.texts)) or _repeated_heading(row):
            continue
        try:
            bar = _bar(row, columns, fallback, name, sha256, closes)
            known = seen.get((bar.code, bar.date, bar.time)) if bar else None
            if bar is None or _repeats(bar, known):
                continue
        except _BadRowError as error:
            issues.append(_issue(row, name, sha256, error))
            continue
        closes[bar.code] = bar.close
        seen[bar.code, bar.date, bar.time] = bar
        bars.append(bar)
    return bars, issues


def _repeated_heading(row: Row) -> bool:
    return not any(char.isdigit() for char in row.texts[0]) and columns_of(row.texts) is not None


def _repeats(bar: Bar, known: Bar | None) -> bool:
    """Tell whether a bar was read before; a different one for the same moment is refused."""
    if known is None:
        return False
    if known == replace(bar, source=known.source):
        return True
    raise _BadRowError("duplicate_bar", f"{known.code} {known.date}: {known.close} / {bar.close}")


def _issue(row: Row, name: str, sha256: str, error: _BadRowError) -> RowIssue:
    source = Source(sha256, name, row.page, row.row, row.box, " | ".join(row.texts))
    return RowIssue(source, error.reason, error.detail)


def _bar(
    row: Row, columns: Columns, fallback: str | None, name: str, sha256: str, closes: Mapping[str, Decimal] | None
) -> Bar | None:
    """Return one bar; None for a suspended day without any known price."""
    cells = row.texts
    fields = {field: cells[at] if at < len(cells) else "" for field, at in columns.at.items()}
    day, minute = day_and_time(fields["date"], fields.get("time", ""))
    if day is None:
        raise _BadRowError("bad_date", fields["date"])
    code = code_of(fields["code"]) if "code" in fields else fallback
    if code is None:
        raise _BadRowError("no_code", fields.get("code", ""))
    volume, amount = _figure(fields.get("volume", "")), _figure(fields.get("amount", ""))
    prices = [_figure(fields[field]) for field in ("open", "high", "low", "close")]
    if not volume and not amount and not all(prices):
        close = prices[3] or _figure(fields.get("last", "")) or (closes or {}).get(code)
        if not close:
            return None
        prices = [close] * 4
    opened, high, low, close = (price or Decimal(0) for price in prices)
    _check(opened, high, low, close)
    if volume is None:
        volume = (amount / close).to_integral_value() if amount else Decimal(0)
    return _dated(
        Bar(
            day, code, opened, high, low, close, volume, amount, source=Source(sha256, name, row.page, row.row, row.box)
        ),
        minute,
    )


def _dated(bar: Bar, minute: time | None) -> Bar:
    return replace(bar, time=minute) if minute else bar


def _figure(text: str) -> Decimal | None:
    try:
        return number_of(text)
    except ValueError:
        raise _BadRowError("bad_number", text) from None


def _check(opened: Decimal, high: Decimal, low: Decimal, close: Decimal) -> None:
    """Refuse what no market can quote."""
    if min(opened, high, low, close) <= 0:
        raise _BadRowError("bad_price", f"{opened} {high} {low} {close} ≤ 0")
    if high < low:
        raise _BadRowError("bad_price", f"high {high} < low {low}")
    if not (low <= opened <= high and low <= close <= high):
        raise _BadRowError("bad_price", f"open {opened}, close {close} ∉ {low}–{high}")


def _scaled(bars: list[Bar], columns: Columns) -> Iterator[Bar]:
    """Yield bars in shares and yuan: by the heading's units, else by what makes turnover / volume a price."""
    volume_factor, amount_factor = columns.volume_unit, columns.amount_unit
    ratios = [bar.amount / (bar.volume * bar.close) for bar in bars if bar.amount and bar.volume]
    if ratios and (volume_factor is None or amount_factor is None):
        middle = median(ratios)
        for ratio, for_volume, for_amount in _UNIT_PAIRS:
            fits_names = volume_factor in (None, for_volume) and amount_factor in (None, for_amount)
            if fits_names and _BAND[0] <= middle / ratio <= _BAND[1]:
                volume_factor, amount_factor = Decimal(for_volume), Decimal(for_amount)
                break
    for bar in bars:
        amount = None if bar.amount is None else bar.amount * (amount_factor or 1)
        yield replace(bar, volume=bar.volume * (volume_factor or 1), amount=amount)


def _in_order(bars: Iterator[Bar]) -> tuple[Bar, ...]:
    return tuple(sorted(bars, key=lambda bar: (bar.code, bar.date, bar.time or time(0))))


def _nothing(name: str, issues: Sequence[RowIssue], *, has_code: bool) -> InputError:
    if not has_code:
        return LayoutUnknownError(
            "no security code: neither a column, nor the title, nor the file name has one",
            where=name,
            next_step="Put the six digits into the file name, for example 600000.csv.",
            what_zh="没有证券代码:列、标题、文件名中都没有",
            next_step_zh="请把六位代码写进文件名,例如 600000.csv。",
        )
    where = f"{name}, row {issues[0].source.row}" if issues else name
    return InputError(
        "no usable price row" + (f": {issues[0].reason} {issues[0].detail}" if issues else ""),
        where=where,
        next_step="Export daily or minute bars without adjustment again.",
        what_zh="没有可用的行情行" + (f":{issues[0].reason} {issues[0].detail}" if issues else ""),
        next_step_zh="请重新导出不复权的日线或分钟线。",
    )


def looks_like_prices(text: str) -> float:
    """Return how far a text looks like a price file, 0 to 1."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]
    for at, line in enumerate(lines[:_TOP]):
        cells = [cell.strip() for cell in re.split(r"[,\t;|]+|\s{1,}", line.strip()) if cell.strip()]
        if columns_of(cells):
            others = re.search(r"余额|手续费|佣金|发生金额|买卖|印花|操作", line)
            return 0.3 if others else 0.95 if "volume" in (columns_of(cells) or Columns({})).at else 0.8
        if at == 0 and _looks_headless(cells):
            return 0.6
    return 0.0


def _looks_headless(cells: Sequence[str]) -> bool:
    from workbench.readers.model import Cell  # noqa: PLC0415 - only for this probe

    return _headless(Row(tuple(Cell(cell) for cell in cells), 1)) is not None if len(cells) >= len(NEEDED) else False


__all__ = ["ALIASES", "looks_like_prices", "read_prices"]
