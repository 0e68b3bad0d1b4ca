"""Word documents: paragraphs and table rows in document order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.readers import faults
from workbench.readers.model import Cell, Row, TableDocument, TextDocument, TextLine

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table


def read_docx_text(data: bytes, name: str) -> TextDocument:
    """Return paragraphs as lines and table rows as cells joined by `` | ``.

    Raises:
        UnreadableFileError: the document is damaged.
    """
    lines: list[TextLine] = []
    for block in _blocks(_opened(data, name)):
        if isinstance(block, str):
            lines.extend(TextLine(text, len(lines) + 1 + at) for at, text in enumerate(block.split("\n")))
        else:
            for cells in _table_rows(block):
                lines.append(TextLine(" | ".join(cell for cell in cells if cell), len(lines) + 1))
    return TextDocument("docx", tuple(lines))


def read_docx_table(data: bytes, name: str) -> TableDocument:
    """Return every paragraph as a one-cell row and every table row with its cells.

    Raises:
        UnreadableFileError: the document is damaged.
    """
    rows: list[Row] = []
    for block in _blocks(_opened(data, name)):
        found = [(block,)] if isinstance(block, str) else [tuple(cells) for cells in _table_rows(block)]
        rows.extend(Row(tuple(Cell(text) for text in cells), len(rows) + 1 + at) for at, cells in enumerate(found))
    return TableDocument("docx", tuple(rows))


def _opened(data: bytes, name: str) -> Document:
    import docx  # noqa: PLC0415 - heavy

    try:
        return docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, OSError, SyntaxError, NotImplementedError) as error:
        raise faults.damaged(name, type(error).__name__) from error


def _blocks(document: Document) -> Iterator[str | Table]:
    from docx.table import Table as DocxTable  # noqa: PLC0415 - heavy

    for block in document.iter_inner_content():
        yield block if isinstance(block, DocxTable) else block.text.rstrip()


def _table_rows(table: Table) -> Iterator[list[str]]:
    """Yield the cells of each row; a cell merged over columns stands once, the covered ones are blank."""
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            cells.append("" if cell._tc is last else " ".join(cell.text.split()))  # noqa: SLF001 - identity of a merged cell
            last = cell._tc  # noqa: SLF001 - as above
        yield cells
