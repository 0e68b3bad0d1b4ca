"""One security by itself: range, trend by time frame, volume against price, gaps, limits, drawdown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.worlds import D
from tests.planning.worlds import bar, closes
from workbench.domain.market import Bar
from workbench.planning.market_series import (
    aggregate,
    average_true_range,
    daily,
    divergence,
    gaps,
    largest_drawdown,
    limit_days,
    moving_average,
    trend,
    true_ranges,
    turnover_rate,
)
from workbench.reference.loader import load_tables

PRICES = st.lists(st.integers(100, 99999).map(lambda n: Decimal(n) / 100), min_size=1, max_size=60)


def test_true_range_by_hand() -> None:
    """The day's own range; from yesterday's close up to a high; from it down to a low."""
    bars = [
        bar("2025-01-02", "10", "10.5", "9.8", "10.2"),
        bar("2025-01-03", "10.8", "11.2", "10.7", "11"),
        bar("2025-01-06", "10", "10.1", "9.5", "9.6"),
    ]
    assert true_ranges(bars) == (D("0.7"), D("1.0"), D("1.5"))


def test_wilders_average_by_hand() -> None:
    """Length 3: (0.7 + 1.0 + 1.5) / 3 = 1.0667, then (1.0667 x 2 + 0.4) / 3 = 0.8444."""
    bars = [
        bar("2025-01-02", "10", "10.5", "9.8", "10.2"),
        bar("2025-01-03", "10.8", "11.2", "10.7", "11"),
        bar("2025-01-06", "10", "10.1", "9.5", "9.6"),
        bar("2025-01-07", "9.6", "9.9", "9.5", "9.7"),
    ]
    first, then = average_true_range(bars[:3], 3), average_true_range(bars, 3)
    assert first is not None
    assert then is not None
    assert (round(first, 4), round(then, 4)) == (D("1.0667"), D("0.8444"))
    assert average_true_range(bars[:2], 3) is None


@given(PRICES)
def test_wilders_average_is_the_recursion_of_numpy(prices: list[Decimal]) -> None:
    bars = closes(prices)
    values = np.asarray([str(one) for one in prices], dtype=np.float64)
    ranges = np.abs(np.diff(values, prepend=values[0]))
    found = average_true_range(bars)
    if len(prices) < 14:
        assert found is None
        return
    oracle = ranges[:14].mean()
    for one in ranges[14:]:
        oracle = (13 * oracle + one) / 14
    assert found is not None
    assert float(found) == pytest.approx(oracle, abs=1e-9)


def test_weeks_and_months_are_those_of_the_calendar() -> None:
    """30 December 2024 to 3 January 2025 is one week of two years, and two months."""
    bars = [
        bar("2024-12-30", "10", "10.4", "9.9", "10.1", "100"),
        bar("2024-12-31", "10.1", "10.2", "9.7", "9.8", "200"),
        bar("2025-01-02", "9.8", "10.9", "9.8", "10.8", "300"),
        bar("2025-01-06", "10.8", "11", "10.6", "10.7", "400"),
    ]
    week, rest = aggregate(bars, "week")
    assert (week.open, week.high, week.low, week.close) == (D(10), D("10.9"), D("9.7"), D("10.8"))
    assert (week.volume, week.date, week.amount) == (D(600), date(2025, 1, 2), None)
    assert rest.close == D("10.7")
    assert [one.volume for one in aggregate(bars, "month")] == [D(300), D(700)]
    assert aggregate(bars, "day") == tuple(bars)


@given(PRICES, st.sampled_from(["day", "week", "month"]))
def test_joining_keeps_volume_turnover_and_extremes(prices: list[Decimal], frame: str) -> None:
    bars = closes(prices)
    joined = aggregate(bars, frame)
    assert sum(one.volume for one in joined) == sum(one.volume for one in bars)
    assert sum(one.amount or 0 for one in joined) == sum(one.amount or 0 for one in bars)
    assert max(one.high for one in joined) == max(prices)
    assert min(one.low for one in joined) == min(prices)
    assert (joined[0].open, joined[-1].close) == (prices[0], prices[-1])


@given(PRICES, st.integers(1, 20))
def test_moving_average_is_numpys_mean(prices: list[Decimal], length: int) -> None:
    found = moving_average(closes(prices), length)
    if len(prices) < length:
        assert found is None
    else:
        assert float(found or 0) == pytest.approx(np.mean([float(one) for one in prices[-length:]]))


@pytest.mark.parametrize(
    ("prices", "direction"),
    [
        ([str(10 + n) for n in range(20)], "up"),
        ([str(40 - n) for n in range(20)], "down"),
        (["10"] * 20, "sideways"),
        (["10"] * 19, "cannot_tell"),
    ],
)
def test_a_trend_wants_close_short_and_long_in_one_order(prices: list[str], direction: str) -> None:
    found = trend(closes(prices), "day", 5, 20)
    assert (found.direction, found.bars) == (direction, len(prices))


def test_too_few_weeks_are_said_and_not_filled_in() -> None:
    found = trend(closes(["10"] * 20), "week", 5, 10)
    assert (found.direction, found.long_mean, found.bars) == ("cannot_tell", None, 5)


def _volumes(prices: list[str], last: str) -> tuple[Bar, ...]:
    days = closes(prices)
    volumes = ["1000"] * (len(days) - 5) + [last] * 5
    return tuple(
        Bar(one.date, one.code, one.open, one.high, one.low, one.close, D(volume))
        for one, volume in zip(days, volumes, strict=True)
    )


@pytest.mark.parametrize(
    ("prices", "last", "found"),
    [
        (["10"] * 15 + ["11"] * 5, "400", "top"),
        (["10"] * 15 + ["11"] * 5, "4000", "confirmed"),
        (["10"] * 15 + ["9"] * 5, "400", "bottom"),
        (["10"] * 15 + ["9"] * 5, "1000", "confirmed"),
        (["9", *["10"] * 13, "12"] + ["11"] * 5, "400", "none"),
        (["10"] * 10, "400", "cannot_tell"),
    ],
)
def test_volume_against_price(prices: list[str], last: str, found: str) -> None:
    """Seed 000 (量价背离) and 003: a rise on shrinking volume is fragile."""
    assert divergence(_volumes(prices, last)) == found


def test_gaps_are_openings_outside_the_day_before() -> None:
    bars = [
        bar("2025-01-02", "10", "10.5", "9.5", "10"),
        bar("2025-01-03", "10.4", "10.6", "10", "10.2"),
        bar("2025-01-06", "11.22", "11.5", "11", "11"),
        bar("2025-01-07", "9.9", "10", "9", "9"),
    ]
    found = gaps(bars)
    assert (found.up, found.down, found.days) == (1, 1, 3)
    assert (found.largest_up, found.largest_down) == (D("0.1"), D("-0.1"))
    assert gaps(bars[:1]).largest_up is None


def test_days_at_the_limit_by_the_board() -> None:
    """10 % on the main board, 20 % on ChiNext, half up to the cent; a suspended day leaves the next one unknown."""
    tables = load_tables()
    main = [
        bar("2025-03-03", "10.05", "10.05", "10.05", "10.05"),
        bar("2025-03-04", "9.05", "9.05", "9.05", "9.05"),
        bar("2025-03-05", "9.5", "9.96", "9.4", "9.96"),
        bar("2025-03-07", "8.96", "8.96", "8.96", "8.96"),
    ]
    found = limit_days(main, tables)
    assert (found.down, found.up, found.known) == ((date(2025, 3, 4),), (date(2025, 3, 5),), 2)
    growth = [
        bar(f"2025-03-0{at}", price, price, price, price, code="300001")
        for at, price in ((3, "10"), (4, "9"), (5, "7.2"))
    ]
    assert limit_days(growth, tables).down == (date(2025, 3, 5),)


def test_a_day_beyond_the_limits_is_listed_and_not_counted() -> None:
    """An ex-dividend day of unadjusted bars: 10.00 to 8.50 without any fall of value."""
    bars = [bar("2025-03-03", "10", "10", "10", "10"), bar("2025-03-04", "8.5", "8.5", "8.5", "8.5")]
    found = limit_days(bars, load_tables())
    assert (found.beyond, found.down) == ((date(2025, 3, 4),), ())


def test_turnover_needs_the_shares() -> None:
    assert turnover_rate(closes(["10", "10"]), D(20000000)) == D("0.05")
    assert turnover_rate(closes(["10"]), None) is None


@given(PRICES)
def test_the_largest_drawdown_is_that_of_every_pair(prices: list[Decimal]) -> None:
    """Seed 003: (A - B) / A from a peak to a later low."""
    found = largest_drawdown(closes(prices))
    worst = max(1 - low / peak for at, peak in enumerate(prices) for low in prices[at:])
    assert found is not None
    assert round(found.fall, 20) == round(max(worst, D(0)), 20)
    assert found.peak <= found.low


def test_suspended_and_minute_bars_are_no_daily_bars() -> None:
    quiet = bar("2025-01-02", "10", "10", "10", "10", "0")
    assert daily([quiet, *closes(["10"], "2025-01-03"), *closes(["9"], code="000001")], "600001") == closes(
        ["10"], "2025-01-03"
    )
