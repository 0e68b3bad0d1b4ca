"""Pictures of pages and of single lines, drawn by pdfium: what a finding shows beside its figures."""

from __future__ import annotations

import io
from typing import Any

from workbench.domain.source import Box
from workbench.readers import faults
from workbench.readers.limits import MAX_PICTURE_PIXELS

_POINTS = 72


def page_png(data: bytes, page: int, dpi: int = 110) -> bytes:
    """Return a PNG of a PDF page as a viewer shows it; ``page`` counts from 1.

    Raises:
        UnreadableFileError: not a readable PDF or no such page.
    """
    return _drawn(data, page, None, dpi)


def crop_png(data: bytes, page: int, box: Box, margin: float = 6, dpi: int = 160) -> bytes:
    """Return a PNG of one rectangle of a page, widened by ``margin`` points on each side.

    Raises:
        UnreadableFileError: not a readable PDF or no such page.
    """
    wide = Box(box.x0 - margin, box.top - margin, box.x1 + margin, box.bottom + margin)
    return _drawn(data, page, wide, dpi)


def _drawn(data: bytes, number: int, box: Box | None, dpi: int) -> bytes:
    from workbench.readers.pdf.pdfium import opened  # noqa: PLC0415 - heavy

    name = f"page {number}"
    with opened(data, name) as document:
        if not 1 <= number <= len(document):
            raise faults.damaged(name, f"the file has {len(document)} pages")
        page = document[number - 1]
        try:
            return _png(page, box, dpi)
        finally:
            page.close()


def _png(page: Any, box: Box | None, dpi: int) -> bytes:
    width, height = page.get_size()
    scale = min(dpi / _POINTS, (MAX_PICTURE_PIXELS / max(width * height, 1)) ** 0.5)
    crop = (0.0, 0.0, 0.0, 0.0)
    if box is not None:
        x0, x1 = max(0.0, min(box.x0, width - 1)), min(width, max(box.x1, 1.0))
        top, bottom = max(0.0, min(box.top, height - 1)), min(height, max(box.bottom, 1.0))
        crop = (x0, height - bottom, width - x1, top)
    bitmap = page.render(scale=scale, crop=crop)
    stream = io.BytesIO()
    bitmap.to_pil().save(stream, format="PNG", optimize=True)
    bitmap.close()
    return stream.getvalue()
