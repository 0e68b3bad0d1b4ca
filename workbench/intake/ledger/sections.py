"""A file's rows sorted out: headings, postings, sums, carried balances, continuations, and what stands outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workbench.domain.lines import LineKind
from workbench.intake.layouts import Layout, Layouts
from workbench.intake.ledger.columns import Columns, merged_titles, read_heading, titles_key
from workbench.intake.ledger.heading import is_labelled
from workbench.intake.values import BadDateError, BadNumberError, amount, is_nil, looks_like_date, moment, plain_text
from workbench.intake.vocabulary import Operations, operation_key
from workbench.readers.model import Cell, Row, TableDocument
from workbench.readers.pdf.cells import joined

_PAGE = re.compile(r"^(?:第\s*\d+\s*页|共\s*\d+\s*页|page\s*\d+|\d+\s*/\s*\d+\s*页?|-\s*\d+\s*-)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_HEADING_ROWS = 3
_FRAGMENTS = frozenset({"-", "−", "(", "（", "－"})
_BLANK = Cell("")


HEADLESS_FIGURES = 3
"""Figures that make a dated row outside of any table a posting rather than a line of the preamble."""
_ONLY_DATE = re.compile(r"[\d\s\-./:年月日时分秒]+")


@dataclass(slots=True)
class Section:
    """One table: its columns and the rows under every repetition of its heading."""

    columns: Columns
    rows: list[Row] = field(default_factory=list)
    """Postings, cells padded to the heading's width, dates filled down."""
    marks: list[tuple[int, str, Row]] = field(default_factory=list)
    """(number of postings above, ``total``/``opening``/``closing``, row)."""
    filled: set[int] = field(default_factory=set)
    """Indexes of rows whose date was printed only above."""


@dataclass(slots=True)
class Sorted:
    """All rows of a file by what they are."""

    sections: list[Section] = field(default_factory=list)
    outside: list[Row] = field(default_factory=list)
    unclear: list[tuple[Row, str]] = field(default_factory=list)
    """Rows with figures that are no posting, with the reason's code."""
    foreign: int = 0
    """Number of rows in tables that are no ledger."""


def sort_rows(table: TableDocument, layouts: Layouts, operations: Operations, profile: Layout | None = None) -> Sorted:
    """Sort out the rows of a file; the sheets of a workbook are tables of their own, the pages of a PDF are not."""
    rows = table.rows
    found = Sorted()
    current: Section | None = None
    foreign = False
    known: dict[tuple[object, ...], Section] = {}
    sheets = table.format in {"xlsx", "xls"}
    at = 0
    while at < len(rows):
        columns, taken = _heading_at(rows, at, layouts, profile)
        if columns is not None:
            foreign = not columns.is_ledger
            current = None
            if not foreign:
                key = (*titles_key(columns.titles), rows[at].page if sheets else None)
                current = known.get(key)
                if current is None:
                    current = known[key] = Section(columns)
                    found.sections.append(current)
            at += taken
            continue
        if current is None:
            (found.outside.append(rows[at]) if not foreign else None)
            if _is_headless(rows[at]) and (not foreign or _names_operation(rows[at], operations)):
                found.unclear.append((rows[at], "before_heading"))
            found.foreign += foreign
            if foreign and is_labelled(rows[at]):
                found.outside.append(rows[at])
        else:
            _place(rows[at], current, operations, found)
        at += 1
    return found


def _heading_at(rows: Sequence[Row], at: int, layouts: Layouts, profile: Layout | None) -> tuple[Columns | None, int]:
    """Return the columns of a heading that starts here and over how many rows it runs."""
    best, taken = read_heading(rows[at].texts, layouts, profile), 1
    titles: Sequence[str] = rows[at].texts
    if not _title_like(rows[at]):
        return best, taken
    for more in range(1, _HEADING_ROWS):
        if at + more >= len(rows) or rows[at + more].page != rows[at].page or not _title_like(rows[at + more]):
            break
        titles = merged_titles(titles, rows[at + more].texts, layouts.titles)
        wider = read_heading(titles, layouts, profile)
        if wider is None:
            continue
        alone = read_heading(rows[at + more].texts, layouts, profile)
        if _known(wider) > max(_known(best), _known(alone)):
            best, taken = wider, more + 1
    return best, taken


def _known(columns: Columns | None) -> int:
    return sum(map(len, columns.fields.values())) if columns else 0


def _title_like(row: Row) -> bool:
    """Tell whether a row can be part of a heading: words only, no figures, no dates."""
    texts = [text for text in row.texts if text.strip()]
    return bool(texts) and not any(re.search(r"\d", text) or ":" in text or "：" in text for text in texts)


def _place(row: Row, section: Section, operations: Operations, found: Sorted) -> None:
    padded = _padded(row, len(section.columns.titles))
    words = _words(padded, section.columns)
    mark = _mark(words, operations)
    if not any(padded.texts):
        return
    if mark == "total" or (mark and not _has_cash(padded, section.columns)):
        section.marks.append((len(section.rows), mark, padded))
    elif _is_note(words, operations) and not _dated(padded, section.columns):
        found.outside.append(row)
    elif mark:
        section.marks.append((len(section.rows), mark, padded))
    elif _dated(padded, section.columns):
        section.rows.append(padded)
    elif is_labelled(row):
        found.outside.append(row)
    elif not _figures(padded, section.columns) or _is_fragment(padded, section):
        if section.rows and _continues(padded, section):
            section.rows[-1] = _merged(section.rows[-1], padded)
        else:
            found.outside.append(row)
    elif _undated_posting(padded, section):
        section.filled.add(len(section.rows))
        section.rows.append(_with_date(padded, section))
    else:
        found.unclear.append((padded, "not_understood"))


def _is_headless(row: Row) -> bool:
    """Tell whether a row outside of any table looks like a posting: a date and figures, and no heading above it."""
    figures = sum(_is_figure(cell) for cell in row.cells if cell.text and not looks_like_date(cell))
    dated = any(looks_like_date(cell) for cell in row.cells)
    return dated and figures >= HEADLESS_FIGURES and not is_labelled(row)


def _names_operation(row: Row, operations: Operations) -> bool:
    """Tell whether a cell holds a business type of the vocabulary, as postings do and lists of holdings do not."""
    return any(operations.find_exact(cell.text) is not None for cell in row.cells if cell.text)


def _is_figure(cell: Cell) -> bool:
    try:
        return amount(cell) is not None
    except BadNumberError:
        return False


def _padded(row: Row, width: int) -> Row:
    """Return a row as wide as its heading; surplus cells (a remark with the delimiter in it) join the last cell."""
    cells = row.cells
    if len(cells) < width:
        return replace(row, cells=(*cells, *(_BLANK for _ in range(width - len(cells)))))
    surplus = [cell.text for cell in cells[width:] if cell.text]
    if surplus:
        last = Cell(",".join([cells[width - 1].text, *surplus]), cells[width - 1].box)
        return replace(row, cells=(*cells[: width - 1], last))
    return replace(row, cells=cells[:width]) if len(cells) > width else row


def _words(row: Row, columns: Columns) -> list[str]:
    return [cell.text for index, cell in enumerate(row.cells) if cell.text and index not in columns.numeric]


def _mark(words: Sequence[str], operations: Operations) -> str:
    """Return ``total``, ``opening`` or ``closing`` where a word of the row says so."""
    for word in words[:5]:
        key = operation_key(word)
        if any(key == total or (key.startswith(total) and len(key) <= len(total) + 4) for total in operations.totals):
            return "total"
        rule = operations.find_exact(word)
        if rule and rule.kind in {LineKind.OPENING, LineKind.CLOSING}:
            return rule.kind.value
    return ""


def _is_note(words: Sequence[str], operations: Operations) -> bool:
    if not words:
        return False
    first = words[0].strip()
    return (
        bool(_PAGE.match(first))
        or first.startswith(tuple(operations.notes))
        or any(_PAGE.match(word) for word in words)
    )


def _dated(row: Row, columns: Columns) -> bool:
    return any(looks_like_date(row.cells[index]) for index in columns.all("date"))


def _figures(row: Row, columns: Columns) -> list[int]:
    """Return the number columns that hold something."""
    return [index for index in sorted(columns.numeric) if _DIGIT.search(row.cells[index].text)]


def _has_cash(row: Row, columns: Columns) -> bool:
    """Tell whether a row moves cash: a marked row that does is a posting or a sum, not a carried balance."""
    for name in ("net", "money_in", "money_out", "debit", "credit"):
        for index in columns.all(name):
            try:
                if amount(row.cells[index]):
                    return True
            except BadNumberError:
                return True
    return False


def _continues(row: Row, section: Section) -> bool:
    """Tell whether a row without date and figures goes on with the cells of the row above."""
    above = section.rows[-1]
    near = above.page == row.page and (row.box is None or above.box is None or row.box.top - above.box.bottom < 30)  # noqa: PLR2004 - points
    filled = [index for index, cell in enumerate(row.cells) if cell.text]
    if not near or (row.box is None and filled == [0]):
        return False
    return all(above.cells[index].text and _may_grow(above, row, index, section.columns) for index in filled)


def _may_grow(above: Row, row: Row, index: int, columns: Columns) -> bool:
    """Tell whether a cell is still a date or a number once the text below it is joined to it."""
    whole = Cell(joined(above.cells[index].text, row.cells[index].text))
    try:
        if index in columns.all("date"):
            moment(whole)
        elif index in columns.numeric:
            amount(whole)
    except (BadDateError, BadNumberError):
        return False
    return True


def _is_fragment(row: Row, section: Section) -> bool:
    """Tell whether figures only finish a sign that stands alone in the row above (``-`` / ``116720.48``)."""
    if not section.rows:
        return False
    above = section.rows[-1]
    return all(above.cells[index].text.strip() in _FRAGMENTS for index in _figures(row, section.columns))


def _merged(row: Row, more: Row) -> Row:
    cells = []
    for cell, new in zip(row.cells, more.cells, strict=True):
        if not new.text:
            cells.append(cell)
            continue
        box = cell.box.union(new.box) if cell.box and new.box else cell.box or new.box
        cells.append(Cell(joined(cell.text, new.text) if cell.text else new.text, box))
    box = row.box.union(more.box) if row.box and more.box else row.box
    return replace(row, cells=tuple(cells), box=box)


def _undated_posting(row: Row, section: Section) -> bool:
    """Tell whether a row is a posting of the date printed above it."""
    columns = section.columns
    if not section.rows or any(not is_nil(row.cells[index].text) for index in columns.all("date")):
        return False
    named = [name for name in ("operation", "code", "name", "code_name", "remark") if _text(row, columns, name)]
    return bool(named)


def _text(row: Row, columns: Columns, name: str) -> str:
    index = columns.first(name)
    return plain_text(row.cells[index].text) if index is not None else ""


def _with_date(row: Row, section: Section) -> Row:
    cells = list(row.cells)
    for index in section.columns.all("date"):
        cells[index] = section.rows[-1].cells[index]
    return replace(row, cells=tuple(cells))


def impossible_date(row: Row, columns: Columns) -> str | None:
    """Return a printed date that does not exist, or None."""
    for index in columns.all("date"):
        try:
            moment(row.cells[index])
        except BadDateError:
            if looks_like_date(row.cells[index]) and _ONLY_DATE.fullmatch(row.cells[index].text):
                return row.cells[index].text
    return None
