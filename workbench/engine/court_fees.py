"""What a claim costs at court: acceptance and preservation fees by tier.

Source: State Council Order 481, articles 13, 14 and 16, as tabled in ``workbench/reference/data``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.audit import ClaimFees
from workbench.domain.money import ZERO, cents
from workbench.domain.reference import FeeTier, ReferenceTables


def court_fees(claim: Decimal, tables: ReferenceTables, preserved: Decimal | None = None) -> ClaimFees:
    """Return the fees of a property claim.

    Args:
        claim: amount in dispute in yuan.
        tables: the fee tiers.
        preserved: amount to be preserved in yuan; the claim where not given.
    """
    acceptance = tiered(claim, tables.court_property)
    preservation = tiered(claim if preserved is None else preserved, tables.court_preservation)
    return ClaimFees(acceptance, cents(acceptance / 2), min(preservation, tables.preservation_cap))


def tiered(amount: Decimal, tiers: Sequence[FeeTier]) -> Decimal:
    """Return the sum over all tiers below ``amount``, in yuan, rounded once to the cent."""
    fee = ZERO
    for tier in tiers:
        if amount <= tier.lower and tier.lower > ZERO:
            break
        top = amount if tier.upper is None else min(amount, tier.upper)
        fee += tier.fixed + max(ZERO, top - tier.lower) * tier.rate
    return cents(fee)
