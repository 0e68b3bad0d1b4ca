"""Findings as rows grouped by cause, each with its triage, and the filters over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.audit import Audit
from workbench.domain.findings import Finding, Severity, Triage, TriageState
from workbench.tui.presenters.base import Cell, Column, Row, Words, day, delta_cell, label, one_line, pick, signed
from workbench.tui.presenters.causes import cause_label
from workbench.tui.presenters.ledger import SEVERITY_ORDER, mark, total

COLUMNS = (
    Column("severity", 1),
    Column("", 1),
    Column("date", 10, needs=64),
    Column("finding", 20, flex=1),
    Column("delta", 11, right=True),
    Column("letter", 1),
)
STATE_MARK = {
    TriageState.OPEN: "○",
    TriageState.ACCEPTED: "✓",
    TriageState.DISPUTED: "✗",
    TriageState.NEEDS_EVIDENCE: "…",
    TriageState.EXPLAINED: "≈",
}
STATE_TONE = {
    TriageState.OPEN: "muted",
    TriageState.ACCEPTED: "good",
    TriageState.DISPUTED: "warn",
    TriageState.NEEDS_EVIDENCE: "accent",
    TriageState.EXPLAINED: "muted",
}
GROUP = "group:"
SINGLE = "single:"
"""Heading of findings that share their cause with no other; nothing is decided on it."""


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What the list shows; None means all."""

    severity: Severity | None = None
    state: TriageState | None = None
    text: str = ""

    def keeps(self, finding: Finding, triage: Triage | None) -> bool:
        """Tell whether a finding passes."""
        state = triage.state if triage else TriageState.OPEN
        if self.severity not in (None, finding.severity) or self.state not in (None, state):
            return False
        if not self.text:
            return True
        text = (
            f"{finding.code} {finding.text_zh} {finding.text_en} {finding.date or ''} {' '.join(finding.lines)}".lower()
        )
        return all(word in text for word in self.text.lower().split())


def cause_of(finding: Finding) -> str:
    """Return what groups a finding: the engine's group, else its code."""
    return finding.group or finding.code


def grouped_findings(findings: Sequence[Finding]) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Group findings by cause; serious groups first, then those that cost most, then by first date."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(cause_of(finding), []).append(finding)

    def rank(item: tuple[str, list[Finding]]) -> tuple[int, object, str]:
        severity = min(SEVERITY_ORDER.index(finding.severity) for finding in item[1])
        return severity, -abs(total([finding.delta for finding in item[1]])), min(day(f.date) for f in item[1])

    return tuple((key, tuple(members)) for key, members in sorted(groups.items(), key=rank))


def group_title(members: Sequence[Finding], words: Words) -> str:
    """Name a group by the meaning of its code and, where one is known, the mistake that made it."""
    first = members[0]
    code = label(words, "finding", first.code)
    causes = {finding.cause.hypothesis for finding in members if finding.cause}
    if len(causes) == 1:
        cause = cause_label(words, next(iter(causes)))
        return f"{code} · {cause}"
    return code


def finding_row(finding: Finding, triage: Triage | None, words: Words) -> Row:
    """Make the row of one finding."""
    state = triage.state if triage else TriageState.OPEN
    tick = Cell("✉", "accent") if triage and triage.in_letter else Cell("")
    return Row(
        finding.key,
        (
            mark(finding),
            Cell(STATE_MARK[state], STATE_TONE[state]),
            Cell(day(finding.date), "muted"),
            Cell(one_line(pick(words, finding.text_zh, finding.text_en))),
            delta_cell(finding.delta),
            tick,
        ),
    )


def finding_rows(
    findings: Sequence[Finding], triage: Mapping[str, Triage], keep: FindingFilter, words: Words
) -> tuple[Row, ...]:
    """Return the rows: a heading for each cause with several findings, its members below."""
    rows: list[Row] = []
    single: list[Finding] = []
    shown = [finding for finding in findings if keep.keeps(finding, triage.get(finding.key))]
    for key, members in grouped_findings(shown):
        if len(members) == 1:
            single.extend(members)
            continue
        amount = total([finding.delta for finding in members])
        figure = signed(amount) if amount else ""
        title = f"{group_title(members, words)}  ×{len(members)}"
        rows.append(Row(f"{GROUP}{key}", (Cell(title), Cell(figure, "bad" if amount > 0 else "")), heading=True))
        rows.extend(finding_row(finding, triage.get(finding.key), words) for finding in members)
    if single and rows:
        title = words("findings.single", count=len(single))
        rows.append(Row(SINGLE, (Cell(title), Cell("")), heading=True))
    rows.extend(finding_row(finding, triage.get(finding.key), words) for finding in single)
    return tuple(rows)


def selected_keys(row: Row | None, rows: Sequence[Row], findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the keys a decision applies to: one finding, or every shown member of a heading's group."""
    if row is None:
        return ()
    if not row.heading:
        return (row.key,)
    group = row.key.removeprefix(GROUP)
    members = {finding.key for finding in findings if cause_of(finding) == group}
    return tuple(entry.key for entry in rows if entry.key in members)


def findings_summary(audit: Audit, triage: Mapping[str, Triage], shown: int, words: Words) -> str:
    """Say how many findings there are, how many are decided and how many go to a letter."""
    decided = sum(1 for f in audit.findings if (t := triage.get(f.key)) and t.state is not TriageState.OPEN)
    letter = sum(1 for f in audit.findings if (t := triage.get(f.key)) and t.in_letter)
    return words("findings.summary", shown=shown, all=len(audit.findings), decided=decided, letter=letter)
