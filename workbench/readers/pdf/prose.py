"""A PDF as running text: lines with their words and boxes on the page as displayed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing

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
    lines: list[TextLine] = []
    widths: list[float] = []
    count = 0
    with closing(pages_with_text(data, name)) as pages:
        for page in pages:
            count += 1
            lines += _lines(page)
            widths += [page.width] if isinstance(page, ScannedPage) else []
    return TextDocument("pdf", tuple(lines), count, tuple(widths))


def pages_with_text(data: bytes, name: str) -> Generator[Page]:
    """Yield the pages, pictured ones read by text recognition where it is installed.

    Raises:
        UnreadableFileError: encrypted, damaged, cut short or too long; no page has text.
        OcrNeededError: a page is only a picture and text recognition is not installed.
    """
    from workbench.readers import ocr  # noqa: PLC0415 - optional

    written = False
    with closing(read_pages(data, name)) as pages:
        for page in pages:
            scanned = page.pictures and len(page.glyphs) < (_STAMP if ocr.available() else 1)
            shown = ocr.recognised_page(page, data, name) if scanned else page
            written = written or bool(shown.glyphs)
            yield shown
    if not written:
        raise faults.damaged(name, "no text on any page")


def _lines(page: Page) -> list[TextLine]:
    if isinstance(page, ScannedPage):
        return scanned_lines(page)
    found = []
    for number, line in enumerate(lines_of(tokens_of(page.glyphs)), 1):
        words = tuple(Word(token.text, page.shown(token.box)) for token in line.tokens)
        found.append(TextLine(line.text, number, page.number, page.shown(line.box), words))
    return found
