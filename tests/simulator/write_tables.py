"""Statements that are not PDFs: CSV, tab text named .xls, BIFF .xls, XLSX with a two-row header, HTML named .xls."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.utils import get_column_letter

from tests.simulator.layout import Layout
from tests.simulator.table import Row

FEE_COLUMNS = ("commission", "stamp", "transfer", "handling", "regulatory", "other")
TEXT_COLUMNS = ("date", "serial", "operation", "code", "name", "side", "remark")


class Sheet:
    """One statement ready to be written: heading rows, header, body, footer."""

    def __init__(self, layout: Layout, preamble: list[Row], header: Row, body: list[Row], footer: list[Row]) -> None:
        self.layout, self.preamble, self.header, self.body, self.footer = layout, preamble, header, body, footer

    def rows(self) -> list[Row]:
        """Everything from top to bottom."""
        return [*self.preamble, self.header, *self.body, *self.footer]


def write_csv(sheet: Sheet, path: Path) -> None:
    """Comma-separated text in the layout's encoding."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(sheet.rows())
    path.write_bytes(buffer.getvalue().encode(sheet.layout.encoding))


def write_tabbed(sheet: Sheet, path: Path) -> None:
    """Tab text in GB18030 with ="…" around texts, as terminals export it under the name .xls."""
    wrap = {i for i, column in enumerate(sheet.layout.columns) if column in {"date", "code", "serial"}}
    lines = ["\t".join(row) for row in sheet.preamble] + ["\t".join(sheet.header)]
    lines += [
        "\t".join(f'="{cell}"' if i in wrap and cell else cell for i, cell in enumerate(row))
        for row in [*sheet.body, *sheet.footer]
    ]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))


def _typed(column: str, cell: str) -> str | float:
    if column in TEXT_COLUMNS or not cell:
        return cell
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return cell


def write_biff(sheet: Sheet, path: Path) -> None:
    """A real Excel 97 workbook, numbers as numbers."""
    book = xlwt.Workbook(encoding="utf-8")
    target = book.add_sheet("对账单")
    top = [*sheet.preamble, sheet.header]
    for r, row in enumerate(top):
        for c, cell in enumerate(row):
            target.write(r, c, cell)
    for r, row in enumerate([*sheet.body, *sheet.footer], start=len(top)):
        for c, cell in enumerate(row):
            target.write(r, c, _typed(sheet.layout.columns[c], cell))
    book.save(str(path))


def write_xlsx(sheet: Sheet, path: Path) -> None:
    """A workbook whose fee columns share a merged heading over two header rows."""
    book = openpyxl.Workbook()
    target = book.active
    if target is None:
        raise RuntimeError("openpyxl gave no sheet")
    target.title = "资金流水"
    for row in sheet.preamble:
        target.append([row[0] if row else None])
        target.merge_cells(
            start_row=target.max_row, end_row=target.max_row, start_column=1, end_column=len(sheet.header)
        )
    columns = sheet.layout.columns
    top = target.max_row + 1 if sheet.preamble else 1
    fees = [i for i, column in enumerate(columns) if column in FEE_COLUMNS]
    for i, text in enumerate(sheet.header):
        target.cell(top + (i in fees), i + 1, text)
        if i not in fees:
            target.merge_cells(start_row=top, end_row=top + 1, start_column=i + 1, end_column=i + 1)
    if fees:
        target.cell(top, fees[0] + 1, "交易费用")
        target.merge_cells(start_row=top, end_row=top, start_column=fees[0] + 1, end_column=fees[-1] + 1)
    for r, row in enumerate([*sheet.body, *sheet.footer], start=top + 2):
        for c, cell in enumerate(row):
            numeric = columns[c] in {"price", "quantity", "position"} or (not sheet.layout.thousands)
            value = _typed(columns[c], cell) if numeric else cell
            if value != "":
                target.cell(r, c + 1, value)
    for i in range(len(columns)):
        target.column_dimensions[get_column_letter(i + 1)].width = 14
    book.save(path)


def write_html(sheet: Sheet, path: Path) -> None:
    """An HTML table under the name .xls, as web back offices export it."""

    def line(row: Row, tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell) or '&nbsp;'}</{tag}>" for cell in row) + "</tr>"

    head = "".join(
        f'<tr><td colspan="{len(sheet.header)}">{html.escape(row[0])}</td></tr>' for row in sheet.preamble if row
    )
    rows = "\n".join(line(row, "td") for row in [*sheet.body, *sheet.footer])
    text = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>'
        f'<table border="1">{head}{line(sheet.header, "th")}\n{rows}</table></body></html>'
    )
    path.write_bytes(text.encode("utf-8"))


TABLE_WRITERS: dict[str, tuple[str, Callable[[Sheet, Path], None]]] = {
    "csv": ("csv", write_csv),
    "tabbed_xls": ("xls", write_tabbed),
    "biff_xls": ("xls", write_biff),
    "xlsx": ("xlsx", write_xlsx),
    "html_xls": ("xls", write_html),
}
