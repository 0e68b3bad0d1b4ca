"""The picture of an original line, cut from the platform's own file."""

from __future__ import annotations

from workbench.domain.source import Source
from workbench.errors import NotFoundError, WorkbenchError
from workbench.services.desk import Desk

PDF = b"%PDF-"
PDF_WINDOW = 1024
"""A PDF's mark stands within these first bytes."""


def line_picture(desk: Desk, case: str, line_id: str) -> bytes | None:
    """Return the line's rectangle as PNG in one piece, or None where the file has no pages.

    Raises:
        NotFoundError: no such case or line.
    """
    with desk.store.read() as unit:
        source = unit.documents.line_source(unit.cases.key(case), line_id)
    if source is None:
        raise NotFoundError(
            f"there is no line {line_id!r}",
            next_step="`workbench audit CASE` lists the lines.",
            what_zh=f"没有明细 {line_id}",
            next_step_zh="用 workbench audit 案件 查看明细编号。",
        )
    return source_picture(desk, source, fold=False)


def source_picture(desk: Desk, source: Source, *, fold: bool = True) -> bytes | None:
    """Return the rectangle of any source (a clause, a line) as PNG, or None where it has none.

    A picture is an aid: where the file cannot be drawn, or is no longer in the vault, there is none. What is too wide
    for a letter is folded, unless ``fold`` is false.
    """
    if source.page is None or source.box is None:
        return None
    from workbench.readers.picture import crop_png  # noqa: PLC0415  heavy

    try:
        data = desk.vault.read(source.sha256)
        return crop_png(data, source.page, source.box, fold=fold) if _is_pdf(data) else None
    except WorkbenchError:
        return None


def page_picture(desk: Desk, sha256: str, page: int, dpi: int = 110) -> bytes | None:
    """Return a whole page as PNG, or None where the file has no pages.

    Raises:
        NotFoundError: the vault has no such file.
        StoreError: the file was altered.
        UnreadableFileError: no such page.
    """
    data = desk.vault.read(sha256)
    if not _is_pdf(data):
        return None
    from workbench.readers.picture import page_png  # noqa: PLC0415  heavy

    return page_png(data, page, dpi)


def _is_pdf(data: bytes) -> bool:
    return PDF in data[:PDF_WINDOW]
