"""The evidence book: what is bound behind the catalogue, and on which stamped page each item stands.

An item is bound as it is: pages of a PDF and pictures are placed whole on A4; sheets and texts, which have no pages,
are printed row by row with the row numbers that findings cite. What cannot be printed gets a page that says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

SPAN_LABEL = "<span>"
NARROWEST, WIDEST = 4, 26
"""Bounds of a printed column, in half-width characters."""
PORTRAIT = 92
"""Half-width characters that fit across an upright page at the small size."""
UNKNOWN_GLYPH = "□"


@dataclass(frozen=True, slots=True)
class PdfPages:
    """Pages of a PDF, placed as they are."""

    data: bytes
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page, in points, as a viewer shows it."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture that fills a page."""

    data: bytes
    suffix: str
    """``png`` or ``jpg``."""
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of a table with their numbers in the file."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines of a text with their numbers in the file."""

    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A file that stays electronic: sound, film, unknown formats."""

    why: str


BookPart = PdfPages | PagePicture | Sheet | Prose | Unprintable


@dataclass(frozen=True, slots=True)
class BookItem:
    """One item of the catalogue with its content."""

    no: int
    title: str
    file: str
    sha256: str
    parts: tuple[BookPart, ...]


def embeds_pdf(items: Sequence[BookItem]) -> bool:
    """Tell whether pages of a PDF are placed as they are; such a book cannot be PDF/A."""
    return any(isinstance(part, PdfPages) for item in items for part in item.parts)


def texts(items: Sequence[BookItem]) -> Iterator[str]:
    """Yield every text that is printed from the items."""
    for item in items:
        yield item.title + item.file
        for part in item.parts:
            if isinstance(part, Sheet):
                yield part.name
                yield from (text for _, cells in part.rows for text in cells)
            elif isinstance(part, Prose):
                yield from (text for _, text in part.lines)
            elif isinstance(part, Unprintable):
                yield part.why


def without(items: Sequence[BookItem], missing: Sequence[str]) -> tuple[BookItem, ...]:
    """Return the items with characters that no font shows printed as an empty square; the files keep them."""
    table = str.maketrans(dict.fromkeys(missing, UNKNOWN_GLYPH))

    def printable(part: BookPart) -> BookPart:
        if isinstance(part, Sheet):
            return Sheet(
                part.name.translate(table),
                tuple((row, tuple(text.translate(table) for text in cells)) for row, cells in part.rows),
            )
        if isinstance(part, Prose):
            return Prose(tuple((number, text.translate(table)) for number, text in part.lines))
        return part

    return tuple(
        replace(
            item,
            title=item.title.translate(table),
            file=item.file.translate(table),
            parts=tuple(printable(part) for part in item.parts),
        )
        for item in items
    )


def item_data(items: Sequence[BookItem], root: Path) -> list[dict[str, Any]]:
    """Write the items' files into a folder and return what the page layout reads."""
    return [_item(item, root) for item in items]


def spans_of(found: Sequence[Mapping[str, int]]) -> dict[int, tuple[int, int]]:
    """Return first and last stamped page by number of the item, from the layout's marks."""
    spans: dict[int, tuple[int, int]] = {}
    for mark in found:
        first, _ = spans.get(mark["no"], (mark["page"], 0))
        spans[mark["no"]] = (first, mark["page"])
    return spans


def _item(item: BookItem, root: Path) -> dict[str, Any]:
    parts = [one for index, part in enumerate(item.parts) for one in _part(part, f"item-{item.no}-{index}", root)]
    return {"no": item.no, "title": item.title, "file": item.file, "sha256": item.sha256, "parts": parts}


def _part(part: BookPart, name: str, root: Path) -> Iterator[dict[str, Any]]:
    match part:
        case PdfPages(data, sizes):
            (root / f"{name}.pdf").write_bytes(data)
            for number, (width, height) in enumerate(sizes, 1):
                yield {"t": "image", "file": f"{name}.pdf", "page": number, "wide": width > height}
        case PagePicture(data, suffix, width, height):
            (root / f"{name}.{suffix}").write_bytes(data)
            yield {"t": "image", "file": f"{name}.{suffix}", "page": 1, "wide": width > height}
        case Sheet(title, rows):
            widths = _widths(rows)
            yield {
                "t": "rows",
                "name": title,
                "widths": widths,
                "wide": sum(widths) > PORTRAIT,
                "cells": [text for row, cells in rows for text in _padded(row, cells, len(widths))],
            }
        case Prose(lines):
            yield {"t": "lines", "wide": False, "lines": [[str(number), text] for number, text in lines]}
        case Unprintable(why):
            yield {"t": "note", "wide": False, "text": why}


def _padded(row: int, cells: tuple[str, ...], columns: int) -> tuple[str, ...]:
    return (str(row), *cells, *("",) * (columns - 1 - len(cells)))


def _widths(rows: tuple[tuple[int, tuple[str, ...]], ...]) -> list[int]:
    """Return a width for the row numbers and each column, in half-width characters."""
    columns = max((len(cells) for _, cells in rows), default=1)
    longest = [0] * columns
    for _, cells in rows:
        for index, text in enumerate(cells):
            longest[index] = max(longest[index], _columns(text))
    return [NARROWEST, *(min(WIDEST, max(NARROWEST, width)) for width in longest)]


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
