"""Answer for one statement line: where does this figure come from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.audit import Audit, AuditedLine
from workbench.domain.findings import Finding
from workbench.domain.source import Source
from workbench.domain.terms import Term
from workbench.services.desk import Desk


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """Everything known about one line."""

    line: AuditedLine
    source: Source
    """File, page, row and box; ``source.text`` are the row's words."""
    cash_before: Decimal | None
    """Recomputed cash in yuan before this line; None for the first."""
    cash_after: Decimal
    principal_before: Decimal | None
    principal_after: Decimal
    working: str
    findings: tuple[Finding, ...]
    terms: tuple[Term, ...]
    """Terms the expected figure and the findings rest on, each with its clause."""
    picture: bytes | None
    """PNG cut from the file; None where it has no pages."""


def explain_line(desk: Desk, case: str, line_id: str, audit: Audit | None = None) -> LineExplanation:
    """Explain one line.

    Args:
        desk: the desk.
        case: name of the case.
        line_id: ``S1.17``.
        audit: the audit at hand; None recomputes it.

    Raises:
        NotFoundError: no such case or line.
    """
    raise NotImplementedError
