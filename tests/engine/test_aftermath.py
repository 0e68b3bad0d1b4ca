"""What is left after the sale, and what each theory of a wrongful sale is worth."""

from __future__ import annotations

from dataclasses import replace

from tests.engine.test_liquidation import CALL, TERMS, bars, ledger
from tests.engine.worlds import D, audit, day
from workbench.domain.audit import AuditOptions
from workbench.domain.liquidation import Damage
from workbench.domain.money import cents


def test_the_rest_of_a_holding_its_loss_and_the_price_that_reaches_the_line() -> None:
    found = audit(ledger("8.5", sold=10000), TERMS, bars=bars("8.5")).liquidation.after
    assert found is not None
    (holding,) = found.holdings
    assert (holding.quantity, holding.cost, holding.price) == (D(30000), D(10), D("8.5"))
    assert holding.unrealised == found.unrealised == D(-45000)
    assert found.exposure == D(255000)
    assert found.assets is not None
    assert found.at_line == D(450000)
    assert holding.liquidation_price is not None
    assert cents(found.cash + holding.quantity * holding.liquidation_price) == found.at_line
    assert found.fall is not None
    assert cents(found.cash + found.exposure * (1 - found.fall)) == found.at_line


def test_nothing_left_means_no_exposure_and_the_shortfall_shows() -> None:
    found = audit(ledger("7"), TERMS, bars=bars("7")).liquidation.after
    assert found is not None
    assert (found.holdings, found.exposure, found.fall) == ((), D(0), None)
    assert found.equity is not None
    assert found.equity == found.cash - found.debt


def test_without_a_forced_sale_there_is_no_snapshot() -> None:
    book = ledger("8.5")
    book.lines.pop()
    assert audit(book, TERMS, bars=bars("8.5")).liquidation.after is None


def damages(price: str, **options: object) -> dict[str, Damage]:
    """Sell at ``price`` while the market stood at 9.5 and rose to 9.8 and 9.9 afterwards."""
    later = {day("2025-01-16"): "9.8", day("2025-01-17"): "9.9"}
    prices = [replace(bar, close=D(later[bar.date])) if bar.date in later else bar for bar in bars("9.5")]
    result = audit(ledger(price), TERMS, bars=tuple(prices), logs=(CALL,), options=AuditOptions(**options))  # type: ignore[arg-type]  # test keywords
    return {one.code: one for one in result.liquidation.damages}


def test_an_early_sale_is_worth_the_range_of_its_estimates() -> None:
    early = damages("9.5", keep_to=day("2025-01-17"))["LIQ-EARLY"]
    assert (early.lowest, early.highest) == (D("0.00"), D("16000.00"))
    assert "2025-01-17" in early.basis_zh


def test_a_fill_below_the_market_is_lifted_to_the_low_and_to_the_mean() -> None:
    price = damages("9")["LIQ-PRICE"]
    assert (price.lowest, price.highest) == (D("20000.00"), D("20000.00"))
    assert "40000 × (9.5 − 9)" in price.basis_zh


def test_a_test_that_found_nothing_is_worth_nothing() -> None:
    assert "LIQ-HALT" not in damages("9.5")
