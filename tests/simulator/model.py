"""What a generated case consists of: the bargain, the postings, the planted mistakes, the messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from tests.simulator.tables import ZERO

CHARGE_KINDS = frozenset(
    {
        "interest",
        "late_fee",
        "penalty_interest",
        "management_fee",
        "profit_share",
        "breach_penalty",
        "other_fee",
    }
)
"""Kinds that go to the financier; trade fees are not among them."""
TRADE_KINDS = frozenset({"buy", "sell", "forced_sell"})
TRADE_FEE_CODES = frozenset({"FEE-RATE", "FEE-MIN", "FEE-STAMP", "FEE-TRANSFER"})


@dataclass(slots=True)
class Deal:
    """The bargain as the contract states it; None = the contract is silent."""

    kind: str
    client: str
    financier: str
    platform: str | None
    account: str
    contract_no: str
    city: str
    signed_on: date
    term_start: date
    term_end: date
    margin: Decimal
    financing: Decimal
    leverage_convention: str | None
    product: str
    rate: Decimal | None
    rate_period: str | None
    day_count: str | None
    settlement: str
    settlement_day: int | None = None
    rate_type: str | None = None
    spread_bp: int | None = None
    rate_reset: str | None = None
    count_rule: bool = False
    """The contract says 算头不算尾."""
    no_compounding: bool = False
    """The contract says 不计复利."""
    broken_month: str | None = None
    management_fee: Decimal | None = None
    management_unit: str = "fraction"
    management_period: str = "month"
    profit_share: Decimal | None = None
    commission_rate: Decimal = Decimal("0.0005")
    commission_min: Decimal = Decimal(5)
    commission_inclusive: bool = True
    late_rate: Decimal | None = None
    late_grace: int = 0
    penalty_uplift: Decimal | None = None
    penalty_rate: Decimal | None = None
    breach_penalty: Decimal | None = None
    breach_base: str = "margin"
    line_convention: str = "assets_over_debt"
    warning_line: Decimal = ZERO
    liquidation_line: Decimal = ZERO
    loss_wording: bool = False
    """Lines on the margin are worded as a loss (亏损达保证金的…)."""
    notice_required: bool = True
    notice_methods: tuple[str, ...] = ("sms",)
    topup: str = "T+1 15:00"
    sell_scope: str | None = "all"
    sell_order: str | None = None
    """``largest_loss_first`` or none."""
    printed_leverage: Decimal | None = None
    """Leverage as printed where it contradicts the amounts (CON-MATH)."""
    tranches: tuple[tuple[date, Decimal], ...] = ()
    """Agreed drawdowns; empty = one, on the first day."""


@dataclass(slots=True)
class Posting:
    """One row of the statement; money in yuan, ``net`` is its effect on cash."""

    date: date
    kind: str
    net: Decimal
    code: str | None = None
    name: str | None = None
    price: Decimal | None = None
    quantity: int | None = None
    gross: Decimal | None = None
    commission: Decimal | None = None
    stamp: Decimal | None = None
    transfer: Decimal | None = None
    handling: Decimal | None = None
    regulatory: Decimal | None = None
    remark: str = ""
    operation: str | None = None
    """Business type to print instead of the vocabulary's."""
    balance: Decimal = ZERO
    position: int | None = None
    at: time | None = None
    """Clock of a fill, known to a perfect reading only: no layout of ours prints it."""

    @property
    def truth(self) -> dict[str, str]:
        """The row as truth.json lists it."""
        return {"date": self.date.isoformat(), "kind": self.kind, "stated": f"{self.net:.2f}"}


@dataclass(slots=True)
class Finding:
    """A planted mistake as truth.json lists it; None = not compared."""

    code: str
    date: date | None
    stated: Decimal | None = None
    expected: Decimal | None = None
    families: tuple[str, ...] = ()
    """Words that a right explanation of the cause may contain."""

    @property
    def delta(self) -> Decimal | None:
        """Stated minus expected, positive = the client was overcharged."""
        return None if self.stated is None or self.expected is None else self.stated - self.expected

    @property
    def truth(self) -> dict[str, str | None]:
        """The finding as truth.json lists it."""
        return {
            "code": self.code,
            "date": self.date.isoformat() if self.date else None,
            "stated": None if self.stated is None else f"{self.stated:.2f}",
            "expected": None if self.expected is None else f"{self.expected:.2f}",
            "delta": None if self.delta is None else f"{self.delta:.2f}",
        }


@dataclass(slots=True)
class Message:
    """One message of the platform or broker."""

    at: datetime
    text: str
    channel: str
    spoken: bool = False


@dataclass(slots=True)
class Bar:
    """One daily bar."""

    date: date
    code: str
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: int
    amount: Decimal


@dataclass(slots=True)
class SimCase:
    """A whole case before it is written."""

    name: str
    deal: Deal
    postings: list[Posting] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    structural: list[dict[str, str | bool]] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    positions: dict[str, int] = field(default_factory=dict)
    """Shares left at the end."""
    withheld: Decimal = ZERO
    """Interest taken out of the drawdown in advance."""
    notes: list[str] = field(default_factory=list)
    bases_known: bool = True
    cuts: tuple[int, ...] = ()
    """Row numbers at which a new statement file begins."""
    overlap: bool = False
    """The second file repeats the last day of the first."""
    gap: int = 0
    """Rows that are in none of the files, before the cut."""
