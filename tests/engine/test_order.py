"""``LIQ-ORDER``: the agreed orders, their data, and what only posting order can hint at."""

from __future__ import annotations

from datetime import time

import pytest

from tests.engine.test_liquidation import SALE, TERMS
from tests.engine.worlds import Book, D, audit, day, tables
from workbench.domain.findings import Verdict
from workbench.domain.lines import LineKind
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.market import Bar

A, B = "600001", "600002"
BOUGHT = {A: (10000, "10"), B: (30000, "5")}
"""At the prices below A lost 10,000 yuan (10 %) and B 15,000 (10 %); A turned over more."""


def prices(**closes: str) -> tuple[Bar, ...]:
    at = {A: closes.get("a", "9"), B: closes.get("b", "4.5")}
    volume = {A: D(9_000_000), B: D(1_000_000)}
    days = tables().calendar.between(day("2025-01-02"), day("2025-01-20"))
    return tuple(
        Bar(when, code, D(price), D(price), D(price), D(price), volume[code], volume[code] * D(price))
        for when in days
        for code, price in at.items()
    )


def order(first: str, agreed: str, *, times: bool = True, bars: tuple[Bar, ...] | None = None) -> LiquidationTest:
    book = Book().opened()
    for number, (code, (shares, cost)) in enumerate(BOUGHT.items()):
        book.trade("2025-01-03", LineKind.BUY, code, shares, cost, serial=str(number))
    sold = [first, *(code for code in BOUGHT if code != first)]
    for number, code in enumerate(sold):
        at = time(10, number) if times else None
        book.trade(SALE, LineKind.FORCED_SELL, code, BOUGHT[code][0], "4.4", serial=f"s{number}", time=at)
    found = audit(book, {**TERMS, "sell_order": agreed}, bars=prices() if bars is None else bars)
    return next(test for test in found.liquidation.tests if test.code == "LIQ-ORDER")


@pytest.mark.parametrize(
    ("agreed", "right"),
    [
        ("largest_loss_first", B),
        ("largest_loss_first,then_most_liquid", B),
        ("smallest_loss_first", A),
        ("largest_value_first", B),
        ("smallest_value_first", A),
        ("most_liquid_first", A),
        ("first_bought_first", A),
        ("last_bought_first", B),
    ],
)
def test_each_agreed_order_is_kept_one_way_and_broken_the_other(agreed: str, right: str) -> None:
    wrong = A if right == B else B
    assert order(right, agreed).verdict is Verdict.NOT_FOUND
    assert order(wrong, agreed).verdict is Verdict.PROVEN


def test_without_times_the_posting_order_is_only_a_hint_and_says_what_to_ask_for() -> None:
    found = order(A, "largest_loss_first", times=False)
    assert found.verdict is Verdict.POSSIBLE
    assert "委托时间" in found.needs_zh


def test_a_sequence_that_fits_only_the_loss_in_per_cent_is_left_open() -> None:
    assert order(A, "largest_loss_first", bars=prices(a="8.8")).verdict is Verdict.POSSIBLE


def test_an_order_without_data_cannot_be_told_and_a_free_hand_breaks_nothing() -> None:
    assert order(A, "lowest_haircut_first").verdict is Verdict.CANNOT_TELL
    assert order(A, "most_liquid_first", bars=()).verdict is Verdict.CANNOT_TELL
    assert order(A, "financier_discretion").verdict is Verdict.NOT_FOUND
