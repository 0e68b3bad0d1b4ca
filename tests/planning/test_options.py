"""Option prices and greeks beside QuantLib's analytic engine, and laws that hold for every option."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
import QuantLib
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.planning.options import Option, Right, Valuation, implied_volatility, value

D = Decimal
TODAY = QuantLib.Date(2, 1, 2025)


def theirs(option: Option) -> tuple[float, ...]:
    """Return QuantLib's price, delta, gamma, vega, theta a day and rho of an option that runs whole days."""
    QuantLib.Settings.instance().evaluationDate = TODAY
    days = QuantLib.Actual365Fixed()
    curves = [
        QuantLib.YieldTermStructureHandle(QuantLib.FlatForward(TODAY, float(rate), days))
        for rate in (option.dividend_yield, option.rate)
    ]
    smile = QuantLib.BlackConstantVol(TODAY, QuantLib.NullCalendar(), float(option.volatility), days)
    process = QuantLib.BlackScholesMertonProcess(
        QuantLib.QuoteHandle(QuantLib.SimpleQuote(float(option.spot))),
        *curves,
        QuantLib.BlackVolTermStructureHandle(smile),
    )
    side = QuantLib.Option.Call if option.right is Right.CALL else QuantLib.Option.Put
    expiry = QuantLib.EuropeanExercise(TODAY + round(option.years * 365))
    contract = QuantLib.VanillaOption(QuantLib.PlainVanillaPayoff(side, float(option.strike)), expiry)
    contract.setPricingEngine(QuantLib.AnalyticEuropeanEngine(process))
    return (
        contract.NPV(),
        contract.delta(),
        contract.gamma(),
        contract.vega() / 100,
        contract.thetaPerDay(),
        contract.rho() / 100,
    )


def ours(found: Valuation) -> tuple[float, ...]:
    return tuple(float(x) for x in (found.price, found.delta, found.gamma, found.vega, found.theta, found.rho))


@pytest.mark.parametrize(
    ("right", "strike", "days", "volatility"),
    product(Right, ("2.0", "2.4", "2.5", "3.1"), (1, 30, 365), ("0.08", "0.25", "0.9")),
)
def test_price_and_greeks_are_quantlibs(right: Right, strike: str, days: int, volatility: str) -> None:
    option = Option(right, D("2.5"), D(strike), D(days) / 365, D("0.018"), D(volatility), D("0.03"))
    assert ours(value(option)) == pytest.approx(theirs(option), rel=1e-9, abs=1e-12)


@st.composite
def options(draw: st.DrawFn) -> Option:
    return Option(
        draw(st.sampled_from(Right)),
        draw(st.decimals("0.5", "10", places=3)),
        draw(st.decimals("0.5", "10", places=3)),
        D(draw(st.integers(1, 730))) / 365,
        draw(st.decimals("-0.05", "0.15", places=4)),
        draw(st.decimals("0.05", "1.5", places=3)),
        draw(st.decimals("0", "0.1", places=4)),
    )


@settings(deadline=None)
@given(options())
def test_any_option_is_quantlibs(option: Option) -> None:
    assert ours(value(option)) == pytest.approx(theirs(option), rel=1e-7, abs=1e-11)


@settings(deadline=None)
@given(options())
def test_put_and_call_differ_by_the_forward(option: Option) -> None:
    """C - P = S e^(-qT) - K e^(-rT)."""
    call, put = (value(replace(option, right=right)) for right in (Right.CALL, Right.PUT))
    held = option.spot * (-option.dividend_yield * option.years).exp()
    paid = option.strike * (-option.rate * option.years).exp()
    assert abs(call.price - put.price - (held - paid)) < D("1e-14")
    assert call.gamma == put.gamma
    assert abs(call.delta - put.delta - held / option.spot) < D("1e-14")


@settings(deadline=None)
@given(options())
def test_the_implied_volatility_gives_the_price_back(option: Option) -> None:
    price = value(option).price
    floor = value(replace(option, volatility=D("0.0001"))).price
    if price - floor > D("1e-6"):
        found = implied_volatility(option, price)
        assert abs(value(replace(option, volatility=found)).price - price) < D("1e-11")
        assert abs(found - option.volatility) < D("1e-3")


def test_a_premium_below_the_exercise_value_has_no_volatility() -> None:
    option = Option(Right.PUT, D(2), D("2.4"), D("0.5"), D(0), D(0))
    with pytest.raises(UsageError, match=r"between 0\.4 and"):
        implied_volatility(option, D("0.39"))


@pytest.mark.parametrize(
    ("spot", "strike", "years", "volatility"), [(0, 2, 1, 1), (2, 0, 1, 1), (2, 2, 0, 1), (2, 2, 1, 0)]
)
def test_what_must_be_above_zero_is_refused(spot: int, strike: int, years: int, volatility: int) -> None:
    with pytest.raises(UsageError, match="above 0"):
        value(Option(Right.PUT, D(spot), D(strike), D(years), D(0), D(volatility)))


def test_a_rate_in_per_cent_is_refused() -> None:
    with pytest.raises(UsageError, match="fractions"):
        value(Option(Right.PUT, D(2), D(2), D(1), D(2), D("0.2")))
