"""What a single row of a statement is: a sum, a carried balance, a printer's note, a day printed above its postings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.domain.lines import LineKind
from workbench.intake.ledger.columns import Columns
from workbench.intake.ledger.heading import is_labelled
from workbench.intake.values import BadNumberError, amount, is_nil, looks_like_date
from workbench.intake.vocabulary import Operations, operation_key
from workbench.readers.model import Cell, Row

_PAGE = re.compile(r"^(?:第\s*\d+\s*页|共\s*\d+\s*页|page\s*\d+|\d+\s*/\s*\d+\s*页?|-\s*\d+\s*-)", re.IGNORECASE)
_PRINTER = re.compile(r"打印|制表|操作员|第\s*\d+\s*页|共\s*\d+\s*页")
_MONTH = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?份?")
_DIGIT = re.compile(r"\d")
_BLANK = Cell("")
_GLUED = re.compile(r"(?P<figure>[(\-−+]?\d[\d,.]*\.\d{2,3}\)?)\s+(?P<words>\S.*)")
_HEADLESS_FIGURES = 3
"""Figures that make a dated row outside of any table a posting rather than a line of the preamble."""
ONLY_DATE = re.compile(r"[\d\s\-./:年月日时分秒()（）]+(?:(?:星期|周)[一二三四五六日天][)）]?)?")
"""A cell that is a date, a time of day and a weekday at most."""


def is_dated_note(row: Row, words: Sequence[str], columns: Columns, operations: Operations) -> bool:
    """Tell whether a row that starts with a date is a printer's note: no figure, and no more than that or its words."""
    amounts = columns.numeric - {*columns.all("quantity"), *columns.all("position")}
    if any(is_figure(row.cells[index]) for index in amounts):
        return False
    if _PRINTER.search(" ".join(row.texts)):
        return True
    if not all(is_nil(row.cells[index].text) for index in columns.numeric) or names_operation(row, operations):
        return False
    moments = {*columns.all("date"), *columns.all("time")}
    bare = all(index in moments or not cell.text for index, cell in enumerate(row.cells))
    return bare or any(word.startswith(tuple(operations.notes)) for word in words)


def day_above(row: Row, columns: Columns) -> Row | None:
    """Return a row that is a date and nothing else, as it is printed above the postings of that day; else None."""
    filled = [index for index, cell in enumerate(row.cells) if cell.text]
    if not filled or any(index in columns.numeric for index in filled):
        return None
    cell = row.cells[filled[0]]
    if not ONLY_DATE.fullmatch(" ".join(filter(None, row.texts))) or not looks_like_date(cell):
        return None
    dates = columns.all("date")
    return replace(row, cells=tuple(cell if index in dates else _BLANK for index in range(len(row.cells))))


def is_headless(row: Row) -> bool:
    """Tell whether a row outside of any table looks like a posting: a date and figures, and no heading above it."""
    figures = sum(is_figure(cell) for cell in row.cells if cell.text and not looks_like_date(cell))
    dated = any(looks_like_date(cell) for cell in row.cells)
    return dated and figures >= _HEADLESS_FIGURES and not is_labelled(row)


def names_operation(row: Row, operations: Operations) -> bool:
    """Tell whether a cell holds a business type of the vocabulary, as postings do and lists of holdings do not."""
    return any(operations.find_exact(cell.text) is not None for cell in row.cells if cell.text)


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell holds a number."""
    try:
        return amount(cell) is not None
    except BadNumberError:
        return False


def padded_to(row: Row, width: int) -> Row:
    """Return a row as wide as its heading; surplus cells (a remark with the delimiter in it) join the last cell."""
    cells = row.cells
    if len(cells) < width:
        return replace(row, cells=(*cells, *(_BLANK for _ in range(width - len(cells)))))
    surplus = [cell.text for cell in cells[width:] if cell.text]
    if surplus:
        last = Cell(",".join([cells[width - 1].text, *surplus]), cells[width - 1].box)
        return replace(row, cells=(*cells[: width - 1], last))
    return replace(row, cells=cells[:width]) if len(cells) > width else row


def unglued(row: Row, columns: Columns) -> Row:
    """Return a row whose figure no longer carries the words of the empty cell behind it: ``94,057.46 第4期``.

    Only where a blank stands between a whole figure and words, and the next column holds words and is empty here:
    scans and narrow prints run a right-aligned figure into the remark.
    """
    cells = list(row.cells)
    for index in sorted(columns.numeric):
        following = index + 1
        if following >= len(cells) or following in columns.numeric or cells[following].text:
            continue
        match = _GLUED.fullmatch(cells[index].text)
        if match and not _GLUED.fullmatch(match["words"]) and not looks_like_number(match["words"]):
            cells[following] = replace(cells[index], text=match["words"], value=None)
            cells[index] = replace(cells[index], text=match["figure"], value=None)
    return row if tuple(cells) == row.cells else replace(row, cells=tuple(cells))


def looks_like_number(text: str) -> bool:
    """Tell whether a text is a number."""
    try:
        return amount(text) is not None
    except BadNumberError:
        return False


def words_of(row: Row, columns: Columns) -> list[str]:
    """Return the texts of the columns that hold no numbers."""
    return [cell.text for index, cell in enumerate(row.cells) if cell.text and index not in columns.numeric]


def mark_of(words: Sequence[str], operations: Operations) -> str:
    """Return ``total``, ``opening`` or ``closing`` where a word of the row says so."""
    for word in words[:5]:
        key = operation_key(word)
        if any(_says(key, total) for total in operations.totals):
            return "total"
        rule = operations.find_exact(word)
        if rule and rule.kind in {LineKind.OPENING, LineKind.CLOSING}:
            return rule.kind.value
    return ""


def _says(key: str, total: str) -> bool:
    """Tell whether a word is a total's: 合计, 合计金额, 4月合计."""
    return len(key) <= len(total) + 4 and (key.startswith(total) or key.endswith(total))


def is_note(words: Sequence[str], operations: Operations) -> bool:
    """Tell whether a row starts like a printer's remark or a page number."""
    if not words:
        return False
    first = words[0].strip()
    return (
        bool(_PAGE.match(first))
        or first.startswith(tuple(operations.notes))
        or any(_PAGE.match(word) for word in words)
    )


def is_dated(row: Row, columns: Columns) -> bool:
    """Tell whether a date column holds something printed as a date; a month alone stands over or under its rows."""
    cells = [row.cells[index] for index in columns.all("date")]
    return any(looks_like_date(cell) and not _MONTH.fullmatch(cell.text.strip()) for cell in cells)


def figures_of(row: Row, columns: Columns) -> list[int]:
    """Return the number columns that hold something."""
    return [index for index in sorted(columns.numeric) if _DIGIT.search(row.cells[index].text)]


def has_cash(row: Row, columns: Columns) -> bool:
    """Tell whether a row moves cash: a marked row that does is a posting or a sum, not a carried balance."""
    for name in ("net", "money_in", "money_out", "debit", "credit"):
        for index in columns.all(name):
            try:
                if amount(row.cells[index]):
                    return True
            except BadNumberError:
                return True
    return False


def is_title_like(row: Row) -> bool:
    """Tell whether a row can be part of a heading: words only, no figures, no dates."""
    texts = [text for text in row.texts if text.strip()]
    return bool(texts) and not any(_DIGIT.search(text) or ":" in text or "：" in text for text in texts)
