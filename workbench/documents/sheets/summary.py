"""Sheet Summary: the answer on one page, every figure a formula over the other sheets."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

from workbench.documents.labels import Labels
from workbench.documents.sheets.cells import Sheet, local
from workbench.documents.sheets.ledger import GROUPS, LedgerRows
from workbench.domain.audit import Audit
from workbench.domain.case import CaseKind
from workbench.domain.money import ZERO, percent

TOTALS = ("interest", "late", "fees", "penalty")
NAMES = (*TOTALS, "commission", "statutory")
FEES = MappingProxyType({"commission": ("Commission",), "statutory": ("Stamp duty", "Transfer fee", "Other fees")})
LEGEND = (
    "蓝色为来自文件或程序的固定数字，黑色为公式；改动 Terms 中的条款、费率或计息分段，公式单元格随之重算。",
    "Blue figures are fixed; black ones are formulas, which follow when a term, rate or segment on Terms is changed.",
)


def write_summary(sheet: Sheet, audit: Audit, labels: Labels, ledger: LedgerRows, settlements: dict[str, str]) -> None:
    """Write the page; ``settlements`` are the cells of the sheet Bases."""
    for column, width in enumerate((34, 20, 20, 20, 44)):
        sheet.page.set_column(column, column, width)
    sheet.text(0, 0, f"{audit.case_name} — 复算台账 Recomputed ledger", "title")
    sheet.page.set_row(0, 30)
    row = _facts(sheet, 1, audit, labels)
    row = _settlements(sheet, row + 1, audit, labels, settlements)
    row = _totals(sheet, row + 1, audit, labels, ledger)
    _overcharged(sheet, row, audit, settlements)
    row += 1
    _notes(sheet, row + 1, audit, labels)


def _facts(sheet: Sheet, row: int, audit: Audit, labels: Labels) -> int:
    yearly = percent(round(audit.yearly_cost, 4)) if audit.yearly_cost is not None else "—"
    facts = (
        ("案件类型 Kind", labels.name("case_kind", audit.kind.value)),
        ("计算截至 As of", audit.as_of.isoformat() if audit.as_of else "—"),
        ("流水行数 Lines", str(len(audit.lines))),
        ("争议点 Findings", str(len(audit.findings))),
        ("未能核对 Gaps", str(len(audit.gaps))),
        ("实际年化成本 Effective yearly cost", yearly),
    )
    for label, text in facts:
        sheet.text(row, 0, label, "label")
        sheet.text(row, 1, text)
        row += 1
    return row


def _settlements(sheet: Sheet, row: int, audit: Audit, labels: Labels, settlements: dict[str, str]) -> int:
    sheet.section(row, "各口径结算额（正数应付给客户） Settlement by legal basis", 5)
    heads = ("口径\nBasis", "结算额\nSettlement", "允许收费\nAllowed", "与账面之差\nDifference", "依据\nRests on")
    for index, head in enumerate(heads):
        sheet.text(row + 1, index, head, "head")
    sheet.page.set_row(row + 1, 32)
    row += 2
    for name, basis in audit.bases.items():
        cell = settlements[name]
        allowed, difference = below(cell, -1), below(cell, 1)
        sheet.text(row, 0, f"{labels.name('basis', name)} ({name})", "label")
        sheet.formula(row, 1, cell, basis.settlement, "money_strong")
        sheet.formula(row, 2, allowed, basis.allowed)
        sheet.formula(row, 3, difference, basis.difference)
        sheet.text(row, 4, labels.name("basis_law", name), "wrap")
        sheet.page.set_row(row, 30)
        row += 1
    return row


def below(cell: str, rows: int) -> str:
    """Return the reference so many rows below a fixed one."""
    head, _, row = cell.rpartition("$")
    return f"{head}${int(row) + rows}"


def _overcharged(sheet: Sheet, row: int, audit: Audit, settlements: dict[str, str]) -> None:
    """Write the overcharge as what the books charge beyond what the contract allows."""
    sheet.text(row, 0, "按合同重算多收 Overcharged", "label")
    sheet.text(row, 1, "")
    sheet.text(row, 2, "")
    stated, contracted = audit.bases.get("as_stated"), audit.bases.get("as_contracted")
    if stated and contracted and stated.allowed - contracted.allowed == audit.overcharged:
        cells = below(settlements["as_stated"], -1), below(settlements["as_contracted"], -1)
        sheet.formula(row, 3, f"ROUND({cells[0]}-{cells[1]},2)", audit.overcharged, "money_strong")
    else:
        sheet.number(row, 3, audit.overcharged, "money_strong")


def _totals(sheet: Sheet, row: int, audit: Audit, labels: Labels, ledger: LedgerRows) -> int:
    sheet.section(row, "收费对照 Charges, stated and expected", 5)
    heads = ("项目\nCategory", "账单金额\nStated", "应为金额\nExpected", "差额\nDifference")
    for index, head in enumerate(heads):
        sheet.text(row + 1, index, head, "head")
    sheet.page.set_row(row + 1, 32)
    row += 2
    first = row
    for name in NAMES:
        sheet.text(row, 0, f"{labels.name('total', name)} {name}", "label")
        _figure(sheet, row, 1, getattr(audit.stated, name), _sums(audit, ledger, name, "Stated"))
        _figure(sheet, row, 2, getattr(audit.expected, name), _sums(audit, ledger, name, "Expected"))
        gap = getattr(audit.stated, name) - getattr(audit.expected, name)
        sheet.formula(row, 3, f"ROUND({local(row, 1)}-{local(row, 2)},2)", gap)
        row += 1
    sheet.text(row, 0, "合计 Sum", "label")
    sums = [sum((getattr(one, name) for name in NAMES), ZERO) for one in (audit.stated, audit.expected)]
    for column, total in enumerate(sums, 1):
        sheet.formula(row, column, f"SUM({local(first, column)}:{local(row - 1, column)})", total, "money_bold")
    sheet.formula(row, 3, f"ROUND({local(row, 1)}-{local(row, 2)},2)", sums[0] - sums[1], "money_bold")
    return row + 1


def _sums(audit: Audit, ledger: LedgerRows, name: str, column: str) -> tuple[str, Decimal]:
    if name in FEES:
        return ledger.fee_total(*(f"{fee} {column.lower()}" for fee in FEES[name]))
    entries = [entry for entry in audit.lines if GROUPS.get(entry.line.kind) == name]
    values = [entry.line.stated if column == "Stated" else entry.expected or ZERO for entry in entries]
    return f"ROUND(-({ledger.total(column, name)}),2)", -sum(values, ZERO)


def _figure(sheet: Sheet, row: int, column: int, value: Decimal, live: tuple[str, Decimal]) -> None:
    if live[1] == value:
        sheet.formula(row, column, live[0], value)
    else:
        sheet.number(row, column, value)


def _notes(sheet: Sheet, row: int, audit: Audit, labels: Labels) -> None:
    warnings = labels.groups["warning"]
    shown = [warnings["shortfall"], warnings["not_advice"]]
    if audit.kind is CaseKind.OFF_EXCHANGE:
        shown.insert(0, warnings["off_exchange"])
    for text in shown:
        sheet.page.merge_range(row, 0, row, 4, text, sheet.styles["warning"])
        sheet.page.set_row(row, 20)
        row += 1
    for text in LEGEND:
        sheet.page.merge_range(row, 0, row, 4, text, sheet.styles["note"])
        row += 1
