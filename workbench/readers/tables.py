"""Any readable file as rows of cells in file order, each with its place."""

from __future__ import annotations

from workbench.readers import faults
from workbench.readers.model import TableDocument
from workbench.readers.sniff import sniff


def read_table(data: bytes, name: str) -> TableDocument:
    """Return a file's rows, heading and footer rows included.

    Raises:
        UnreadableFileError: empty, encrypted, damaged, too large, garbled or without a table.
        OcrNeededError: a picture, or a PDF of pictures, and text recognition is not installed.
    """
    kind = sniff(data, name)
    if kind == "pdf":
        from workbench.readers.pdf.tables import read_pdf_table  # noqa: PLC0415 - heavy

        return read_pdf_table(data, name)
    if kind in {"xlsx", "xls"}:
        from workbench.readers.spreadsheet import read_spreadsheet  # noqa: PLC0415 - heavy

        return read_spreadsheet(data, name, kind)
    if kind == "docx":
        from workbench.readers.docx import read_docx_table  # noqa: PLC0415 - heavy

        return read_docx_table(data, name)
    if kind == "html":
        from workbench.readers.html import read_html_table  # noqa: PLC0415 - rare

        return read_html_table(data, name)
    if kind in {"png", "jpeg", "bmp", "tiff"}:
        from workbench.readers.scan.reading import read_picture_table  # noqa: PLC0415 - optional

        return read_picture_table(data, name)
    if kind != "text":
        raise faults.wrong_kind(
            name, kind, "表格（PDF、XLSX、XLS、CSV、TXT、HTML）", "a table (PDF, XLSX, XLS, CSV, TXT, HTML)"
        )
    from workbench.readers.delimited import read_delimited  # noqa: PLC0415 - one of several

    return read_delimited(data, name)
