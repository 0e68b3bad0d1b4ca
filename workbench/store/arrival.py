"""What the store takes: a file that was read, with everything it says. Light, for readers of files need no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workbench.domain.case import DocumentKind
from workbench.domain.lines import Statement
from workbench.domain.market import NoticeLog, PriceFile
from workbench.domain.terms import Contract

Content = Statement | Contract | PriceFile | NoticeLog | None
"""What was read from a file; None for plain evidence."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was read and is ready to be stored."""

    kind: DocumentKind
    file: str
    sha256: str
    size: int
    content: Content
    layout: str = ""
    start: date | None = None
    end: date | None = None
    rows: int = 0
    summary_zh: str = ""
    summary_en: str = ""
