"""Data files become the tables that the engine is given; the user's own additions join them, marked as such."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

from workbench.domain.reference import (
    ChargeRate,
    DepositQuote,
    FeeTier,
    LoanQuote,
    LprQuote,
    PriceLimit,
    ReferenceTables,
    TradingCalendar,
)
from workbench.errors import InputError
from workbench.reference.files import (
    DATA,
    Record,
    TableInfo,
    damaged,
    day,
    day_or_none,
    figure,
    file_hash,
    read_rows,
    table_infos,
)
from workbench.reference.user import UserAdditions, read_additions

T = TypeVar("T")


def load_tables(user_dir: Path | None = None) -> ReferenceTables:
    """Return all tables.

    Args:
        user_dir: folder with the user's additions (``lpr.csv``, ``trading_days.csv``); None or missing: none.

    Raises:
        InputError: a table cannot be read; the user's files are named like any other.
    """
    infos = table_infos()
    added = read_additions(user_dir)
    hashes = {name: file_hash(DATA / info.file) for name, info in infos.items()} | added.hashes
    lpr = _load(infos["lpr"], _lpr)
    calendar = _load(infos["trading_days"], lambda row: day(row["date"]))
    return ReferenceTables(
        version=_version(hashes),
        lpr=tuple(sorted((*lpr, *added.lpr), key=lambda quote: quote.date)),
        lpr_valid_to=added.lpr_valid_to or _limit(infos["lpr"]),
        charges=_load(infos["charges"], _charge),
        calendar=_calendar(calendar, _limit(infos["trading_days"]), added),
        deposits=_load(infos["deposits"], _deposit),
        loans=_load(infos["loans"], _loan),
        limits=_load(infos["price_limits"], _price_limit),
        court_property=_load(infos["court_property"], _tier),
        court_preservation=_load(infos["court_preservation"], _tier),
        sources=hashes,
    )


def _load(info: TableInfo, convert: Callable[[Record], T]) -> tuple[T, ...]:
    path = DATA / info.file
    return tuple(convert_rows(path, read_rows(path), convert))


def convert_rows(path: Path, rows: Iterable[Record], convert: Callable[[Record], T]) -> Iterable[T]:
    """Yield converted rows; one that does not fit is named with its number."""
    for number, row in enumerate(rows, start=2):
        try:
            yield convert(row)
        except (KeyError, ValueError, TypeError) as problem:
            raise damaged(path, number, str(problem)) from problem


def _limit(info: TableInfo) -> date:
    if info.valid_to is None:
        raise InputError(f"table {info.name} has no last day of use", where="sources.toml")
    return info.valid_to


def _calendar(days: tuple[date, ...], last: date, added: UserAdditions) -> TradingCalendar:
    if added.days_to is None or added.days_to <= last:
        return TradingCalendar(days, last)
    later = tuple(sorted(open_day for open_day in added.days if open_day > last))
    return TradingCalendar(days + later, added.days_to)


def _version(hashes: dict[str, str]) -> str:
    text = "\n".join(f"{name} {digest}" for name, digest in sorted(hashes.items()))
    return hashlib.sha256(text.encode()).hexdigest()


def _lpr(row: Record) -> LprQuote:
    return LprQuote(day(row["date"]), figure(row["one_year"]), figure(row["five_year"]))


def _charge(row: Record) -> ChargeRate:
    status = row["status"]
    return ChargeRate(
        item=row["item"],
        market=row["market"],
        side=row["side"],
        basis=row["basis"],
        rate=figure(row["rate"]),
        effective_from=day(row["effective_from"]),
        effective_to=day_or_none(row["effective_to"]),
        source=row["source"] if status == "VERIFIED" else f"{row['source']} ({status})",
    )


def _deposit(row: Record) -> DepositQuote:
    return DepositQuote(day(row["date"]), figure(row["demand"]), figure(row["one_year"]))


def _loan(row: Record) -> LoanQuote:
    return LoanQuote(day(row["date"]), figure(row["one_year"]))


def _price_limit(row: Record) -> PriceLimit:
    return PriceLimit(
        exchange=row["exchange"],
        board=row["board"],
        status=row["status"],
        rate=figure(row["rate"]),
        effective_from=day(row["effective_from"]),
        effective_to=day_or_none(row["effective_to"]),
    )


def _tier(row: Record) -> FeeTier:
    return FeeTier(
        lower=figure(row["lower"]),
        upper=figure(row["upper"]) if row["upper"] else None,
        fixed=figure(row["fixed"]),
        rate=figure(row["rate"]),
    )
