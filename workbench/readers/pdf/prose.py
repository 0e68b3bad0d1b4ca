"""A PDF as running text: lines with their words and boxes on the page as displayed."""

from __future__ import annotations

from workbench.readers import faults
from workbench.readers.model import TextDocument, TextLine, Word
from workbench.readers.pdf.geometry import Page
from workbench.readers.pdf.pdfium import read_pages
from workbench.readers.pdf.words import lines_of, tokens_of


def read_pdf_text(data: bytes, name: str) -> TextDocument:
    """Return the lines of all pages.

    Raises:
        UnreadableFileError: encrypted, damaged, cut short or too long.
        OcrNeededError: no page has text and text recognition is not installed.
    """
    pages = with_text(read_pages(data, name), data, name)
    return TextDocument("pdf", tuple(line for page in pages for line in _lines(page)), len(pages))


def with_text(pages: tuple[Page, ...], data: bytes, name: str) -> tuple[Page, ...]:
    """Return the pages, pictured ones read by text recognition where it is installed.

    Raises:
        OcrNeededError: a page is only a picture and text recognition is not installed.
    """
    blank = [page for page in pages if not page.glyphs and page.pictures]
    if not blank:
        if not any(page.glyphs for page in pages):
            raise faults.damaged(name, "no text on any page")
        return pages
    from workbench.readers.ocr import recognised_page  # noqa: PLC0415 - optional

    return tuple(recognised_page(page, data, name) if page in blank else page for page in pages)


def _lines(page: Page) -> list[TextLine]:
    found = []
    for number, line in enumerate(lines_of(tokens_of(page.glyphs)), 1):
        words = tuple(Word(token.text, page.shown(token.box)) for token in line.tokens)
        found.append(TextLine(line.text, number, page.number, page.shown(line.box), words))
    return found
