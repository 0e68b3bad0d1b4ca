"""Bars from every common export: same bar, whatever the program calls and measures it."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from workbench.domain.market import Bar, PriceFile
from workbench.errors import InputError, LayoutUnknownError
from workbench.intake.prices import looks_like_prices, read_prices


def read(text: str, name: str = "prices.csv", encoding: str = "utf-8") -> PriceFile:
    return read_prices(text.encode(encoding), name, "0" * 64)


HEADER = "date,code,open,high,low,close,volume,amount"


def rows(header: str, *lines: str) -> str:
    return "\n".join([header, *lines]) + "\n"


def sections() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for part in (Path(__file__).parent / "exports.txt").read_text(encoding="utf-8").split("=== ")[1:]:
        head, _, body = part.partition("\n")
        name, _, file = head.partition(" | ")
        found[name] = file, body
    return found


EXPORTS = sections()


@pytest.mark.parametrize("shape", EXPORTS, ids=str)
def test_an_export_gives_the_same_bars(shape: str) -> None:
    name, text = EXPORTS[shape]
    found = read(text, name)
    assert [(bar.date, bar.code, bar.time) for bar in found.bars] == [
        (date(2024, 1, 19), "000001", None),
        (date(2024, 1, 22), "000001", None),
    ]
    first = found.bars[0]
    assert (first.open, first.high, first.low, first.close) == tuple(
        Decimal(text) for text in ("9.40", "9.50", "9.30", "9.45")
    )
    assert (first.volume, first.amount) == (Decimal(1000000), Decimal(9420000))
    assert found.issues == ()
    assert first.source is not None
    assert first.source.row


@pytest.mark.parametrize("shape", EXPORTS, ids=str)
def test_an_export_is_recognised(shape: str) -> None:
    assert looks_like_prices(EXPORTS[shape][1]) >= 0.6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    name, text = EXPORTS["akshare"]
    assert len(read(text, name, encoding).bars) == 2


def test_minute_bars() -> None:
    found = read(
        rows(
            "datetime,code,open,high,low,close,volume,amount",
            "2024-01-22 09:35:00,600000,7.01,7.05,7.00,7.02,10000,70200",
            "2024-01-22 09:40:00,600000,7.02,7.03,6.99,7.00,5000,35050",
        )
    )
    assert [bar.time for bar in found.bars] == [time(9, 35), time(9, 40)]


def test_minute_bars_with_a_time_column() -> None:
    found = read(
        "600000 浦发银行 5分钟线 不复权\n日期\t时间\t开盘\t最高\t最低\t收盘\t成交量\t成交额\n"
        "2024/01/22\t0935\t7.01\t7.05\t7.00\t7.02\t10000\t70200\n"
        "2024/01/22\t1305\t7.02\t7.03\t6.99\t7.00\t5000\t35050\n",
        "a.txt",
    )
    assert [(bar.code, bar.time) for bar in found.bars] == [("600000", time(9, 35)), ("600000", time(13, 5))]


def test_funds_keep_three_decimals() -> None:
    bar = read(rows(HEADER, "2024-01-22,510300,3.301,3.310,3.295,3.302,1000,3302")).bars[0]
    assert str(bar.close) == "3.302"


def test_a_suspended_day_keeps_the_last_close_and_no_volume() -> None:
    found = read(
        rows(
            HEADER,
            "2024-01-19,600000,7.00,7.10,6.90,7.05,1000,7050",
            "2024-01-22,600000,0,0,0,7.05,0,0",
            "2024-01-23,600000,--,--,--,--,0,--",
        )
    )
    assert [(str(bar.close), str(bar.volume)) for bar in found.bars] == [("7.05", "1000"), ("7.05", "0"), ("7.05", "0")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2024-01-22,600000,7.00,6.90,7.10,7.05,1000,7050", "bad_price"),
        ("2024-01-22,600000,7.50,7.10,6.90,7.05,1000,7050", "bad_price"),
        ("2024-02-30,600000,7.00,7.10,6.90,7.05,1000,7050", "bad_date"),
        ("2024-01-22,600000,abc,7.10,6.90,7.05,1000,7050", "bad_number"),
        ("2024-01-22,浦发,7.00,7.10,6.90,7.05,1000,7050", "no_code"),
        ("2024-01-19,600000,7.00,7.20,6.90,7.15,1000,7050", "duplicate_bar"),
    ],
)
def test_an_impossible_row_is_listed_with_its_place(line: str, reason: str) -> None:
    found = read(rows(HEADER, "2024-01-19,600000,7.00,7.10,6.90,7.05,1000,7050", line))
    assert len(found.bars) == 1
    assert [(issue.reason, issue.source.row) for issue in found.issues] == [(reason, 3)]


def test_the_same_row_twice_is_one_bar() -> None:
    row = "2024-01-19,600000,7.00,7.10,6.90,7.05,1000,7050"
    assert len(read(rows(HEADER, row, row)).bars) == 1


def test_adjusted_prices_are_refused() -> None:
    with pytest.raises(InputError, match="adjusted") as error:
        read(
            "600000 浦发银行 日线 前复权\n日期\t开盘\t最高\t最低\t收盘\t成交量\t成交额\n"
            "2024/01/22\t7.01\t7.05\t7.00\t7.02\t1\t7\n",
            "a.txt",
        )
    assert "不复权" in error.value.text("zh")


def test_a_file_without_code_says_how_to_give_it() -> None:
    with pytest.raises(LayoutUnknownError, match="code"):
        read(rows("日期,开盘,最高,最低,收盘,成交量", "2024-01-22,7.01,7.05,7.00,7.02,1000"))


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(LayoutUnknownError):
        read(rows("日期,摘要,收入,支出,余额", "2024-01-22,利息,1,2,3", "2024-01-23,利息,1,2,3"))
    assert looks_like_prices("日期,摘要,收入,支出,余额\n2024-01-22,利息,1,2,3\n") == 0


def test_an_empty_price_file_names_its_first_bad_row() -> None:
    with pytest.raises(InputError, match="row 2"):
        read(rows("date,code,open,high,low,close,volume", "2024-02-30,600000,1,1,1,1,1"))


def test_vwap_lies_inside_the_day() -> None:
    for name, text in EXPORTS.values():
        for bar in read(text, name).bars:
            assert isinstance(bar, Bar)
            assert bar.vwap is not None
            assert bar.low <= bar.vwap <= bar.high
