"""Pictures of pages and of single lines, drawn by pdfium: what a finding shows beside its figures."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageOps

from workbench.domain.source import Box
from workbench.readers import faults
from workbench.readers.limits import MAX_PICTURE_PIXELS

_POINTS = 72
_ORIENTATION = 0x0112
WIDEST = 14
"""Width over height up to which a cut-out is readable across a page of text."""


def page_png(data: bytes, page: int, dpi: int = 110) -> bytes:
    """Return a PNG of a PDF page as a viewer shows it; ``page`` counts from 1.

    Raises:
        UnreadableFileError: not a readable PDF or no such page.
    """
    return _drawn(data, page, None, dpi)


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Return width and height of every page of a PDF, in points, as a viewer shows it.

    Raises:
        UnreadableFileError: not a readable PDF.
    """
    from workbench.readers.pdf.pdfium import opened  # noqa: PLC0415 - heavy

    with opened(data, "PDF") as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


def printable(data: bytes) -> tuple[bytes, str, int, int]:
    """Return a picture as (bytes, ``png`` or ``jpg``, width, height), upright as its camera says.

    JPEG and PNG that stand upright already stay byte for byte.

    Raises:
        UnreadableFileError: not a picture that can be read, or too large.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PICTURE_PIXELS:
                raise faults.damaged("picture", f"{image.width} × {image.height} pixels")
            upright = image.getexif().get(_ORIENTATION, 1) == 1
            suffix = {"JPEG": "jpg", "PNG": "png"}.get(image.format or "")
            if upright and suffix and image.mode in ("RGB", "L", "P", "RGBA", "1"):
                image.load()
                return data, suffix, image.width, image.height
            turned = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise faults.damaged("picture", str(problem)) from problem
    stream = io.BytesIO()
    turned.save(stream, format="PNG", optimize=True)
    return stream.getvalue(), "png", turned.width, turned.height


def crop_png(data: bytes, page: int, box: Box, margin: float = 6, dpi: int = 160, *, fold: bool = True) -> bytes:
    """Return a PNG of one rectangle of a page, widened by ``margin`` points on each side.

    A row too wide to be read in a letter is folded: its right part stands below its left part; not so where ``fold``
    is false.

    Raises:
        UnreadableFileError: not a readable PDF or no such page.
    """
    wide = Box(box.x0 - margin, box.top - margin, box.x1 + margin, box.bottom + margin)
    return _drawn(data, page, wide, dpi, fold=fold)


def _drawn(data: bytes, number: int, box: Box | None, dpi: int, *, fold: bool = False) -> bytes:
    from workbench.readers.pdf.pdfium import opened  # noqa: PLC0415 - heavy

    name = f"page {number}"
    with opened(data, name) as document:
        if not 1 <= number <= len(document):
            raise faults.damaged(name, f"the file has {len(document)} pages")
        page = document[number - 1]
        try:
            return _png(page, box, dpi, fold=fold)
        finally:
            page.close()


def _png(page: Any, box: Box | None, dpi: int, *, fold: bool) -> bytes:
    width, height = page.get_size()
    scale = min(dpi / _POINTS, (MAX_PICTURE_PIXELS / max(width * height, 1)) ** 0.5)
    crop = (0.0, 0.0, 0.0, 0.0)
    if box is not None:
        x0, x1 = max(0.0, min(box.x0, width - 1)), min(width, max(box.x1, 1.0))
        top, bottom = max(0.0, min(box.top, height - 1)), min(height, max(box.bottom, 1.0))
        crop = (x0, height - bottom, width - x1, top)
    bitmap = page.render(scale=scale, crop=crop)
    stream = io.BytesIO()
    image = bitmap.to_pil()
    (folded(image) if fold else image).save(stream, format="PNG", optimize=True)
    bitmap.close()
    return stream.getvalue()


def folded(image: Image.Image) -> Image.Image:
    """Return a wide picture in two lines, cut where the least ink is near its middle; others as they are."""
    width, height = image.size
    if width <= WIDEST * height:
        return image
    brightness = image.convert("L").resize((width, 1), Image.Resampling.BOX).tobytes()
    near = range(int(width * 0.42), int(width * 0.58))
    cut = max(near, key=lambda x: (brightness[x], -abs(x - width // 2)))
    gap = max(4, height // 8)
    page = Image.new("RGB", (max(cut, width - cut), 2 * height + gap), "white")
    page.paste(image.crop((0, 0, cut, height)), (0, 0))
    page.paste(image.crop((cut, 0, width, height)), (0, height + gap))
    return page
