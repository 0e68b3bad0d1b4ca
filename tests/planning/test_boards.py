"""Limits, ticks and lots by board and date, from the shipped tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from workbench.planning.boards import daily_limit, lot_of, tick_of
from workbench.reference.loader import load_tables

D = Decimal


@pytest.mark.parametrize(
    ("code", "day", "st", "limit"),
    [
        ("600519", "2025-03-03", False, "0.1"),
        ("600519", "2025-03-03", True, "0.05"),
        ("600519", "2026-07-06", True, "0.1"),
        ("688981", "2025-03-03", False, "0.2"),
        ("300750", "2020-08-21", False, "0.1"),
        ("300750", "2020-08-24", True, "0.2"),
        ("832000", "2025-03-03", False, "0.3"),
    ],
)
def test_the_limit_of_the_day(code: str, day: str, *, st: bool, limit: str) -> None:
    assert daily_limit(load_tables(), code, date.fromisoformat(day), st=st) == D(limit)


def test_what_the_tables_do_not_hold_is_unknown() -> None:
    tables = load_tables()
    assert daily_limit(tables, "510300", date(2025, 3, 3)) is None
    assert daily_limit(tables, "600519", date(1990, 12, 19)) is None


def test_ticks_and_lots() -> None:
    assert [tick_of(code) for code in ("600519", "510300")] == [D("0.01"), D("0.001")]
    assert [lot_of(code) for code in ("600519", "688981")] == [100, 200]
