"""The audit's result: one value that every way out shows and nothing recomputes.

Source: interfaces.md (``audit --json``), domain specification sections 6, 7 and 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.domain.case import CaseKind
from workbench.domain.findings import Finding, Gap
from workbench.domain.lines import Line
from workbench.domain.liquidation import Liquidation
from workbench.domain.margin import Margin
from workbench.domain.matching import Matching
from workbench.domain.terms import Contract, Terms


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """Choices of the person who runs the audit."""

    as_of: date | None = None
    """Day to which accruals run, not included; None: the last line's date."""
    occupancy: str = "none"
    """``none``, ``deposit`` or ``lpr_1y``: cost of holding the principal on the void basis."""
    fault_share: Decimal = Decimal(0)
    """Part of the trading loss (0-1) the financier bears on the void basis."""
    filed_on: date | None = None
    """Day the suit was or will be filed; needed for contracts before 2020-08-20."""
    keep_to: date | None = None
    """Day to which the sold holdings would have been kept; None: the last day with prices."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Days of one principal at one rate: ``principal x rate x days / divisor`` yuan, not rounded."""

    start: date
    end: date
    """First day that no longer counts."""
    days: Decimal
    """Days, trading days or months, as the day count says."""
    principal: Decimal
    rate: Decimal
    """Fraction per ``divisor`` days (or per day, month, trading day where the divisor is 1)."""
    divisor: Decimal

    @property
    def amount(self) -> Decimal:
        """Accrual in yuan, not rounded."""
        return self.principal * self.rate * self.days / self.divisor


@dataclass(frozen=True, slots=True)
class AuditedLine:
    """A line beside what it should have been."""

    line: Line
    expected: Decimal | None
    """Expected effect on cash in yuan, signed like ``line.stated``; None where nothing says."""
    delta: Decimal | None
    """Overcharge in yuan: expected - stated in cash terms, so positive = the client was overcharged."""
    cash: Decimal
    """Recomputed running cash in yuan after this line, from stated amounts."""
    principal: Decimal
    """Principal outstanding in yuan after this line."""
    working: str
    """Formula of the expected figure with its numbers; empty where nothing was expected."""
    segments: tuple[Segment, ...] = ()
    """The parts whose sum, rounded once to the cent, is an expected interest posting."""
    findings: tuple[str, ...] = ()
    """Keys of the findings that concern this line."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums by category in yuan, positive = paid by the client."""

    interest: Decimal = Decimal(0)
    late: Decimal = Decimal(0)
    fees: Decimal = Decimal(0)
    penalty: Decimal = Decimal(0)
    statutory: Decimal = Decimal(0)
    commission: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Basis:
    """One legal basis and what it gives; positive settlement = due to the client."""

    name: str
    """``as_stated``, ``as_contracted``, ``lpr4`` or ``void``."""
    allowed: Decimal
    """Charges allowed in yuan."""
    paid: Decimal
    """Charges posted in yuan."""
    settlement: Decimal
    difference: Decimal
    """Settlement minus that of ``as_stated``."""
    money_in: Decimal
    money_out: Decimal
    trading: Decimal
    """Trading result in yuan after commission and statutory charges."""
    positions: Decimal
    """Value of remaining positions in yuan."""
    working: str = ""


@dataclass(frozen=True, slots=True)
class ClaimFees:
    """What it costs to claim a settlement at court, in yuan."""

    acceptance: Decimal
    """Prepaid by the plaintiff, borne by the losing side."""
    acceptance_half: Decimal
    """After mediation, withdrawal or summary procedure."""
    preservation: Decimal


@dataclass(frozen=True, slots=True)
class Allocation:
    """One day's payments to the financier set against interest, then principal (Civil Code article 561), in yuan."""

    date: date
    payment: Decimal
    to_interest: Decimal
    to_principal: Decimal
    interest_left: Decimal
    """Expected interest due and not covered so far."""
    principal_left: Decimal
    booked_principal: Decimal
    """Principal the platform's own books show after that day."""


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One line of the bridge from one basis to the next."""

    label: str
    amount: Decimal
    finding: str | None = None
    """Key of the finding that makes this step, if one does."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a result depends on, so that another machine can repeat it."""

    engine: str
    """Version of this program."""
    tables: str
    """Version hash of the reference tables."""
    inputs: tuple[tuple[str, str], ...]
    """(file name, SHA-256) of every imported file, sorted."""


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything an audit found; treated as immutable."""

    case_name: str
    kind: CaseKind
    as_of: date | None
    options: AuditOptions
    terms: Terms
    contracts: tuple[Contract, ...]
    lines: tuple[AuditedLine, ...]
    findings: tuple[Finding, ...]
    stated: Totals
    expected: Totals
    overcharged: Decimal
    bases: Mapping[str, Basis]
    bridges: Mapping[str, tuple[BridgeStep, ...]]
    margin: Margin
    liquidation: Liquidation
    gaps: tuple[Gap, ...]
    fingerprint: Fingerprint
    yearly_cost: Decimal | None = None
    """Effective yearly cost (XIRR) as a fraction; None where the flows do not determine it."""
    allocation: tuple[Allocation, ...] = ()
    """Payments by Civil Code article 561 where they fall short; empty where the debt was paid in full."""
    claim_fees: Mapping[str, ClaimFees] = field(default_factory=dict)
    """Court fees per basis whose settlement can be claimed."""
    matching: Matching = field(default_factory=Matching)
    """The ledger beside the client's bank and the broker's statement."""
    notes: Mapping[str, str] = field(default_factory=dict)

    def line(self, line_id: str) -> AuditedLine | None:
        """Return the audited line with this id, or None."""
        return next((entry for entry in self.lines if entry.line.id == line_id), None)
