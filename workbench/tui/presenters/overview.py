"""Where a case stands, in a few lines: what is missing, what was found, what must be kept in mind."""

from __future__ import annotations

from collections import Counter

from workbench.domain.case import DocumentKind
from workbench.domain.findings import Severity, TriageState
from workbench.domain.steps import Task
from workbench.tui.presenters.base import Cell, Words, money, pick
from workbench.tui.presenters.bases import headline, reckoning, warnings
from workbench.tui.presenters.ledger import SEVERITY_MARK
from workbench.tui.state import CaseView

STEP_TAB = {
    2: "findings",
    3: "evidence",
    4: "liquidity",
    5: "negotiation",
    6: "residual",
    7: "documents",
    8: "retrospect",
}
CHECK_TAB = (
    ("rendered", "documents"),
    ("exported", "documents"),
    ("statement", "ledger"),
    ("term", "terms"),
    ("finding", "findings"),
    ("triage", "findings"),
    ("liquidation", "liquidation"),
    ("margin", "margin"),
    ("letter", "documents"),
    ("document", "documents"),
    ("hash", "evidence"),
    ("vault", "evidence"),
)


def tab_of(task: Task) -> str:
    """Return the tab in which a task is done: told by its automatic check, else by its step."""
    name = task.spec.check or ""
    for part, tab in CHECK_TAB:
        if part in name:
            return tab
    return STEP_TAB.get(task.spec.step, "steps")


def overview(view: CaseView, words: Words) -> tuple[Cell, ...]:
    """Return the lines over today's tasks."""
    if not view.documents:
        return (Cell(words("today.no_documents"), "accent"), Cell(words("today.no_documents_hint"), "muted"))
    lines: list[Cell] = []
    if view.audit is None:
        kinds = {document.kind for document in view.documents}
        if view.audit_error is not None:
            lines.append(Cell(view.audit_error.text(words.lang), "bad"))
        elif DocumentKind.STATEMENT not in kinds:
            lines.append(Cell(words("today.no_statement"), "warn"))
        else:
            lines.append(Cell(words("today.computing"), "muted"))
        return tuple(lines)
    audit = view.audit
    figure, sum_of = headline(audit, words), money(audit.overcharged)
    lines.append(Cell(f"{figure.text}   {words('today.overcharged', sum=sum_of)}".strip(), figure.tone or "strong"))
    if (how := reckoning(audit, words)) is not None:
        lines.append(how)
    counts = Counter(finding.severity for finding in audit.findings)
    parts = [
        f"{SEVERITY_MARK[item]} {words(f'severity.{item.value}')} {counts[item]}" for item in Severity if counts[item]
    ]
    undecided = sum(1 for f in audit.findings if (t := view.triage.get(f.key)) is None or t.state is TriageState.OPEN)
    if parts:
        lines.append(Cell(f"{'   '.join(parts)}   {words('today.undecided', count=undecided)}"))
    else:
        lines.append(Cell(words("today.clean"), "good"))
    lines += [cell for cell in warnings(audit, words) if cell.tone == "warn"]
    lines += [Cell(f"? {pick(words, gap.text_zh, gap.text_en)}", "muted") for gap in audit.gaps[:3]]
    return tuple(lines)
