"""Answer for one statement line: where does this figure come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from workbench.domain.audit import Audit, AuditedLine
from workbench.domain.findings import Finding
from workbench.domain.lines import LineKind
from workbench.domain.source import Source
from workbench.domain.terms import Term
from workbench.errors import NotFoundError
from workbench.services.desk import Desk
from workbench.services.line_picture import source_picture
from workbench.services.run_audit import compute_audit

_INTEREST = (
    "rate",
    "rate_period",
    "rate_type",
    "rate_spread_bp",
    "rate_reset",
    "day_count",
    "count_rule",
    "settlement",
)
_TRADE = ("commission_rate", "commission_min", "commission_inclusive")
TERMS_OF: Mapping[LineKind, tuple[str, ...]] = MappingProxyType(
    {
        LineKind.INTEREST: _INTEREST,
        LineKind.LATE_FEE: ("late_fee_rate", "late_fee_base", "late_grace_days"),
        LineKind.PENALTY_INTEREST: ("penalty_rate", "penalty_uplift", "rate", "rate_period"),
        LineKind.MANAGEMENT_FEE: ("management_fee", "management_fee_period"),
        LineKind.PROFIT_SHARE: ("profit_share",),
        LineKind.BREACH_PENALTY: ("breach_penalty", "breach_base"),
        LineKind.BUY: _TRADE,
        LineKind.SELL: _TRADE,
        LineKind.FORCED_SELL: (*_TRADE, "line_convention", "liquidation_line", "notice_required", "topup_deadline"),
        LineKind.DRAWDOWN: ("financing", "leverage"),
        LineKind.MARGIN_IN: ("margin",),
    }
)
"""Terms that say what a line of each kind should be."""


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
    found = audit or compute_audit(desk, case)
    position = next((at for at, entry in enumerate(found.lines) if entry.line.id == line_id), None)
    if position is None:
        raise NotFoundError(
            f"there is no line {line_id!r}",
            next_step="`workbench audit CASE` lists the lines.",
            what_zh=f"没有明细 {line_id}",
            next_step_zh="用 workbench audit 案件 查看明细编号。",
        )
    entry = found.lines[position]
    before = found.lines[position - 1] if position else None
    findings = tuple(finding for finding in found.findings if line_id in finding.lines)
    return LineExplanation(
        line=entry,
        source=entry.line.source,
        cash_before=None if before is None else before.cash,
        cash_after=entry.cash,
        principal_before=None if before is None else before.principal,
        principal_after=entry.principal,
        working=entry.working,
        findings=findings,
        terms=_terms(found, entry, findings),
        picture=source_picture(desk, entry.line.source),
    )


def _terms(audit: Audit, entry: AuditedLine, findings: tuple[Finding, ...]) -> tuple[Term, ...]:
    keys = dict.fromkeys(key for finding in findings for key in finding.terms)
    keys |= dict.fromkeys(TERMS_OF.get(entry.line.kind, ()))
    known = audit.terms.with_defaults()
    return tuple(term for key in keys if (term := known.get(key)) is not None)
