"""Which debt a payment that falls short pays first.

Source: Civil Code article 561: costs of enforcing the claim, then interest, then the principal debt, unless agreed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.money import ZERO


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
