"""Dated reference tables as values: loaded at the edge, passed into the engine.

Source: ../shared/facts as copied into ``workbench/reference/data`` with sources and last dates.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.domain.dates import DAY, DateRange
from workbench.errors import ReferenceGapError


@dataclass(frozen=True, slots=True)
class LprQuote:
    """One publication of the loan prime rate, as fractions per year."""

    date: date
    one_year: Decimal
    five_year: Decimal
    by_user: bool = False


@dataclass(frozen=True, slots=True)
class ChargeRate:
    """One statutory or exchange charge over a range of trade dates."""

    item: str
    """``stamp_duty``, ``transfer_fee``, ``handling_fee``, ``regulatory_fee``."""
    market: str
    """``ALL``, ``SSE``, ``SZSE`` or ``BSE``."""
    side: str
    """``sell`` or ``both``."""
    basis: str
    """``turnover`` or ``par_value``."""
    rate: Decimal
    """Fraction of the basis."""
    effective_from: date
    effective_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class DepositQuote:
    """Benchmark deposit rates from a date, as fractions per year."""

    date: date
    demand: Decimal
    one_year: Decimal


@dataclass(frozen=True, slots=True)
class LoanQuote:
    """Benchmark loan rate (six months to one year) from a date, as a fraction per year."""

    date: date
    one_year: Decimal


@dataclass(frozen=True, slots=True)
class PriceLimit:
    """Daily price limit of a board over a range of dates, as a fraction."""

    exchange: str
    board: str
    status: str
    rate: Decimal
    effective_from: date
    effective_to: date | None


@dataclass(frozen=True, slots=True)
class FeeTier:
    """One tier of a court fee: ``fixed + rate x (amount - lower)`` up to ``upper``."""

    lower: Decimal
    upper: Decimal | None
    fixed: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class TradingCalendar:
    """Trading days of the Shanghai and Shenzhen exchanges; refuses dates outside its range."""

    days: tuple[date, ...]
    """Sorted trading days."""
    last: date
    """Last calendar day the table covers."""

    def _check(self, day: date) -> None:
        if not self.days or day < self.days[0] or day > self.last:
            span = f"{self.days[0]} .. {self.last}" if self.days else "empty"
            raise ReferenceGapError(
                f"the trading calendar has no entry for {day}",
                where=f"table trading_days covers {span}",
                next_step="Add the published calendar with `workbench reference add`.",
            )

    def is_open(self, day: date) -> bool:
        """Tell whether the exchanges traded on ``day``."""
        self._check(day)
        index = bisect_left(self.days, day)
        return index < len(self.days) and self.days[index] == day

    def count(self, period: DateRange) -> int:
        """Count trading days in [start, end)."""
        if period.days == 0:
            return 0
        self._check(period.start)
        self._check(period.end - DAY)
        return bisect_left(self.days, period.end) - bisect_left(self.days, period.start)

    def after(self, day: date, steps: int) -> date:
        """Return the trading day ``steps`` trading days after ``day`` (T+1 is ``steps=1``)."""
        self._check(day)
        index = bisect_right(self.days, day) - 1 + steps
        if not 0 <= index < len(self.days):
            self._check(self.last + DAY)
        return self.days[index]

    def previous(self, day: date) -> date:
        """Return the last trading day strictly before ``day``."""
        self._check(day)
        index = bisect_left(self.days, day) - 1
        if index < 0:
            self._check(self.days[0] - DAY)
        return self.days[index]

    def between(self, start: date, end: date) -> tuple[date, ...]:
        """Return the trading days from ``start`` to ``end``, both included."""
        return self.days[bisect_left(self.days, start) : bisect_right(self.days, end)]


@dataclass(frozen=True, slots=True)
class ReferenceTables:
    """All tables the engine may consult, with the hash that identifies this version."""

    version: str
    lpr: tuple[LprQuote, ...]
    lpr_valid_to: date
    """Last day the newest verified quote is known to hold (the day of the next publication)."""
    charges: tuple[ChargeRate, ...]
    calendar: TradingCalendar
    deposits: tuple[DepositQuote, ...] = ()
    loans: tuple[LoanQuote, ...] = ()
    limits: tuple[PriceLimit, ...] = ()
    court_property: tuple[FeeTier, ...] = ()
    court_preservation: tuple[FeeTier, ...] = ()
    preservation_cap: Decimal = Decimal(5000)
    sources: dict[str, str] = field(default_factory=dict)
    """Table name -> SHA-256 of the data file."""

    def lpr_at(self, day: date) -> LprQuote:
        """Return the quote in force on ``day``: the last publication on or before it.

        Raises:
            ReferenceGapError: before the first or after the last verified quote's validity.
        """
        index = bisect_right(self.lpr, day, key=lambda quote: quote.date) - 1
        if index < 0 or day > self.lpr_valid_to:
            first = self.lpr[0].date if self.lpr else "-"
            raise ReferenceGapError(
                f"no LPR is known for {day}",
                where=f"table lpr covers {first} .. {self.lpr_valid_to}",
                next_step="Add the published rate with `workbench reference add lpr DATE RATE_1Y RATE_5Y`.",
            )
        return self.lpr[index]

    def lpr_changes(self, period: DateRange) -> tuple[LprQuote, ...]:
        """Return the quotes published inside (start, end)."""
        return tuple(quote for quote in self.lpr if period.start < quote.date < period.end)

    def limit_at(self, market: str, board: str, status: str, day: date) -> PriceLimit | None:
        """Return the daily price limit of a board in force on ``day``, None where none is known."""
        fitting = (
            limit
            for limit in self.limits
            if limit.exchange == market
            and limit.board == board
            and limit.status in (status, "ANY")
            and limit.effective_from <= day
            and (limit.effective_to is None or day <= limit.effective_to)
        )
        return next(fitting, None)

    def charge_at(self, item: str, market: str, side: str, day: date) -> ChargeRate | None:
        """Return the charge in force for a trade, or None where none is levied on this side.

        Raises:
            ReferenceGapError: where the item has no entry at all for that market and date.
        """
        known = [
            rate
            for rate in self.charges
            if rate.item == item
            and rate.market in ("ALL", market)
            and rate.effective_from <= day
            and (rate.effective_to is None or day <= rate.effective_to)
        ]
        if not known:
            raise ReferenceGapError(f"no {item} is known for {market} on {day}", where="table charges")
        return next((rate for rate in known if rate.side in ("both", side)), None)
