"""A file's rows sorted out: headings, postings, sums, carried balances, continuations, and what stands outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workbench.intake.layouts import Layout, Layouts
from workbench.intake.ledger.columns import Columns, headless_columns, merged_titles, read_heading, titles_key
from workbench.intake.ledger.heading import is_labelled
from workbench.intake.ledger.inference import LOOK_AHEAD, completed
from workbench.intake.ledger.rows import (
    ONLY_DATE,
    day_above,
    figures_of,
    has_cash,
    is_dated,
    is_dated_note,
    is_headless,
    is_note,
    is_title_like,
    mark_of,
    names_operation,
    padded_to,
    unglued,
    words_of,
)
from workbench.intake.values import BadDateError, BadNumberError, amount, is_nil, looks_like_date, moment, plain_text
from workbench.intake.vocabulary import Operations
from workbench.readers.model import Cell, Row, TableDocument
from workbench.readers.pdf.cells import joined

_HEADING_ROWS = 3
_FRAGMENTS = frozenset({"-", "−", "(", "（", "－"})


@dataclass(slots=True)
class Section:
    """One table: its columns and the rows under every repetition of its heading."""

    columns: Columns
    rows: list[Row] = field(default_factory=list)
    """Postings, cells padded to the heading's width, dates filled down."""
    marks: list[tuple[int, str, Row]] = field(default_factory=list)
    """(number of postings above, ``total``/``opening``/``closing``/``unnamed``, row)."""
    filled: set[int] = field(default_factory=set)
    """Indexes of rows whose date was printed only above."""
    days: list[Row] = field(default_factory=list)
    """The last row whose date holds for undated rows below: a posting, or a date on a line of its own."""


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
    if profile is not None and profile.headless:
        width = max((len(row.cells) for row in rows), default=0)
        current = Section(headless_columns(width, profile, layouts))
        found.sections.append(current)
    at = 0
    while at < len(rows):
        columns, taken = _heading_at(rows, at, layouts, profile)
        if columns is not None:
            columns = completed(columns, rows[at + taken : at + taken + LOOK_AHEAD], operations, layouts.titles)
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
            if is_headless(rows[at]) and (not foreign or names_operation(rows[at], operations)):
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
    if not is_title_like(rows[at]):
        return best, taken
    for more in range(1, _HEADING_ROWS):
        if at + more >= len(rows) or rows[at + more].page != rows[at].page or not is_title_like(rows[at + more]):
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


def _place(row: Row, section: Section, operations: Operations, found: Sorted) -> None:
    """Put a row below a heading where it belongs; days, sums, carried balances and notes first."""
    padded = unglued(padded_to(row, len(section.columns.titles)), section.columns)
    if not any(padded.texts):
        return
    words = words_of(padded, section.columns)
    mark = mark_of(words, operations)
    dated = is_dated(padded, section.columns)
    day = day_above(padded, section.columns)
    if day is not None:
        section.days = [day]
        found.outside.append(row)
    elif mark == "total" or (mark and not has_cash(padded, section.columns)):
        section.marks.append((len(section.rows), mark, padded))
    elif is_note(words, operations) and not dated:
        found.outside.append(row)
    elif mark:
        section.marks.append((len(section.rows), mark, padded))
    elif dated and is_dated_note(padded, words, section.columns, operations):
        found.outside.append(row)
    elif dated:
        section.rows.append(padded)
        section.days = [padded]
    elif is_labelled(row):
        found.outside.append(row)
    else:
        _place_undated(row, padded, section, found)


def _place_undated(row: Row, padded: Row, section: Section, found: Sorted) -> None:
    if not figures_of(padded, section.columns) or _is_fragment(padded, section):
        if section.rows and _continues(padded, section):
            section.rows[-1] = _merged(section.rows[-1], padded)
        else:
            found.outside.append(row)
    elif _undated_posting(padded, section):
        section.filled.add(len(section.rows))
        section.rows.append(_with_date(padded, section))
    else:
        section.marks.append((len(section.rows), "unnamed", padded))


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
    return all(above.cells[index].text.strip() in _FRAGMENTS for index in figures_of(row, section.columns))


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
    if not section.days or any(not is_nil(row.cells[index].text) for index in columns.all("date")):
        return False
    named = [name for name in ("operation", "code", "name", "code_name", "remark") if _text(row, columns, name)]
    return bool(named)


def _text(row: Row, columns: Columns, name: str) -> str:
    index = columns.first(name)
    return plain_text(row.cells[index].text) if index is not None else ""


def _with_date(row: Row, section: Section) -> Row:
    cells = list(row.cells)
    for index in section.columns.all("date"):
        cells[index] = section.days[-1].cells[index]
    return replace(row, cells=tuple(cells))


def impossible_date(row: Row, columns: Columns) -> str | None:
    """Return a printed date that does not exist, or None."""
    for index in columns.all("date"):
        try:
            moment(row.cells[index])
        except BadDateError:
            if looks_like_date(row.cells[index]) and ONLY_DATE.fullmatch(row.cells[index].text):
                return row.cells[index].text
    return None
