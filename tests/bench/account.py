"""A long, correct account: rows of any number whose balance rolls, as a CSV file and as a ruled PDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
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
CENT = Decimal("0.01")
INTEREST = Decimal("-40000.00")
"""Two days of the contract's rate."""
CONTRACT = """配资合同
甲方（出资方）：某某投资管理有限公司
乙方（用资人）：张三
保证金：人民币10000000元。配资额：人民币40000000元。
日利率0.05%，按未还本金和实际天数计息。佣金率：万分之五，最低5元。
"""


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Return ``count`` rows, 50 a day: deposit, drawdown, then purchases with their sales, interest each other day."""
    balance, first = Decimal(0), date(2015, 1, 5)
    for number in range(count):
        amount, cells = _posting(number)
        balance += amount
        printed = (first + timedelta(days=number // 50)).isoformat()
        yield (printed, *cells, f"{amount:.2f}", f"{balance:.2f}", f"流水{number:07d}")


def _posting(number: int) -> tuple[Decimal, tuple[str, ...]]:
    """Return a row's amount and its cells from the operation to the stamp duty."""
    operation = {0: "入金", 1: "配资到账"}.get(number) or {0: "利息", 1: "入金"}.get(number % 100)
    if operation is not None:
        amount = {0: Decimal(10_000_000), 1: Decimal(40_000_000)}.get(number)
        if amount is None:
            amount = INTEREST if operation == "利息" else Decimal(50_000)
        return amount, (operation, *[""] * 7)
    pair, sale = number // 2, number % 2
    code, name, price = CODES[pair % len(CODES)]
    paid, shares = Decimal(price) + Decimal(pair % 997) / 100, 100 * (1 + pair % 7)
    gross = paid * shares
    fee = max(Decimal(5), (gross * Decimal("0.0005")).quantize(CENT, ROUND_HALF_UP))
    duty = (gross * Decimal("0.001")).quantize(CENT, ROUND_HALF_UP) if sale else Decimal("0.00")
    amount = gross - fee - duty if sale else -gross - fee
    side = "证券卖出" if sale else "证券买入"
    return amount, (side, code, name, str(shares), f"{paid:.2f}", f"{gross:.2f}", f"{fee:.2f}", f"{duty:.2f}")


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
