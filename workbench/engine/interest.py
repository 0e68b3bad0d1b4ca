"""Expected interest of a period: the sum over its days of principal x rate, rounded once to the cent.

Source: domain specification, section 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from workbench.domain.audit import Segment
from workbench.domain.dates import DAY, DateRange, add_months
from workbench.domain.money import ONE, cents, grouped, percent, plain
from workbench.domain.reference import ReferenceTables
from workbench.domain.terms import Terms
from workbench.engine.replay import PrincipalHistory

BASIS_POINT = Decimal("0.0001")
MONTHS_A_YEAR = Decimal(12)
DAYS_A_MONTH = Decimal(30)


@dataclass(frozen=True, slots=True)
class Product:
    """How a contract accrues interest."""

    rate: Decimal | None
    """Fraction per ``rate_period``; None where it floats."""
    rate_period: str
    """``day``, ``month``, ``year`` or ``trading_day``."""
    day_count: str
    """``DAY`` for a daily rate on calendar days, else as the contract's key."""
    broken_month: str
    float_base: str | None = None
    """``lpr_1y`` or ``lpr_5y`` where the rate floats."""
    spread: Decimal = Decimal(0)
    """Fraction per year added to the LPR."""
    reset: str = "on_publication"
    fixed_on: date | None = None
    """Day whose LPR applies first: the contract's."""
    anchor: date | None = None
    """First drawdown: yearly resets and months count from it."""


def product_of(terms: Terms, first_drawdown: date | None) -> Product | None:
    """Return the contract's product, or None where it states no rate."""
    rate_type = terms.text("rate_type")
    floats = rate_type in ("lpr_1y", "lpr_5y")
    rate = None if floats else terms.number("rate")
    if rate is None and not floats:
        return None
    period = "year" if floats else terms.text("rate_period") or "year"
    return Product(
        rate=rate,
        rate_period=period,
        day_count=terms.text("day_count") or default_day_count(period),
        broken_month=terms.text("broken_month") or "thirtieth",
        float_base=rate_type if floats else None,
        spread=(terms.number("rate_spread_bp") or Decimal(0)) * BASIS_POINT,
        reset=terms.text("rate_reset") or "on_publication",
        fixed_on=terms.day("signed_on") or first_drawdown,
        anchor=first_drawdown,
    )


def default_day_count(rate_period: str) -> str:
    """Return the convention where the contract names none: the period it quotes the rate for."""
    return {"day": "DAY", "trading_day": "TRADING", "month": "MONTH"}.get(rate_period, "ACT/365")


def yearly_rate(product: Product, rate: Decimal) -> Decimal:
    """Turn a quoted rate into a yearly one (month x 12); daily quotes are never recomputed this way."""
    return rate * MONTHS_A_YEAR if product.rate_period == "month" else rate


RateAt = Callable[[date], Decimal]


def rate_at(product: Product, tables: ReferenceTables) -> RateAt:
    """Return the function day -> rate per ``rate_period``; a floating rate follows the LPR by publication date."""
    if product.float_base is None:
        fixed = product.rate if product.rate is not None else Decimal(0)
        return lambda _day: fixed

    def floating(day: date) -> Decimal:
        quote = tables.lpr_at(reset_day(product, day))
        return (quote.one_year if product.float_base == "lpr_1y" else quote.five_year) + product.spread

    return floating


def reset_day(product: Product, day: date) -> date:
    """Return the day whose LPR applies on ``day`` under the product's reset rule."""
    if product.reset == "on_publication":
        return day
    start = product.fixed_on or day
    if product.reset == "none" or product.anchor is None:
        return start
    years = day.year - product.anchor.year
    if add_months(product.anchor, 12 * years) > day:
        years -= 1
    return start if years < 1 else add_months(product.anchor, 12 * years)


def accrue(
    product: Product, period: DateRange, principal: PrincipalHistory, tables: ReferenceTables
) -> tuple[Segment, ...]:
    """Split a period into segments of one principal and one rate; their days add up to the period's.

    Args:
        product: how the contract accrues.
        period: the days covered, end excluded.
        principal: principal outstanding day by day.
        tables: LPR for floating rates, the calendar for trading-day products.
    """
    if product.day_count == "MONTH":
        return _months(product, period, principal, tables)
    rate = rate_at(product, tables)
    cuts = {period.start, period.end}
    cuts |= {part.start for part, _ in principal.segments(period)}
    if product.float_base is not None:
        cuts |= {quote.date for quote in tables.lpr_changes(period)}
        cuts |= _anniversaries(product, period)
    ordered = sorted(cuts)
    parts = []
    for start, end in pairwise(ordered):
        days, quoted, divisor = _measure(product, DateRange(start, end), rate(start), tables)
        parts.append(Segment(start, end, days, principal.at(start), quoted, divisor))
    return _joined(parts)


def _measure(
    product: Product, part: DateRange, rate: Decimal, tables: ReferenceTables
) -> tuple[Decimal, Decimal, Decimal]:
    if product.day_count == "TRADING":
        return Decimal(tables.calendar.count(part)), rate, ONE
    if product.day_count == "DAY":
        return Decimal(part.days), rate, ONE
    if product.day_count == "30/360":
        return Decimal(days_30_360(part)), yearly_rate(product, rate), Decimal(360)
    divisor = Decimal(360) if product.day_count == "ACT/360" else Decimal(365)
    if product.rate_period in ("day", "trading_day"):
        return Decimal(part.days), rate, ONE
    return Decimal(part.days), yearly_rate(product, rate), divisor


def days_30_360(part: DateRange) -> int:
    """Count [start, end) with months of 30 days (30E/360); parts of a period add up to the period."""
    start, end = part.start, part.end
    months = (end.year - start.year) * 12 + end.month - start.month
    return months * 30 + min(end.day, 30) - min(start.day, 30)


def _months(
    product: Product, period: DateRange, principal: PrincipalHistory, tables: ReferenceTables
) -> tuple[Segment, ...]:
    """Whole months by corresponding day; odd days as a full month or as thirtieths."""
    divisor = MONTHS_A_YEAR if product.rate_period == "year" else ONE
    rate = rate_at(product, tables)
    start = period.start
    anchored = product.anchor is not None and _from_anchor(product.anchor, start)
    aim = product.anchor.day if product.anchor is not None and anchored else start.day
    parts: list[Segment] = []
    for index in range(12 * (period.end.year - start.year) + period.end.month - period.start.month):
        end = add_months(period.start, index + 1, aim)
        if end > period.end:
            break
        parts.extend(_month(DateRange(start, end), principal, rate(start), divisor))
        start = end
    odd = (period.end - start).days
    if odd:
        rest = DateRange(start, period.end)
        if product.broken_month == "full_month":
            parts.append(Segment(rest.start, rest.end, ONE, principal.at(rest.start), rate(rest.start), divisor))
        else:
            parts.extend(
                Segment(part.start, part.end, Decimal(part.days), amount, rate(part.start), divisor * DAYS_A_MONTH)
                for part, amount in principal.segments(rest)
            )
    return _joined(parts)


def _from_anchor(anchor: date, day: date) -> bool:
    months = (day.year - anchor.year) * 12 + day.month - anchor.month
    return add_months(anchor, months) == day


def _month(month: DateRange, principal: PrincipalHistory, rate: Decimal, divisor: Decimal) -> list[Segment]:
    """One month; where the principal changes inside it, its parts share the month by their days."""
    parts = principal.segments(month)
    if len(parts) == 1:
        return [Segment(month.start, month.end, ONE, parts[0][1], rate, divisor)]
    return [
        Segment(part.start, part.end, Decimal(part.days), amount, rate, divisor * month.days) for part, amount in parts
    ]


def _anniversaries(product: Product, period: DateRange) -> set[date]:
    if product.anchor is None or product.reset != "yearly":
        return set()
    years = range(1, period.end.year - product.anchor.year + 1)
    days = (add_months(product.anchor, 12 * year) for year in years)
    return {day for day in days if period.start < day < period.end}


def _joined(parts: list[Segment]) -> tuple[Segment, ...]:
    """Merge neighbours of equal principal, rate and divisor, so that the working stays short."""
    joined: list[Segment] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and (last.principal, last.rate, last.divisor, last.end) == (
            part.principal,
            part.rate,
            part.divisor,
            part.start,
        ):
            joined[-1] = Segment(last.start, part.end, last.days + part.days, last.principal, last.rate, last.divisor)
        else:
            joined.append(part)
    return tuple(joined)


def total(segments: tuple[Segment, ...]) -> Decimal:
    """Return the posting in yuan: the segments' sum rounded once, half up, to the cent."""
    return cents(sum((segment.amount for segment in segments), Decimal(0)))


def working(segments: tuple[Segment, ...]) -> str:
    """Write the formula with its numbers, ending in the amount."""
    parts = [part for part in segments if part.principal and part.days] or list(segments[:1])
    terms = []
    for part in parts:
        divisor = "" if part.divisor == ONE else f" ÷ {plain(part.divisor)}"
        terms.append(f"{grouped(part.principal)} × {percent(part.rate)} × {plain(part.days)}{divisor}")
    return " + ".join(terms) + f" = {grouped(total(segments))}"


def period_text(period: DateRange) -> str:
    """Write the days covered, both ends included, and their number."""
    if period.days == 0:
        return f"{period.start} (0)"
    return f"{period.start} … {period.end - DAY} ({period.days})"
