"""Prints tables as PDF pages in the ways statements are printed: ruled, half ruled, bare, wrapped, turned."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

_MARGIN = 28.0
SONG = "STSong-Light"
_LEAD = 6.0
"""Blank between two rows in points."""
Table = Sequence[Sequence[str]]


@dataclass
class Style:
    """How pages look."""

    rules: str = "all"
    """``all``, ``rows`` (horizontal), ``frame`` (heading and foot), ``columns`` (no rules between rows), ``none``."""
    repeat_heading: bool = True
    rows_per_page: int = 30
    turn: int = 0
    """Page rotation entry."""
    preamble: Sequence[str] = ()
    footer: bool = True
    carry: bool = False
    """Print 过次页 under a page and 承前页 over the next, with the balance."""
    subtotal: bool = False
    """Print 本页小计 with the sum of the amounts under each page."""
    wrap: int = 0
    """Longest text of a cell in characters; 0 never wraps."""
    wrap_figures: bool = False
    """Figures and dates wrap, too."""
    sign_apart: bool = False
    """A negative amount's sign stands on a line of its own above the figure."""
    middle: bool = True
    """Wrapped rows: other cells stand in the middle of the height rather than at its top."""
    watermark: str = ""
    group: tuple[int, int, str] | None = None
    """(first, last, title): a group title over these columns."""
    size: float = 7.0
    font: str = SONG
    page: tuple[float, float] = landscape(A4)

    @property
    def pitch(self) -> float:
        """Height of a row of one line in points."""
        return self.size + _LEAD


def pdf(rows: Table, style: Style | None = None) -> bytes:
    """Print a heading and rows; numbers are set to the right, words to the left."""
    return pdf_sections([("", rows)], style)


def pdf_sections(sections: Sequence[tuple[str, Table]], style: Style | None = None) -> bytes:
    """Print tables one after the other, each on new pages under its title; page numbers run through."""
    style = style or Style()
    if style.font == SONG:
        pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=style.page)
    sheets = []
    for title, rows in sections:
        widths = _widths(rows, style)
        body = list(rows[1:])
        parts = [body[at : at + style.rows_per_page] for at in range(0, len(body), style.rows_per_page)] or [[]]
        parts = [_carried(rows[0], parts, at, style) for at in range(len(parts))]
        sheets += [(title if at == 0 else "", rows[0], part, widths, at == 0) for at, part in enumerate(parts)]
    for number, (title, heading, part, widths, first) in enumerate(sheets, 1):
        preamble = [*(style.preamble if number == 1 else ()), *([title] if title else [])]
        _page(canvas, [heading] if first or style.repeat_heading else [], part, widths, style, preamble)
        if style.footer:
            canvas.setFont(style.font, style.size)
            canvas.drawString(style.page[0] / 2, 20, f"第 {number} 页 共 {len(sheets)} 页")
        canvas.showPage()
    canvas.save()
    return _turned(stream.getvalue(), style.turn)


def _carried(heading: Sequence[str], parts: Sequence[Table], at: int, style: Style) -> list[Sequence[str]]:
    """Return a page's rows with the sums and carried balances that the style prints."""
    rows = list(parts[at])
    if style.subtotal:
        column = list(heading).index("发生金额")
        rows.append(_line(heading, "本页小计", "发生金额", f"{sum(float(row[column]) for row in rows):.2f}"))
    if style.carry:
        column = list(heading).index("资金余额")
        if at + 1 < len(parts):
            rows.append(_line(heading, "过次页", "资金余额", parts[at][-1][column]))
        if at:
            rows.insert(0, _line(heading, "承前页", "资金余额", parts[at - 1][-1][column]))
    return rows


def _line(heading: Sequence[str], word: str, title: str, value: str) -> list[str]:
    return [word if at == 1 else value if name == title else "" for at, name in enumerate(heading)]


def _widths(rows: Table, style: Style) -> list[float]:
    total = style.page[0] - 2 * _MARGIN
    needed = [0.0] * len(rows[0])
    for row in rows:
        for at, text in enumerate(row):
            for part in _wrapped(str(text), style):
                needed[at] = max(needed[at], pdfmetrics.stringWidth(part, style.font, style.size))
    needed = [width + 5 for width in needed]
    rest = max(0.0, total - sum(needed))
    return [width + (rest if at == len(needed) - 1 else 0) for at, width in enumerate(needed)]


def _page(
    canvas: Canvas, headings: Sequence[Sequence[str]], page: Table, widths: Sequence[float], style: Style,
    preamble: Sequence[str],
) -> None:  # fmt: skip
    top = style.page[1] - 40
    if style.watermark:
        canvas.saveState()
        canvas.setFont(style.font, 40)
        canvas.translate(300, 200)
        canvas.rotate(40)
        canvas.drawString(0, 0, style.watermark)
        canvas.restoreState()
    for line in preamble:
        canvas.setFont(style.font, 9)
        canvas.drawString(_MARGIN, top, line)
        top -= 16
    _table(canvas, headings, page, widths, style, top)


def _table(
    canvas: Canvas, headings: Table, rows: Table, widths: Sequence[float], style: Style, top: float
) -> float:  # fmt: skip
    """Print a table and return where it ends."""
    edges = [top]
    for row, is_heading in [*((row, True) for row in headings), *((row, False) for row in rows)]:
        lines = [_wrapped(str(text), style) for text in row]
        if is_heading and style.group:
            _group_title(canvas, widths, top, style)
            top -= style.pitch
            edges.append(top)
        height = style.pitch + (max(map(len, lines)) - 1) * (style.size + 1)
        _row(canvas, lines, widths, top, height, style)
        top -= height
        edges.append(top)
    _rules(canvas, widths, edges, style)
    return top


def pdf_flow(blocks: Sequence[str | Table], style: Style | None = None) -> bytes:
    """Print lines of text and tables one under the other, a new page where the next row does not fit."""
    style = style or Style()
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=style.page)
    start = top = style.page[1] - 40
    for block in blocks:
        if isinstance(block, str):
            canvas.setFont(style.font, 9)
            canvas.drawString(_MARGIN, top - 9, block)
            top -= 18
            continue
        widths, rest, heading = _widths(block, style), list(block[1:]), [block[0]]
        while rest or heading:
            room = int((top - 60) / (style.pitch + style.size)) - len(heading)
            if room < 1:
                canvas.showPage()
                top = start
                continue
            top = _table(canvas, heading, rest[:room], widths, style, top) - 8
            rest, heading = rest[room:], ([block[0]] if style.repeat_heading and rest[room:] else [])
    canvas.showPage()
    canvas.save()
    return _turned(stream.getvalue(), style.turn)


def _group_title(canvas: Canvas, widths: Sequence[float], top: float, style: Style) -> None:
    assert style.group
    first, last, title = style.group
    left = _MARGIN + sum(widths[:first])
    canvas.setFont(style.font, style.size)
    canvas.drawCentredString(left + sum(widths[first : last + 1]) / 2, top - style.pitch + 3, title)


def _wrapped(text: str, style: Style) -> list[str]:
    longest = style.wrap
    if style.sign_apart and re.fullmatch(r"-\d{5,}\.\d+", text):
        return ["-", text[1:]]
    if (
        not longest
        or len(text) <= longest
        or (not style.wrap_figures and text[:1] in "-0123456789" and "至" not in text)
    ):
        return [text]
    return [text[at : at + longest] for at in range(0, len(text), longest)]


def _row(
    canvas: Canvas, lines: Sequence[Sequence[str]], widths: Sequence[float], top: float, height: float, style: Style
) -> None:
    canvas.setFont(style.font, style.size)
    left = _MARGIN
    for parts, width in zip(lines, widths, strict=True):
        free = height - len(parts) * (style.size + 1)
        level = top - (free / 2 if style.middle else 2) - style.size
        for part in parts:
            if part and _is_figure(part):
                canvas.drawRightString(left + width - 2, level, part)
            else:
                canvas.drawString(left + 2, level, part)
            level -= style.size + 1
        left += width


def _is_figure(text: str) -> bool:
    return text.strip("()-−+").replace(",", "").replace(".", "").isdigit() and "." in text


def _rules(canvas: Canvas, widths: Sequence[float], edges: Sequence[float], style: Style) -> None:
    canvas.setLineWidth(0.4)
    right = _MARGIN + sum(widths)
    if style.rules in {"all", "rows"}:
        for level in edges:
            canvas.line(_MARGIN, level, right, level)
    elif style.rules in {"frame", "columns"}:
        for level in (edges[0], edges[1], edges[-1]):
            canvas.line(_MARGIN, level, right, level)
    if style.rules in {"all", "columns"}:
        left = _MARGIN
        for at, width in enumerate((*widths, 0.0)):
            inside = style.group and style.group[0] < at <= style.group[1]
            canvas.line(left, edges[1] if inside else edges[0], left, edges[-1])
            left += width


def _turned(data: bytes, turn: int) -> bytes:
    if not turn:
        return data
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(turn)
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()
