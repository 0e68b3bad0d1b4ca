"""Statement lines: what the platform's book says happened, one posting each.

Source: interfaces.md (kinds of a line), domain specification sections 3, 10 and 12.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from workbench.domain.money import ZERO
from workbench.domain.source import Source


class LineKind(StrEnum):
    """Canonical kind of a posting."""

    OPENING = "opening"
    MARGIN_IN = "margin_in"
    MARGIN_OUT = "margin_out"
    DRAWDOWN = "drawdown"
    PRINCIPAL_REPAID = "principal_repaid"
    INTEREST = "interest"
    LATE_FEE = "late_fee"
    PENALTY_INTEREST = "penalty_interest"
    MANAGEMENT_FEE = "management_fee"
    PROFIT_SHARE = "profit_share"
    BREACH_PENALTY = "breach_penalty"
    OTHER_FEE = "other_fee"
    BUY = "buy"
    SELL = "sell"
    FORCED_SELL = "forced_sell"
    DIVIDEND = "dividend"
    DIVIDEND_TAX = "dividend_tax"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    ADJUSTMENT = "adjustment"
    CLOSING = "closing"
    UNKNOWN = "unknown"


SALES = frozenset({LineKind.SELL, LineKind.FORCED_SELL})
TRADES = SALES | {LineKind.BUY}
CHARGES = frozenset(
    {
        LineKind.INTEREST,
        LineKind.LATE_FEE,
        LineKind.PENALTY_INTEREST,
        LineKind.MANAGEMENT_FEE,
        LineKind.PROFIT_SHARE,
        LineKind.BREACH_PENALTY,
        LineKind.OTHER_FEE,
    }
)
"""Kinds that go to the financier; trade fees are not among them."""


@dataclass(frozen=True, slots=True)
class TradeFees:
    """Charges printed beside a trade, in yuan, positive; None where the statement has no such column or cell."""

    commission: Decimal | None = None
    stamp_duty: Decimal | None = None
    transfer_fee: Decimal | None = None
    handling_fee: Decimal | None = None
    regulatory_fee: Decimal | None = None
    settlement_fee: Decimal | None = None
    other: Decimal | None = None

    @property
    def total(self) -> Decimal:
        """Sum of the printed parts in yuan."""
        parts = (
            self.commission,
            self.stamp_duty,
            self.transfer_fee,
            self.handling_fee,
            self.regulatory_fee,
            self.settlement_fee,
            self.other,
        )
        return sum((part for part in parts if part is not None), ZERO)


@dataclass(frozen=True, slots=True)
class PrintedPeriod:
    """An interest period as printed in the remark; whether ``end`` counts is not decided here."""

    start: date
    end: date
    days: int | None = None
    """Number of days as printed; None where only the range stands."""


@dataclass(frozen=True, slots=True)
class PrintedDelay:
    """A late fee's due day, payment day and days late as printed."""

    due: date | None = None
    paid: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One posting with everything printed about it; treated as immutable."""

    id: str
    """``S<file>.<row>``: number of the statement file in the case and number of the posting in it."""
    source: Source
    date: date
    kind: LineKind
    stated: Decimal
    """Effect on cash in yuan: a sale positive, a charge negative."""
    operation: str = ""
    """Business type as printed."""
    time: time | None = None
    code: str | None = None
    name: str | None = None
    quantity: Decimal | None = None
    """Shares, always positive; the side is in ``kind``."""
    price: Decimal | None = None
    """Yuan per share, up to three decimals (funds)."""
    gross: Decimal | None = None
    """Turnover in yuan, always positive."""
    fees: TradeFees = TradeFees()
    balance: Decimal | None = None
    """Cash balance printed after this posting; None where not printed or not meaningful."""
    position: Decimal | None = None
    """Share balance printed after this posting."""
    remark: str = ""
    serial: str | None = None
    """Serial, contract or fill number as printed."""
    period: PrintedPeriod | None = None
    delay: PrintedDelay | None = None
    withheld: Decimal | None = None
    """Interest or fee taken out of a drawdown before it was paid, in yuan, as the remark says."""
    tranche: int | None = None
    """Printed period number of a recurring fee (第2期)."""
    proofs: frozenset[str] = frozenset()
    """Checks that closed on this row: ``gross`` (quantity x price), ``net`` (gross and fees), ``balance`` (chain).

    A row read from a picture also has ``ocr=0.93``, its confidence, and ``repaired`` where a figure was read otherwise
    than recognised."""

    @property
    def confidence(self) -> Decimal | None:
        """How surely the least sure character of the row's figures was recognised, 0 to 1; None for printed text."""
        found = next((proof for proof in self.proofs if proof.startswith("ocr=")), None)
        return None if found is None else Decimal(found.removeprefix("ocr="))

    @property
    def charge(self) -> Decimal:
        """Size of a charge in yuan, positive when the client pays."""
        return -self.stated


@dataclass(frozen=True, slots=True)
class RowIssue:
    """A row that was not understood or does not close; nothing is dropped without one."""

    source: Source
    reason: str
    """Code, for example ``unknown_operation``, ``bad_date``, ``no_amount``, ``net_open``, ``balance_gap``."""
    detail: str = ""
    """The figures or words that show it, for a person."""
    difference: Decimal | None = None
    """Printed minus expected, in yuan, where the issue is a figure that does not close."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One imported statement: its heading, its lines in posting order, its open questions."""

    sha256: str
    file: str
    layout: str
    """Name of the layout or profile that recognised the columns; ``headers`` when header aliases alone did."""
    lines: tuple[Line, ...]
    issues: tuple[RowIssue, ...] = ()
    title: str = ""
    holder: str | None = None
    account: str | None = None
    start: date | None = None
    end: date | None = None
    opening: Decimal | None = None
    """Printed opening cash balance in yuan."""
    closing: Decimal | None = None
    """Printed closing cash balance in yuan."""
    printed_count: int | None = None
    """Number of rows the statement says it has."""
    has_balance: bool = True
    """False where there is no balance column or it is all zero: not checkable, not wrong."""
    book: str = "account"
    """``account`` for the ledger; ``bank`` for the client's own bank or wallet; ``broker`` for another
    book that tells of the ledger's trades again and is only compared with it."""
