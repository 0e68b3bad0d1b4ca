"""Closes for the risk measures: from bars of any program, or from three columns; no carried price."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from workbench.errors import InputError, LayoutUnknownError
from workbench.intake.closes import Closes, read_closes

D = Decimal
MONDAY, TUESDAY = date(2025, 3, 3), date(2025, 3, 4)


def read(text: str, name: str = "prices.csv") -> Closes:
    return read_closes(text.encode(), name, "0" * 64)


def test_three_columns_suffice() -> None:
    found = read("date,code,close\n2025-03-03,600519,1500.5\n2025-03-04,600519,1490\n2025-03-03,1,11.2\n")
    assert found.closes == {"600519": {MONDAY: D("1500.5"), TUESDAY: D(1490)}, "000001": {MONDAY: D("11.2")}}
    assert (found.volumes, found.issues) == ({}, [])


def test_chinese_titles_and_volume() -> None:
    found = read("证券代码,交易日期,收盘价,成交量\n600519,20250303,1500,3000\n")
    assert (found.closes["600519"][MONDAY], found.volumes["600519"][MONDAY]) == (D(1500), D(3000))


def test_bars_are_read_by_the_price_import_without_suspended_days() -> None:
    found = read(
        "date,code,open,high,low,close,volume\n"
        "2025-03-03,600519,1500,1510,1490,1505,3000\n2025-03-04,600519,1505,1505,1505,1505,0\n"
    )
    assert found.closes == {"600519": {MONDAY: D(1505)}}
    assert found.volumes == {"600519": {MONDAY: D(3000)}}


def test_minutes_give_the_last_price_and_the_days_volume() -> None:
    found = read(
        "datetime,code,open,high,low,close,volume\n"
        "2025-03-03 09:31,600519,1500,1500,1500,1500,10\n2025-03-03 15:00,600519,1501,1501,1501,1501,20\n"
    )
    assert (found.closes["600519"][MONDAY], found.volumes["600519"][MONDAY]) == (D(1501), D(30))


def test_a_row_without_a_price_is_a_day_without_trading() -> None:
    found = read("date,code,close\n2025-03-03,600519,1500\n2025-03-04,600519,--\n")
    assert list(found.closes["600519"]) == [MONDAY]
    assert found.issues == []


def test_rows_that_are_no_close_are_named() -> None:
    found = read(
        "date,code,close\n2025-03-03,600519,1500\n2025-03-03,600519,1501\nsoon,600519,1\n2025-03-04,600519,-3\n"
    )
    assert found.closes == {"600519": {MONDAY: D(1500)}}
    assert [issue.split(":")[0] for issue in found.issues] == ["3", "4", "5"]
    assert "1500 / 1501" in found.issues[0]


def test_a_file_without_the_columns_is_refused() -> None:
    with pytest.raises(LayoutUnknownError, match="date, code and close"):
        read("a,b\n1,2\n")


def test_a_file_without_a_usable_row_is_refused() -> None:
    with pytest.raises(InputError, match="no usable price row: 2"):
        read("date,code,close\nsoon,600519,1\n")
