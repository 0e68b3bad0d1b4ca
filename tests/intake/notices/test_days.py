"""Deadlines and closes counted in trading days: across a holiday, and beyond the calendar's end."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from workbench.domain.market import Notice
from workbench.domain.reference import TradingCalendar
from workbench.intake.notices import read_notices

DAYS = tuple(date(2024, 2, day) for day in (1, 2, 5, 6, 7, 8, 19, 20, 21))
CALENDAR = TradingCalendar(DAYS, date(2024, 2, 21))
"""Around the Spring Festival of 2024, ending on a Wednesday."""


def read(text: str, sent: str, calendar: TradingCalendar | None = CALENDAR) -> Notice:
    data = f"{sent}:00 银禾客服\n{text}\n".encode()
    return read_notices(data, "n.txt", "0" * 64, calendar).notices[0]


@pytest.mark.parametrize(
    ("text", "sent", "deadline"),
    [
        ("请于T+1日上午收市前追加担保物", "2024-02-08 09:05", "2024-02-19 11:30"),
        ("请在2个交易日内补足担保物", "2024-02-08 09:05", "2024-02-20 15:00"),
        ("请于次日开盘前补足", "2024-02-08 15:30", "2024-02-19 09:30"),
        ("请于下一交易日10:00前追加", "2024-02-10 10:00", "2024-02-19 10:00"),
        ("请在两个工作日内补足保证金", "2024-02-07 10:00", "2024-02-19 15:00"),
        ("请于T+2日14:30前追加", "2024-02-07 10:00", "2024-02-19 14:30"),
        ("请于T+1日收盘前追加", "2024-02-21 10:00", None),
        ("请在2个交易日内补足担保物", "2024-02-20 10:00", None),
        ("请在2个交易日内补足担保物", "2023-06-01 10:00", None),
        ("请在2个交易日内补足担保物", "2025-06-03 10:00", None),
    ],
)
def test_trading_days_are_counted_and_never_guessed(text: str, sent: str, deadline: str | None) -> None:
    assert read(text, sent).deadline == (None if deadline is None else datetime.fromisoformat(deadline))


@pytest.mark.parametrize(
    ("text", "sent", "day"),
    [
        ("昨日收盘后您的维持担保比例为130%", "2024-02-19 09:00", date(2024, 2, 8)),
        ("截至上一交易日，您的维持担保比例为130%", "2024-02-19 09:00", date(2024, 2, 8)),
        ("截至昨日收盘，您的维持担保比例为130%", "2024-02-12 09:00", date(2024, 2, 8)),
        ("前一交易日日终，您的账户低于预警线", "2024-02-06 09:00", date(2024, 2, 5)),
        ("上个交易日清算后您的账户低于预警线", "2024-02-05 09:00", date(2024, 2, 2)),
        ("昨日收盘后您的维持担保比例为130%", "2024-02-01 09:00", None),
        ("昨日收盘后您的维持担保比例为130%", "2025-02-03 09:00", None),
        ("您昨日的来电已收到", "2024-02-19 09:00", None),
    ],
)
def test_yesterdays_close_is_the_trading_day_before(text: str, sent: str, day: date | None) -> None:
    assert read(text, sent).as_of == day


def test_without_a_calendar_nothing_is_counted() -> None:
    notice = read("截至昨日收盘，您的账户低于平仓线，请于T+1日收盘前追加", "2024-02-08 09:05", None)
    assert (notice.as_of, notice.deadline) == (None, None)


def test_a_sale_announced_for_the_next_trading_day_is_no_deadline() -> None:
    assert read("我司拟于下一交易日开盘起实施强制平仓", "2024-02-08 09:05").deadline is None
