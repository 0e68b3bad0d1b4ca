"""One audit's working set: facts, terms, tables and the running account, shared by every check."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.domain.audit import AuditOptions, Segment
from workbench.domain.case import CaseKind
from workbench.domain.lines import Line, LineKind
from workbench.domain.money import ZERO
from workbench.domain.reference import ReferenceTables
from workbench.domain.terms import Terms
from workbench.engine.facts import CaseFacts
from workbench.engine.replay import Replay


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one posting should have been."""

    amount: Decimal
    """Size of the charge in yuan, positive, rounded to the cent."""
    working: str
    """The formula with its numbers."""
    terms: tuple[str, ...] = ()
    """Keys of the terms it rests on."""
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Everything a check may read; nothing in it changes during an audit."""

    facts: CaseFacts
    tables: ReferenceTables
    options: AuditOptions
    replay: Replay
    doubled: frozenset[str] = frozenset()
    """Ids of rows that stand twice."""
    withheld: Decimal = ZERO
    """Interest taken out of the drawdowns before they were paid, in yuan."""
    by_id: dict[str, Line] = field(default_factory=dict)
    by_kind: dict[LineKind, tuple[Line, ...]] = field(default_factory=dict)

    @property
    def terms(self) -> Terms:
        """The contract's terms."""
        return self.facts.terms

    @property
    def lines(self) -> tuple[Line, ...]:
        """The ledger in posting order."""
        return self.facts.lines

    @property
    def off_exchange(self) -> bool:
        """True where an unlicensed financier lends."""
        return self.facts.kind is CaseKind.OFF_EXCHANGE

    @property
    def as_of(self) -> date | None:
        """Day to which accruals run, not included; the last line's date unless chosen."""
        if self.options.as_of is not None:
            return self.options.as_of
        return max((line.date for line in self.lines), default=None)

    @property
    def signed_on(self) -> date | None:
        """Day of the contract; the first drawdown where it is unknown."""
        return self.terms.day("signed_on") or self.terms.day("term_start") or self.replay.principal.first

    def of_kind(self, kind: LineKind) -> tuple[Line, ...]:
        """Return the lines of a kind in posting order."""
        return self.by_kind.get(kind, ())

    @property
    def closed_on(self) -> date | None:
        """Day the whole principal was repaid or the proceeds ran out; None while the loan is open."""
        closed = self.replay.principal.closed
        if closed is not None:
            return closed
        repaid = self.of_kind(LineKind.PRINCIPAL_REPAID)
        if repaid and not self.replay.stands[-1].shares and self.replay.stands[-1].cash <= ZERO:
            return repaid[-1].date
        return None
