"""A long, correct account: rows of any number whose balance rolls, as a CSV file and as a ruled PDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

HEAD = (
    "成交日期",
    "业务类型",
    "证券代码",
    "证券名称",
    "成交数量",
    "成交价格",
    "成交金额",
    "佣金",
    "印花税",
    "发生金额",
    "资金余额",
    "备注",
)
ROWS_A_PAGE = 30
WIDTHS = (62, 58, 50, 56, 52, 50, 72, 48, 48, 76, 80, 110)
FONT = "STSong-Light"
CODES = (("600519", "贵州茅台", "1688.00"), ("000858", "五粮液", "150.20"), ("601318", "中国平安", "45.50"))
CONTRACT = """配资合同
甲方（出资方）：某某投资管理有限公司
乙方（用资人）：张三
保证金：人民币10000000元。配资额：人民币40000000元。
月利率：1.5%，按月结息。佣金率：万分之五，最低5元。
"""


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Return ``count`` rows: deposit, drawdown, then trades with an interest posting each hundredth row."""
    balance = Decimal(0)
    day, dates = date(2015, 1, 5), 0
    for number in range(count):
        dates += number % 20 == 0
        printed = (day + timedelta(days=dates)).isoformat()
        if number in (0, 1):
            amount = Decimal(10_000_000) if number == 0 else Decimal(40_000_000)
            cells = ("入金" if number == 0 else "配资到账", "", "", "", "", "", "", "")
        elif number % 100 == 0:
            amount = Decimal("-600000.00")
            cells = ("利息", "", "", "", "", "", "", "")
        else:
            code, name, price = CODES[number // 2 % len(CODES)]
            gross = Decimal(price) * 100
            fee = max(Decimal(5), (gross * Decimal("0.0005")).quantize(Decimal("0.01")))
            duty = (gross * Decimal("0.001")).quantize(Decimal("0.01")) if number % 2 else Decimal("0.00")
            amount = gross - fee - duty if number % 2 else -gross - fee
            side = "证券卖出" if number % 2 else "证券买入"
            cells = (side, code, name, "100", price, f"{gross:.2f}", f"{fee:.2f}", f"{duty:.2f}")
        balance += amount
        yield (printed, *cells, f"{amount:.2f}", f"{balance:.2f}", f"流水{number:07d}")


def csv_bytes(count: int) -> bytes:
    """Return the account as CSV in GB18030, the way exports come."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows(rows(count))
    return text.getvalue().encode("gb18030")


def write_pdf(path: Path, pages: int) -> None:
    """Write the account as a ruled PDF of so many pages."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    size = landscape(A4)
    canvas = Canvas(str(path), pagesize=size)
    source = rows(pages * ROWS_A_PAGE)
    for _ in range(pages):
        _draw_page(canvas, [HEAD, *islice(source, ROWS_A_PAGE)], size[1])
        canvas.showPage()
    canvas.save()


def _draw_page(canvas: Canvas, table: Sequence[Sequence[str]], height: float) -> None:
    canvas.setFont(FONT, 8)
    left, top, step = 30, height - 30, 17
    edges = [left]
    for width in WIDTHS:
        edges.append(edges[-1] + width)
    bottom = top - step * len(table)
    canvas.grid(edges, [top - step * at for at in range(len(table) + 1)])
    for at, row in enumerate(table):
        for column, text in enumerate(row):
            canvas.drawString(edges[column] + 2, top - step * at - 12, text)
    canvas.line(left, bottom, edges[-1], bottom)
