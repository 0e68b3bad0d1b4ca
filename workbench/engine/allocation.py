"""Which debt a payment that falls short pays first, and what a whole account looks like in that order.

Source: Civil Code article 561: costs of enforcing the claim, then interest, then the principal debt, unless agreed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.audit import Allocation
from workbench.domain.lines import LineKind
from workbench.domain.money import ZERO
from workbench.engine.account import Account, Expectation


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed in yuan, in the order in which a payment is set against it."""

    costs: Decimal = ZERO
    interest: Decimal = ZERO
    principal: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Allocated:
    """What a payment paid, what is left, and what it paid too much; nothing is discarded."""

    paid: Owed
    left: Owed
    surplus: Decimal


def allocate(payment: Decimal, owed: Owed) -> Allocated:
    """Set a payment in yuan against costs, interest and principal in that order."""
    rest = payment
    paid = []
    for debt in (owed.costs, owed.interest, owed.principal):
        part = min(rest, debt)
        paid.append(part)
        rest -= part
    left = Owed(owed.costs - paid[0], owed.interest - paid[1], owed.principal - paid[2])
    return Allocated(Owed(*paid), left, rest)


_INTEREST = (LineKind.INTEREST, LineKind.LATE_FEE, LineKind.PENALTY_INTEREST)


def allocate_payments(account: Account, expected: Mapping[str, Expectation]) -> tuple[Allocation, ...]:
    """Return each day's payments set against the interest expected so far, then principal; empty where all was paid.

    The interest due on a day is what the contract gives for that day's postings (late fees and penalty interest with
    it); a payment is what the day's postings took for interest and principal. Interest withheld from the drawdown was
    never lent and counts on neither side.

    Args:
        account: the account.
        expected: line id -> expected amount, as the books give it.
    """
    if not account.replay.stands or account.replay.stands[-1].principal <= ZERO or account.replay.stands[-1].shares:
        return ()
    due: dict[date, Decimal] = defaultdict(lambda: ZERO)
    paid: dict[date, Decimal] = defaultdict(lambda: ZERO)
    drawn: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for line in account.lines:
        if line.kind in _INTEREST:
            found = expected.get(line.id)
            due[line.date] += found.amount if found else line.charge
            paid[line.date] += line.charge
        elif line.kind is LineKind.PRINCIPAL_REPAID:
            paid[line.date] -= line.stated
        elif line.kind is LineKind.DRAWDOWN:
            drawn[line.date] += line.stated
    booked = {stand.line.date: stand.principal for stand in account.replay.stands}
    rows: list[Allocation] = []
    interest = principal = ZERO
    for day in sorted({*due, *paid, *drawn}):
        principal += drawn.get(day, ZERO)
        interest += due.get(day, ZERO)
        payment = paid.get(day, ZERO)
        if not payment:
            continue
        done = allocate(payment, Owed(interest=interest, principal=principal))
        interest, principal = done.left.interest, done.left.principal
        rows.append(Allocation(day, payment, done.paid.interest, done.paid.principal, interest, principal, booked[day]))
    return tuple(rows)
