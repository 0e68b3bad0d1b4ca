"""Components of risk beside NumPy: they add up to the whole."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.series import returns_of, walk
from workbench.errors import UsageError
from workbench.planning.returns import portfolio_returns
from workbench.planning.risk_contributions import contributions, covariances

D = Decimal


def test_two_holdings_by_hand() -> None:
    """Deviations 3 % and 4 %, no correlation, 1,000 each: whole 50, components 30^2 / 50 and 40^2 / 50."""
    known = {("a", "a"): D("0.0009"), ("b", "b"): D("0.0016"), ("a", "b"): D(0), ("b", "a"): D(0)}
    first, second = contributions({"a": D(1000), "b": D(1000)}, known, D("0.8413447460685429"))
    assert (first.code, first.component, first.share) == ("b", D(32), D("0.64"))
    assert (second.code, second.component, second.share) == ("a", D(18), D("0.36"))


def test_numpy_gets_the_same_components() -> None:
    history = walk(260, seed=3)
    counts = {code: D(100 * (at + 1)) for at, code in enumerate(history)}
    found = portfolio_returns(counts, history)
    rows = contributions(found.values, covariances(found.returns), D("0.99"))
    series = np.array([[float(one.by_code[code]) for one in found.returns] for code in counts])
    values = np.array([float(found.values[code]) for code in counts])
    matrix = np.cov(series)
    spread = np.sqrt(values @ matrix @ values)
    expected = dict(zip(counts, 2.3263478740408408 * values * (matrix @ values) / spread, strict=True))
    assert {row.code: float(row.component) for row in rows} == pytest.approx(expected, abs=0.006)
    assert sum(row.share for row in rows) == pytest.approx(D(1), abs=D("1e-20"))
    assert float(sum(row.component for row in rows)) == pytest.approx(2.3263478740408408 * spread, abs=0.02)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-900, 900), st.integers(-900, 900)), min_size=4, max_size=30, unique=True))
def test_the_components_add_up_to_the_whole(moves: list[tuple[int, int]]) -> None:
    series = {"a": [D(one) / 10000 for one, _ in moves], "b": [D(other) / 10000 for _, other in moves]}
    returns = [
        type(day)(day.day, day.before, day.total, {code: of[at] for code, of in series.items()})
        for at, day in enumerate(returns_of(*["0"] * len(moves)))
    ]
    values = {"a": D(7000), "b": D(3000)}
    known = covariances(returns)
    terms: list[Decimal] = [values[one] * values[other] * known[one, other] for one in values for other in values]
    variance = sum(terms, D(0))
    if variance > D("1e-9"):
        rows = contributions(values, known, D("0.95"))
        assert abs(sum((row.share for row in rows), D(-1))) < D("1e-15")
        whole = D("1.6448536269514722") * variance.sqrt()
        assert abs(sum((row.component for row in rows), -whole)) < D("0.02")


def test_prices_that_never_move_have_no_risk_to_share() -> None:
    with pytest.raises(UsageError, match="no variance"):
        contributions({"600519": D(1000)}, covariances(returns_of("0", "0", "0")), D("0.95"))
    with pytest.raises(UsageError, match="1 returns"):
        covariances(returns_of("0.1"))
