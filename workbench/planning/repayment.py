"""Repayment schedules to offer or to check: instalments, grace, extension, a lump sum first, and what they cost.

Source: seed 000, step 5 (与平台协商分期、质押或债务重组，必要时申请延长清算窗口); domain specification, section 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workbench.domain.dates import add_months
from workbench.domain.money import ONE, ZERO, cents
from workbench.engine.cashflow import yearly_cost
from workbench.errors import UsageError

_MONTHS = 12
_YEAR = 365
_LONGEST = 600
"""Months; a schedule beyond 50 years is a slip of the keyboard."""


class RepaymentKind(StrEnum):
    """How the principal is spread."""

    EQUAL_PRINCIPAL = "equal_principal"
    """等额本金: the same principal each month, interest on what is left."""
    ANNUITY = "annuity"
    """等额本息: the same payment each month."""
    BULLET = "bullet"
    """先息后本: interest each month, the principal at the end."""


@dataclass(frozen=True, slots=True)
class RepaymentTerms:
    """What is agreed about a debt; months are counted from ``start`` to its corresponding day.

    Raises:
        UsageError: a figure out of its range, or months that do not fit what is left to pay.
    """

    debt: Decimal
    """Yuan owed on ``start``, before waiver and lump sum."""
    rate: Decimal
    """Yearly rate as a fraction; a month costs a twelfth."""
    months: int
    """Months until the last payment, grace included; 0 where the lump sum settles everything."""
    kind: RepaymentKind
    start: date
    """Day of the agreement and of the lump sum; interest runs from here."""
    grace: int = 0
    """First months without any payment; their interest is simple and due with the first payment."""
    lump_sum: Decimal = ZERO
    """Yuan paid at once, on ``start``."""
    waived: Decimal = ZERO
    """Yuan of the debt that the creditor gives up on ``start``."""

    @property
    def rest(self) -> Decimal:
        """What is left to repay in instalments, in yuan."""
        return self.debt - self.waived - self.lump_sum

    def __post_init__(self) -> None:
        _require(
            self.debt > ZERO and self.debt == cents(self.debt), "debt", "大于 0 的金额，精确到分", "a positive sum"
        )
        _require(ZERO <= self.rate < ONE, "rate", "0 到 1 之间的年利率，例如 6%", "a yearly rate, for example 6%")
        _require(self.lump_sum >= ZERO, "lump_sum", "不小于 0 的金额", "a sum that is not below 0")
        _require(self.waived >= ZERO, "waived", "不小于 0 的金额", "a sum that is not below 0")
        _require(self.rest >= ZERO, "lump_sum", "与减免合计不超过债务", "with the waiver no more than the debt")
        _require(0 <= self.months <= _LONGEST, "months", "0 到 600 的整数", "a whole number from 0 to 600")
        _require(
            (self.months > 0) == (self.rest > ZERO), "months", "余款为 0 时写 0，否则至少 1", "0 only if all is paid"
        )
        _require(0 <= self.grace < max(1, self.months), "grace", "少于总月数的整数", "fewer months than in all")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment in yuan."""

    date: date
    principal: Decimal
    interest: Decimal
    balance: Decimal
    """Principal left after it."""

    @property
    def payment(self) -> Decimal:
        """Principal + interest."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class Schedule:
    """All payments of an agreement, the lump sum included; principal and waiver together make up the debt exactly."""

    debt: Decimal
    waived: Decimal
    start: date
    rows: tuple[Instalment, ...]

    @property
    def paid(self) -> Decimal:
        """Sum of all payments in yuan."""
        return sum((row.payment for row in self.rows), ZERO)

    @property
    def interest(self) -> Decimal:
        """Sum of all interest in yuan: what the time costs."""
        return sum((row.interest for row in self.rows), ZERO)

    @property
    def flows(self) -> tuple[tuple[date, Decimal], ...]:
        """The payments as (day, yuan)."""
        return tuple((row.date, row.payment) for row in self.rows)

    @property
    def effective_rate(self) -> Decimal | None:
        """Yearly rate (XIRR, ACT/365) at which the payments equal the debt; negative after a waiver; None: none."""
        found = yearly_cost([(self.start, self.debt), *((day, -amount) for day, amount in self.flows)])
        return None if found is None else found + ZERO  # a rate of nothing has no sign


def schedule(terms: RepaymentTerms) -> Schedule:
    """Return the payments of an agreement.

    interest of a month = balance x rate / 12, rounded half up to the cent. Equal principal: rest / n a month. Annuity:
    rest x i / (1 - (1 + i)^-n) a month. Bullet: interest only, the rest at the end. n = months - grace. The last row
    takes what rounding left, so that the principal adds up exactly.

    Example:
        120,000 at 6 % over 12 months: equal principal pays 10,000 + 600 first and 10,000 + 50 last, 3,900 of interest.
    """
    rows = []
    if terms.lump_sum:
        rows.append(Instalment(terms.start, terms.lump_sum, ZERO, terms.rest))
    if terms.months:
        rows += _instalments(terms.rest, terms.rate, terms.kind, terms.start, terms.grace, terms.months, ZERO)
    return Schedule(terms.debt, terms.waived, terms.start, tuple(rows))


def extend(terms: RepaymentTerms, after: int, months: int, rate: Decimal | None = None) -> Schedule:
    """Return the schedule where, after some months, the rest is spread over more months or at another rate.

    Args:
        terms: what was agreed first.
        after: months passed, grace included; their payments stay as they were.
        months: months added to the term; 0 only changes the rate.
        rate: yearly rate from then on; None: as before.

    Raises:
        UsageError: months outside the first agreement, or a rate out of its range.
    """
    new_rate = terms.rate if rate is None else rate
    _require(0 < after < terms.months, "after", "在原期限之内", "within the first term")
    _require(0 <= months <= _LONGEST, "months", "0 到 600 的整数", "a whole number from 0 to 600")
    _require(ZERO <= new_rate < ONE, "rate", "0 到 1 之间的年利率", "a yearly rate")
    first = schedule(terms)
    turn = add_months(terms.start, after)
    kept = tuple(row for row in first.rows if row.date <= turn)
    balance = kept[-1].balance if kept else terms.rest
    waiting = max(0, terms.grace - after)
    owed = cents(balance * terms.rate / _MONTHS) * min(after, terms.grace) if after <= terms.grace else ZERO
    left = terms.months - after + months
    later = _instalments(balance, new_rate, terms.kind, terms.start, waiting, left, owed, passed=after)
    return Schedule(terms.debt, terms.waived, terms.start, (*kept, *later))


def present_value(flows: Sequence[tuple[date, Decimal]], rate: Decimal, day: date) -> Decimal:
    """Return the value of payments on a day: sum of amount / (1 + rate)^(days / 365), rounded to the cent.

    Args:
        flows: (day, yuan), any sign.
        rate: yearly discount rate as a fraction above -1.
        day: day to which is discounted; a flow before it gains.

    Raises:
        UsageError: a rate of -100 % or below.
    """
    _require(rate > -ONE, "discount_rate", "大于 -100% 的年利率", "a yearly rate above -100 %")
    return cents(sum((amount / (ONE + rate) ** (Decimal((when - day).days) / _YEAR) for when, amount in flows), ZERO))


def _instalments(
    principal: Decimal,
    rate: Decimal,
    kind: RepaymentKind,
    start: date,
    grace: int,
    months: int,
    owed: Decimal,
    passed: int = 0,
) -> list[Instalment]:
    """Return the rows of what is left: ``owed`` is interest of months already passed without payment."""
    monthly = rate / _MONTHS
    count = months - grace
    level = _level(principal, monthly, count, kind)
    balance = principal
    rows = []
    for number in range(1, count + 1):
        interest = cents(balance * monthly)
        part = level - interest if kind is RepaymentKind.ANNUITY else level
        part = balance if number == count else min(balance, max(ZERO, part))
        balance -= part
        if number == 1:
            interest += interest * grace + owed
        rows.append(Instalment(add_months(start, passed + grace + number), part, interest, balance))
    return rows


def _level(principal: Decimal, monthly: Decimal, count: int, kind: RepaymentKind) -> Decimal:
    """Return the level principal (equal principal, bullet: none before the end) or the level payment (annuity)."""
    if kind is RepaymentKind.BULLET:
        return ZERO
    if kind is RepaymentKind.EQUAL_PRINCIPAL or not monthly:
        return cents(principal / count)
    return cents(principal * monthly / (ONE - (ONE + monthly) ** -count))


def _require(holds: bool, field: str, hint_zh: str, hint_en: str) -> None:
    if not holds:
        raise UsageError(
            f"`{field}` does not fit",
            next_step=f"Give {hint_en}.",
            what_zh=f"{field} 不合适",
            next_step_zh=f"请给出{hint_zh}。",
        )
