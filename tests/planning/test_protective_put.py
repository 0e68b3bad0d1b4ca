"""A put on a holding (article 000: 认沽买入保护性看跌), by hand and for any holding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.planning.protective_put import ProtectivePut, protective_put

D = Decimal


def plan(holding: str = "300000", own_cash: str = "6000", beta: str = "1") -> ProtectivePut:
    return protective_put(D(holding), D("2.5"), D("2.4"), D("0.05"), D(own_cash), beta=D(beta))


def test_a_holding_of_the_etf_covered_to_the_last_unit() -> None:
    """300,000 at 2.50 are 120,000 units, 12 contracts; 0.05 x 120,000 = 6,000; 120,000 x 2.40 - 6,000 is kept."""
    found = plan()
    assert (found.contracts, found.cost, found.covered, found.uncovered) == (12, D(6000), D(300000), D(0))
    assert (found.floor, found.break_even) == (D(282000), D("2.55"))
    assert (found.refused, found.missing_cash, found.affordable) == ((), D(0), 12)


def test_the_payoff_at_expiry() -> None:
    rows = {row.move: row for row in plan().rows}
    assert (rows[D("-0.2")].unhedged, rows[D("-0.2")].payoff, rows[D("-0.2")].hedged) == (
        D(240000),
        D(48000),
        D(282000),
    )
    assert (rows[D(0)].payoff, rows[D(0)].hedged) == (D(0), D(294000))
    assert rows[D("0.1")].hedged == 324000


def test_never_more_than_the_holding() -> None:
    """1.9 contracts' worth takes one; the other 22,500 yuan still fall."""
    found = plan("47500")
    assert (found.contracts, found.covered, found.uncovered) == (1, D(25000), D(22500))


def test_a_beta_of_two_takes_twice_the_contracts() -> None:
    found = plan(beta="2", own_cash="12000")
    assert (found.contracts, found.covered, found.floor) == (24, D(300000), D(264000))


def test_a_holding_is_never_worth_less_than_nothing() -> None:
    """Beta 4 and a fall of 30 % would make minus 60,000."""
    found = plan(beta="4", own_cash="24000")
    assert found.rows[0].unhedged == 0


def test_a_premium_that_own_money_cannot_pay_is_refused() -> None:
    found = plan(own_cash="5999.99")
    assert [note.code for note in found.refused] == ["borrowed"]
    assert (found.missing_cash, found.affordable) == (D("0.01"), 11)
    assert "0.01" in found.refused[0].text_en


def test_a_holding_smaller_than_one_contract_is_left_alone() -> None:
    found = plan("24999")
    assert (found.contracts, found.cost, found.break_even, found.floor) == (0, D(0), None, D(0))
    assert [note.code for note in found.refused] == ["too_small"]


def test_it_says_that_single_stocks_have_no_options_and_thresholds_are_the_brokers() -> None:
    access = {note.code: note for note in plan().access}
    assert "单只股票" in access["no_single_stock_options"].text_zh
    assert "check with your broker" in access["option_account"].text_en


@settings(deadline=None)
@given(
    st.decimals("1000", "5000000", places=2),
    st.decimals("0.5", "8", places=3),
    st.decimals("0.7", "1.2", places=2),
    st.decimals("0.2", "2.5", places=2),
)
def test_the_floor_holds_and_the_hedge_never_exceeds_the_holding(
    holding: Decimal, spot: Decimal, part: Decimal, beta: Decimal
) -> None:
    found = protective_put(holding, spot, spot * part, D("0.03"), D(10) ** 9, beta=beta)
    assert D(0) <= found.covered <= holding + D("0.01")
    assert found.uncovered * beta < spot * 10_000 + D("0.05")
    for row in found.rows:
        free = max(D(0), found.uncovered * (1 + beta * row.move))
        assert row.hedged >= found.floor + free - D("0.05")


@pytest.mark.parametrize("own_cash", ["-1"])
def test_negative_own_money_is_refused(own_cash: str) -> None:
    with pytest.raises(UsageError, match="own money"):
        plan(own_cash=own_cash)
