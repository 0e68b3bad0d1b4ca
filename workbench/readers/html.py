"""HTML pages, also those saved as .xls: table rows with merged cells spread out, and plain text."""

from __future__ import annotations

from html.parser import HTMLParser

from workbench.readers.encoding import decode
from workbench.readers.limits import MAX_COLUMNS, MAX_ROWS
from workbench.readers.model import Cell, Row, TableDocument, TextDocument, TextLine

_BREAKS = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "title", "tr", "table", "caption"})
_SILENT = frozenset({"script", "style"})


class _Rows(HTMLParser):
    """Collects table rows and the text outside of them in document order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.text: list[str] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._below: dict[int, int] = {}
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "tr":
            self._end_row()
            self._flush()
            self._row = []
        elif tag in {"td", "th"}:
            self._end_cell()
            if self._row is None:
                self._row = []
            found = dict(attrs)
            self._span = (_count(found.get("colspan")), _count(found.get("rowspan")))
            self._cell = []
        elif tag in _BREAKS:
            if self._cell is not None:
                self._cell.append(" ")
            else:
                self._flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()
            if tag == "table":
                self._below = {}
        elif tag in _BREAKS and self._cell is None:
            self._flush()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        (self.text if self._cell is None else self._cell).append(data)

    def close(self) -> None:
        super().close()
        self._end_row()
        self._flush()

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        self._skip_covered()
        wide, high = self._span
        for at in range(wide):
            if high > 1:
                self._below[len(self._row)] = high - 1
            self._row.append(" ".join("".join(self._cell).split()) if at == 0 else "")
        self._cell = None

    def _skip_covered(self) -> None:
        while self._row is not None and self._below.get(len(self._row), 0) > 0 and len(self._row) < MAX_COLUMNS:
            self._below[len(self._row)] -= 1
            self._row.append("")

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._skip_covered()
            if len(self.rows) < MAX_ROWS:
                self.rows.append(self._row)
        self._row = None

    def _flush(self) -> None:
        words = " ".join("".join(self.text).split())
        self.text = []
        if words and len(self.rows) < MAX_ROWS:
            self.rows.append([words])


def _count(text: str | None) -> int:
    return max(1, min(int(text), MAX_COLUMNS)) if text and text.strip().isdigit() else 1


def _parsed(data: bytes, name: str) -> tuple[list[list[str]], str]:
    text, encoding = decode(data, name)
    parser = _Rows()
    parser.feed(text)
    parser.close()
    return parser.rows, encoding


def read_html_table(data: bytes, name: str) -> TableDocument:
    """Return table rows, and text outside of tables as one-cell rows.

    Raises:
        UnreadableFileError: garbled characters.
    """
    rows, encoding = _parsed(data, name)
    found = tuple(
        Row(tuple(Cell(text) for text in cells), number) for number, cells in enumerate(rows, 1) if any(cells)
    )
    return TableDocument("html", found, encoding)


def read_html_text(data: bytes, name: str) -> TextDocument:
    """Return the page's text line by line, cells of a table row joined by `` | ``.

    Raises:
        UnreadableFileError: garbled characters.
    """
    rows, _ = _parsed(data, name)
    lines = (" | ".join(cell for cell in cells if cell) for cells in rows)
    return TextDocument("html", tuple(TextLine(line, number) for number, line in enumerate(lines, 1)))
