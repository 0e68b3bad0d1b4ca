"""Interest of a period, straight from the table of domain specification section 4; unrounded.

Periods are half open: ``start`` counts, ``end`` does not.
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from tests.simulator.model import Deal, Posting
from tests.simulator.tables import DAY, ZERO, is_trading, lpr

Principal = Callable[[date], Decimal]


def add_months(day: date, months: int, anchor: int | None = None) -> date:
    """Return the corresponding day ``months`` later, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(anchor or day.day, calendar.monthrange(year, month + 1)[1]))


def days_in(start: date, end: date) -> Iterable[date]:
    """Yield the days of [start, end)."""
    day = start
    while day < end:
        yield day
        day += DAY


def principal_of(postings: Iterable[Posting]) -> Principal:
    """Return the principal at the end of a day, from the drawdowns and repayments posted by then."""
    moves = [(p.date, p.net) for p in postings if p.kind in {"drawdown", "principal_repaid"}]
    return lambda day: sum((net for when, net in moves if when <= day), ZERO)


def floating_rate(deal: Deal, day: date, drawn: date) -> Decimal:
    """LPR plus spread on a day: reset on publication, or on the anniversary of the drawdown, or never."""
    tenor = (deal.rate_type or "lpr_1y").removeprefix("lpr_")
    spread = Decimal(deal.spread_bp or 0) / 10000
    if deal.rate_reset == "on_publication":
        return lpr(day, tenor) + spread
    if deal.rate_reset == "yearly":
        years = day.year - drawn.year - ((day.month, day.day) < (drawn.month, drawn.day))
        fixed_on = deal.signed_on if years == 0 else add_months(drawn, 12 * years)
        return lpr(fixed_on, tenor) + spread
    return lpr(deal.signed_on, tenor) + spread


def days_360(start: date, end: date) -> int:
    """Days of [start, end) with months of 30 days."""
    return (end.year - start.year) * 360 + (end.month - start.month) * 30 + min(end.day, 30) - min(start.day, 30)


def _thirty_360(principal: Principal, rate: Decimal, start: date, end: date) -> Decimal:
    cuts = [start, *(d for d in days_in(start + DAY, end) if principal(d) != principal(d - DAY)), end]
    pairs = itertools.pairwise(cuts)
    return sum((principal(a) * rate * days_360(a, b) / 360 for a, b in pairs), ZERO)


def months_between(start: date, end: date, anchor: int) -> tuple[int, int]:
    """Split [start, end) into whole months and odd days."""
    months = 0
    while add_months(start, months + 1, anchor) <= end:
        months += 1
    return months, (end - (add_months(start, months, anchor) if months else start)).days


def expected_interest(deal: Deal, principal: Principal, start: date, end: date, drawn: date) -> Decimal:
    """Interest of [start, end) in yuan, unrounded, as the contract quotes it."""
    rate = deal.rate or ZERO
    if deal.day_count == "TRADING":
        return sum((principal(d) * rate for d in days_in(start, end) if is_trading(d)), ZERO)
    if deal.day_count in {"ACT/365", "ACT/360"}:
        base = int(deal.day_count[4:])
        floating = (deal.rate_type or "fixed") != "fixed"
        return sum(
            (principal(d) * (floating_rate(deal, d, drawn) if floating else rate) / base for d in days_in(start, end)),
            ZERO,
        )
    if deal.day_count == "30/360":
        return _thirty_360(principal, rate, start, end)
    if deal.day_count == "MONTH":
        monthly = rate / 12 if deal.rate_period == "year" else rate
        months, odd = months_between(start, end, drawn.day)
        if odd and deal.broken_month == "full_month":
            return principal(start) * monthly * (months + 1)
        return principal(start) * monthly * (months + Decimal(odd) / 30)
    return sum((principal(d) * rate for d in days_in(start, end)), ZERO)
