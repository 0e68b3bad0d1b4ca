"""Sheet Findings: what is wrong, with amounts that follow the ledger where one line carries them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from workbench.documents.labels import Labels
from workbench.documents.sheets.cells import Column, Sheet, local
from workbench.documents.sheets.ledger import LedgerRows
from workbench.domain.audit import Audit
from workbench.domain.findings import Finding, Triage
from workbench.domain.money import ZERO

COLUMNS = (
    Column("序号", "No.", 6),
    Column("代码", "Code", 15),
    Column("名称", "Name", 18),
    Column("性质", "Severity", 13),
    Column("结论", "Verdict", 11),
    Column("日期", "Date", 11),
    Column("行号", "Lines", 14),
    Column("条款", "Terms", 20),
    Column("账单金额", "Stated", 14),
    Column("应为金额", "Expected", 14),
    Column("差额", "Delta", 13),
    Column("对方算法", "Cause: formula", 44),
    Column("吻合", "Exact", 8),
    Column("计算", "Working", 44),
    Column("说明", "Finding (zh)", 60),
    Column("英文说明", "Finding (en)", 60),
    Column("处理", "Decision", 11),
    Column("复核人", "Reviewer", 12),
    Column("复核备注", "Review note", 30),
)
STATED, EXPECTED, DELTA = 8, 9, 10
DECISION = 16


def write_findings(
    sheet: Sheet, audit: Audit, labels: Labels, ledger: LedgerRows, triage: Mapping[str, Triage]
) -> None:
    """Write one row a finding, with who decided what about it."""
    sheet.head(0, COLUMNS)
    sheet.print_wide(1, 3)
    sheet.page.freeze_panes(1, 3)
    for row, finding in enumerate(audit.findings, 1):
        _row(sheet, row, finding, labels)
        _figures(sheet, row, finding, audit, ledger)
        decided = triage.get(finding.key)
        if decided is not None:
            sheet.text(row, DECISION, labels.name("triage", decided.state.value))
            sheet.text(row, DECISION + 1, decided.reviewer)
            sheet.text(row, DECISION + 2, decided.note, "wrap")
    sheet.page.autofilter(0, 0, max(1, len(audit.findings)), len(COLUMNS) - 1)


def _row(sheet: Sheet, row: int, one: Finding, labels: Labels) -> None:
    sheet.number(row, 0, row, "center")
    texts = (one.code, labels.name("finding", one.code), labels.name("severity", one.severity.value))
    for index, text in enumerate((*texts, labels.name("verdict", one.verdict.value)), 1):
        sheet.text(row, index, text)
    sheet.day(row, 5, one.date)
    sheet.text(row, 6, ", ".join(one.lines), "wrap")
    sheet.text(row, 7, ", ".join(one.terms), "wrap")
    cause = one.cause
    sheet.text(row, 11, "\n".join((cause.formula, *cause.alternatives)) if cause else "", "wrap")
    sheet.text(row, 12, ("是" if cause.exact else "否") if cause else "", "center")
    for index, text in enumerate((one.working, one.text_zh, one.text_en), 13):
        sheet.text(row, index, text, "wrap")


def _figures(sheet: Sheet, row: int, one: Finding, audit: Audit, ledger: LedgerRows) -> None:
    _linked(sheet, row, STATED, one.stated, _candidates(one, "Stated", audit, ledger))
    _linked(sheet, row, EXPECTED, one.expected, _candidates(one, "Expected", audit, ledger))
    if one.stated is not None and one.expected is not None and one.delta == one.stated - one.expected:
        formula = f"ROUND({local(row, STATED)}-{local(row, EXPECTED)},2)"
        sheet.formula(row, DELTA, formula, one.delta)
    else:
        sheet.number(row, DELTA, one.delta)


def _linked(sheet: Sheet, row: int, column: int, value: Decimal | None, cells: list[tuple[str, Decimal]]) -> None:
    live = next((formula for formula, amount in cells if amount == value), None)
    if live and value is not None:
        sheet.formula(row, column, live, value)
    else:
        sheet.number(row, column, value)


FEE_COLUMNS = {
    "FEE-RATE": "Commission",
    "FEE-MIN": "Commission",
    "FEE-STAMP": "Stamp duty",
    "FEE-TRANSFER": "Transfer fee",
}


def _candidates(one: Finding, column: str, audit: Audit, ledger: LedgerRows) -> list[tuple[str, Decimal]]:
    """Return ledger cells that may carry a finding's figure, with their values."""
    if not one.lines or any(row not in ledger.rows for row in one.lines):
        return []
    wanted = set(one.lines)
    entries = [entry for entry in audit.lines if entry.line.id in wanted]
    if column == "Stated":
        total = sum((entry.line.stated for entry in entries), ZERO)
    else:
        total = sum((entry.expected for entry in entries if entry.expected is not None), ZERO)
    cells = "+".join(ledger.cell(entry.line.id, column) for entry in entries)
    found = [(f"-({cells})", -total), (cells, total)]
    fee = FEE_COLUMNS.get(one.code)
    if fee and len(entries) == 1:
        name = f"{fee} {column.lower()}"
        value = ledger.fees.get((entries[0].line.id, name))
        if value is not None:
            found.insert(0, (ledger.cell(entries[0].line.id, name), value))
    return found
