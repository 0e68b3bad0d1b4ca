"""A PDF as running text: lines with their words and boxes on the page as displayed."""

from __future__ import annotations

from workbench.readers import faults
from workbench.readers.model import TextDocument, TextLine, Word
from workbench.readers.pdf.geometry import Page
from workbench.readers.pdf.pdfium import read_pages
from workbench.readers.pdf.words import lines_of, tokens_of
from workbench.readers.scan.page import ScannedPage
from workbench.readers.scan.reading import scanned_lines

_STAMP = 40
"""Characters up to which a page with a picture is a scan that an app has stamped."""


def read_pdf_text(data: bytes, name: str) -> TextDocument:
    """Return the lines of all pages.

    Raises:
        UnreadableFileError: encrypted, damaged, cut short or too long.
        OcrNeededError: no page has text and text recognition is not installed.
    """
    pages = with_text(read_pages(data, name), data, name)
    widths = tuple(page.width for page in pages if isinstance(page, ScannedPage))
    return TextDocument("pdf", tuple(line for page in pages for line in _lines(page)), len(pages), widths)


def with_text(pages: tuple[Page, ...], data: bytes, name: str) -> tuple[Page, ...]:
    """Return the pages, pictured ones read by text recognition where it is installed.

    Raises:
        OcrNeededError: a page is only a picture and text recognition is not installed.
    """
    if any(page.pictures and len(page.glyphs) < _STAMP for page in pages):
        from workbench.readers import ocr  # noqa: PLC0415 - optional

        least = _STAMP if ocr.available() else 1
        scans = {page.number for page in pages if page.pictures and len(page.glyphs) < least}
        pages = tuple(ocr.recognised_page(page, data, name) if page.number in scans else page for page in pages)
    if not any(page.glyphs for page in pages):
        raise faults.damaged(name, "no text on any page")
    return pages


def _lines(page: Page) -> list[TextLine]:
    if isinstance(page, ScannedPage):
        return scanned_lines(page)
    found = []
    for number, line in enumerate(lines_of(tokens_of(page.glyphs)), 1):
        words = tuple(Word(token.text, page.shown(token.box)) for token in line.tokens)
        found.append(TextLine(line.text, number, page.number, page.shown(line.box), words))
    return found
