"""What the forced sale would have brought otherwise: estimates with their price source and formula.

Source: domain specification, section 7 (counterfactuals). Amounts are before trade fees, on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.findings import Verdict


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """One other course of the sale."""

    theory: str
    """``waited`` for the deadline, sold ``only_needed``, or ``kept`` to a day."""
    rests_on: str
    """Code of the test that supports this theory best."""
    verdict: Verdict | None
    """That test's verdict; None where it was not made."""
    price: str
    """Price used: ``open``, ``vwap``, ``close``, ``lowest`` or ``highest``."""
    day: date | None
    """Day of the price."""
    actual: Decimal
    """What the shares in question brought, in yuan before fees."""
    otherwise: Decimal | None
    """What they would have brought, in yuan before fees; None where a price is missing."""
    formula: str
    missing: tuple[str, ...] = ()
    """Codes without a price that day."""
    supported_by: tuple[str, ...] = ()
    """Codes of all tests that would support it, one being enough."""

    @property
    def difference(self) -> Decimal | None:
        """Otherwise minus actual: positive = the forced sale cost the client that much."""
        return None if self.otherwise is None else self.otherwise - self.actual
