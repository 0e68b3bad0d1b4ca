"""The pages of a letter as they would be printed, or of an original, to be drawn one at a time. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.domain.audit import Audit
from workbench.domain.case import Document
from workbench.errors import NotFoundError
from workbench.services.desk import Desk
from workbench.services.evidence_pages import PICTURES
from workbench.services.render_document import preview_pages

DPI = 200
"""Sharp enough to read small print enlarged."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A document that has pages."""

    data: bytes
    """A PDF, or a picture, which is one page."""
    count: int
    pdf: bool = True

    def png(self, page: int) -> bytes:
        """Return a page as a picture; ``page`` counts from 1.

        Raises:
            UnreadableFileError: the page cannot be drawn.
        """
        from workbench.readers.picture import page_png  # noqa: PLC0415  heavy

        return page_png(self.data, page, DPI) if self.pdf else self.data


def letter_pages(
    desk: Desk, case: str, template_id: str, fields: Mapping[str, str] | None, audit: Audit | None, lang: str
) -> Pages:
    """Return a letter's pages; facts that are missing stand as blanks.

    Raises:
        NotFoundError: no such case or template.
        UsageError: the case has no statement yet.
        RenderError: a figure, field or glyph does not resolve.
    """
    return _of_pdf(preview_pages(desk, case, template_id, fields, audit, lang))


def document_pages(desk: Desk, document: Document) -> Pages:
    """Return the pages of an original.

    Raises:
        NotFoundError: a table or text, which has no pages, or no such file in the vault.
        StoreError: the file in the vault was altered.
        UnreadableFileError: a PDF or picture that cannot be drawn.
    """
    from workbench.readers.picture import printable  # noqa: PLC0415  heavy

    name = document.file.casefold()
    if name.endswith(".pdf"):
        return _of_pdf(desk.vault.read(document.sha256))
    if name.endswith(PICTURES):
        return Pages(printable(desk.vault.read(document.sha256))[0], 1, pdf=False)
    raise NotFoundError(
        f"{document.file} has no pages: it is a table or a text",
        next_step="Open the original instead.",
        what_zh=f"{document.file} 没有页面：它是表格或文本",
        next_step_zh="请直接打开原件。",
    )


def _of_pdf(data: bytes) -> Pages:
    from workbench.readers.picture import page_sizes  # noqa: PLC0415  heavy

    return Pages(data, len(page_sizes(data)))
