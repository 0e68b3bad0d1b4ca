"""Sheet Ledger: every posting beside what it should have been, as live formulas over the sheet Terms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from xlsxwriter.utility import xl_col_to_name

from workbench.documents.labels import Labels
from workbench.documents.sheets.cells import Column, Sheet, local
from workbench.documents.sheets.fees import NAMES, FeeBook, printed_fees
from workbench.documents.sheets.terms import TermCells
from workbench.documents.sheets.working import working_formula
from workbench.domain.audit import AuditedLine
from workbench.domain.lines import CHARGES, SALES, TRADES, Line, LineKind
from workbench.domain.money import ZERO, cents
from workbench.engine.trade_charges import turnover

COLUMNS = (
    Column("行号", "Line", 8.5),
    Column("日期", "Date", 11, "date"),
    Column("类型", "Kind", 11),
    Column("类别", "Group", 10),
    Column("摘要", "As printed", 16),
    Column("代码", "Code", 9),
    Column("名称", "Name", 12),
    Column("数量", "Quantity", 10, "count"),
    Column("价格", "Price", 10, "price"),
    Column("成交额", "Turnover", 14),
    Column("佣金（账单）", "Commission stated", 12),
    Column("印花税（账单）", "Stamp duty stated", 12),
    Column("过户费（账单）", "Transfer fee stated", 12),
    Column("其他费（账单）", "Other fees stated", 12),
    Column("佣金（应为）", "Commission expected", 12),
    Column("印花税（应为）", "Stamp duty expected", 12),
    Column("过户费（应为）", "Transfer fee expected", 12),
    Column("其他费（应为）", "Other fees expected", 12),
    Column("账单金额", "Stated", 15),
    Column("应为金额", "Expected", 15),
    Column("差额（多收）", "Overcharge", 13),
    Column("结转调整", "Carried", 11),
    Column("现金余额", "Cash", 15),
    Column("账单余额", "Cash as printed", 15),
    Column("未还本金", "Principal", 14),
    Column("计算", "Working", 46),
    Column("争议点", "Findings", 24),
    Column("文件", "File", 22),
    Column("页", "Page", 6, "center"),
    Column("行", "Row", 6, "center"),
)
AT = MappingProxyType({column.en: index for index, column in enumerate(COLUMNS)})
GROUPS = MappingProxyType(
    {
        LineKind.MARGIN_IN: "money_in",
        LineKind.TRANSFER_IN: "money_in",
        LineKind.MARGIN_OUT: "money_out",
        LineKind.TRANSFER_OUT: "money_out",
        LineKind.DRAWDOWN: "principal",
        LineKind.PRINCIPAL_REPAID: "principal",
        LineKind.INTEREST: "interest",
        LineKind.LATE_FEE: "late",
        LineKind.PENALTY_INTEREST: "late",
        LineKind.MANAGEMENT_FEE: "fees",
        LineKind.PROFIT_SHARE: "fees",
        LineKind.OTHER_FEE: "fees",
        LineKind.BREACH_PENALTY: "penalty",
        LineKind.BUY: "trade",
        LineKind.SELL: "trade",
        LineKind.FORCED_SELL: "trade",
        LineKind.DIVIDEND: "dividend",
        LineKind.DIVIDEND_TAX: "dividend",
    }
)


@dataclass(frozen=True, slots=True)
class LedgerRows:
    """Where the ledger stands, for formulas of other sheets."""

    sheet: Sheet
    rows: dict[str, int]
    """Line id -> row, from zero."""
    fees: dict[tuple[str, str], Decimal | None]
    """(line id, fee column) -> value."""

    def range(self, column: str) -> str:
        """Return the cells of a column."""
        return self.sheet.column(AT[column], 1, len(self.rows))

    def cell(self, line: str, column: str) -> str:
        """Return one cell."""
        return self.sheet.ref(self.rows[line], AT[column], outside=True)

    def fee_total(self, *columns: str) -> tuple[str, Decimal]:
        """Return the sum of fee columns over all trades, with its value."""
        formula = "+".join(f"SUM({self.range(column)})" for column in columns)
        values = (value for (_, column), value in self.fees.items() if column in columns and value is not None)
        return f"ROUND({formula},2)", sum(values, ZERO)

    def total(self, column: str, *groups: str) -> str:
        """Return a sum over lines of some groups."""
        parts = (f'SUMIFS({self.range(column)},{self.range("Group")},"{group}")' for group in groups)
        return "+".join(parts)


class LedgerWriter:
    """Writes the ledger's rows."""

    def __init__(self, sheet: Sheet, labels: Labels, cells: TermCells, fees: FeeBook) -> None:
        self.sheet, self.labels, self.cells, self.fees = sheet, labels, cells, fees

    def write(self, entries: tuple[AuditedLine, ...]) -> LedgerRows:
        """Write all rows and return where they stand."""
        sheet = self.sheet
        sheet.head(0, COLUMNS)
        sheet.print_wide(2, 3)
        previous: AuditedLine | None = None
        self.values: dict[tuple[str, str], Decimal | None] = {}
        rows: dict[str, int] = {}
        for row, entry in enumerate(entries, 1):
            self._printed(row, entry.line)
            self._fees(row, entry)
            self._amounts(row, entry)
            self._balances(row, entry, previous)
            self._sources(row, entry)
            rows[entry.line.id] = row
            previous = entry
        last = max(1, len(entries))
        sheet.page.freeze_panes(1, 3)
        sheet.page.autofilter(0, 0, last, len(COLUMNS) - 1)
        delta = xl_col_to_name(AT["Overcharge"])
        sheet.page.conditional_format(
            f"{delta}2:{delta}{last + 1}",
            {"type": "formula", "criteria": f'=AND({delta}2<>"",ABS({delta}2)>0.01)', "format": sheet.styles.attention},
        )
        return LedgerRows(sheet, rows, self.values)

    def _printed(self, row: int, line: Line) -> None:
        sheet = self.sheet
        sheet.text(row, AT["Line"], line.id)
        sheet.day(row, AT["Date"], line.date)
        sheet.text(row, AT["Kind"], self.labels.name("kind", line.kind.value))
        sheet.text(row, AT["Group"], GROUPS.get(line.kind, "other"), "small")
        sheet.text(row, AT["As printed"], line.operation or line.remark)
        sheet.text(row, AT["Code"], line.code or "")
        sheet.text(row, AT["Name"], line.name or "")
        sheet.number(row, AT["Quantity"], line.quantity, "count")
        sheet.number(row, AT["Price"], line.price, "price")
        gross = gross_of(line)
        live = line.quantity and line.price and gross == cents(line.quantity * line.price)
        if live and gross is not None:
            formula = f"ROUND({local(row, AT['Quantity'])}*{local(row, AT['Price'])},2)"
            sheet.formula(row, AT["Turnover"], formula, gross)
        else:
            sheet.number(row, AT["Turnover"], gross, "money_input")

    def _fees(self, row: int, entry: AuditedLine) -> None:
        line, sheet = entry.line, self.sheet
        if line.kind not in TRADES:
            for name in NAMES:
                sheet.number(row, AT[f"{name} stated"], None)
                sheet.number(row, AT[f"{name} expected"], None)
            return
        for name, stated in printed_fees(line):
            self.values[line.id, f"{name} stated"] = stated
            sheet.number(row, AT[f"{name} stated"], stated, "money_input")

    def _amounts(self, row: int, entry: AuditedLine) -> None:
        sheet, line = self.sheet, entry.line
        sheet.number(row, AT["Stated"], line.stated, "money_input")
        if line.kind in TRADES:
            self._trade(row, entry)
        elif entry.expected is None:
            sheet.number(row, AT["Expected"], None)
        else:
            self._charge(row, entry, entry.expected)
        if entry.expected is None or entry.delta is None:
            sheet.number(row, AT["Overcharge"], None)
        else:
            formula = f"ROUND({local(row, AT['Expected'])}-{local(row, AT['Stated'])},2)"
            sheet.formula(row, AT["Overcharge"], formula, entry.delta, "delta")

    def _charge(self, row: int, entry: AuditedLine, expected: Decimal) -> None:
        accruals = self.cells.segments.get(entry.line.id)
        formula = f"ROUND(SUM({accruals}),2)" if accruals else None
        exact = sum((segment.amount for segment in entry.segments), ZERO)
        if formula is None or cents(exact) != abs(expected):
            formula = working_formula(entry.working, abs(expected), self.cells.named())
        if formula is None:
            self.sheet.number(row, AT["Expected"], expected)
        else:
            self.sheet.formula(row, AT["Expected"], f"-{formula}" if expected < ZERO else formula, expected)

    def _trade(self, row: int, entry: AuditedLine) -> None:
        """Expected net of a trade: turnover less the fees that are right, each by its own formula."""
        sheet, gross = self.sheet, gross_of(entry.line)
        fees = self.fees.of(entry.line, local(row, AT["Turnover"]))
        for fee in fees:
            self.values[entry.line.id, f"{fee.name} expected"] = fee.right
            column, stated = AT[f"{fee.name} expected"], local(row, AT[f"{fee.name} stated"])
            if fee.formula is None:
                sheet.number(row, column, fee.right)
            else:
                agreed = f"IF(ROUND(ABS({stated}-{fee.formula}),2)<=0.01,{stated},{fee.formula})"
                sheet.formula(row, column, agreed, fee.right)
        sign = 1 if entry.line.kind in SALES else -1
        net = None if gross is None else sign * gross - sum((fee.right for fee in fees if fee.right), ZERO)
        if net is None or net != entry.expected:
            sheet.number(row, AT["Expected"], entry.expected)
            return
        first, last = local(row, AT["Commission expected"]), local(row, AT["Other fees expected"])
        turnover_cell = local(row, AT["Turnover"])
        formula = f"ROUND({'' if sign > 0 else '-'}{turnover_cell}-SUM({first}:{last}),2)"
        sheet.formula(row, AT["Expected"], formula, net)

    def _balances(self, row: int, entry: AuditedLine, previous: AuditedLine | None) -> None:
        sheet = self.sheet
        before = previous.cash if previous else ZERO
        carried = entry.cash - before - entry.line.stated
        sheet.number(row, AT["Carried"], carried or None, "money_input")
        above = local(row - 1, AT["Cash"]) + "+" if previous else ""
        cash = f"ROUND({above}{local(row, AT['Stated'])}+{local(row, AT['Carried'])},2)"
        sheet.formula(row, AT["Cash"], cash, entry.cash)
        sheet.number(row, AT["Cash as printed"], entry.line.balance, "money_input")
        owed = previous.principal if previous else ZERO
        if previous and entry.principal == owed:
            sheet.formula(row, AT["Principal"], local(row - 1, AT["Principal"]), entry.principal)
        elif entry.principal - owed == entry.line.stated:
            start = local(row - 1, AT["Principal"]) + "+" if previous else ""
            sheet.formula(row, AT["Principal"], f"ROUND({start}{local(row, AT['Stated'])},2)", entry.principal)
        else:
            sheet.number(row, AT["Principal"], entry.principal)

    def _sources(self, row: int, entry: AuditedLine) -> None:
        source = entry.line.source
        self.sheet.text(row, AT["Working"], entry.working, "small")
        self.sheet.text(row, AT["Findings"], "; ".join(entry.findings), "small")
        self.sheet.text(row, AT["File"], source.file, "small")
        self.sheet.number(row, AT["Page"], source.page, "center")
        self.sheet.number(row, AT["Row"], source.row, "center")


def gross_of(line: Line) -> Decimal | None:
    """Return a trade's turnover in yuan as the audit takes it; None for other postings."""
    return turnover(line) if line.kind in TRADES else None


def charge_groups() -> tuple[str, ...]:
    """Return the groups of charges of the financier."""
    return tuple(dict.fromkeys(GROUPS[kind] for kind in LineKind if kind in CHARGES))
