"""Columns of price exports: names, units in the heading, codes and times as the programs write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation

from workbench.intake import chinese

ALIASES: Mapping[str, tuple[str, ...]] = {
    "date": (
        "date",
        "trade_date",
        "tradedate",
        "日期",
        "交易日期",
        "交易日",
        "day",
        "datetime",
        "trade_time",
        "日期时间",
        "candle_end_time",
        "time",
        "时间",
    ),
    "time": ("time", "时间", "minute", "分钟", "交易时间"),
    "code": (
        "code",
        "ts_code",
        "symbol",
        "代码",
        "证券代码",
        "股票代码",
        "wind_code",
        "sec_code",
        "stock_code",
        "合约代码",
        "品种代码",
        "ticker",
        "instrument",
    ),
    "open": ("open", "开盘", "开盘价", "今开", "openprice", "open_price"),
    "high": ("high", "最高", "最高价", "highprice", "high_price"),
    "low": ("low", "最低", "最低价", "lowprice", "low_price"),
    "close": ("close", "收盘", "收盘价", "closeprice", "close_price", "最新价"),
    "volume": ("volume", "vol", "成交量", "总手", "成交股数", "成交数量", "turnover_vol", "trade_volume"),
    "amount": ("amount", "成交额", "成交金额", "金额", "turnover", "总额", "money", "turnover_value", "value", "amt"),
    "last": ("pre_close", "preclose", "前收盘", "昨收", "前收盘价", "昨收盘"),
}
"""Field -> heading names in order of preference, lower case, without unit."""
NEEDED = ("date", "open", "high", "low", "close")
_UNITS: tuple[tuple[str, Decimal], ...] = (
    ("百万股", Decimal(1000000)),
    ("万股", Decimal(10000)),
    ("万手", Decimal(1000000)),
    ("手", Decimal(100)),
    ("股", Decimal(1)),
    ("份", Decimal(1)),
    ("亿元", Decimal(100000000)),
    ("百万元", Decimal(1000000)),
    ("万元", Decimal(10000)),
    ("千元", Decimal(1000)),
    ("元", Decimal(1)),
    ("亿", Decimal(100000000)),
    ("万", Decimal(10000)),
)
_CODE = re.compile(r"^(?:sh|sz|bj|SH|SZ|BJ)?[.#]?(?P<digits>\d{1,6})(?:\.(?:SH|SZ|BJ|SS|XSHG|XSHE|OF|sh|sz|bj))?$")
_CODE_IN_TEXT = re.compile(r"(?<!\d)(?:sh|sz|bj|SH|SZ|BJ)?[.#_]?(?P<digits>[0-35689]\d{5})(?!\d)")
_NIL = {"", "-", "--", "nan", "none", "null", "n/a", "停牌"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands and by what its figure is multiplied (None: the heading does not say)."""

    at: Mapping[str, int]
    volume_unit: Decimal | None = None
    amount_unit: Decimal | None = None


def columns_of(cells: Sequence[str]) -> Columns | None:
    """Return the columns of a heading row, or None where it is none."""
    plain = [re.sub(r"[\s\ufeff'\"]", "", chinese.normalised(cell)).lower() for cell in cells]
    names = [re.sub(r"[(\[].*$", "", name) for name in plain]
    at: dict[str, int] = {}
    for field, aliases in ALIASES.items():
        place = next((names.index(alias) for alias in aliases if alias in names), None)
        if place is not None and (field != "time" or place != at.get("date")):
            at[field] = place
    if any(field not in at for field in NEEDED):
        return None
    return Columns(at, _unit(plain, at.get("volume")), _unit(plain, at.get("amount")))


def _unit(names: Sequence[str], at: int | None) -> Decimal | None:
    if at is None:
        return None
    match = re.search(r"[(\[/](.+?)[)\]]?$", names[at])
    words = match[1] if match else "手" if "总手" in names[at] else "股" if "股数" in names[at] else ""
    return next((factor for unit, factor in _UNITS if words == unit), None)


def code_of(text: str) -> str | None:
    """Return six digits with lost leading zeros restored, or None."""
    match = _CODE.match(text.strip().strip("'\"="))
    return match["digits"].zfill(6) if match else None


def code_in(text: str) -> str | None:
    """Return the one code that a file name or title holds, or None where there is none or several."""
    found = {match["digits"] for match in _CODE_IN_TEXT.finditer(text)}
    return found.pop() if len(found) == 1 else None


def number_of(text: str) -> Decimal | None:
    """Return a figure with thousands and 万/亿 read; None for a nil mark.

    Raises:
        ValueError: for words.
    """
    plain = chinese.normalised(text).strip().replace(",", "").removeprefix("¥")
    if plain.lower() in _NIL:
        return None
    factor = {"万": Decimal(10000), "亿": Decimal(100000000)}.get(plain[-1], Decimal(1))
    try:
        value = Decimal(plain.rstrip("万亿元")) * factor
    except InvalidOperation:
        raise ValueError(f"not a number: {text!r}") from None
    if not value.is_finite():
        raise ValueError(f"not a number: {text!r}")
    return value


def day_and_time(day_text: str, time_text: str) -> tuple[date | None, time | None]:
    """Return day and minute; the minute is None for a daily bar."""
    plain = chinese.normalised(day_text).strip().replace("T", " ")
    match = re.match(rf"^({chinese.DAY}|\d{{4}}-\d{{2}}-\d{{2}})\s*(.*)$", plain)
    if match is None:
        compact = re.match(r"^(\d{8})(\d{4,6})$", plain)
        if compact is None:
            return None, None
        return chinese.day(compact[1]), _clock(compact[2])
    return chinese.day(match[1]), _clock(time_text or match[2])


def _clock(text: str) -> time | None:
    digits = re.sub(r"[^\d]", "", text.strip().split(".")[0].split("+")[0])
    if not digits or not int(digits):
        return None
    digits = digits.zfill(4) if len(digits) <= 4 else digits.zfill(6)  # noqa: PLR2004 - HHMM or HHMMSS
    try:
        return time(int(digits[:2]), int(digits[2:4]), int(digits[4:6] or 0))
    except ValueError:
        return None
