"""Files of the vault become what an evidence book binds: pages, pictures, rows, lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from workbench.domain.evidence import RECORDED, Exhibit
from workbench.errors import WorkbenchError
from workbench.services.desk import Desk

if TYPE_CHECKING:
    from workbench.documents.book import BookItem, BookPart

PICTURE_DPI = 170
"""Resolution of PDF pages bound as pictures."""
PICTURES = frozenset({"png", "jpeg", "bmp", "tiff", "webp"})


def bound_items(desk: Desk, exhibits: Sequence[Exhibit], *, as_pictures: bool = False) -> tuple[BookItem, ...]:
    """Return every exhibit as it is bound; what cannot be printed says so on its page.

    Args:
        desk: the desk.
        exhibits: the items of the catalogue.
        as_pictures: draw pages of PDFs instead of placing them, so that the book can be PDF/A.

    Raises:
        NotFoundError: the vault has lost a file.
        StoreError: a file in the vault was altered.
    """
    from workbench.documents.book import BookItem  # noqa: PLC0415  start fast

    return tuple(
        BookItem(
            one.no,
            one.title,
            one.document.file,
            one.document.sha256,
            _parts(desk.vault.read(one.document.sha256), one.document.file, as_pictures=as_pictures),
        )
        for one in exhibits
    )


def _parts(data: bytes, name: str, *, as_pictures: bool) -> tuple[BookPart, ...]:
    from workbench.documents.book import Unprintable  # noqa: PLC0415
    from workbench.readers.sniff import sniff  # noqa: PLC0415

    if name.casefold().endswith(RECORDED):
        return (Unprintable("录音录像以电子数据形式提交，见随附存储介质。"),)
    try:
        kind = sniff(data, name)
        if kind == "pdf":
            return _pdf(data, as_pictures=as_pictures)
        if kind in PICTURES:
            return (_picture(data),)
        if kind in ("xlsx", "xls"):
            return _sheets(data, name)
        return (_prose_or_rows(data, name),)
    except WorkbenchError as problem:
        return (
            Unprintable(f"本文件无法打印（{problem.what_zh or problem.what}），以电子数据形式提交，见随附存储介质。"),
        )


def _pdf(data: bytes, *, as_pictures: bool) -> tuple[BookPart, ...]:
    from workbench.documents.book import PagePicture, PdfPages  # noqa: PLC0415
    from workbench.readers.picture import page_png, page_sizes  # noqa: PLC0415  heavy

    sizes = page_sizes(data)
    if not as_pictures:
        return (PdfPages(data, sizes),)
    return tuple(
        PagePicture(page_png(data, number, PICTURE_DPI), "png", width, height)
        for number, (width, height) in enumerate(sizes, 1)
    )


def _picture(data: bytes) -> BookPart:
    from workbench.documents.book import PagePicture  # noqa: PLC0415
    from workbench.readers.picture import printable  # noqa: PLC0415

    return PagePicture(*printable(data))


def _sheets(data: bytes, name: str) -> tuple[BookPart, ...]:
    from workbench.documents.book import Sheet  # noqa: PLC0415
    from workbench.readers.tables import read_table  # noqa: PLC0415

    rows = read_table(data, name).rows
    return tuple(
        Sheet(f"工作表 {page}" if page else "", tuple((row.row, row.texts) for row in found))
        for page, found in groupby(rows, key=lambda row: row.page)
    )


def _prose_or_rows(data: bytes, name: str) -> BookPart:
    """Return a table where every row has the same few columns, else the text line by line."""
    from workbench.documents.book import Prose, Sheet  # noqa: PLC0415
    from workbench.readers.tables import read_table  # noqa: PLC0415
    from workbench.readers.text import read_text  # noqa: PLC0415

    try:
        rows = read_table(data, name).rows
    except WorkbenchError:
        rows = ()
    if rows and sum(len(row.cells) > 2 for row in rows) > len(rows) / 2:  # noqa: PLR2004  three columns make a table
        return Sheet("", tuple((row.row, row.texts) for row in rows))
    return Prose(tuple((line.number, line.text) for line in read_text(data, name).lines))
