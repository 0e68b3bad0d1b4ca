"""Three-way matching: the same movement in the account's ledger, the client's bank and the broker's own statement.

Source: domain specification, section 8 (``CASH-MISSING``) and product.md (three-way reconciliation).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workbench.domain.lines import Line


class Agreement(StrEnum):
    """How two books speak of one movement."""

    SAME = "same"
    """Same amount on the same day."""
    OTHER_DAY = "other_day"
    OTHER_AMOUNT = "other_amount"
    """Same day or close to it, another amount or (for a trade) another price."""
    ONLY_LEDGER = "only_ledger"
    """The other book covers the day and does not show it."""
    ONLY_OTHER = "only_other"
    """The ledger covers the day and does not show it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One movement as two books show it; at least one side is there."""

    agreement: Agreement
    book: str
    """The other book: ``bank`` or ``broker``."""
    file: str
    """File of the other book."""
    ledger: Line | None
    other: Line | None

    @property
    def date(self) -> date:
        """Day in the ledger, else in the other book."""
        shown = self.ledger or self.other
        if shown is None:
            raise ValueError("a pair without sides")
        return shown.date

    @property
    def into_account(self) -> Decimal:
        """Amount in yuan, positive into the account, as the ledger shows it, else the other book."""
        if self.ledger is not None:
            return self.ledger.stated
        stated = self.other.stated if self.other else Decimal(0)
        return -stated if self.book == "bank" else stated

    @property
    def difference(self) -> Decimal | None:
        """Ledger minus other book in yuan into the account; None where one side is missing."""
        if self.ledger is None or self.other is None:
            return None
        other = -self.other.stated if self.book == "bank" else self.other.stated
        return self.ledger.stated - other

    @property
    def days(self) -> int | None:
        """Days by which the ledger is later than the other book; None where one side is missing."""
        if self.ledger is None or self.other is None:
            return None
        return (self.ledger.date - self.other.date).days


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one other book could be compared with."""

    book: str
    file: str
    start: date
    end: date
    compared: int
    """Movements of the ledger inside the range, or trades for a broker's statement."""
    unrelated: int
    """Rows of the other book that have nothing to do with the account (a bank's everyday rows)."""


@dataclass(frozen=True, slots=True)
class Matching:
    """All comparisons of a case, by date."""

    pairs: tuple[Pair, ...] = ()
    coverage: tuple[Coverage, ...] = ()

    @property
    def open(self) -> tuple[Pair, ...]:
        """Pairs that need an answer."""
        return tuple(pair for pair in self.pairs if pair.agreement is not Agreement.SAME)
