"""Sheet Terms: the inputs of every formula — contract terms, charge rates, interest segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.documents.labels import Labels
from workbench.documents.sheets.cells import Column, Sheet, first_exact, local
from workbench.domain.audit import Audit, Segment
from workbench.domain.money import cents
from workbench.domain.reference import ChargeRate
from workbench.domain.terms import SPEC_BY_KEY, Term, TermType

COLUMNS = (
    Column("条款", "Key", 22),
    Column("名称", "Name", 17),
    Column("取值", "Value", 20),
    Column("单位", "Unit", 9),
    Column("状态", "Status", 11),
    Column("文件", "File", 24),
    Column("页", "Page", 12),
    Column("合同原文", "Words of the contract", 60),
)
SEGMENTS = (
    "行号\nLine",
    "起\nFrom",
    "止（不含）\nTo (excluded)",
    "天数\nDays",
    "本金\nPrincipal",
    "利率\nRate",
    "除数\nDivisor",
    "利息（未取整）\nInterest, not rounded",
)
RATES = ("项目\nItem", "市场\nMarket", "费率\nRate", "方向\nSide", "基数\nBasis", "起\nFrom", "止\nTo", "来源\nSource")


@dataclass
class TermCells:
    """Where the inputs stand, for formulas of other sheets."""

    refs: dict[str, str] = field(default_factory=dict)
    """Term key -> reference of a numeric cell."""
    values: dict[str, Decimal] = field(default_factory=dict)
    rates: dict[ChargeRate, str] = field(default_factory=dict)
    """Statutory rate -> reference of its cell."""
    segments: dict[str, str] = field(default_factory=dict)
    """Line id -> range of its accruals."""

    def named(self) -> Mapping[str, Decimal]:
        """Return reference -> value of every numeric term."""
        return {self.refs[key]: value for key, value in self.values.items()}


def write_terms(sheet: Sheet, audit: Audit, labels: Labels, rates: Sequence[ChargeRate]) -> TermCells:
    """Write the sheet and return where each input stands; ``rates`` are the statutory ones that the ledger needs."""
    cells = TermCells()
    sheet.head(0, COLUMNS)
    sheet.page.freeze_panes(1, 2)
    row = 1
    for term in audit.terms:
        _term(sheet, row, term, labels, cells)
        row += 1
    row = _rates(sheet, row + 1, rates, cells)
    _segments(sheet, row + 1, audit, cells)
    return cells


def _term(sheet: Sheet, row: int, term: Term, labels: Labels, cells: TermCells) -> None:
    sheet.text(row, 0, term.key)
    sheet.text(row, 1, labels.name("term", term.key))
    spec = SPEC_BY_KEY[term.key]
    if spec.type is TermType.NUMBER and isinstance(term.value, str):
        value = Decimal(term.value)
        sheet.number(row, 2, value, "money_input" if term.unit == "yuan" else "number_input")
        cells.refs[term.key] = sheet.ref(row, 2, outside=True)
        cells.values[term.key] = value
    else:
        value_text = "、".join(term.value) if isinstance(term.value, tuple) else str(term.value)
        sheet.text(row, 2, value_text, "input")
    sheet.text(row, 3, term.unit or "")
    sheet.text(row, 4, labels.name("term_status", term.status.value))
    sheet.text(row, 5, term.source.file if term.source else "")
    sheet.number(row, 6, term.source.page if term.source else None, "center")
    sheet.text(row, 7, term.source.text if term.source else "", "small")


def _rates(sheet: Sheet, row: int, rates: Sequence[ChargeRate], cells: TermCells) -> int:
    if not rates:
        return row
    sheet.section(row, "法定费率（按成交日、市场、方向） Statutory rates", len(RATES))
    for index, head in enumerate(RATES):
        sheet.text(row + 1, index, head, "head")
    sheet.page.set_row(row + 1, 32)
    at = row + 2
    for one in rates:
        for index, text in enumerate((one.item, one.market)):
            sheet.text(at, index, text)
        sheet.number(at, 2, one.rate, "rate")
        sheet.text(at, 3, one.side)
        sheet.text(at, 4, one.basis)
        sheet.day(at, 5, one.effective_from)
        sheet.day(at, 6, one.effective_to)
        sheet.text(at, 7, one.source, "small")
        cells.rates[one] = sheet.ref(at, 2, outside=True)
        at += 1
    return at


def _segments(sheet: Sheet, row: int, audit: Audit, cells: TermCells) -> None:
    entries = [entry for entry in audit.lines if entry.segments]
    if not entries:
        return
    sheet.section(
        row, "计息分段：应计利息 = 本金 × 利率 × 天数 ÷ 除数，各段相加后取整到分 Interest segments", len(SEGMENTS)
    )
    for index, head in enumerate(SEGMENTS):
        sheet.text(row + 1, index, head, "head")
    sheet.page.set_row(row + 1, 32)
    at = row + 2
    for entry in entries:
        first = at
        for segment in entry.segments:
            _segment(sheet, at, entry.line.id, segment, cells)
            at += 1
        cells.segments[entry.line.id] = sheet.column(7, first, at - 1)


def _segment(sheet: Sheet, row: int, line: str, segment: Segment, cells: TermCells) -> None:
    sheet.text(row, 0, line)
    sheet.day(row, 1, segment.start)
    sheet.day(row, 2, segment.end)
    if segment.days == (segment.end - segment.start).days:
        sheet.formula(row, 3, f"{local(row, 2)}-{local(row, 1)}", segment.days, "count")
    else:
        sheet.number(row, 3, segment.days, "count")
    sheet.number(row, 4, segment.principal, "money_input")
    live = first_exact(segment.rate, _rate_formulas(cells))
    if live:
        sheet.formula(row, 5, live, segment.rate, "rate")
    else:
        sheet.number(row, 5, segment.rate, "rate")
    sheet.number(row, 6, segment.divisor, "count")
    parts = (local(row, 4), local(row, 5), local(row, 3))
    sheet.formula(row, 7, f"{'*'.join(parts)}/{local(row, 6)}", cents(segment.amount * 10**6) / 10**6, "count")


def _rate_formulas(cells: TermCells) -> list[tuple[str, Decimal]]:
    if "rate" not in cells.refs:
        return []
    ref, value = cells.refs["rate"], cells.values["rate"]
    return [(ref, value), (f"{ref}*12", value * 12)]
