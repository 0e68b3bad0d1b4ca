"""``LIQ-EARLY`` with minute bars, with closes only, and before long holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.engine.test_liquidation import SALE, TERMS, bars
from tests.engine.worlds import Book, D, audit, day, tables
from workbench.domain.findings import Verdict
from workbench.domain.lines import LineKind
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.market import Bar
from workbench.domain.reference import TradingCalendar
from workbench.domain.terms import TermValue
from workbench.engine.holiday import days_to_break


def sold(at: time | None, price: str = "9.5") -> Book:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", 40000, "10", serial="1")
    return book.trade(SALE, LineKind.FORCED_SELL, "600001", 40000, price, serial="2", time=at)


def minute(at: time, price: str, low: str = "") -> Bar:
    close = D(price)
    return Bar(day(SALE), "600001", close, close, D(low or price), close, D(1000), None, at)


def early(book: Book, prices: tuple[Bar, ...], terms: dict[str, TermValue] | None = None) -> LiquidationTest:
    tests = audit(book, {**TERMS, **(terms or {})}, bars=prices).liquidation.tests
    return next(test for test in tests if test.code == "LIQ-EARLY")


FELL = bars("9.5", sale_low="8.5")
"""The day's low crossed the line at some time of the day."""


def test_a_low_of_the_day_leaves_the_question_open_and_says_what_would_settle_it() -> None:
    found = early(sold(time(10, 0)), FELL)
    assert found.verdict is Verdict.POSSIBLE
    assert "分钟行情" in found.needs_zh
    assert {figure.name for figure in found.figures} == {"assets_before", "assets_at_line", "assets_at_lows"}


@pytest.mark.parametrize(
    ("minutes", "verdict"),
    [
        ((minute(time(9, 59), "9.5"), minute(time(10, 30), "8.4")), Verdict.PROVEN),
        ((minute(time(9, 58), "8.4"), minute(time(9, 59), "9.5")), Verdict.NOT_FOUND),
        ((minute(time(9, 59), "9.5", low="8.4"),), Verdict.POSSIBLE),
    ],
    ids=["it fell only after the sale", "a minute closed below before", "only a minute's low crossed"],
)
def test_minutes_before_the_fill_decide(minutes: tuple[Bar, ...], verdict: Verdict) -> None:
    assert early(sold(time(10, 0)), (*FELL, *minutes)).verdict is verdict


def test_minutes_without_a_printed_time_decide_nothing() -> None:
    assert early(sold(None), (*FELL, minute(time(9, 59), "9.5"))).verdict is Verdict.POSSIBLE


def test_where_closes_count_earlier_lows_do_not() -> None:
    dipped = bars("9.5", low="8.5")
    assert early(sold(time(10, 0)), dipped).verdict is Verdict.POSSIBLE
    assert early(sold(time(10, 0)), dipped, {"line_measured": "close"}).verdict is Verdict.PROVEN


def test_where_closes_count_a_fall_on_the_day_itself_stays_open() -> None:
    assert early(sold(time(10, 0)), FELL, {"line_measured": "close"}).verdict is Verdict.POSSIBLE


BREAK = TradingCalendar(
    tuple(one for one in tables().calendar.days if not date(2025, 1, 16) <= one <= date(2025, 1, 24)),
    tables().calendar.last,
)
"""A calendar with a long holiday from the day after the sale."""


def test_days_to_a_long_break_are_counted_to_the_last_trading_day() -> None:
    assert days_to_break(BREAK, day(SALE)) == 0
    assert days_to_break(BREAK, day("2025-01-13")) == 2
    assert days_to_break(BREAK, day("2025-02-03")) is None


@pytest.mark.parametrize(
    ("uplift", "verdict"), [("0.85", Verdict.NOT_FOUND), ("0.55", Verdict.PROVEN), ("0.4", Verdict.PROVEN)]
)
def test_the_holiday_line_surely_counts_on_the_last_trading_day(
    uplift: str, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = replace(tables(), calendar=BREAK)
    monkeypatch.setattr("tests.engine.worlds.tables", lambda: given)
    assert early(sold(time(10, 0)), bars("9.5"), {"holiday_uplift": uplift}).verdict is verdict


def test_the_holiday_line_may_count_in_the_days_before(monkeypatch: pytest.MonkeyPatch) -> None:
    later = TradingCalendar(
        tuple(one for one in tables().calendar.days if not date(2025, 1, 20) <= one <= date(2025, 1, 27)),
        tables().calendar.last,
    )
    given = replace(tables(), calendar=later)
    monkeypatch.setattr("tests.engine.worlds.tables", lambda: given)
    found = early(sold(time(10, 0)), bars("9.5"), {"holiday_uplift": "0.85"})
    assert found.verdict is Verdict.POSSIBLE
    assert "长假" in found.why_zh
