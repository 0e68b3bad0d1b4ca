"""Cells as numbers and dates: every way of printing them, and what is neither."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.intake.layouts import load_layouts
from workbench.intake.statements import read_statement
from workbench.intake.values import BadDateError, BadNumberError, amount, looks_like_date, moment
from workbench.readers.model import Cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", "1234.50"),
        ("(1,234.50)", "-1234.50"),
        ("−1,234.50", "-1234.50"),
        ("1,234.50-", "-1234.50"),
        ("+10000.00", "10000.00"),
        ("¥20.00", "20.00"),
        ("１２３．４０", "123.40"),
        ("1 234 567.00", "1234567.00"),
        (".00", "0.00"),
        ("500.00Dr", "-500.00"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    assert amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "-", "--", "/", "、", "-------------------", "   \t"])
def test_nil_marks(text: str) -> None:
    assert amount(text) is None


@pytest.mark.parametrize("text", ["人民币", "¥", "abc", "12 34", "1.2.3", "E05", "e-5", ".e3"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(BadNumberError):
        amount(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20250101", date(2025, 1, 1)),
        ("2025-01-01", date(2025, 1, 1)),
        ("2025/1/5", date(2025, 1, 5)),
        ("2025.02.06", date(2025, 2, 6)),
        ("2025年01月15日", date(2025, 1, 15)),
        ("2023-05-02     \t", date(2023, 5, 2)),
    ],
)
def test_dates(text: str, day: date) -> None:
    assert moment(text) == (day, None)


def test_dates_with_a_time_and_dates_of_a_workbook() -> None:
    assert moment("20150105093000") == (date(2015, 1, 5), time(9, 30))
    assert moment("2025/12/03  14:06:51") == (date(2025, 12, 3), time(14, 6, 51))
    assert moment(Cell("x", value=datetime(2025, 3, 25))) == (date(2025, 3, 25), None)  # noqa: DTZ001 - as read


@pytest.mark.parametrize("text", ["2025-02-30", "20251301", "合计"])
def test_days_that_do_not_exist(text: str) -> None:
    with pytest.raises(BadDateError):
        moment(text)


def test_a_date_that_does_not_exist_still_looks_like_one() -> None:
    assert looks_like_date(Cell("2025-02-30"))
    assert not looks_like_date(Cell("6743916"))


@given(st.text(max_size=12))
def test_any_text_is_a_number_a_nil_mark_or_refused(text: str) -> None:
    try:
        assert amount(text) is None or isinstance(amount(text), Decimal)
    except BadNumberError:
        return


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False))
def test_grouped_numbers_come_back(value: Decimal) -> None:
    assert amount(f"{value:,.2f}") == value


def test_a_remark_run_into_the_balance_is_taken_apart() -> None:
    text = (
        "日期,业务,发生金额,资金余额,备注\n2025-03-03,入金,100.00,100.00,\n"
        "2025-04-03,利息,-6.00,94.00 第1期,\n2025-04-04,利息,-1.00,93.00 20250303至20250403,\n"
    )
    lines = read_statement(text.encode(), "a.csv", "0" * 64, load_layouts(None)).lines
    assert [(line.balance, line.remark) for line in lines] == [
        (Decimal("100.00"), ""),
        (Decimal("94.00"), "第1期"),
        (Decimal("93.00"), "20250303至20250403"),
    ]


def test_two_figures_in_one_cell_stay_a_question() -> None:
    text = "日期,业务,发生金额,资金余额,备注\n2025-03-03,入金,100.00,100.00,\n2025-04-03,利息,-6.00,94.00 88.00,\n"
    statement = read_statement(text.encode(), "a.csv", "0" * 64, load_layouts(None))
    assert "bad_number" in [issue.reason for issue in statement.issues]
