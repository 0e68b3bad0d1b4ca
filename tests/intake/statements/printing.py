"""Prints tables as PDF pages in the ways statements are printed: ruled, half ruled, bare, wrapped, rotated."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SIZE = 7.0
PITCH = 13.0
_MARGIN = 28.0
_FONT = "STSong-Light"


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
    subtotal: bool = False
    wrap: int = 0
    """Longest text of a cell in characters; 0 never wraps."""
    middle: bool = True
    """Wrapped rows: other cells stand in the middle of the height rather than at its top."""
    watermark: str = ""
    group: tuple[int, int, str] | None = None
    """(first, last, title): a group title over these columns."""


def pdf(rows: Sequence[Sequence[str]], style: Style | None = None) -> bytes:
    """Print a heading and rows; numbers are set to the right, words to the left."""
    style = style or Style()
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    stream = io.BytesIO()
    size = landscape(A4)
    canvas = Canvas(stream, pagesize=size)
    widths = _widths(rows, size[0] - 2 * _MARGIN)
    body = list(rows[1:])
    pages = [body[at : at + style.rows_per_page] for at in range(0, len(body), style.rows_per_page)] or [[]]
    for number, page in enumerate(pages, 1):
        _page(canvas, rows[0], page, widths, size, style, number, len(pages))
        canvas.showPage()
    canvas.save()
    return _turned(stream.getvalue(), style.turn)


def _widths(rows: Sequence[Sequence[str]], total: float) -> list[float]:
    needed = [max(pdfmetrics.stringWidth(str(row[at]), _FONT, SIZE) for row in rows) for at in range(len(rows[0]))]
    needed = [min(width, 150.0) + 5 for width in needed]
    rest = max(0.0, total - sum(needed))
    return [width + (rest if at == len(needed) - 1 else 0) for at, width in enumerate(needed)]


def _page(
    canvas: Canvas, heading: Sequence[str], page: Sequence[Sequence[str]], widths: Sequence[float],
    size: tuple[float, float], style: Style, number: int, pages: int,
) -> None:  # fmt: skip
    top = size[1] - 40
    if style.watermark:
        canvas.saveState()
        canvas.setFont(_FONT, 40)
        canvas.translate(300, 200)
        canvas.rotate(40)
        canvas.drawString(0, 0, style.watermark)
        canvas.restoreState()
    for line in style.preamble if number == 1 else ():
        canvas.setFont(_FONT, 9)
        canvas.drawString(_MARGIN, top, line)
        top -= 16
    blocks: list[tuple[Sequence[str], bool]] = []
    if style.repeat_heading or number == 1:
        blocks.append((heading, True))
    blocks += [(row, False) for row in page]
    edges = [top]
    for row, is_heading in blocks:
        lines = [_wrapped(str(text), style.wrap) for text in row]
        if is_heading and style.group:
            _group_title(canvas, widths, top, style)
            top -= PITCH
            edges.append(top)
        height = PITCH + (max(map(len, lines)) - 1) * (SIZE + 1)
        _row(canvas, lines, widths, top, height, style)
        top -= height
        edges.append(top)
    _rules(canvas, widths, edges, style)
    if style.footer:
        canvas.setFont(_FONT, SIZE)
        canvas.drawString(size[0] / 2, 20, f"第 {number} 页 共 {pages} 页")


def _group_title(canvas: Canvas, widths: Sequence[float], top: float, style: Style) -> None:
    assert style.group
    first, last, title = style.group
    left = _MARGIN + sum(widths[:first])
    canvas.setFont(_FONT, SIZE)
    canvas.drawCentredString(left + sum(widths[first : last + 1]) / 2, top - PITCH + 3, title)


def _wrapped(text: str, longest: int) -> list[str]:
    if not longest or len(text) <= longest:
        return [text]
    return [text[at : at + longest] for at in range(0, len(text), longest)]


def _row(
    canvas: Canvas, lines: Sequence[Sequence[str]], widths: Sequence[float], top: float, height: float, style: Style
) -> None:
    canvas.setFont(_FONT, SIZE)
    left = _MARGIN
    for parts, width in zip(lines, widths, strict=True):
        free = height - len(parts) * (SIZE + 1)
        level = top - (free / 2 if style.middle else 2) - SIZE
        for part in parts:
            if part and _is_figure(part):
                canvas.drawRightString(left + width - 2, level, part)
            else:
                canvas.drawString(left + 2, level, part)
            level -= SIZE + 1
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
