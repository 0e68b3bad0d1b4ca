"""Comma and tab logs whose messages run over several lines inside quotation marks."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from workbench.intake.messages.tablelog import columns_of
from workbench.readers.model import Cell, Row, TextLine

_HEADER_WITHIN = 30
_LONGEST_RECORD = 200
"""Lines of one message beyond which its closing mark is missing."""
_FIELD_LIMIT = 1_000_000


def quoted_rows(lines: Sequence[TextLine]) -> tuple[Row, ...] | None:
    """Return the rows of a log with a header of fields, each numbered by its first line; None for other text."""
    texts = [line.text for line in lines]
    header = next((at for at, text in enumerate(texts[:_HEADER_WITHIN]) if _mark(text)), None)
    if header is None:
        return None
    mark = _mark(texts[header])
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader((f"{text}\n" for text in texts[header:]), delimiter=mark)
    rows = [Row((Cell(text),), number) for number, text in enumerate(texts[:header], 1)]
    before = 0
    try:
        for record in reader:
            if reader.line_num - before > _LONGEST_RECORD:
                return None
            rows.append(Row(tuple(Cell(cell.strip()) for cell in record), header + before + 1))
            before = reader.line_num
    except csv.Error:
        return None
    return tuple(rows)


def _mark(text: str) -> str:
    """Return the delimiter under which a line is a header, or nothing."""
    return next((mark for mark in ",\t;|" if columns_of(text.replace('"', "").split(mark))), "")
