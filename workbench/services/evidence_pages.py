"""The pages of a case's files as a person reads them: how many there are, and one of them as text and picture."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.case import Document
from workbench.errors import WorkbenchError
from workbench.services.desk import Desk

PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp")
PAGE_DPI = 110


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """One page of a file."""

    document: Document
    page: int
    text: str
    """As kept for the search; empty where nothing could be read."""
    picture: bytes | None
    """PNG of the page, the picture file itself, or None for tables and texts, which have no pages."""


def count_pages(desk: Desk, document: Document) -> int:
    """Return the pages of a PDF, 1 for a picture, 0 for files without pages or that cannot be read."""
    from workbench.readers.picture import page_sizes  # noqa: PLC0415  heavy

    name = document.file.casefold()
    if name.endswith(PICTURES):
        return 1
    if not name.endswith(".pdf"):
        return 0
    try:
        return len(page_sizes(desk.vault.read(document.sha256)))
    except WorkbenchError:
        return 0


def read_page(desk: Desk, case: str, number: int, page: int) -> EvidencePage:
    """Return a page of a file with the text that the search knows.

    Args:
        desk: the desk.
        case: name of the case.
        number: number of the document.
        page: from 1.

    Raises:
        NotFoundError: no such case, document or file in the vault.
        StoreError: the file in the vault was altered.
        UnreadableFileError: a PDF that cannot be drawn.
    """
    with desk.store.read() as unit:
        key = unit.cases.key(case)
        document, text = unit.documents.get(key, number), unit.exhibits.page_text(key, number, page)
    return EvidencePage(document, page, text, _picture(desk, document, page))


def _picture(desk: Desk, document: Document, page: int) -> bytes | None:
    from workbench.readers.picture import page_png, printable  # noqa: PLC0415  heavy

    name = document.file.casefold()
    if name.endswith(".pdf"):
        return page_png(desk.vault.read(document.sha256), page, PAGE_DPI)
    if name.endswith(PICTURES):
        return printable(desk.vault.read(document.sha256))[0]
    return None
