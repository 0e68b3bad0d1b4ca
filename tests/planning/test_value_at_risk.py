"""Value at risk and expected shortfall beside NumPy and the normal tables."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.series import returns_of, walk
from workbench.errors import UsageError
from workbench.planning.returns import Portfolio, portfolio_returns
from workbench.planning.value_at_risk import historical, normal

D = Decimal


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    history = walk(501)
    return portfolio_returns(dict.fromkeys(history, D(1000)), history)


def test_ten_losses_by_hand() -> None:
    """Losses 1 to 10 %: at 80 % the eighth, 8 %; beyond it 9 and 10 %, 9.5 % on average."""
    found = historical(returns_of(*(f"-0.{part:02}" for part in range(1, 11))), D(100000), D("0.8"))
    assert (found.value_at_risk, found.expected_shortfall, found.observations) == (D(8000), D(9500), 10)
    assert found.day is not None
    assert found.day.isoformat() == "2024-01-09"


def test_the_loss_at_the_quantile_counts_with_its_part_of_the_tail() -> None:
    """At 85 % of ten: the ninth, 9 %; tail of 1.5 cases: (10 % + 0.5 x 9 %) / 1.5."""
    found = historical(returns_of(*(f"-0.{part:02}" for part in range(1, 11))), D(100000), D("0.85"))
    assert (found.value_at_risk, found.expected_shortfall) == (D(9000), D("9666.67"))


@pytest.mark.parametrize("confidence", ["0.8", "0.9", "0.95", "0.975", "0.99"])
def test_the_quantile_is_numpys_inverted_distribution(portfolio: Portfolio, confidence: str) -> None:
    losses = np.array([-float(one.total) for one in portfolio.returns])
    found = historical(portfolio.returns, portfolio.value, D(confidence))
    expected = np.quantile(losses, float(confidence), method="inverted_cdf") * float(portfolio.value)
    assert float(found.value_at_risk) == pytest.approx(expected, abs=0.006)
    worst = round(len(losses) * (1 - float(confidence)), 9)
    assert worst == int(worst) or confidence == "0.975"
    tail = np.sort(losses)[::-1]
    mean = (tail[: int(worst)].sum() + (worst - int(worst)) * tail[int(worst)]) / worst
    assert float(found.expected_shortfall) == pytest.approx(mean * float(portfolio.value), abs=0.006)


def test_days_compound_as_numpy_compounds_them(portfolio: Portfolio) -> None:
    grown = np.array([1 + float(one.total) for one in portfolio.returns])
    stretches = np.array([grown[at : at + 5].prod() - 1 for at in range(len(grown) - 4)])
    found = historical(portfolio.returns, portfolio.value, D("0.95"), 5)
    expected = np.quantile(-stretches, 0.95, method="inverted_cdf") * float(portfolio.value)
    assert float(found.value_at_risk) == pytest.approx(expected, abs=0.006)
    assert found.observations == len(stretches)


@pytest.mark.parametrize(
    ("confidence", "z", "beyond"), [("0.95", 1.6448536, 2.0627128), ("0.99", 2.3263479, 2.6652142)]
)
def test_the_normal_figures_by_the_tables(portfolio: Portfolio, confidence: str, z: float, beyond: float) -> None:
    """The quantile z and f(z) / (1 - c) as printed in tables of the normal distribution."""
    changes = np.array([float(one.total) for one in portfolio.returns])
    found = normal(portfolio.returns, portfolio.value, D(confidence), 4)
    spread, middle, value = changes.std(ddof=1) * 2, changes.mean() * 4, float(portfolio.value)
    assert float(found.value_at_risk) == pytest.approx((z * spread - middle) * value, rel=1e-6)
    assert float(found.expected_shortfall) == pytest.approx((beyond * spread - middle) * value, rel=1e-6)
    assert "肥尾" in found.weakness.text_zh


@settings(deadline=None)
@given(st.lists(st.decimals("-0.2", "0.2", places=4), min_size=20, max_size=60), st.integers(50, 95))
def test_the_shortfall_is_no_less_than_the_value_at_risk(changes: list[Decimal], per_cent: int) -> None:
    confidence = D(per_cent) / 100
    returns = returns_of(*(str(change) for change in changes))
    found = historical(returns, D(10000), confidence)
    assert found.expected_shortfall >= found.value_at_risk
    losses = [-change * 10000 for change in changes]
    assert found.value_at_risk in losses
    assert sum(loss <= found.value_at_risk for loss in losses) >= len(losses) * confidence


def test_too_short_a_past_says_by_how_much() -> None:
    with pytest.raises(UsageError, match=r"99%: 100 are needed, 97 more"):
        historical(returns_of("0.01", "0.01", "0.01"), D(1000), D("0.99"))
    with pytest.raises(UsageError, match="1 more"):
        normal(returns_of("0.01"), D(1000), D("0.5"))


@pytest.mark.parametrize(("confidence", "horizon"), [("1", 1), ("0", 1), ("0.9", 0), ("0.9", 21)])
def test_out_of_range_is_refused(confidence: str, horizon: int) -> None:
    with pytest.raises(UsageError):
        normal(returns_of("0.01", "0.02"), D(1000), D(confidence), horizon)
