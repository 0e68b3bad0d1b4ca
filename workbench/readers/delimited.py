"""Text tables: commas, tabs, semicolons or bars between cells, or columns kept by blanks.

Brokers write tab text under the name .xls and wrap cells as ``="600000"`` so that Excel keeps their zeros.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from workbench.readers import faults
from workbench.readers.encoding import decode
from workbench.readers.limits import MAX_COLUMNS, MAX_ROWS
from workbench.readers.model import Cell, Row, TableDocument
from workbench.readers.text import text_lines

_FORMAT = {"\t": "tsv", ",": "csv", ";": "csv", "|": "csv", "，": "csv"}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SAMPLE = 400
_LEAST_COLUMNS = 3
_LEAST_SHARE = 3
_FIELD_LIMIT = 1_000_000


def read_delimited(data: bytes, name: str) -> TableDocument:
    """Return the rows of a text table; a row's number is the line it starts on.

    Raises:
        UnreadableFileError: garbled characters, or too many rows or columns.
    """
    text, encoding = decode(data, name)
    lines = text_lines(text.replace("\x00", "").replace("\ufeff", ""))
    if len(lines) > MAX_ROWS:
        raise faults.too_long(name)
    mark = _delimiter(lines)
    if mark is None:
        from workbench.readers.fixed import fixed_rows  # noqa: PLC0415 - rare

        return TableDocument("fixed", fixed_rows(lines), encoding)
    rows, notes = _split(lines, mark)
    if any(len(row.cells) > MAX_COLUMNS for row in rows):
        raise faults.too_long(name)
    return TableDocument(_FORMAT[mark], rows, encoding, notes=notes)


def _delimiter(lines: Sequence[str]) -> str | None:
    """Return the mark that splits most lines into one and the same number of cells."""
    sample = [line for line in _spread(lines) if line.strip()]
    best: tuple[int, int, str] | None = None
    for mark in _FORMAT:
        if mark == "," and _only_thousands(sample):
            continue
        counts = Counter(count for line in sample if (count := _plain_count(line, mark)) >= _LEAST_COLUMNS - 1)
        if not counts:
            continue
        width, times = counts.most_common(1)[0]
        near = sum(number for count, number in counts.items() if abs(count - width) <= 1)
        if near * _LEAST_SHARE >= len(sample) or near >= _SAMPLE // 2 or (len(sample) < 2 * _LEAST_SHARE and times):
            rank = (near * width, width, mark)
            best = max(best, rank) if best else rank
    return best[2] if best else None


def _only_thousands(sample: Sequence[str]) -> bool:
    """Tell whether nearly all commas stand inside figures (``1,234.00``), as in columns kept by blanks."""
    commas = sum(line.count(",") for line in sample)
    inside = sum(len(_THOUSANDS.findall(line)) for line in sample)
    return inside * 10 > commas * 9


def _spread(lines: Sequence[str]) -> list[str]:
    if len(lines) <= 2 * _SAMPLE:
        return list(lines)
    step = len(lines) // _SAMPLE
    return [*lines[:_SAMPLE], *lines[_SAMPLE::step]]


def _plain_count(line: str, mark: str) -> int:
    """Count the marks outside quotation marks."""
    if '"' not in line:
        return line.count(mark)
    outside, inside = 0, False
    for char in line:
        if char == '"':
            inside = not inside
        elif char == mark and not inside:
            outside += 1
    return outside


def _split(lines: Sequence[str], mark: str) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    csv.field_size_limit(_FIELD_LIMIT)
    notes = [f"delimiter {mark!r}"]
    excel = sum(line.count('="') for line in lines[:_SAMPLE]) > 1
    rows: list[Row] = []
    if mark == "\t" or excel:
        notes += ['cells wrapped as ="…"'] if excel else []
        for number, line in enumerate(lines, 1):
            cells = _wrapped_cells(line, mark) if excel else line.split(mark)
            rows.append(Row(tuple(Cell(_clean(cell)) for cell in cells), number))
        return tuple(row for row in rows if any(row.texts)), tuple(notes)
    at = 0
    while at < len(lines):
        taken = _record_length(lines, at)
        record = "\n".join(lines[at : at + taken])
        cells = next(csv.reader([record], delimiter=mark, skipinitialspace=True), [])
        rows.append(Row(tuple(Cell(_clean(cell)) for cell in cells), at + 1))
        at += taken
    return tuple(row for row in rows if any(row.texts)), tuple(notes)


def _record_length(lines: Sequence[str], at: int) -> int:
    """Return over how many lines a quoted record runs; a stray quotation mark never swallows the rest of the file."""
    quotes = lines[at].count('"')
    if quotes % 2 == 0:
        return 1
    for taken in range(2, 8):
        if at + taken > len(lines):
            break
        quotes += lines[at + taken - 1].count('"')
        if quotes % 2 == 0:
            return taken
    return 1


def _wrapped_cells(line: str, mark: str) -> list[str]:
    """Split a line at marks that do not stand inside ``="…"``."""
    cells, start, inside = [], 0, False
    for at, char in enumerate(line):
        if char == '"':
            inside = not inside
        elif char == mark and not inside:
            cells.append(line[start:at])
            start = at + 1
    if inside:
        return line.split(mark)
    return [*cells, line[start:]]


def _clean(cell: str) -> str:
    text = cell.strip().strip("\t").strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    elif text.startswith("=") and text[1:2].isdigit():
        text = text[1:]
    elif len(text) > 1 and text[0] == '"' == text[-1]:
        text = text[1:-1].replace('""', '"')
    elif text.startswith("'") and text[1:2].isdigit():
        text = text[1:]
    return text.strip()
