"""What an audit starts from: the documents of one case as typed facts."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.domain.case import CaseKind
from workbench.domain.lines import Line, Statement
from workbench.domain.market import Bar, NoticeLog
from workbench.domain.terms import Contract, Terms


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything imported and confirmed for one case; treated as immutable."""

    name: str
    kind: CaseKind
    terms: Terms = field(default_factory=Terms)
    """Merged terms of all contracts with the person's edits."""
    contracts: tuple[Contract, ...] = ()
    statements: tuple[Statement, ...] = ()
    lines: tuple[Line, ...] = ()
    """One account ledger in posting order, overlapping files already matched."""
    bars: tuple[Bar, ...] = ()
    notice_logs: tuple[NoticeLog, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    """(file name, SHA-256) of every imported file."""

    own_sales: frozenset[str] = frozenset()
    """Ids of the sales that a person called the client's own."""

    @property
    def ledgers(self) -> tuple[Statement, ...]:
        """The statements whose postings make up the ledger, without the client's bank and the broker's copies."""
        return tuple(statement for statement in self.statements if statement.book == "account")
