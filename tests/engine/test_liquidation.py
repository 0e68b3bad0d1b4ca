"""The forced sale: every verdict with the facts that lead to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from tests.engine.worlds import Book, D, audit, day, tables
from workbench.domain.audit import Audit
from workbench.domain.findings import Verdict
from workbench.domain.lines import LineKind
from workbench.domain.market import Bar, Notice, NoticeKind, NoticeLog
from workbench.domain.source import Source
from workbench.domain.terms import TermValue

TERMS: dict[str, TermValue] = {
    "line_convention": "equity_over_margin",
    "warning_line": "0.8",
    "liquidation_line": "0.5",
    "notice_required": True,
    "topup_deadline": "T+1 10:00",
    "sell_scope": "all",
}
SALE = "2025-01-15"


def bars(falls_to: str, *, low: str | None = None, volume: int = 10**6, sale_low: str = "0") -> tuple[Bar, ...]:
    """Prices of 600001 at 10 until the day before the sale, then at ``falls_to``."""
    found = []
    for when in tables().calendar.between(day("2025-01-02"), day("2025-01-20")):
        price = D(falls_to) if when >= day("2025-01-14") else D(10)
        bottom = D(low) if low and when == day("2025-01-13") else price
        if D(sale_low) and when == day(SALE):
            bottom = D(sale_low)
        shares = D(volume)
        found.append(Bar(when, "600001", price, price, bottom, price, shares, shares * price))
    return tuple(found)


def ledger(price: str, *, shares: int = 40000, sold: int = 40000) -> Book:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", shares, "10", serial="1")
    return book.trade(SALE, LineKind.FORCED_SELL, "600001", sold, price, serial="2")


def log(*notices: tuple[str, NoticeKind], complete: bool = True) -> NoticeLog:
    source = Source("0" * 64, "notices.txt")
    return NoticeLog(
        "0" * 64,
        "notices.txt",
        tuple(Notice(datetime.fromisoformat(at), kind, "sms", "x", "", source) for at, kind in notices),
        complete=complete,
    )


CALL = log(("2025-01-14 16:00", NoticeKind.MARGIN_CALL))


def verdicts(result: Audit) -> dict[str, Verdict]:
    return {test.code: test.verdict for test in result.liquidation.tests}


@pytest.mark.parametrize(
    ("prices", "verdict"),
    [
        (bars("9.5"), Verdict.PROVEN),
        (bars("9.5", sale_low="8.5"), Verdict.POSSIBLE),
        (bars("9.5", low="8.5"), Verdict.POSSIBLE),
        (bars("8.5"), Verdict.NOT_FOUND),
        ((), Verdict.CANNOT_TELL),
    ],
)
def test_sold_before_the_line(prices: tuple[Bar, ...], verdict: Verdict) -> None:
    assert verdicts(audit(ledger("9.5"), TERMS, bars=prices, logs=(CALL,)))["LIQ-EARLY"] is verdict


@pytest.mark.parametrize(
    ("logs", "required", "verdict"),
    [
        ((log(),), True, Verdict.PROVEN),
        ((log(complete=False),), True, Verdict.POSSIBLE),
        ((), True, Verdict.CANNOT_TELL),
        ((CALL,), True, Verdict.NOT_FOUND),
        ((log(),), False, Verdict.NOT_FOUND),
        ((log(("2025-01-15 16:00", NoticeKind.MARGIN_CALL)),), True, Verdict.PROVEN),
    ],
)
def test_called_before_the_sale(logs: tuple[NoticeLog, ...], required: bool, verdict: Verdict) -> None:
    terms = {**TERMS, "notice_required": required}
    assert verdicts(audit(ledger("8.5"), terms, bars=bars("8.5"), logs=logs))["LIQ-NOTICE"] is verdict


@pytest.mark.parametrize(
    ("deadline", "verdict"),
    [
        ("T+2 15:00", Verdict.PROVEN),
        ("T+1 15:00", Verdict.PROVEN),
        ("T+1 10:00", Verdict.POSSIBLE),
        ("T+0 17:00", Verdict.NOT_FOUND),
        ("24h", Verdict.PROVEN),
        ("2h", Verdict.NOT_FOUND),
        ("0.5h", Verdict.NOT_FOUND),
    ],
)
def test_sold_before_the_deadline(deadline: str, verdict: Verdict) -> None:
    terms = {**TERMS, "topup_deadline": deadline}
    assert verdicts(audit(ledger("8.5"), terms, bars=bars("8.5"), logs=(CALL,)))["LIQ-GRACE"] is verdict


def test_the_time_of_the_fill_settles_a_deadline_on_the_same_day() -> None:
    book = ledger("8.5")
    for hour, verdict in ((9, Verdict.PROVEN), (11, Verdict.NOT_FOUND)):
        moment = time(hour, 45)
        book.lines[-1] = replace(book.lines[-1], time=moment)
        assert verdicts(audit(book, TERMS, bars=bars("8.5"), logs=(CALL,)))["LIQ-GRACE"] is verdict


def test_more_sold_than_restores_the_line() -> None:
    terms = {**TERMS, "line_convention": "assets_over_debt", "liquidation_line": "1.2", "sell_scope": "to_restore"}
    book = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", 49000, "10", serial="1")
    for number in range(8):
        book.trade(SALE, LineKind.FORCED_SELL, "600001", 6000, "9", serial=f"s{number}")
    assert verdicts(audit(book, terms, bars=bars("9"), logs=(CALL,)))["LIQ-OVERSELL"] is Verdict.PROVEN
    terms["line_convention"] = "equity_over_margin"
    assert verdicts(audit(book, terms, bars=bars("9"), logs=(CALL,)))["LIQ-OVERSELL"] is Verdict.CANNOT_TELL


def test_a_price_outside_the_day_and_one_far_below_its_mean() -> None:
    result = audit(ledger("8.4"), TERMS, bars=bars("8.5"), logs=(CALL,))
    assert verdicts(result)["LIQ-PRICE"] is Verdict.PROVEN
    assert [one.code for one in result.findings if one.code == "LIQ-PRICE"] == ["LIQ-PRICE"]
    wide = tuple(replace(bar, low=D(8), high=D(10), amount=bar.volume * D(9)) for bar in bars("8.5"))
    assert verdicts(audit(ledger("8.5"), TERMS, bars=wide, logs=(CALL,)))["LIQ-PRICE"] is Verdict.POSSIBLE


def test_a_fill_while_suspended_and_one_of_shares_bought_that_day() -> None:
    assert verdicts(audit(ledger("8.5"), TERMS, bars=bars("8.5", volume=0)))["LIQ-HALT"] is Verdict.PROVEN
    book = Book().opened().trade(SALE, LineKind.BUY, "600001", 1000, "8.5", serial="1")
    book.trade(SALE, LineKind.FORCED_SELL, "600001", 1000, "8.5", serial="2")
    assert verdicts(audit(book, TERMS, bars=bars("8.5")))["LIQ-T1"] is Verdict.PROVEN


@pytest.mark.parametrize(
    ("returned", "later", "until", "verdict"),
    [
        (True, 9, None, "not_found"),
        (False, 9, None, "proven"),
        (False, 0, None, "proven"),
        (False, 0, SALE, "possible"),
        (False, 0, "2025-02-15", "proven"),
    ],
)
def test_what_is_left_must_be_returned(returned: bool, later: int, until: str | None, verdict: str) -> None:
    book = ledger("9.5").post(SALE, LineKind.PRINCIPAL_REPAID, "-400000")
    if returned:
        book.post("2025-01-16", LineKind.MARGIN_OUT, str(-book.cash))
    elif later:
        last = (day(SALE) + timedelta(days=later)).isoformat()
        book.post(last, LineKind.INTEREST, "-1.00")
    found = audit(book, TERMS, bars=bars("8.5"), until=day(until) if until else None)
    assert verdicts(found)["LIQ-RESIDUAL"] == verdict


def test_fills_that_no_market_gave_form_one_group() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", 100, "11", serial="1")
    book.trade("2025-01-06", LineKind.BUY, "600001", 100, "12", serial="2")
    found = [one for one in audit(book, TERMS, bars=bars("8.5")).findings if one.code == "SIM-FILL"]
    assert [(one.lines, one.group) for one in found] == [(("S1.3",), "SIM-FILL"), (("S1.4",), "SIM-FILL")]


def test_the_timeline_marks_the_first_crossings() -> None:
    margin = audit(ledger("8.5"), TERMS, bars=bars("8.5"), logs=(CALL,)).margin
    assert (margin.first_warning, margin.first_liquidation) == (day("2025-01-14"), day("2025-01-14"))
    assert margin.days[0].state == "normal"


def two_holdings(first: str, second: str) -> Book:
    """A ledger whose 600001 loses more than its 600002, sold in the given order with times."""
    book = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", 20000, "10", serial="1")
    book.trade("2025-01-03", LineKind.BUY, "600002", 10000, "10", serial="2")
    for number, code in enumerate((first, second)):
        shares = 20000 if code == "600001" else 10000
        book.trade(SALE, LineKind.FORCED_SELL, code, shares, "8.5", serial=f"s{number}", time=time(10, number))
    return book


@pytest.mark.parametrize(
    ("order", "verdict"),
    [(("600001", "600002"), Verdict.NOT_FOUND), (("600002", "600001"), Verdict.PROVEN)],
)
def test_sold_out_of_the_agreed_order(order: tuple[str, str], verdict: Verdict) -> None:
    terms = {**TERMS, "sell_order": "largest_loss_first,then_most_liquid"}
    prices = (*bars("8.5"), *(replace(bar, code="600002") for bar in bars("8.5")))
    assert verdicts(audit(two_holdings(*order), terms, bars=prices))["LIQ-ORDER"] is verdict


def test_a_concentration_cut_beyond_the_limit() -> None:
    book = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", 20000, "10", serial="1")
    book.trade(SALE, LineKind.FORCED_SELL, "600001", 18000, "8.5", serial="2", remark="单票集中度超限")
    terms = {**TERMS, "single_stock_limit": "0.3"}
    assert verdicts(audit(book, terms, bars=bars("8.5")))["LIQ-CONC"] is Verdict.PROVEN
