"""Every fill against the market: what is impossible, what only looks odd, what could not be tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from tests.engine.worlds import Book, D, audit, day, tables
from workbench.domain.audit import Audit, AuditOptions
from workbench.domain.case import CaseKind
from workbench.domain.findings import Severity
from workbench.domain.lines import LineKind
from workbench.domain.market import Bar
from workbench.domain.reference import PriceLimit
from workbench.engine.audit import open_account
from workbench.engine.facts import CaseFacts
from workbench.engine.market import early_sold, open_market
from workbench.engine.price_rules import price_limits, status_of
from workbench.engine.prices import Prices

BUY, SELL = LineKind.BUY, LineKind.SELL
ON, NEXT = "2025-01-06", "2025-01-07"


def bar(when: str, low: str, high: str, code: str = "600001", volume: int = 10**6) -> Bar:
    return Bar(day(when), code, D(low), D(high), D(low), D(high), D(volume), None)


CALM = (bar("2025-01-03", "9.8", "10"), bar(ON, "9.9", "10.4"), bar(NEXT, "9.9", "10.4"))


def bought(price: str = "10", shares: int = 1000, when: str = ON, **more: object) -> Book:
    return Book().opened().trade(when, BUY, "600001", shares, price, **more)


def rules(book: Book, bars: tuple[Bar, ...] = CALM) -> list[str]:
    return [one.rule for one in audit(book, bars=bars).liquidation.market.impossible]


def test_an_ordinary_fill_breaks_nothing() -> None:
    found = audit(bought(), bars=CALM).liquidation.market
    assert (found.fills, found.priced, found.bad, found.rate) == (1, 1, 0, D(0))


def test_a_price_outside_the_days_range() -> None:
    assert "price" in rules(bought("10.6"))


def test_a_mean_of_several_fills_printed_to_the_cent_may_lie_half_a_cent_outside() -> None:
    edge = (bar(ON, "9.904", "10.396"),)
    assert rules(bought("10.40"), edge) == []


def test_a_fill_on_a_suspended_day_and_on_a_day_without_trading() -> None:
    assert rules(bought(), (*CALM[:1], bar(ON, "10", "10", volume=0))) == ["halted"]
    saturday = bought(when="2025-01-04")
    assert "closed" in rules(saturday)


def test_more_shares_than_the_whole_market_traded() -> None:
    assert rules(bought(shares=2000), (bar(ON, "9.9", "10.4", volume=1500),)) == ["volume"]


@pytest.mark.parametrize(("at", "odd"), [(time(9, 31), False), (time(12, 5), True), (time(15, 0, 30), False)])
def test_a_clock_outside_the_sessions_counts_where_the_other_clocks_are_those_of_trading(at: time, odd: bool) -> None:
    book = Book().opened()
    for past in range(6):
        book.trade(ON, BUY, "600001", 100, "10", time=time(10, past), serial=str(past))
    book.trade(ON, BUY, "600001", 100, "10", time=at, serial="x")
    assert ("session" in rules(book)) is odd


def test_one_time_for_all_rows_is_a_batch_not_a_clock() -> None:
    book = Book().opened()
    for number in range(5):
        book.trade(ON, BUY, "600001", 100, "10", time=time(17, 30), serial=str(number))
    assert "session" not in rules(book)


def test_shares_bought_and_sold_on_one_day() -> None:
    book = bought().trade(ON, SELL, "600001", 500, "10.1")
    assert "t1" in rules(book)
    assert "t1" not in rules(bought().trade(NEXT, SELL, "600001", 500, "10.1"))


def test_a_code_held_before_the_ledger_begins_and_a_fund_are_left_alone() -> None:
    held = Book().opened().trade(ON, BUY, "600001", 100, "10").trade(ON, SELL, "600001", 500, "10")
    assert "t1" not in rules(held)
    fund = Book().opened().trade(ON, BUY, "511880", 100, "100").trade(ON, SELL, "511880", 100, "100")
    assert not list(early_sold(fund.lines))


def result(book: Book) -> Audit:
    return audit(book, bars=CALM)


def test_an_odd_lot_and_a_finer_tick_are_questions_not_impossibilities() -> None:
    for book in (bought(shares=150), bought("10.123", shares=100)):
        found = result(book)
        assert found.liquidation.market.bad == 0
        assert [one.severity for one in found.findings if one.code == "SIM-FILL"] == [Severity.QUESTION]


def test_two_parts_of_one_order_may_each_be_odd() -> None:
    book = bought(shares=60, serial="1").trade(ON, BUY, "600001", 40, "10", serial="2")
    assert "lot" not in rules(book)


def test_one_finding_names_every_rule_a_fill_breaks_and_a_forced_fill_is_not_blamed_twice() -> None:
    twice = [one for one in audit(bought("10.6", when="2025-01-04"), bars=CALM).findings if one.code == "SIM-FILL"]
    assert len(twice) == 1
    forced = bought().trade(NEXT, LineKind.FORCED_SELL, "600001", 1000, "9")
    assert [one.code for one in audit(forced, bars=CALM).findings if one.code in ("SIM-FILL", "LIQ-PRICE")] == [
        "LIQ-PRICE"
    ]


LIMITS = (PriceLimit("SSE", "MAIN", "NORMAL", D("0.1"), day("1996-12-16"), None),)


@pytest.mark.parametrize(
    ("bars", "broken"),
    [
        ((bar("2025-01-03", "9.8", "10"), bar(ON, "9.5", "11")), True),
        ((bar("2025-01-03", "9.8", "10"), bar(ON, "7.5", "8.9")), False),
        ((bar("2025-01-02", "9.8", "10"), bar(ON, "9.5", "11")), False),
    ],
    ids=["beyond the limit", "the bar itself left the limits: ex rights", "no bar the day before"],
)
def test_price_limits_need_the_day_before_and_an_unadjusted_reference(
    bars: tuple[Bar, ...], broken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited = replace(tables(), limits=LIMITS)
    monkeypatch.setattr("tests.engine.worlds.tables", lambda: limited)
    assert ("limit" in rules(bought("11.05"), bars)) is broken


def test_limit_prices_round_half_up_to_the_cent() -> None:
    """The rules' own example: 10.03 allows 9.03 to 11.03."""
    account = open_account(CaseFacts("case", CaseKind.OFF_EXCHANGE), replace(tables(), limits=LIMITS), AuditOptions())
    prices = Prices({("600001", day("2025-01-03")): bar("2025-01-03", "10", "10.03")}, {}, {})
    line = bought().lines[-1]
    assert price_limits(line, open_market(account, prices)) == (D("9.03"), D("11.03"))


@pytest.mark.parametrize(
    ("name", "status"),
    [("平安银行", "NORMAL"), ("*ST某某", "ST"), ("ST某某", "ST"), ("退市某某", "DELISTING_PERIOD"), ("N某某", None)],
)
def test_the_printed_name_tells_the_status(name: str, status: str | None) -> None:
    assert status_of(name) == status
