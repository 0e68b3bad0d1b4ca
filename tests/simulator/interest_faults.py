"""Mistakes in interest postings, each a formula that gives the wrong amount.

A formula looks at the running case and the posting's period, and returns the wrong amount with the period and days it
prints, or None where it changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from tests.simulator.accrual import Principal, expected_interest, floating_rate
from tests.simulator.book import Book
from tests.simulator.model import Deal
from tests.simulator.schedule import Period
from tests.simulator.tables import ZERO, cents, sessions


@dataclass(frozen=True, slots=True)
class Charging:
    """What an interest formula may look at."""

    deal: Deal
    book: Book
    drawn: date
    period: Period
    days: int
    """Days that the posting rightly charges."""
    gross_principal: Decimal
    """Principal as agreed, before anything was withheld."""

    def interest(self, deal: Deal, principal: Principal | None = None, period: Period | None = None) -> Decimal:
        """Interest of the period by another deal, principal or period, rounded to the cent."""
        period = period or self.period
        chosen = principal or self.book.principal_on
        return cents(expected_interest(deal, chosen, period.start, period.end, self.drawn))


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong posting: amount and what its remark prints."""

    amount: Decimal
    period: Period
    days: int
    families: tuple[str, ...]


Formula = Callable[[Charging], Wrong | None]


def _wrong(charging: Charging, amount: Decimal, *families: str, days: int = 0, period: Period | None = None) -> Wrong:
    return Wrong(amount, period or charging.period, charging.days + days, families)


def rate(charging: Charging) -> Wrong | None:
    """Another rate than the contract's."""
    if charging.deal.rate is None:
        return None
    more = {"day": "0.00013", "trading_day": "0.00023", "month": "0.003", "year": "0.0061"}
    extra = Decimal(more[charging.deal.rate_period or "year"])
    if extra / charging.deal.rate == charging.deal.margin / charging.deal.financing:
        extra += Decimal("0.00007")  # else it would look like interest on the margin as well
    other = replace(charging.deal, rate=charging.deal.rate + extra)
    return _wrong(charging, charging.interest(other), "rate")


def basis(charging: Charging) -> Wrong | None:
    """Another day-count basis than the contract's."""
    deal = charging.deal
    if deal.day_count in {"ACT/365", "ACT/360"}:
        return _wrong(
            charging,
            charging.interest(replace(deal, day_count="ACT/360" if deal.day_count == "ACT/365" else "ACT/365")),
            "basis",
            "360",
            "365",
            "day_count",
        )
    if deal.day_count == "30/360":
        return _wrong(charging, charging.interest(replace(deal, day_count="ACT/360")), "basis", "360", "act")
    if deal.day_count == "MONTH":
        yearly = deal.rate_period == "year"
        daily = (deal.rate or ZERO) / (360 if yearly else 30)
        other = replace(deal, day_count=None, rate=daily, rate_period="day")
        return _wrong(charging, charging.interest(other), "basis", "30", "360", "day")
    return None


def days(charging: Charging) -> Wrong | None:
    """One day too many."""
    deal = charging.deal
    if deal.day_count == "MONTH":
        return None
    last = charging.book.principal_on(charging.period.start)
    if deal.day_count in {None, "TRADING"}:
        extra = last * (deal.rate or ZERO)
    else:
        divisor = 365 if deal.day_count == "ACT/365" else 360
        yearly = deal.rate if deal.rate is not None else floating_rate(deal, charging.period.end, charging.drawn)
        extra = last * yearly / divisor
    exact = expected_interest(
        deal, charging.book.principal_on, charging.period.start, charging.period.end, charging.drawn
    )
    return _wrong(charging, cents(exact + extra), "day", days=1)


def start(charging: Charging) -> Wrong | None:
    """Interest from the contract's first day although the money came later."""
    if charging.period.start != charging.drawn or charging.deal.term_start >= charging.drawn:
        return None
    first = charging.deal.term_start
    period = Period(first, charging.period.end, charging.period.due)
    book = charging.book

    def early(day: date) -> Decimal:
        return book.principal_on(max(day, charging.drawn))

    trading = charging.deal.day_count == "TRADING"
    more = sessions(first, charging.drawn) if trading else (charging.drawn - first).days
    return _wrong(
        charging, charging.interest(charging.deal, early, period), "start", "drawdown", period=period, days=more
    )


def not_reduced(charging: Charging) -> Wrong | None:
    """Interest on the principal as it was before a repayment."""
    return _wrong(charging, charging.interest(charging.deal, lambda _: charging.gross_principal), "principal")


def margin_included(charging: Charging) -> Wrong | None:
    """Interest on principal plus margin."""
    extra = charging.deal.margin
    owed = charging.book.principal_on
    return _wrong(charging, charging.interest(charging.deal, lambda d: owed(d) + extra), "margin", "principal")


def compound(charging: Charging) -> Wrong | None:
    """Interest on the interest charged before."""
    before = -sum((r.net for r in charging.book.rows if r.kind == "interest"), ZERO)
    if not before:
        return None
    owed = charging.book.principal_on
    return _wrong(charging, charging.interest(charging.deal, lambda d: owed(d) + before), "compound")


def frozen_rate(charging: Charging) -> Wrong | None:
    """The floating rate of the day of signing, never reset."""
    other = replace(charging.deal, rate_reset="none")
    return _wrong(charging, charging.interest(other), "float", "lpr", "reset", "stale")


FORMULAS: dict[str, tuple[Formula, ...]] = {
    "INT-RATE": (rate,),
    "INT-BASIS": (basis,),
    "INT-DAYS": (days,),
    "INT-START": (start,),
    "INT-PRINCIPAL": (margin_included,),
    "INT-PRINCIPAL-REPAID": (not_reduced,),
    "INT-COMPOUND": (compound,),
    "INT-FLOAT": (frozen_rate,),
}


def shift_term(deal: Deal, days_before: int) -> date:
    """Let the term start some days before the money comes; return the day of the drawdown."""
    drawn = deal.term_start
    deal.term_start = drawn - timedelta(days=days_before)
    deal.signed_on = min(deal.signed_on, deal.term_start)
    return drawn
