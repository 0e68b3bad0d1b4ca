"""A PDF as table rows: ruled stretches by their rules, the rest by the blanks between columns."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace

from workbench.readers import faults
from workbench.readers.limits import MAX_ROWS
from workbench.readers.model import Row, TableDocument
from workbench.readers.pdf.cells import RawRow, finished, free_cells, placed
from workbench.readers.pdf.geometry import Page
from workbench.readers.pdf.lattice import Region, region_rows, regions
from workbench.readers.pdf.prose import pages_with_text
from workbench.readers.pdf.stream import (
    Segment,
    body_rows,
    find_cuts,
    heading_block,
    is_furniture,
    is_heading,
    same_heading,
)
from workbench.readers.pdf.words import PrintedLine, Token, lines_of, tokens_of
from workbench.readers.scan.reading import with_confidence


def read_pdf_table(data: bytes, name: str) -> TableDocument:
    """Return the rows of all pages in reading order.

    Raises:
        UnreadableFileError: encrypted, damaged, cut short or too long.
        OcrNeededError: a page is only a picture and text recognition is not installed.
    """
    with closing(pages_with_text(data, name)) as pages:
        layouts = [_PageLayout(page) for page in pages]
    return with_confidence(_table(layouts, name), tuple(layout.page for layout in layouts))


def table_of(pages: Iterable[Page], name: str) -> TableDocument:
    """Return the rows of pages whose geometry is known.

    Raises:
        UnreadableFileError: too many rows.
    """
    return _table([_PageLayout(page) for page in pages], name)


def _table(layouts: list[_PageLayout], name: str) -> TableDocument:
    segments = _segments(layouts)
    for segment in segments:
        segment.cuts = find_cuts(segment.heading, segment.body)
    rows: list[Row] = []
    for layout in layouts:
        rows.extend(finished(layout.rows(), layout.page, 1))
        if len(rows) > MAX_ROWS:
            raise faults.too_long(name)
    ruled = sum(bool(layout.ruled) for layout in layouts)
    notes = (f"{ruled} of {len(layouts)} pages with vertical rules",)
    return TableDocument("pdf", tuple(rows), pages=len(layouts), notes=notes)


class _PageLayout:
    """One page: its ruled stretches and the lines outside of them, in order of height."""

    def __init__(self, page: Page) -> None:
        # Without its glyphs, which are most of a long file; the page itself may be shared and stays as it is.
        self.page = replace(page, glyphs=[])
        tokens = tokens_of(page.glyphs)
        self.ruled: list[tuple[Region, list[Token]]] = [(region, []) for region in regions(page.rules)]
        free: list[Token] = []
        for token in tokens:
            home = next((mine for one, mine in self.ruled if one.top <= token.level < one.bottom), free)
            home.append(token)
        self.lines = lines_of(free)
        self.homes: list[Segment | None] = [None] * len(self.lines)
        self.headings: set[int] = set()

    def rows(self) -> list[RawRow]:
        """Return the page's rows from top to bottom."""
        parts: list[tuple[float, list[RawRow]]] = [(one.top, region_rows(one, mine)) for one, mine in self.ruled]
        at = 0
        while at < len(self.lines):
            segment, end = self.homes[at], at + 1
            if segment is None:
                parts.append((self.lines[at].top, [free_cells(self.lines[at])]))
            elif at in self.headings:
                parts.append((self.lines[at].top, [RawRow(placed(self.lines[at], segment.cuts))]))
            else:
                while end < len(self.lines) and self.homes[end] is segment and end not in self.headings:
                    end += 1
                block = self.lines[at:end]
                parts.append((block[0].top, body_rows(block, segment.cuts, self.page.rules)))
            at = end
        return [row for _, rows in sorted(parts, key=lambda part: part[0]) for row in rows]


def _segments(layouts: list[_PageLayout]) -> list[Segment]:
    """Give every line below a heading its segment; equal headings on later pages share one."""
    known: list[Segment] = []
    current: Segment | None = None
    for layout in layouts:
        if layout.ruled:
            current = None
        at = 0
        while at < len(layout.lines):
            if not layout.ruled and is_heading(layout.lines, at):
                first, last = heading_block(layout.lines, at)
                block = layout.lines[first:last]
                current = next((one for one in known if same_heading(one.heading, block)), None)
                if current is None:
                    current = Segment(block)
                    known.append(current)
                for index in range(first, last):
                    layout.homes[index] = current
                    layout.headings.add(index)
                at = last
                continue
            layout.homes[at] = None if is_furniture(layout.lines, at) else current
            if layout.homes[at] is not None and current is not None:
                current.body.append(layout.lines[at])
            at += 1
    if known or not layouts:
        return known
    return [_headless(layouts)]


def _headless(layouts: list[_PageLayout]) -> Segment:
    """Return one segment over all dense lines of a file without any heading."""
    segment = Segment([])
    for layout in layouts:
        if layout.ruled:
            continue
        for at, line in enumerate(layout.lines):
            if _is_dense(line):
                layout.homes[at] = segment
                segment.body.append(line)
    return segment


def _is_dense(line: PrintedLine) -> bool:
    return len({token.run for token in line.tokens}) > 2  # noqa: PLR2004 - a heading line has one or two stretches
