"""Recognised pages as the tables and lines that every other reader returns, with the confidence of each part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.readers.model import Row, TableDocument, TextDocument, TextLine, Word
from workbench.readers.pdf.geometry import Page
from workbench.readers.pdf.words import lines_of, tokens_of
from workbench.readers.scan.page import ScannedPage


def with_confidence(table: TableDocument, pages: Sequence[Page]) -> TableDocument:
    """Return a table with the confidence of every cell that stands on a recognised page."""
    scanned = {page.number: page for page in pages if isinstance(page, ScannedPage)}
    if not scanned:
        return table
    rows = tuple(_marked(row, scanned[row.page]) if row.page in scanned else row for row in table.rows)
    note = f"{len(scanned)} of {len(pages)} pages recognised from pictures"
    return replace(table, rows=rows, notes=(*table.notes, note))


def _marked(row: Row, page: ScannedPage) -> Row:
    return replace(row, cells=tuple(replace(cell, confidence=page.sureness(cell.box)) for cell in row.cells))


def read_picture_table(data: bytes, name: str) -> TableDocument:
    """Return the rows recognised in a picture.

    Raises:
        OcrNeededError: text recognition is not installed.
        UnreadableFileError: the picture is damaged.
    """
    from workbench.readers.ocr import picture_pages  # noqa: PLC0415 - optional
    from workbench.readers.pdf.tables import table_of  # noqa: PLC0415 - heavy

    pages = picture_pages(data, name)
    return with_confidence(replace(table_of(pages, name), format="picture"), pages)


def read_picture_text(data: bytes, name: str) -> TextDocument:
    """Return the lines recognised in a picture.

    Raises:
        OcrNeededError: text recognition is not installed.
        UnreadableFileError: the picture is damaged.
    """
    from workbench.readers.ocr import picture_pages  # noqa: PLC0415 - optional

    pages = picture_pages(data, name)
    lines = tuple(line for page in pages for line in scanned_lines(page))
    return TextDocument("picture", lines, len(pages), tuple(page.width for page in pages))


_YUAN = r"\s*(?:万?元|圆)(?!\s*(?:/|每)?\s*(?:股|份|张))"
_SUM = r"(?:保证金|配资|借款|融资|本金|金额|资金|额度|资产|人民币|合计|差额|款)"
_THOUSANDS = re.compile(
    rf"(?<![\d.,，])[1-9]\d{{0,2}}(?:(?:[.,，。、·]\s?\d{{3}}){{2,}}(?=(?:[.,，]\d{{2}})?{_YUAN})|"
    rf"[.,，。、·]\s?(?:000(?={_YUAN})|\d{{3}}(?=[.,，]\d{{2}}{_YUAN})))"
)
_OF_SUM = re.compile(rf"(?P<label>{_SUM}[^\d,，。;；]{{0,8}})(?P<sum>[1-9]\d{{0,2}}[.，。、·]\s?\d{{3}})(?={_YUAN})")


def with_commas(text: str) -> str:
    """Return a recognised line whose thousands are parted by commas, each character where it was.

    Only what can be no price of three decimals: round thousands, several groups, cents behind, or a sum by its label.
    """
    text = _THOUSANDS.sub(lambda match: re.sub(r"[.，。、·]", ",", match.group()), text)
    return _OF_SUM.sub(lambda match: match["label"] + re.sub(r"[.，。、·]", ",", match["sum"]), text)


def scanned_lines(page: ScannedPage) -> list[TextLine]:
    """Return the lines of a recognised page with their sides and the confidence of their words."""
    found = []
    for number, line in enumerate(lines_of(tokens_of(page.glyphs)), 1):
        words = []
        for token in line.tokens:
            box = page.shown(token.box)
            words.append(Word(with_commas(token.text), box, page.sureness(box)))
        side = page.side(line.box)
        found.append(TextLine(with_commas(line.text), number, page.number, page.shown(line.box), tuple(words), side))
    return found
