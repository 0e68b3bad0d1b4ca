"""Misread words of a recognised table, taken back to the only word of the vocabulary they can be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from workbench.intake.layouts import Layouts
from workbench.intake.recognition.dates import with_days
from workbench.intake.recognition.fixes import Fix
from workbench.intake.vocabulary import Operations, operation_key, title_key
from workbench.readers.model import Cell, Row, TableDocument

ALIKE = tuple(
    frozenset(group)
    for group in (
        "入人八", "未末", "日曰目", "已己巳", "土士", "干千于", "账帐", "余佘", "券卷", "额颇频", "税说", "费贵",
        "收攻", "划别", "贷货", "资贸", "息恩", "偿尝", "还坏", "金全",
    )
)  # fmt: skip
"""Characters that recognition takes for each other; 买 and 卖 are not among them: the side is never guessed."""
_SURE = 0.95
_LEAST_TITLES = 3
_LEAST_LENGTH = 3
_LONGEST = 12


def is_recognised(table: TableDocument) -> bool:
    """Tell whether any cell was read from a picture."""
    return any(cell.confidence is not None for row in table.rows for cell in row.cells)


def with_known_words(
    table: TableDocument, layouts: Layouts, operations: Operations
) -> tuple[TableDocument, tuple[Fix, ...]]:
    """Return a recognised table with misread titles and operations replaced by the words they must be, and which.

    A word is replaced where the vocabulary does not know it and knows exactly one word that differs from it by one
    character, which must look alike or have been doubtful. Dates are repaired where they fit between their
    neighbours; codes and amounts are not touched.
    """
    if not is_recognised(table):
        return table, ()
    titles = layouts.titles.fields
    known_titles = {key: key for key in titles}
    known_operations = {key: key for key in operations.exact}
    rows = []
    for row in table.rows:
        heading = sum(title_key(cell.text) in titles for cell in row.cells) >= _LEAST_TITLES
        if heading:
            rows.append(_row(row, lambda cell: _fixed(cell, title_key, known_titles)))
        else:
            rows.append(_row(row, lambda cell: _operation(cell, operations, known_operations)))
    dated, day_fixes = with_days(rows)
    fixes: dict[tuple[str, str], list[Fix]] = {}
    for old, new in zip(table.rows, rows, strict=True):
        for cell, fixed in zip(old.cells, new.cells, strict=True):
            if cell.text != fixed.text:
                fix = Fix(old, "", cell.text, fixed.text, "vocabulary", cell.confidence)
                fixes.setdefault((cell.text, fixed.text), []).append(fix)
    once = tuple(replace(same[0], times=len(same)) for same in fixes.values())
    return replace(table, rows=tuple(dated)), (*once, *day_fixes)


def _row(row: Row, fix: Callable[[Cell], Cell]) -> Row:
    cells = tuple(fix(cell) if cell.confidence is not None else cell for cell in row.cells)
    return replace(row, cells=cells) if cells != row.cells else row


def _operation(cell: Cell, operations: Operations, known: Mapping[str, str]) -> Cell:
    return cell if operations.find(cell.text) is not None else _fixed(cell, operation_key, known)


def _fixed(cell: Cell, key_of: Callable[[str], str], known: Mapping[str, str]) -> Cell:
    key = key_of(cell.text)
    if key in known or not _LEAST_LENGTH <= len(key) <= _LONGEST or any(char.isdigit() for char in key):
        return cell
    found = nearest(key, known, doubtful=cell.confidence is not None and cell.confidence < _SURE)
    return replace(cell, text=found) if found else cell


def nearest(word: str, known: Collection[str], *, doubtful: bool) -> str | None:
    """Return the only known word that differs by one character; look-alikes first, others only where doubtful."""
    near = [(other, pair) for other in known if len(other) == len(word) and (pair := _difference(word, other))]
    alike = [other for other, (one, two) in near if any(one in group and two in group for group in ALIKE)]
    if len(alike) == 1:
        return alike[0]
    return near[0][0] if doubtful and not alike and len(near) == 1 else None


def _difference(one: str, other: str) -> tuple[str, str] | None:
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return pairs[0] if len(pairs) == 1 else None
