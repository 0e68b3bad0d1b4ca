"""What every reader returns: rows of cells, or lines of text, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workbench.domain.source import Box


@dataclass(frozen=True, slots=True)
class Word:
    """A word or glyph run with its rectangle."""

    text: str
    box: Box
    confidence: float | None = None
    """How surely its least sure character was recognised, 0 to 1; None where the text was not recognised."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text; ``number`` counts from 1 on its page (or in the file where there are no pages)."""

    text: str
    number: int
    page: int | None = None
    box: Box | None = None
    words: tuple[Word, ...] = ()
    side: str = ""
    """In a screenshot ``left``, ``right`` or ``centre``, where a bubble or the place tells; else empty."""


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A document as running text."""

    format: str
    """``pdf``, ``docx``, ``txt``, ``html`` or ``picture``."""
    lines: tuple[TextLine, ...]
    pages: int | None = None
    widths: tuple[float, ...] = ()
    """Width of every page that was read from a picture; empty for other documents."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell."""

    text: str
    """As printed, trimmed; wrapped cells joined."""
    box: Box | None = None
    value: Decimal | date | datetime | None = None
    """Typed value where the file itself is typed; a workbook's float arrives as its shortest decimal."""
    confidence: float | None = None
    """How surely its least sure character was recognised, 0 to 1; None where the text was not recognised."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells with its place."""

    cells: tuple[Cell, ...]
    row: int
    """1-based: row of the sheet or file, or of the page in a PDF."""
    page: int | None = None
    """1-based page of a PDF or sheet of a workbook."""
    box: Box | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells' texts."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class TableDocument:
    """A file as rows in file order, including heading and footer rows."""

    format: str
    """``pdf``, ``xlsx``, ``xls``, ``csv``, ``tsv``, ``fixed`` or ``html``."""
    rows: tuple[Row, ...]
    encoding: str | None = None
    pages: int | None = None
    notes: tuple[str, ...] = ()
    """What the reader had to decide (delimiter, repaired wrapping), for the import report."""
