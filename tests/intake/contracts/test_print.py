"""The same contracts printed in two columns and as Word tables give the same terms, each with its place."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
import typst

from tests.intake.contracts.test_papers import PAPERS, lines_of, parts_of
from workbench.intake.contracts import read_contract

PROSE = [path for path in PAPERS if not re.search(r" \| | {8}", path.read_text(encoding="utf-8"))]
TABLES = [path for path in PAPERS if " | " in path.read_text(encoding="utf-8")]
FONTS = Path(__file__).resolve().parents[3] / "workbench" / "documents" / "fonts"


def in_columns(text: str) -> bytes:
    """Return the text as a PDF of two columns with small margins."""
    body = "\n\n".join(re.sub(r"([\\#*_\[\]$@<>=`~/])", r"\\\1", line) for line in text.splitlines())
    head = '#set page(columns: 2, margin: 1.8cm)\n#set text(size: 9pt, lang: "zh")\n#set par(justify: true)\n'
    printed = typst.Compiler(font_paths=[FONTS]).compile((head + body).encode())
    assert isinstance(printed, bytes)
    return printed


def in_tables(text: str) -> bytes:
    """Return the text as a Word document whose rows of cells stand in tables."""
    document = docx.Document()
    for line in text.splitlines():
        cells = line.split(" | ")
        if len(cells) == 1:
            document.add_paragraph(line)
            continue
        for cell, words in zip(document.add_table(1, len(cells)).rows[0].cells, cells, strict=True):
            cell.text = words
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("path", PROSE[::4], ids=lambda path: path.stem)
def test_print_in_two_columns_changes_nothing(path: Path) -> None:
    text, truth = parts_of(path)
    contract = read_contract(in_columns(text), "contract.pdf", "0" * 64)
    found = lines_of(contract)
    assert (sorted(truth - found), sorted(found - truth)) == ([], [])
    assert all(term.source and term.source.page and term.source.box for term in contract.terms)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_word_tables_change_nothing(path: Path) -> None:
    text, truth = parts_of(path)
    found = lines_of(read_contract(in_tables(text), "contract.docx", "0" * 64))
    assert (sorted(truth - found), sorted(found - truth)) == ([], [])
