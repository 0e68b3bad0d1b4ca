"""Write a document for Word, for counsel who edit: Song type, page numbers as fields, tables with repeated heads."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from workbench.documents.blocks import Block, Box, Heading, Items, PageBreak, Paper, Paragraph, Picture, Runs, Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph as WordParagraph

BODY_FONT = "宋体"
LATIN_FONT = "Times New Roman"
HEADING_SIZES = {1: 20, 2: 13.5, 3: 12, 4: 11}
SMALL = {"ledger": 7.5, "cutout": 8.5, "grid": 9, "figures": 10.5}
PAGE_MM, MARGIN_MM = 210, 26
_SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_CONTROL = {code: None for code in range(32) if code not in (9, 10)}


def to_docx(paper: Paper, made: datetime) -> bytes:
    """Return the document as a .docx file."""
    document = docx.Document()
    letter = paper.style == "letter"
    _page(document, paper)
    _base_style(document, 12 if letter else 10.5)
    writer = _Writer(document, indent=letter and paper.lang == "zh")
    writer.write(paper.blocks)
    core = document.core_properties
    core.title, core.author, core.created, core.modified = paper.title, "workbench", made, made
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _page(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(30), Mm(26)
    header = section.header.paragraphs[0]
    header.text = _clean(f"{paper.case}\t\t{paper.title}")
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    words = ("第 ", " 页　共 ", " 页") if paper.lang == "zh" else ("Page ", " of ", "")
    for text, field in zip(words, ("PAGE", "NUMPAGES", None), strict=True):
        footer.add_run(text)
        if field:
            _field(footer, field)
    for run in (*header.runs, *footer.runs):
        run.font.size = Pt(8.5)


def _field(paragraph: WordParagraph, code: str) -> None:
    for kind, text in (("begin", None), (None, code), ("end", None)):
        run = paragraph.add_run()
        element: Any = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001  python-docx has no public way to add a field


def _base_style(document: Document, size: float) -> None:
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = LATIN_FONT, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
    style.paragraph_format.line_spacing = 1.5
    style.paragraph_format.space_after = Pt(4)
    for level, points in HEADING_SIZES.items():
        heading: Any = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.size, heading.font.bold = LATIN_FONT, Pt(points), True
        heading.font.color.rgb = RGBColor(0, 0, 0)
        heading.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            heading.element.rPr.rFonts.attrib.pop(qn(attribute), None)


def _clean(text: str) -> str:
    return text.translate(_CONTROL)


class _Writer:
    """Adds blocks to a Word document one after the other."""

    def __init__(self, document: Document, *, indent: bool) -> None:
        self._document = document
        self._indent = indent

    def write(self, blocks: Iterable[Block], look: str = "", label: str = "") -> None:
        for block in blocks:
            self._one(block, look, label)
            label = ""

    def _one(self, block: Block, look: str, label: str) -> None:
        match block:
            case Heading(level, runs):
                paragraph = self._document.add_heading(level=min(level, 4))
                if level == 1:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                _add_runs(paragraph, runs)
            case Paragraph(runs):
                self._paragraph(runs, look, label)
            case Items(items, start):
                for index, item in enumerate(items):
                    self.write(item, "item", "· " if start is None else f"{start + index}. ")
            case Picture():
                self._picture(block)
            case Box(inner_look, inner):
                self.write(inner, inner_look)
            case PageBreak():
                self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case Table():
                self._table(block)

    def _paragraph(self, runs: Runs, look: str, label: str) -> None:
        paragraph = self._document.add_paragraph()
        if look in _SIDES:
            paragraph.alignment = _SIDES[look]
        form = paragraph.paragraph_format
        if look in ("quote", "note", "item"):
            form.left_indent = Pt(24)
        elif look == "" and self._indent:
            form.first_line_indent = Pt(24)
        if label:
            form.first_line_indent = Pt(-14)
            paragraph.add_run(label)
        _add_runs(paragraph, runs, Pt(8.5) if look == "small" else None)

    def _picture(self, picture: Picture) -> None:
        paragraph = self._document.add_paragraph()
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png))
        widest = Mm(PAGE_MM - 2 * MARGIN_MM)
        if shape.width > widest:
            shape.height, shape.width = Length(shape.height * widest // shape.width), widest
        shape._inline.docPr.set("descr", _clean(picture.alt))  # noqa: SLF001  the text for those who cannot see it
        caption = self._document.add_paragraph(_clean(picture.alt))
        for run in caption.runs:
            run.font.size = Pt(8.5)

    def _table(self, table: Table) -> None:
        columns = len(table.head) or (len(table.rows[0]) if table.rows else 1)
        rows = ([table.head] if table.head else []) + list(table.rows)
        made = self._document.add_table(rows=len(rows), cols=columns)
        made.style, made.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        size = Pt(SMALL.get(table.look, 9))
        align = table.align or ("left",) * columns
        widths = _widths(table.widths)
        made.autofit = not widths
        cells = made._cells  # noqa: SLF001  asked for once: every other access walks the whole table again
        for index, row in enumerate(rows):
            heading = bool(table.head) and index == 0
            for column, runs in enumerate(row):
                cell = cells[index * columns + column]
                if widths:
                    cell.width = widths[column]
                _fill_cell(cell, runs, size, "center" if heading else align[column], bold=heading)
        if table.head:
            _repeat(made.rows[0])
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)


def _repeat(row: _Row) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001  python-docx has no public way to repeat a head


def _widths(shares: tuple[float, ...]) -> tuple[Length, ...]:
    """Return the columns' widths on the page; empty where the content decides."""
    return tuple(Mm((PAGE_MM - 2 * MARGIN_MM) / sum(shares) * share) for share in shares)


def _fill_cell(cell: _Cell, runs: Runs, size: Length, side: str, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = _SIDES.get(side, WD_ALIGN_PARAGRAPH.LEFT)
    paragraph.paragraph_format.line_spacing = 1.1
    paragraph.paragraph_format.space_after = Pt(0)
    _add_runs(paragraph, runs, size, bold=bold)


def _add_runs(paragraph: WordParagraph, runs: Runs, size: Length | None = None, *, bold: bool = False) -> None:
    for run in runs:
        for index, part in enumerate(_clean(run.text).split("\n")):
            made = paragraph.add_run()
            if index:
                made.add_break()
            made.add_text(part)
            if run.bold or bold:
                made.bold = True
            if run.italic:
                made.italic = True
            if size is not None:
                made.font.size = size
