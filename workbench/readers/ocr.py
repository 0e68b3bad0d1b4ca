"""Text recognition for scanned pages: the optional extra ``ocr`` (rapidocr), words with their confidence.

Recognised figures are never trusted by themselves; intake proves each amount by arithmetic and lists the rest.
"""

from __future__ import annotations

from typing import Any

from workbench.readers import faults
from workbench.readers.model import TextDocument, TextLine, Word
from workbench.readers.pdf.geometry import Glyph, Page

_DPI = 200
_POINTS = 72
LOW_CONFIDENCE = 0.9
"""Recognised words below this confidence are named in the notes."""


def available() -> bool:
    """Tell whether the optional part is installed."""
    from importlib.util import find_spec  # noqa: PLC0415 - only asked for scans

    return find_spec("rapidocr_onnxruntime") is not None


def recognise(picture: bytes, name: str, page: int | None = None) -> tuple[tuple[str, tuple[float, ...], float], ...]:
    """Return (text, (x0, top, x1, bottom) in pixels, confidence 0-1) of each run of text in a PNG or JPEG.

    Raises:
        OcrNeededError: the optional part is not installed.
    """
    try:
        from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415 - optional and heavy
    except ImportError:
        raise faults.ocr_needed(name, page) from None
    found, _ = RapidOCR()(picture)
    return tuple((str(text), _bounds(corners), float(score)) for corners, text, score in found or ())


def _bounds(corners: Any) -> tuple[float, ...]:
    xs, ys = [float(corner[0]) for corner in corners], [float(corner[1]) for corner in corners]
    return min(xs), min(ys), max(xs), max(ys)


def glyphs_of(picture: bytes, name: str, scale: float, page: int | None = None) -> list[Glyph]:
    """Return recognised text as evenly spaced glyphs; ``scale`` turns pixels into points.

    Raises:
        OcrNeededError: the optional part is not installed.
    """
    found = []
    for text, (x0, top, x1, bottom), _ in recognise(picture, name, page):
        step = (x1 - x0) * scale / max(len(text), 1)
        for at, char in enumerate(text):
            left = x0 * scale + at * step
            found.append(Glyph(char, left, top * scale, left + step, bottom * scale, at == 0))
    return found


def recognised_page(page: Page, data: bytes, name: str) -> Page:
    """Return a pictured page with the glyphs that were recognised on it.

    Raises:
        OcrNeededError: the optional part is not installed.
    """
    from workbench.readers.picture import page_png  # noqa: PLC0415 - avoids a cycle of imports

    if not available():
        raise faults.ocr_needed(name, page.number)
    page.reading = page.display
    page.glyphs = glyphs_of(page_png(data, page.number, dpi=_DPI), name, _POINTS / _DPI, page.number)
    return page


def read_picture_text(data: bytes, name: str) -> TextDocument:
    """Return the text recognised in a picture.

    Raises:
        OcrNeededError: the optional part is not installed.
    """
    from workbench.domain.source import Box  # noqa: PLC0415 - only needed here

    lines = []
    for number, (text, (x0, top, x1, bottom), _) in enumerate(
        sorted(recognise(data, name), key=lambda one: one[1][1]), 1
    ):
        box = Box(x0, top, x1, bottom)
        lines.append(TextLine(text, number, 1, box, (Word(text, box),)))
    return TextDocument("picture", tuple(lines), 1)
