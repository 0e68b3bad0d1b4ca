"""Effective yearly cost: the rate at which all flows between client and financier balance (XIRR, ACT/365)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, Overflow, localcontext

from workbench.domain.money import ONE, ZERO

_LOW, _HIGH = Decimal("-0.99"), Decimal(1000)
_ROUNDS = 48


def yearly_cost(flows: Sequence[tuple[date, Decimal]]) -> Decimal | None:
    """Return the yearly rate as a fraction to six decimals, None where the flows do not change sign.

    Args:
        flows: (day, yuan), positive = received by the client.
    """
    if not any(amount > ZERO for _, amount in flows) or not any(amount < ZERO for _, amount in flows):
        return None
    daily: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for day, amount in flows:
        daily[day] += amount
    netted = tuple(sorted(daily.items()))
    start = netted[0][0]
    with localcontext() as context:
        context.prec = 28
        low, high = _LOW, _HIGH
        try:
            at_low = _value(netted, start, low)
            if at_low * _value(netted, start, high) > ZERO:
                return None
            for _ in range(_ROUNDS):
                middle = (low + high) / 2
                value = _value(netted, start, middle)
                if (value > ZERO) == (at_low > ZERO):
                    low = middle
                else:
                    high = middle
        except Overflow:
            return None
        return ((low + high) / 2).quantize(Decimal("0.000001"))


def _value(flows: Sequence[tuple[date, Decimal]], start: date, rate: Decimal) -> Decimal:
    # One root a rate and whole powers of it: a power with a fraction for every flow takes thirty times as long.
    daily = (ONE + rate) ** (ONE / 365)
    value, growth, last = ZERO, ONE, start
    for day, amount in flows:
        growth *= daily ** (day - last).days
        value += amount / growth
        last = day
    return value
