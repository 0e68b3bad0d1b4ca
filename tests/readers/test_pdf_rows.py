"""The fast reading of PDF tables gives what pdfplumber gives: equal cells within rules, equal glyphs anywhere."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
import typst

from tests.intake.statements.ledger import make_ledger, table
from tests.intake.statements.printing import Style, pdf
from workbench.documents.glyphs import shipped_fonts
from workbench.readers.model import Row
from workbench.readers.pdf.pdfium import read_pages
from workbench.readers.pdf.tables import table_of
from workbench.readers.tables import read_table

LEDGER = make_ledger(24)
ROWS = table(LEDGER, style="grouped")
CASES = Path(__file__).parents[3] / "shared" / "cases"
STATEMENTS = sorted(CASES.glob("*/statement*.pdf")) + sorted(CASES.glob("*/*对账单*.pdf"))
PRINTS = {
    **{f"size_{size}": Style(size=size, rows_per_page=14) for size in (4.6, 6.0, 7.5)},
    "size_9": Style(size=9.0, rows_per_page=14, page=(1191, 842)),
    "size_12": Style(size=12.0, rows_per_page=14, page=(1684, 1191)),
    "wrapped": Style(wrap=5, wrap_figures=True, rows_per_page=10),
    "preamble": Style(preamble=("某某平台资金流水", "客户姓名：张三"), rows_per_page=14),
}


def _bare(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


def _plumbed(data: bytes) -> list[tuple[str, ...]]:
    """Return the rows of all ruled tables as pdfplumber extracts them."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        tables = [found.extract() for page in document.pages for found in page.find_tables()]
    return [tuple(map(_bare, row)) for rows in tables for row in rows]


def _read(data: bytes, columns: int) -> list[tuple[str, ...]]:
    """Return our rows as wide as the table, the empty columns outside of the frame left off."""
    found = []
    for row in read_table(data, "table.pdf").rows:
        texts = tuple(map(_bare, row.texts))
        if len(texts) == columns + 2 and not texts[0] and not texts[-1]:
            found.append(texts[1:-1])
        elif len(texts) == columns:
            found.append(texts)
    return found


@pytest.mark.parametrize("style", PRINTS.values(), ids=PRINTS.keys())
def test_ruled_tables_of_any_size(style: Style) -> None:
    data = pdf(ROWS, style)
    plumbed = _plumbed(data)
    assert len(plumbed) > len(LEDGER)
    assert _read(data, len(ROWS[0])) == plumbed


def _typeset(rows: Sequence[Sequence[str]], size: float, stroke: str, extra: str = "") -> bytes:
    """Print the rows with typst, whose text runs and rules are built otherwise than reportlab's."""
    cells = ", ".join("[" + re.sub(r"([\\#*_$<>@\[\]~-])", r"\\\1", text) + "]" for row in rows for text in row)
    page = f'#set page(width: 1200pt, height: 800pt, margin: 30pt)\n#set text(font: "Workbench Song", size: {size}pt)\n'
    body = f"#table(columns: {len(rows[0])}, stroke: {stroke}, inset: 3pt, {extra}{cells})"
    printer: Any = typst
    printed: bytes = printer.compile((page + body).encode(), font_paths=[str(shipped_fonts())])
    return printed


@pytest.mark.parametrize("size", [5.0, 7.0, 9.0])
@pytest.mark.parametrize("stroke", ["0.4pt", "1pt + gray"])
def test_tables_of_another_typesetter(size: float, stroke: str) -> None:
    data = _typeset(ROWS, size, stroke)
    plumbed = _plumbed(data)
    assert plumbed
    assert _read(data, len(ROWS[0])) == plumbed


def test_text_set_to_the_right_and_in_the_middle() -> None:
    data = _typeset(ROWS, 7.0, "0.4pt", "align: right + horizon, ")
    plumbed = _plumbed(data)
    assert plumbed
    assert _read(data, len(ROWS[0])) == plumbed


def _glyphs_in(page: Any, row: Row, column: int) -> list[str]:
    box = row.cells[column].box
    assert box is not None
    inside = [
        char["text"]
        for char in page.chars
        if box.x0 - 0.5 <= (char["x0"] + char["x1"]) / 2 <= box.x1 + 0.5
        and box.top - 1 <= (char["top"] + char["bottom"]) / 2 <= box.bottom + 1
        and char["upright"]
    ]
    return sorted("".join(inside).replace(" ", ""))


def _check_glyphs(data: bytes) -> None:
    """Assert that every cell's box holds the glyphs of its text, as pdfplumber places them."""
    rows = read_table(data, "table.pdf").rows
    with pdfplumber.open(io.BytesIO(data)) as document:
        for row in rows:
            page = document.pages[(row.page or 1) - 1]
            for column, cell in enumerate(row.cells):
                if cell.text:
                    assert _glyphs_in(page, row, column) == sorted(_bare(cell.text)), (row.page, row.row, cell.text)


@pytest.mark.parametrize("rules", ["all", "rows", "none", "frame", "columns"])
def test_every_glyph_stands_in_its_cell(rules: str) -> None:
    _check_glyphs(pdf(ROWS, Style(rules=rules, rows_per_page=14)))


@pytest.mark.skipif(not STATEMENTS, reason="../shared/cases is not beside this repository")
@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.parent.name)
def test_statements_of_the_shared_cases(path: Path) -> None:
    data = path.read_bytes()
    plumbed = _plumbed(data)
    if plumbed:
        assert _read(data, len(plumbed[0])) == plumbed
    _check_glyphs(data)


def test_pages_are_not_used_up_by_reading_their_rows() -> None:
    data = pdf(ROWS, Style(rules="rows", rows_per_page=14))
    with closing(read_pages(data, "a.pdf")) as pages:
        shared = tuple(pages)
    assert table_of(shared, "a.pdf").rows == table_of(shared, "a.pdf").rows
