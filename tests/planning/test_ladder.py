"""Stop-limit ladders (articles 000, 003, 004): on the tick, in lots, within what the day allows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.planning.ladder import Ladder, on_tick, stop_ladder

D = Decimal


def ladder(quantity: int = 1050, rungs: int = 4, *, slippage: int = 0, line: str | None = None, t1: int = 0) -> Ladder:
    return stop_ladder(
        quantity,
        D("9.60"),
        D("0.30"),
        rungs,
        D("10.03"),
        D("0.1"),
        slippage=slippage,
        line_price=D(line) if line else None,
        bought_today=t1,
    )


def test_limit_prices_round_half_up() -> None:
    """The exchanges' own example: 10.03 gives 9.03 and 11.03."""
    assert [on_tick(D("10.03") * D(part), D("0.01")) for part in ("0.9", "1.1")] == [D("9.03"), D("11.03")]


def test_a_stop_below_the_limit_down_cannot_fill_that_day() -> None:
    found = ladder()
    assert found.limit_down == D("9.03")
    assert [(rung.stop, rung.fills_today) for rung in found.rungs] == [
        (D("9.60"), True),
        (D("9.30"), True),
        (D("9.00"), False),
        (D("8.70"), False),
    ]


def test_a_stop_at_the_limit_down_itself_can_fill() -> None:
    found = stop_ladder(200, D("9.04"), D("0.01"), 2, D("10.03"), D("0.1"))
    assert [(rung.stop, rung.fills_today) for rung in found.rungs] == [(D("9.04"), True), (D("9.03"), True)]


def test_whole_lots_and_the_odd_shares_last() -> None:
    assert [rung.quantity for rung in ladder().rungs] == [300, 300, 200, 250]


def test_the_limit_lies_below_the_stop_but_never_below_the_limit_down() -> None:
    assert [rung.limit for rung in ladder(slippage=30).rungs] == [D("9.30"), D("9.03"), D("8.70"), D("8.40")]
    assert ladder(slippage=30).rungs[0].least_proceeds == D("2790.00")


def test_shares_bought_today_stay_out() -> None:
    found = ladder(t1=150)
    assert (sum(rung.quantity for rung in found.rungs), found.locked) == (900, 150)


def test_own_stops_belong_above_the_platforms_line() -> None:
    """Article 004: 将自己的止损线设置在平台平仓线之上."""
    assert [rung.below_line for rung in ladder(line="9.30").rungs] == [False, True, True, True]


@pytest.mark.parametrize(
    ("first", "step", "rungs", "complaint"),
    [
        ("9.605", "0.3", 2, "no multiple of the tick"),
        ("9.6", "0.005", 2, "no multiple of the tick"),
        ("9.6", "4.8", 3, "do not stay above 0"),
        ("9.6", "0.3", 11, "too few for 11 orders"),
        ("11.04", "0.3", 2, "highest price"),
        ("9.6", "0", 2, "step must be above 0"),
    ],
)
def test_what_the_exchange_would_reject_is_refused(first: str, step: str, rungs: int, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        stop_ladder(1050, D(first), D(step), rungs, D("10.03"), D("0.1"))


@settings(deadline=None)
@given(st.integers(100, 1_000_000), st.integers(1, 20), st.sampled_from([100, 200]), st.integers(0, 40))
def test_nothing_is_sold_twice_and_nothing_forgotten(quantity: int, rungs: int, lot: int, slippage: int) -> None:
    if quantity < rungs * lot:
        with pytest.raises(UsageError, match="too few"):
            stop_ladder(quantity, D(9), D("0.1"), rungs, D(10), D("0.1"), lot=lot, slippage=slippage)
        return
    found = stop_ladder(quantity, D(9), D("0.1"), rungs, D(10), D("0.1"), lot=lot, slippage=slippage)
    assert sum(rung.quantity for rung in found.rungs) == quantity
    assert all(rung.quantity % lot == 0 for rung in found.rungs[:-1])
    assert all(0 < rung.limit <= rung.stop for rung in found.rungs)
    assert all(rung.limit >= found.limit_down for rung in found.rungs if rung.fills_today)
