"""Market, sector or stock: least squares against NumPy, parts that add up, and what too few bars say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.worlds import D
from tests.planning.worlds import bar, closes, weekdays
from workbench.domain.market import Bar
from workbench.errors import UsageError
from workbench.planning.market import conclude
from workbench.planning.market_factors import Window, common_returns, decompose, fit
from workbench.planning.market_series import Trend

RETURNS = st.lists(st.integers(-900, 900).map(lambda n: Decimal(n) / 10000), min_size=40, max_size=40)


def chained(returns: Sequence[Decimal], code: str = "600001") -> tuple[Bar, ...]:
    """Return bars whose closes have these returns."""
    prices = [D(10)]
    for one in returns:
        prices.append(prices[-1] * (1 + one))
    return closes(prices, code=code)


def array(values: Sequence[Decimal]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray([str(one) for one in values], dtype=np.float64)


@given(RETURNS, RETURNS)
def test_the_line_is_numpys(x: list[Decimal], y: list[Decimal]) -> None:
    found = fit(x, y)
    if len(set(x)) == 1:
        assert found is None
        return
    assert found is not None
    beta, alpha = np.polyfit(array(x), array(y), 1)
    assert float(found.beta) == pytest.approx(beta, abs=1e-7)
    assert float(found.alpha) == pytest.approx(alpha, abs=1e-9)
    if found.r_squared is not None:
        assert float(found.r_squared) == pytest.approx(np.corrcoef(array(x), array(y))[0, 1] ** 2, abs=1e-7)
    left = array(y) - alpha - beta * array(x)
    assert float(found.deviation) == pytest.approx(np.sqrt((left**2).sum() / (len(x) - 2)), abs=1e-9)


def test_three_points_by_hand() -> None:
    """With x 1, 2, 3 and y 1, 2, 4: beta 1.5, alpha -2/3, R-squared 27/28."""
    found = fit([D(1), D(2), D(3)], [D(1), D(2), D(4)])
    assert found is not None
    assert (found.beta, round(found.alpha, 6)) == (D("1.5"), D("-0.666667"))
    assert round(found.r_squared or 0, 6) == round(D(27) / 28, 6)
    assert fit([D(1), D(2)], [D(1), D(2)]) is None


@given(RETURNS, RETURNS, RETURNS)
@settings(deadline=None)
def test_parts_add_up_and_the_sector_is_that_of_least_squares(
    x: list[Decimal], z: list[Decimal], y: list[Decimal]
) -> None:
    """The sector's answer equals the joint regression on market and sector (Frisch, Waugh and Lovell)."""
    design = np.column_stack([np.ones(33), array(x[:33]), array(z[:33])])
    if np.linalg.matrix_rank(design) < 3 or np.linalg.cond(design) > 1e5:
        return
    stock, index, sector = chained(y), chained(x, "000300"), chained(z, "399001")
    event = weekdays("2025-01-02", 41)[39]
    found = decompose(stock, index, Window(event), sector)
    assert found.sector is not None
    assert found.sector_beta is not None
    assert round(found.total - found.market - found.sector - found.own, 20) == 0
    joint = np.linalg.lstsq(design, array(y[:33]), rcond=None)[0]
    assert float(found.sector_beta) == pytest.approx(joint[2], abs=1e-5)
    assert found.fit.days == 33
    assert float(found.total) == pytest.approx(sum(float(one) for one in y[33:]), abs=1e-9)


WAVE = [D(n % 7 - 3) / 100 for n in range(40)]
"""An index that swings without a trend."""
EVENT = weekdays("2025-01-02", 41)[40]


def test_twice_the_index_is_the_market() -> None:
    found = decompose(chained([2 * one for one in WAVE]), chained(WAVE, "000300"), Window(EVENT))
    assert (round(found.fit.beta, 12), round(found.own, 12), found.driver) == (D(2), D(0), "market")
    assert round(found.fit.r_squared or 0, 12) == 1


def test_a_shock_of_its_own_is_the_stock() -> None:
    """The stock follows the index until it falls 10 % a day twice; seed 000: a single stock's bad news."""
    noise = [D((n * 5) % 3 - 1) / 1000 for n in range(40)]
    moves = [one + other for one, other in zip(WAVE, noise, strict=True)]
    moves[-2:] = [D("-0.1"), D("-0.1")]
    found = decompose(chained(moves), chained(WAVE, "000300"), Window(EVENT))
    assert found.driver == "stock"
    assert found.score is not None
    assert found.score < -10
    end = conclude(found, [Trend("week", 5, 10, D(9), D(10), D(11), "down", 12)])
    assert (end.verdict, "-20" in end.why_en or "-2" in end.why_en) == ("partial_exit", True)


def test_a_sector_fall_is_the_sector() -> None:
    beyond = [D((n * 3) % 5 - 2) / 200 for n in range(38)] + [D("-0.08"), D("-0.08")]
    sector = [one + other for one, other in zip(WAVE, beyond, strict=True)]
    wiggle = [D((n * 7) % 11 - 5) / 5000 for n in range(40)]
    stock = [one + other for one, other in zip(sector, wiggle, strict=True)]
    window = Window(EVENT, before=2)
    assert decompose(chained(stock), chained(WAVE, "000300"), window, chained(sector, "399001")).driver == "sector"


@pytest.mark.parametrize(
    ("direction", "verdict"), [("down", "hedge"), ("up", "wait"), ("sideways", "wait"), ("cannot_tell", "cannot_tell")]
)
def test_a_fall_with_the_market_is_hedged_while_the_weeks_point_down(direction: str, verdict: str) -> None:
    moves = [D("-0.02") if n > 35 else one for n, one in enumerate(WAVE)]
    found = decompose(chained(moves), chained(moves, "000300"), Window(EVENT))
    end = conclude(found, [Trend("week", 5, 10, D(9), D(9), D(9), direction, 4)])
    assert end.verdict == verdict
    assert ("6" in end.needs_en) == (verdict == "cannot_tell")
    assert end.weakness_zh
    assert end.weakness_en


def test_without_an_index_nothing_is_concluded() -> None:
    end = conclude(None, [], ("缺指数", "no index"))
    assert (end.verdict, end.needs_zh, end.needs_en) == ("cannot_tell", "缺指数", "no index")


def test_only_common_days_count() -> None:
    """The stock was suspended on 3 January: one return over both days, on both sides."""
    stock = (bar("2025-01-02", *["10"] * 4), bar("2025-01-06", *["11"] * 4))
    index = closes(["100", "50", "120"], code="000300")
    days, (own, market) = common_returns(stock, index)
    assert (days, own, market) == ((date(2025, 1, 6),), (D("0.1"),), (D("0.2"),))


def test_too_few_bars_say_by_how_much() -> None:
    with pytest.raises(UsageError, match="only 4 common daily returns") as refused:
        decompose(chained(WAVE[:11]), chained(WAVE[:11], "000300"), Window(weekdays("2025-01-02", 11)[-1]))
    assert "16 trading days earlier" in refused.value.next_step
    with pytest.raises(UsageError, match="no common bars on or after 2026-01-05"):
        decompose(chained(WAVE), chained(WAVE, "000300"), Window(date(2026, 1, 5)))


def test_an_index_that_stands_still_or_a_sector_like_the_market_is_refused() -> None:
    still = chained([D(0)] * 40, "000300")
    with pytest.raises(UsageError, match="does not move"):
        decompose(chained(WAVE), still, Window(EVENT))
    with pytest.raises(UsageError, match="cannot be told apart"):
        decompose(chained(WAVE), chained(WAVE, "000300"), Window(EVENT), chained(WAVE, "399001"))
