"""A statement with one fee figure, or none, is checked like one that prints every part."""

from __future__ import annotations

import pytest

from tests.engine.worlds import Book, D, audit, errors
from workbench.domain.lines import LineKind, TradeFees


def book(buy: TradeFees, sell: TradeFees, buy_net: str, sell_net: str) -> Book:
    """Buy 10,000 at 10 and sell at 11: commission 30.00 and 33.00, stamp 55.00, transfer 1.00 and 1.10."""
    ledger = Book().opened()
    ledger.trade("2025-01-03", LineKind.BUY, "600001", 10000, "10", fees=buy, net=buy_net)
    return ledger.trade("2025-01-06", LineKind.SELL, "600001", 10000, "11", fees=sell, net=sell_net)


def lump(where: str, buy: str, sell: str) -> Book:
    """Print the fees as ``other``, as ``commission`` or not at all."""
    fees = [TradeFees() if where == "none" else TradeFees(**{where: D(fee)}) for fee in (buy, sell)]
    return book(fees[0], fees[1], str(-100000 - D(buy)), str(110000 - D(sell)))


@pytest.mark.parametrize("where", ["other", "commission", "none"])
class TestOneFigure:
    def test_a_right_total_is_no_finding(self, where: str) -> None:
        found = audit(lump(where, "31.00", "89.10"))
        assert errors(found) == []
        assert [gap.code for gap in found.gaps if gap.code == "no_fee_parts"] == ["no_fee_parts"]

    def test_stamp_duty_at_the_old_rate_is_named(self, where: str) -> None:
        assert errors(audit(lump(where, "31.00", "144.10"))) == [("FEE-STAMP", "2025-01-06", "55.00")]

    def test_stamp_duty_on_a_purchase_is_named(self, where: str) -> None:
        assert errors(audit(lump(where, "81.00", "89.10"))) == [("FEE-STAMP", "2025-01-03", "50.00")]

    def test_transfer_fee_at_the_old_rate_is_named(self, where: str) -> None:
        assert errors(audit(lump(where, "32.00", "89.10"))) == [("FEE-TRANSFER", "2025-01-03", "1.00")]

    def test_the_rest_is_commission(self, where: str) -> None:
        found = audit(lump(where, "31.00", "111.10"))
        assert errors(found) == [("FEE-RATE", "2025-01-06", "22.00")]
        cause = next(one.cause for one in found.findings if one.code == "FEE-RATE")
        assert cause is not None
        assert cause.formula == "110,000.00 × 0.05% = 55.00"


@pytest.mark.parametrize("where", ["other", "none"])
def test_a_doubled_transfer_fee_is_named(where: str) -> None:
    # 407,190 x 9.83: commission 1,200.80, transfer fee 40.03 charged twice
    fees = TradeFees() if where == "none" else TradeFees(other=D("1280.86"))
    book = Book().opened()
    book.trade(
        "2025-01-03", LineKind.BUY, "600001", 407190, "9.83", fees=fees, net=str(D("-4002677.70") - D("1280.86"))
    )
    assert errors(audit(book)) == [("FEE-TRANSFER", "2025-01-03", "40.03")]


@pytest.mark.parametrize("where", ["other", "none"])
def test_a_minimum_beside_exchange_fees_is_the_minimum(where: str) -> None:
    # 9,090 at 0.03 % is 2.73, the minimum 5.00; 10.00 was charged beside 0.09 transfer and 0.49 exchange fees
    fees = TradeFees() if where == "none" else TradeFees(other=D("10.58"))
    book = Book().opened().trade("2025-01-03", LineKind.BUY, "600001", 900, "10.10", fees=fees, net="-9100.58")
    assert errors(audit(book, {"commission_inclusive": False})) == [("FEE-MIN", "2025-01-03", "5.00")]


def test_without_an_agreed_rate_a_total_is_not_judged() -> None:
    assert errors(audit(lump("other", "500.00", "600.00"), drop=("commission_rate", "commission_min"))) == []


def test_a_net_amount_without_any_fee_is_not_judged() -> None:
    assert errors(audit(lump("none", "0.00", "0.00"))) == []


def test_a_plain_commission_column_stays_commission() -> None:
    assert errors(audit(lump("commission", "30.00", "33.00"))) == []


@pytest.mark.parametrize("where", ["other", "commission", "none"])
def test_exchange_fees_beside_the_commission_are_part_of_the_total(where: str) -> None:
    assert errors(audit(lump(where, "36.41", "95.05"), {"commission_inclusive": False})) == []
