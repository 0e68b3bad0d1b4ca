"""Sheet Bases: the settlement of each legal basis by one identity, with sums over the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from workbench.documents.labels import Labels
from workbench.documents.sheets.cells import Sheet, first_exact, local
from workbench.documents.sheets.fees import NAMES
from workbench.documents.sheets.ledger import GROUPS, LedgerRows, charge_groups
from workbench.domain.audit import Audit, Basis, BridgeStep
from workbench.domain.money import ZERO

PARTS = (
    ("money_in", "客户投入 Money in", "+"),
    ("money_out", "客户取回 Money out", "−"),
    ("trading", "交易损益 Trading result", "+"),
    ("positions", "剩余持仓市值 Positions left", "+"),
    ("allowed", "允许收费 Charges allowed", "−"),
)
TAIL = (
    "结算额 Settlement",
    "与账面口径之差 Against as stated",
    "已收费用 Charged",
    "依据 Rests on",
    "计算 Working",
)
FIRST = 2
SETTLEMENT = FIRST + len(PARTS)


def write_bases(sheet: Sheet, audit: Audit, labels: Labels, ledger: LedgerRows) -> dict[str, str]:
    """Write the identity, one column a basis, and the bridges; return where each settlement stands."""
    names = tuple(audit.bases)
    sheet.page.set_column(0, 0, 40)
    sheet.page.set_column(1, 1, 5)
    sheet.page.set_column(2, 1 + len(names), 24)
    sheet.text(0, 0, "结算额 = 客户投入 − 客户取回 + 交易损益 + 剩余持仓市值 − 允许收费；正数应付给客户", "title")
    sheet.page.set_row(0, 26)
    for index, text in enumerate(("项目\nItem", "", *(f"{labels.name('basis', name)}\n{name}" for name in names))):
        sheet.text(1, index, text, "head")
    sheet.page.set_row(1, 32)
    refs = {}
    for index, name in enumerate(names, 2):
        refs[name] = _column(sheet, index, audit.bases[name], ledger, audit)
    for offset, (_, label, sign) in enumerate(PARTS):
        sheet.text(FIRST + offset, 0, label, "label")
        sheet.text(FIRST + offset, 1, sign, "center")
    for offset, label in enumerate(TAIL):
        sheet.text(SETTLEMENT + offset, 0, label, "label")
        sheet.text(SETTLEMENT + offset, 1, "" if offset else "=", "center")
    for index, name in enumerate(names, 2):
        sheet.text(SETTLEMENT + 3, index, labels.name("basis_law", name), "wrap")
        sheet.text(SETTLEMENT + 4, index, audit.bases[name].working, "wrap")
    sheet.page.set_row(SETTLEMENT + 3, 48)
    sheet.page.set_row(SETTLEMENT + 4, 72)
    sheet.page.freeze_panes(2, 1)
    _bridges(sheet, SETTLEMENT + 6, audit.bridges, labels)
    return refs


def _column(sheet: Sheet, column: int, one: Basis, ledger: LedgerRows, audit: Audit) -> str:
    for offset, (part, _, _) in enumerate(PARTS):
        value = getattr(one, part)
        live = first_exact(value, _candidates(part, one.name, ledger, audit))
        if live:
            sheet.formula(FIRST + offset, column, live, value)
        else:
            sheet.number(FIRST + offset, column, value, "money_input")
    money_in, money_out, trading, positions, allowed = (local(FIRST + i, column) for i in range(len(PARTS)))
    identity = f"ROUND({money_in}-{money_out}+{trading}+{positions}-{allowed},2)"
    sheet.formula(SETTLEMENT, column, identity, one.settlement, "money_bold")
    first = sheet.ref(SETTLEMENT, 2)
    sheet.formula(SETTLEMENT + 1, column, f"ROUND({local(SETTLEMENT, column)}-{first},2)", one.difference)
    paid = first_exact(one.paid, _candidates("allowed", "as_stated", ledger, audit))
    if paid:
        sheet.formula(SETTLEMENT + 2, column, paid, one.paid)
    else:
        sheet.number(SETTLEMENT + 2, column, one.paid, "money_input")
    return sheet.ref(SETTLEMENT, column, outside=True)


def _candidates(part: str, name: str, ledger: LedgerRows, audit: Audit) -> list[tuple[str, Decimal]]:
    """Return sums over the ledger that may be a part of a basis, with their values; the likely one first."""
    columns = ("Stated", "Expected") if name == "as_stated" else ("Expected", "Stated")
    groups = {"money_in": ("money_in",), "money_out": ("money_out",), "allowed": charge_groups()}
    if part == "trading":
        return [_trading(column, ledger, audit) for column in columns]
    if part not in groups:
        return []
    sign = 1 if part == "money_in" else -1
    found = []
    for column in columns if part == "allowed" else ("Stated",):
        total = sign * _sum(audit, column, *groups[part])
        formula = ledger.total(column, *groups[part])
        found.append((f"ROUND({formula},2)" if sign > 0 else f"ROUND(-({formula}),2)", total))
    if part == "allowed" and name == "as_stated":
        found.append(_with_fees(found[0], ledger))
    return found


def _trading(column: str, ledger: LedgerRows, audit: Audit) -> tuple[str, Decimal]:
    """Return trades from one column with dividends as booked."""
    formula = f"ROUND({ledger.total(column, 'trade')}+{ledger.total('Stated', 'dividend')},2)"
    return formula, _sum(audit, column, "trade") + _sum(audit, "Stated", "dividend")


def _with_fees(charges: tuple[str, Decimal], ledger: LedgerRows) -> tuple[str, Decimal]:
    """Return the charges as booked plus what the trade fees exceed contract and tariff by."""
    stated, booked = ledger.fee_total(*(f"{name} stated" for name in NAMES))
    expected, right = ledger.fee_total(*(f"{name} expected" for name in NAMES))
    return f"ROUND({charges[0]}+{stated}-{expected},2)", charges[1] + booked - right


def _sum(audit: Audit, column: str, *groups: str) -> Decimal:
    return sum((_value(entry, column) for entry in _entries(audit, groups)), ZERO)


def _entries(audit: Audit, groups: tuple[str, ...]) -> list[tuple[Decimal, Decimal | None]]:
    return [(entry.line.stated, entry.expected) for entry in audit.lines if GROUPS.get(entry.line.kind) in groups]


def _value(amounts: tuple[Decimal, Decimal | None], column: str) -> Decimal:
    stated, expected = amounts
    return stated if column == "Stated" else expected or ZERO


def _bridges(sheet: Sheet, row: int, bridges: Mapping[str, tuple[BridgeStep, ...]], labels: Labels) -> None:
    for name, steps in bridges.items():
        if not steps:
            continue
        sheet.section(row, f"差额来源 Bridge → {labels.name('basis', name)} ({name})", 3)
        first = row + 1
        for step in steps:
            row += 1
            sheet.text(row, 0, _label(step, labels), "wrap")
            sheet.text(row, 1, "")
            sheet.number(row, 2, step.amount, "money_input")
        sheet.text(row + 1, 0, "合计 Sum", "label")
        total = sum((step.amount for step in steps), ZERO)
        sheet.formula(row + 1, 2, f"ROUND(SUM({local(first, 2)}:{local(row, 2)}),2)", total, "money_bold")
        row += 3


def _label(step: BridgeStep, labels: Labels) -> str:
    name = labels.name("finding", step.label)
    return labels.name("bridge", step.label) if name == step.label else f"{name} {step.label}"
