"""PDF statements (ruled, with horizontal rules only, without rules) and PDF contracts."""

from __future__ import annotations

import re
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.simulator.contract import ContractText
from tests.simulator.fonts import chinese_font
from tests.simulator.write_tables import Sheet

MARGIN, SIZE, HEIGHT = 24.0, 6.8, 12.4
RIGHT_ALIGNED = frozenset(
    {
        "price",
        "quantity",
        "gross",
        "commission",
        "stamp",
        "transfer",
        "handling",
        "regulatory",
        "other",
        "net",
        "income",
        "outgo",
        "balance",
    }
)


def _font() -> str:
    if "Simulator" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Simulator", str(chinese_font())))
    return "Simulator"


class _Pages:
    """Draws a table page by page."""

    def __init__(self, sheet: Sheet, path: Path) -> None:
        self.sheet, self.style = sheet, sheet.layout.format
        self.font = _font()
        self.canvas = Canvas(str(path), pagesize=landscape(A4), invariant=1)
        self.canvas.setTitle("对账单")
        self.width, self.height = landscape(A4)
        self.widths = self._measure()
        self.page = 0

    def _measure(self) -> list[float]:
        rows = [self.sheet.header, *self.sheet.body]
        gap = 9.0 if self.style == "pdf_plain" else 5.0
        wide = [max(pdfmetrics.stringWidth(row[i], self.font, SIZE) for row in rows) + gap for i in range(len(rows[0]))]
        scale = min(1.0, (self.width - 2 * MARGIN) / sum(wide))
        spare = max(0.0, (self.width - 2 * MARGIN) - sum(wide)) / len(wide)
        self.size = SIZE * scale
        return [(w * scale) + min(spare, 12.0) for w in wide]

    def _cell(self, text: str, column: int, x: float, y: float) -> None:
        self.canvas.setFont(self.font, self.size)
        if self.sheet.layout.columns[column] in RIGHT_ALIGNED:
            self.canvas.drawRightString(x + self.widths[column] - 2.5, y + 3.4, text)
        else:
            self.canvas.drawString(x + 2.5, y + 3.4, text)

    def _row(self, row: list[str], y: float) -> None:
        x = MARGIN
        for column, text in enumerate(row):
            self._cell(text, column, x, y)
            x += self.widths[column]

    def _rules(self, top: float, count: int) -> None:
        if self.style == "pdf_plain":
            return
        self.canvas.setLineWidth(0.4)
        right = MARGIN + sum(self.widths)
        for i in range(count + 1):
            self.canvas.line(MARGIN, top - i * HEIGHT, right, top - i * HEIGHT)
        if self.style == "pdf_ruled":
            x = MARGIN
            for width in [0.0, *self.widths]:
                x += width
                self.canvas.line(x, top, x, top - count * HEIGHT)

    def _start(self) -> float:
        y: float = self.height - MARGIN
        if self.page == 0:
            for i, row in enumerate(self.sheet.preamble):
                if not row:
                    continue
                self.canvas.setFont(self.font, 13 if i == 0 else 8)
                y -= 18 if i == 0 else 13
                if i == 0:
                    self.canvas.drawCentredString(self.width / 2, y, row[0])
                else:
                    self.canvas.drawString(MARGIN, y, "    ".join(cell for cell in row if cell))
            y -= 8
        return y

    def write(self) -> None:
        """Draw all pages."""
        left = list(self.sheet.body)
        while left or self.page == 0:
            top = self._start()
            repeat = self.page == 0 or self.sheet.layout.repeat_header
            room = int((top - MARGIN - 16) / HEIGHT) - int(repeat)
            rows, left = left[:room], left[room:]
            shown = [self.sheet.header, *rows] if repeat else rows
            for i, row in enumerate(shown):
                self._row(row, top - (i + 1) * HEIGHT)
            self._rules(top, len(shown))
            self.page += 1
            self.canvas.setFont(self.font, 7)
            self.canvas.drawCentredString(self.width / 2, MARGIN - 10, f"第 {self.page} 页")
            self.canvas.showPage()
        self.canvas.save()


def write_statement_pdf(sheet: Sheet, path: Path) -> None:
    """Write a statement as PDF in the layout's style."""
    _Pages(sheet, path).write()


def write_contract_pdf(text: ContractText, lines: list[str], path: Path) -> None:
    """Write a contract as PDF; ``lines`` are its paragraphs in order, the title not among them."""
    font = _font()
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle(text.title)
    width, height = A4
    per_line, size, page, y = width - 120, 10.5, 1, height - 76
    canvas.setFont(font, 16)
    canvas.drawCentredString(width / 2, y, text.title)
    y -= 30
    for paragraph in lines:
        for piece in _wrap(paragraph, font, size, per_line):
            if y < 70:
                canvas.setFont(font, 8)
                canvas.drawCentredString(width / 2, 40, f"第 {page} 页")
                canvas.showPage()
                page, y = page + 1, height - 70
            canvas.setFont(font, size)
            canvas.drawString(60, y, piece)
            y -= 18
    canvas.setFont(font, 8)
    canvas.drawCentredString(width / 2, 40, f"第 {page} 页")
    canvas.save()


def _wrap(text: str, font: str, size: float, width: float) -> list[str]:
    pieces, current = [], ""
    for atom in re.findall(r"[0-9A-Za-z.,%*+-]+|.", text):
        if pdfmetrics.stringWidth(current + atom, font, size) > width and atom not in "。;:)、":
            pieces.append(current)
            current = ""
        current += atom
    return [*pieces, current]
