"""Returns of what is held: aligned by day, gaps named, nothing filled in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from tests.planning.series import START, closes, returns_of, walk
from workbench.errors import UsageError
from workbench.planning.returns import over_horizon, portfolio_returns

D = Decimal
TWO = {"600519": D(10), "000858": D(100)}


def test_the_weights_are_those_of_the_last_day() -> None:
    """10 x 110 and 100 x 9: 55 % and 45 %; + 10 % and - 10 % make + 1 %."""
    found = portfolio_returns(TWO, {"600519": closes("100", "110"), "000858": closes("10", "9")})
    (only,) = found.returns
    assert (found.value, only.total) == (D(2000), D("0.01"))
    assert dict(only.by_code) == {"600519": D("0.1"), "000858": D("-0.1")}


def test_a_missing_close_is_named_and_the_days_around_it_are_left_out() -> None:
    history = {"600519": closes("100", "101", "102", "103", "104"), "000858": closes("10", "10", "10", "10", "10")}
    gone = date(2024, 1, 3)
    del history["000858"][gone]
    found = portfolio_returns(TWO, history)
    assert found.missing == (("000858", gone),)
    assert [one.day.day for one in found.returns] == [2, 5]


def test_a_trading_day_that_no_security_has_is_a_gap_too() -> None:
    history = {"600519": closes("100", "101") | closes("104", "105", start=date(2024, 1, 4))}
    calendar = [date(2023, 12, 29), *(date(2024, 1, day) for day in range(1, 9))]
    found = portfolio_returns({"600519": D(1)}, history, calendar)
    assert found.missing == (("600519", date(2024, 1, 3)),)
    assert [one.day.day for one in found.returns] == [2, 5]


def test_a_suspension_to_the_end_moves_the_day_of_the_value_back() -> None:
    found = portfolio_returns(TWO, {"600519": closes("1", "1", "2"), "000858": closes("1", "1")})
    assert found.as_of == date(2024, 1, 2)
    assert found.value == 110


def test_a_move_no_limit_allows_is_named() -> None:
    """A split in unadjusted prices; a 30 % limit of the Beijing exchange is none."""
    found = portfolio_returns({"600519": D(1)}, {"600519": closes("10", "13", "6.5")})
    assert found.jumps == (("600519", date(2024, 1, 3), D("-0.5")),)


def test_stretches_compound_and_do_not_cross_gaps() -> None:
    found = over_horizon(returns_of("0.1", "0.1", "-0.5"), 2)
    assert [change for _, change in found] == [D("0.21"), D("-0.45")]
    broken = (*returns_of("0.1"), *returns_of("0", "0.2", "0.1")[1:])
    broken = (broken[0], *broken[2:])
    assert len(over_horizon(broken, 2)) == 0


def test_numpy_gets_the_same_returns() -> None:
    history = walk(300)
    counts = {code: D(100 * (at + 1)) for at, code in enumerate(history)}
    found = portfolio_returns(counts, history)
    prices = np.array([[float(price) for price in history[code].values()] for code in counts])
    moves = prices[:, 1:] / prices[:, :-1] - 1
    values = prices[:, -1] * np.array([float(count) for count in counts.values()])
    expected = values @ moves / values.sum()
    assert [float(one.total) for one in found.returns] == pytest.approx(expected.tolist(), abs=1e-14)


@pytest.mark.parametrize(
    ("quantities", "complaint"),
    [({}, "nothing is held"), ({"600519": D(1), "1": D(1)}, "no close for 1"), ({"600519": D(0)}, "above 0")],
)
def test_what_cannot_be_priced_is_refused(quantities: dict[str, Decimal], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        portfolio_returns(quantities, {"600519": closes("1", "2")})


def test_one_day_makes_no_return() -> None:
    with pytest.raises(UsageError, match="of 1 days 0 lack"):
        portfolio_returns({"600519": D(1)}, {"600519": {START: D(1)}})
