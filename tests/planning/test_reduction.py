"""The order of reduction (seed 000: 优先处置波动大但流动性差的头寸，保留流动性高的核心资产)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.conventions import Position, ratio
from workbench.errors import UsageError
from workbench.planning.reduction import Reduction, Residual, days_to_sell, to_exposure, to_line
from workbench.planning.stress import Contract

D = Decimal
CALM = Residual("600519", 1000, D(100), D("0.010"), D(50000))
WILD = Residual("300750", 2000, D(50), D("0.045"), D(20000))
STUCK = Residual("000858", 1000, D(100), D("0.045"), D(1000))
NEW = Residual("688981", 500, D(40))


def exposure(target: str, *, core: tuple[str, ...] = ()) -> Reduction:
    return to_exposure((CALM, WILD, STUCK, NEW), D(target), D("0.1"), core)


def test_the_riskiest_first_the_illiquid_before_the_liquid_the_unknown_last() -> None:
    found = exposure("0")
    assert found.order == ("000858", "300750", "600519", "688981")
    assert found.ties == (("000858", "300750"),)
    assert (found.unknown_risk, found.unknown_volume) == (("688981",), ("688981",))


def test_it_stops_at_the_target_with_whole_lots() -> None:
    """320,000 held, 200,000 to keep: 100,000 of one, then 20,000 of the next in lots of 5,000."""
    found = exposure("200000")
    assert [(sale.code, sale.quantity, sale.value, sale.days) for sale in found.sales] == [
        ("000858", 1000, D(100000), 10),
        ("300750", 400, D(20000), 1),
    ]
    assert (found.wanted, found.missing) == (D(120000), D(0))


def test_core_assets_go_last() -> None:
    assert exposure("0", core=("000858",)).order[-1] == "000858"


def test_nothing_to_sell_below_the_target() -> None:
    assert exposure("320000").sales == ()


def test_selling_and_repaying_restores_the_ratio() -> None:
    """320,000 over 280,000 is 114.3 %; x = (1.3 x 280,000 - 320,000) / 0.3 = 146,666.67."""
    account = Position(D(320000), D(280000), D(280000), D(40000))
    found = to_line((CALM, WILD, STUCK, NEW), account, Contract("assets_over_debt", D("1.3")), D("0.1"))
    assert isinstance(found, Reduction)
    assert (found.wanted, found.missing) == (D("146666.67"), D(0))
    sold = sum(sale.value for sale in found.sales)
    after = Position(account.assets - sold, account.debt - sold, account.debt - sold, account.margin)
    assert (ratio("assets_over_debt", after) or 0) >= D("1.3")


def test_what_selling_everything_leaves_open_is_said() -> None:
    account = Position(D(320000), D(300000), D(300000), D(20000))
    found = to_line((CALM, WILD, STUCK, NEW), account, Contract("assets_over_debt", D("1.3")), D("0.1"))
    assert isinstance(found, Reduction)
    assert found.wanted == D("233333.33")
    assert found.missing == 0
    short = to_line((NEW,), account, Contract("assets_over_debt", D("1.3")), D("0.1"))
    assert isinstance(short, Reduction)
    assert short.missing == D("213333.33")


def test_seed_002_a_line_on_the_margin_is_not_restored_by_selling() -> None:
    """Seed 002: equity 70,000 against a line of 80,000: 10,000 in cash, no sale helps."""
    account = Position(D(570000), D(500000), D(500000), D(100000))
    assert to_line((CALM,), account, Contract("equity_over_margin", D("0.8")), D("0.1")) == 10000


def test_above_the_line_there_is_nothing_to_sell() -> None:
    account = Position(D(600000), D(500000), D(500000), D(100000))
    for contract in (Contract("equity_over_margin", D("0.8")), Contract("assets_over_debt", D("1.1"))):
        found = to_line((CALM,), account, contract, D("0.1"))
        assert isinstance(found, Reduction)
        assert (found.sales, found.wanted) == ((), D(0))


def test_days_to_sell() -> None:
    assert [days_to_sell(1000, D(1000), D("0.1")), days_to_sell(1001, D(10010), D("0.1"))] == [10, 1]
    assert days_to_sell(1, None, D("0.1")) is None


@settings(deadline=None)
@given(st.decimals("0", "320000", places=2))
def test_the_target_is_met_by_less_than_a_lot_too_much(target: Decimal) -> None:
    found = to_exposure((CALM, WILD, STUCK), target, D("0.1"))
    kept = 300000 - sum(sale.value for sale in found.sales)
    assert kept <= max(target, D(0)) or found.missing
    assert found.missing == 0
    if found.sales:
        last = next(one for one in (CALM, WILD, STUCK) if one.code == found.sales[-1].code)
        assert target - kept < last.price * 100


@pytest.mark.parametrize(("target", "share"), [("-1", "0.1"), ("1", "0"), ("1", "1.1")])
def test_out_of_range_is_refused(target: str, share: str) -> None:
    with pytest.raises(UsageError):
        to_exposure((CALM,), D(target), D(share))
