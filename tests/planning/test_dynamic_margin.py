"""The cushion that volatility asks for beside what the contract's line leaves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from workbench.engine.calculators import new_account
from workbench.errors import UsageError
from workbench.planning.dynamic_margin import DynamicMargin, dynamic_margin
from workbench.planning.stress import Contract

D = Decimal
SEED_003 = new_account(D(100000), D(2))


def rule(volatility: str, confidence: str = "0.95", days: int = 4, line: str = "0.25") -> DynamicMargin:
    contract = Contract("equity_over_assets", D(line))
    return dynamic_margin(D(300000), D(volatility), D(confidence), days, SEED_003, contract)


def test_two_percent_a_day_and_four_days_to_act() -> None:
    """1.644854 x 2 % x 2 = 6.58 %, 19,738.24 yuan; seed 003's line leaves 33,333.33, a fall of 11.11 %."""
    found = rule("0.02")
    assert (round(found.fall, 6), found.needed) == (D("0.065794"), D("19738.24"))
    assert (found.cushion, found.missing) == (D("33333.33"), D(0))
    assert (round(found.fall_to_line, 4), round(found.deviations, 3)) == (D("0.1111"), D("2.778"))


def test_twice_the_volatility_takes_twice_the_cushion_and_the_line_is_too_near() -> None:
    """Seed 003: 当市场波动上升时，及时降低杠杆或减仓."""
    found = rule("0.04")
    assert found.needed == D("39476.49")
    assert found.missing == D("6143.16")


def test_four_times_the_days_count_double() -> None:
    assert round(rule("0.02", days=16).fall / rule("0.02").fall, 12) == 2


def test_a_line_already_crossed_leaves_less_than_nothing() -> None:
    found = rule("0.02", line="0.4")
    assert found.cushion < 0
    assert found.fall_to_line < 0
    assert found.missing == found.needed - found.cushion


@pytest.mark.parametrize(
    ("volatility", "confidence", "days"), [("0", "0.95", 1), ("0.02", "0.5", 1), ("0.02", "1", 1), ("0.02", "0.9", 0)]
)
def test_out_of_range_is_refused(volatility: str, confidence: str, days: int) -> None:
    with pytest.raises(UsageError):
        rule(volatility, confidence, days)
