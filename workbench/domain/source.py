"""Where a fact stands: file, page, row, box, words. Nothing enters a case without it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in PDF points, origin at the top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@dataclass(frozen=True, slots=True)
class Source:
    """One place in one imported file."""

    sha256: str
    """Hash of the file's bytes, lower-case hexadecimal."""
    file: str
    """File name as the user gave it, without folders."""
    page: int | None = None
    """1-based page of a PDF or 1-based sheet of a workbook; None for plain text."""
    row: int | None = None
    """1-based row of the sheet or text file; for a PDF the row within its page."""
    box: Box | None = None
    """Rectangle on the page; None where the file has no geometry."""
    text: str = ""
    """The quoted words or the row's cells, joined by `` | `` for tables."""


def article_name(key: str) -> str:
    """Return an article of law as people write it: ``《民法典》第一百八十八条`` for ``民法典/一百八十八``."""
    law, slash, number = key.partition("/")
    return f"《{law}》第{number}条" if slash else key
