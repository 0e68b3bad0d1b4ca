"""What an import says about each file, before and after it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workbench.domain.case import DocumentKind
from workbench.domain.lines import Line, RowIssue
from workbench.domain.terms import Terms
from workbench.errors import WorkbenchError

Progress = Callable[[int, int, str], bool]
"""Called with (done, total, label); returning False cancels and nothing is written."""


class ImportStatus(StrEnum):
    """What happened, or would happen, to one file."""

    NEW = "new"
    """Preview: would be imported."""
    IMPORTED = "imported"
    ALREADY = "already"
    """The same bytes are in the case, or came earlier in the same call; nothing changed."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One file of an import."""

    path: str
    """As found: the file's path, or ``archive.zip/inner/name`` for a file inside an archive."""
    file: str
    """File name without folders."""
    kind: DocumentKind | None
    status: ImportStatus
    layout: str = ""
    """Layout or profile that recognised a statement's columns."""
    start: date | None = None
    end: date | None = None
    rows: int = 0
    """Rows that carry a fact: postings, bars or messages; terms of a contract."""
    understood: int = 0
    """Rows understood without an open question."""
    issues: tuple[RowIssue, ...] = ()
    summary_zh: str = ""
    summary_en: str = ""
    error: WorkbenchError | None = None
    lines: tuple[Line, ...] = ()
    """Postings of a statement, for the preview."""
    terms: Terms | None = None
    """Terms of a contract, for the preview."""
    sha256: str = ""
    """Hash of the bytes; empty where there are none to keep."""
    number: int | None = None
    """Number of the document in the case, once it is there."""

    @property
    def recognised(self) -> tuple[int, Decimal] | None:
        """Number of lines read from a picture and the least confidence among them; None for printed files."""
        scores = [line.confidence for line in self.lines if line.confidence is not None]
        return (len(scores), min(scores)) if scores else None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    items: tuple[ImportItem, ...]
    cancelled: bool = False
    """True where ``progress`` asked to stop; then nothing was written."""

    @property
    def failed(self) -> tuple[ImportItem, ...]:
        """The files that could not be used."""
        return tuple(item for item in self.items if item.status is ImportStatus.FAILED)

    @property
    def imported(self) -> tuple[ImportItem, ...]:
        """The files that are new in the case."""
        return tuple(item for item in self.items if item.status in (ImportStatus.NEW, ImportStatus.IMPORTED))


ImportPreview = ImportReport
