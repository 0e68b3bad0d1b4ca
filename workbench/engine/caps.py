"""Lawful limits: four times the LPR by date of contract and filing, and what it allows on an account.

Source: domain specification, sections 9 and 12; ../shared/facts/legal.md 3 (private-lending rules and their dates).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.dates import DateRange
from workbench.domain.lines import CHARGES, LineKind
from workbench.domain.money import ZERO, cents
from workbench.domain.reference import ReferenceTables
from workbench.engine.account import Account
from workbench.engine.interest import Product, yearly_rate

FOUR = Decimal(4)
YEAR = Decimal(365)
LPR_RULES_FROM = date(2020, 8, 20)
OLD_CAP = Decimal("0.24")
OLD_CAP_PAID = Decimal("0.36")


@dataclass(frozen=True, slots=True)
class CapStep:
    """One yearly cap from a day on."""

    start: date
    rate: Decimal
    """Fraction per year."""
    source: str


@dataclass(frozen=True, slots=True)
class CapRun:
    """What the cap allows on an account."""

    accrued: Decimal
    """Yuan, rounded once to the cent."""
    rows: tuple[tuple[DateRange, Decimal, Decimal, Decimal], ...]
    """(days, principal, yearly rate, accrual not rounded)."""


def cap_steps(signed: date, tables: ReferenceTables, filed: date | None) -> tuple[CapStep, ...]:
    """Return the yearly caps that apply to a contract.

    Args:
        signed: day of the contract.
        tables: the LPR table.
        filed: day of the suit; for contracts before 2020-08-20 it fixes the rate from that day on.

    Raises:
        ReferenceGapError: where the LPR of a needed day is not known.
    """
    if signed >= LPR_RULES_FROM:
        return (CapStep(signed, FOUR * tables.lpr_at(signed).one_year, "4 × LPR-1Y at signing"),)
    at_filing = filed or tables.lpr_valid_to
    later = FOUR * tables.lpr_at(at_filing).one_year
    return (
        CapStep(signed, OLD_CAP, "24 % to 2020-08-19"),
        CapStep(LPR_RULES_FROM, later, f"4 × LPR-1Y at filing ({at_filing})"),
    )


def yearly_contract_rate(product: Product, tables: ReferenceTables, day: date) -> Decimal:
    """Return the contract rate per year, to compare with a cap only: daily x 365, trading day x 243, month x 12."""
    if product.float_base is not None:
        quote = tables.lpr_at(day)
        return (quote.one_year if product.float_base == "lpr_1y" else quote.five_year) + product.spread
    rate = product.rate or ZERO
    scale = {"day": YEAR, "trading_day": Decimal(243)}.get(product.rate_period)
    return rate * scale if scale else yearly_rate(product, rate)


def charges_paid(account: Account) -> tuple[tuple[date, Decimal], ...]:
    """Return all posted charges to the financier except trade fees, as (posting date, yuan)."""
    return tuple((line.date, line.charge) for line in account.lines if line.kind in CHARGES)


def run_cap(account: Account, steps: tuple[CapStep, ...], as_of: date) -> CapRun:
    """Accrue the cap on the principal outstanding, ACT/365, from the first row to ``as_of`` (not included).

    A payment above what had accrued before its day reduces principal from that day; principal never falls below zero.
    """
    rows: list[tuple[DateRange, Decimal, Decimal, Decimal]] = []
    principal, unpaid, accrued = ZERO, ZERO, ZERO
    day: date | None = None
    for moment, moves, paid in _events(account, steps, as_of):
        if day is not None and moment > day:
            amount, parts = _between(DateRange(day, moment), principal, steps)
            rows.extend(parts)
            accrued += amount
            unpaid += amount
        day = moment
        principal = max(ZERO, principal + moves)
        if paid:
            applied = min(unpaid, paid)
            unpaid -= applied
            principal = max(ZERO, principal - (paid - applied))
    return CapRun(cents(accrued), tuple(rows))


def _events(account: Account, steps: tuple[CapStep, ...], as_of: date) -> Iterator[tuple[date, Decimal, Decimal]]:
    moves: dict[date, Decimal] = {}
    paid: dict[date, Decimal] = {}
    for line in account.lines:
        if line.kind in (LineKind.DRAWDOWN, LineKind.PRINCIPAL_REPAID):
            moves[line.date] = moves.get(line.date, ZERO) + line.stated
    for when, amount in charges_paid(account):
        paid[when] = paid.get(when, ZERO) + amount
    days = {*moves, *paid, as_of, *(step.start for step in steps)}
    for when in sorted(day for day in days if day <= as_of):
        yield when, moves.get(when, ZERO), paid.get(when, ZERO)


def _between(
    span: DateRange, principal: Decimal, steps: tuple[CapStep, ...]
) -> tuple[Decimal, list[tuple[DateRange, Decimal, Decimal, Decimal]]]:
    rate = ZERO
    for step in steps:
        if step.start <= span.start:
            rate = step.rate
    if rate == ZERO:
        rate = steps[0].rate
    amount = principal * rate * span.days / YEAR
    return amount, [(span, principal, rate, amount)] if principal else []
