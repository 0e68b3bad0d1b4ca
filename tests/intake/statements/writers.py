"""Rows of text as files: tab text under the name .xls, commas, workbooks, columns kept by blanks, boxes, pages."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

import openpyxl
import xlwt

from tests.intake.statements.printing import Style, pdf_flow
from workbench.readers.fixed import display_width

Rows = Sequence[Sequence[str]]
_WIDE = (1191.0, 842.0)
_LONGEST_TEXT = 2
_WHOLE = re.compile(r"[1-9]\d{0,11}|0")
_NUMBER = re.compile(r"-?(?:[1-9]\d*|0)\.\d+")


def _lines(lines: Sequence[str], encoding: str) -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def tabs(rows: Rows) -> bytes:
    """GB18030 text with tabs, a surplus tab at the end of each line, as counters write it under the name .xls."""
    return _lines(["\t".join(row) + "\t" for row in rows], "gb18030")


def commas(rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    """Comma text; cells with commas are quoted."""
    quoted = (",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)
    return _lines(list(quoted), encoding)


def commas_gbk(rows: Rows) -> bytes:
    """Comma text in GBK."""
    return commas(rows, "gbk")


def padded(rows: Rows) -> bytes:
    """Comma text whose every cell is padded with blanks and ends in a tab."""
    return commas([[f"{cell}     \t" for cell in row] for row in rows], "utf-8")


def blanks(rows: Rows) -> bytes:
    """Columns kept by blanks: a Chinese character is two columns wide; words to the left."""
    return _blank_separated(rows, right=False)


def blanks_right(rows: Rows) -> bytes:
    """The same with figures to the right."""
    return _blank_separated(rows, right=True)


def _blank_separated(rows: Rows, *, right: bool) -> bytes:
    width = max(map(len, rows))
    wide = [max((display_width(row[at]) for row in rows if len(row) == width), default=0) + 2 for at in range(width)]
    lines = []
    for row in rows:
        if len(row) < width:
            lines.append("    ".join(row))
            continue
        cells = []
        for cell, room in zip(row, wide, strict=True):
            space = " " * (room - 2 - display_width(cell))
            cells.append((space + cell if right and re.fullmatch(r"[-\d.,]+", cell) else cell + space) + "  ")
        lines.append("".join(cells).rstrip())
    return _lines(lines, "gb18030")


def boxed(rows: Rows) -> bytes:
    """Columns between drawn lines; rows shorter than the table stand outside of the box."""
    width = max(map(len, rows))
    wide = [max((display_width(row[at]) for row in rows if len(row) == width), default=0) for at in range(width)]
    rule = "├" + "┼".join("─" * ((room + 1) // 2) for room in wide) + "┤"
    lines = []
    for row in rows:
        if len(row) < width:
            lines.append(" ".join(row))
            continue
        cells = (cell + " " * (room - display_width(cell)) for cell, room in zip(row, wide, strict=True))
        lines += [rule, "│" + "│".join(cells) + "│"]
    return _lines([*lines, rule], "gb18030")


def workbook(rows: Rows) -> bytes:
    """A real workbook: codes without leading zero become numbers, those with one stay text, amounts are numbers."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([_typed(cell) for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook_text(rows: Rows) -> bytes:
    """A real workbook in which every cell is text."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def old_workbook(rows: Rows) -> bytes:
    """A BIFF workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, float(cell) if _NUMBER.fullmatch(cell) else cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def page(rows: Rows) -> bytes:
    """An HTML table, as some counters save under the name .xls."""
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><meta charset=gbk><table border=1>{body}</table></html>".encode("gb18030")


def pages(style: Style) -> Callable[[Rows], bytes]:
    """Return a writer of PDF pages: neighbouring rows of one width are a table, other rows lines of text."""

    def write(rows: Rows) -> bytes:
        blocks: list[str | list[Sequence[str]]] = []
        for row in rows:
            last = blocks[-1] if blocks else ""
            if len(row) <= _LONGEST_TEXT:
                blocks.append("  ".join(row))
            elif isinstance(last, str) or len(last[0]) != len(row):
                blocks.append([row])
            else:
                last.append(row)
        return pdf_flow(blocks, style)

    return write


def _typed(cell: str) -> str | int | Decimal | None:
    if _NUMBER.fullmatch(cell):
        return Decimal(cell)
    return int(cell) if _WHOLE.fullmatch(cell) else cell or None


WRITERS = {
    "tabs": tabs, "commas": commas, "commas_gbk": commas_gbk, "padded": padded, "blanks": blanks,
    "blanks_right": blanks_right, "boxed": boxed, "workbook": workbook, "workbook_text": workbook_text,
    "old_workbook": old_workbook, "page": page,
    "pdf_bare": pages(Style(rules="none", repeat_heading=False, page=_WIDE)),
    "pdf_ruled": pages(Style(page=_WIDE)),
    "pdf_signs": pages(Style(page=_WIDE, sign_apart=True)),
    "pdf_signs_rows": pages(Style(page=_WIDE, sign_apart=True, rules="rows")),
}  # fmt: skip
