"""Any readable file as lines of text, each with its place."""

from __future__ import annotations

from workbench.readers import faults
from workbench.readers.encoding import decode
from workbench.readers.model import TextDocument, TextLine
from workbench.readers.sniff import sniff


def read_text(data: bytes, name: str) -> TextDocument:
    """Return a document's lines in reading order.

    Lines of a PDF carry page, box and words; rows of a DOCX or HTML table stand as cells joined by `` | ``.

    Raises:
        UnreadableFileError: empty, encrypted, damaged, too large, garbled or not a document.
        OcrNeededError: a picture, or a PDF of pictures, and text recognition is not installed.
    """
    kind = sniff(data, name)
    if kind == "pdf":
        from workbench.readers.pdf.prose import read_pdf_text  # noqa: PLC0415 - heavy

        return read_pdf_text(data, name)
    if kind == "docx":
        from workbench.readers.docx import read_docx_text  # noqa: PLC0415 - heavy

        return read_docx_text(data, name)
    if kind == "html":
        from workbench.readers.html import read_html_text  # noqa: PLC0415 - rare

        return read_html_text(data, name)
    if kind in {"png", "jpeg", "bmp", "tiff"}:
        from workbench.readers.scan.reading import read_picture_text  # noqa: PLC0415 - optional

        return read_picture_text(data, name)
    if kind != "text":
        raise faults.wrong_kind(name, kind, "文字文件（TXT、DOCX、PDF）", "a text document (TXT, DOCX, PDF)")
    text, _ = decode(data, name)
    return TextDocument("txt", tuple(TextLine(line, number) for number, line in enumerate(text_lines(text), 1)))


def text_lines(text: str) -> list[str]:
    """Split at line ends only (not at form feeds or Unicode separators inside a line), trailing blanks removed."""
    return [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")]
