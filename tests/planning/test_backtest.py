"""The backtest beside NumPy and Kupiec's own table of acceptable failures."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.series import returns_of, walk
from workbench.errors import UsageError
from workbench.planning.backtest import backtest, kupiec
from workbench.planning.returns import portfolio_returns

D = Decimal


@pytest.mark.parametrize(
    ("rate", "days", "least", "most"),
    [
        ("0.01", 255, 1, 6),
        ("0.01", 510, 2, 10),
        ("0.01", 1000, 5, 16),
        ("0.05", 255, 7, 20),
        ("0.05", 510, 17, 35),
        ("0.05", 1000, 38, 64),
    ],
)
def test_the_published_regions_that_do_not_reject(rate: str, days: int, least: int, most: int) -> None:
    """Kupiec 1995, 95 % confidence: N < 7, 1 < N < 11, 4 < N < 17; 6 < N < 21, 16 < N < 36, 37 < N < 65.

    For 255 days at 1 % the table prints no lower end; no failure at all gives 2 x 255 x 0.01005 = 5.13, above 3.84.
    """
    accepted = [count for count in range(days) if kupiec(count, days, D(rate))[1] > D("0.05")]
    assert (accepted[0], accepted[-1]) == (least, most)
    assert accepted == list(range(least, most + 1))


def test_the_ratio_by_hand() -> None:
    """No failure in 100 days at 5 %: -2 x 100 ln 0.95 = 10.2587; as many as expected: nothing against the model."""
    assert round(kupiec(0, 100, D("0.05"))[0], 4) == D("10.2587")
    ratio, probability = kupiec(5, 100, D("0.05"))
    assert (ratio, probability) == (D(0), D(1))


@settings(deadline=None)
@given(st.integers(1, 600), st.data(), st.integers(1, 50))
def test_the_ratio_is_never_negative_and_a_probability_one(days: int, data: st.DataObject, per_cent: int) -> None:
    exceeded = data.draw(st.integers(0, days))
    ratio, probability = kupiec(exceeded, days, D(per_cent) / 100)
    assert ratio >= 0
    assert 0 <= probability <= 1


@pytest.mark.parametrize("method", ["historical", "normal"])
def test_exceedances_are_numpys(method: str) -> None:
    history = walk(420, seed=11)
    returns = portfolio_returns(dict.fromkeys(history, D(100)), history).returns
    changes = np.array([float(one.total) for one in returns])
    expected = []
    for at in range(100, len(changes)):
        past = changes[at - 100 : at]
        told = (
            np.quantile(-past, 0.95, method="inverted_cdf")
            if method == "historical"
            else 1.6448536269514722 * past.std(ddof=1) - past.mean()
        )
        if -changes[at] > told:
            expected.append(returns[at].day)
    found = backtest(returns, D("0.95"), 100, method)
    assert list(found.exceedances) == expected
    assert (found.days, found.expected) == (319, D("15.95"))
    assert found.rejected == (found.probability < D("0.05"))
    assert found.exceedances


def test_a_loss_as_large_as_told_is_no_exceedance() -> None:
    found = backtest(returns_of(*["-0.01"] * 12, "-0.010001"), D("0.9"), 10)
    assert [day.isoformat() for day in found.exceedances] == ["2024-01-14"]


def test_a_calm_past_before_a_storm_is_rejected() -> None:
    calm, storm = [("0.001", "-0.001")[at % 2] for at in range(40)], ["-0.05"] * 3 + ["-0.06"] * 3 + ["-0.08"] * 3
    found = backtest(returns_of(*calm, *storm), D("0.9"), 40)
    assert found.rejected
    assert len(found.exceedances) > 3 * found.expected


@pytest.mark.parametrize("window", [3, 50])
def test_a_window_without_days_or_tail_is_refused(window: int) -> None:
    with pytest.raises(UsageError, match="to test"):
        backtest(returns_of(*["0.01"] * 50), D("0.9"), window)
