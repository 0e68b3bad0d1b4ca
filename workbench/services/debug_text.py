"""Write what the readers see in a file, names and numbers masked: what a person can send when asking for help."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.services.map_columns import file_bytes

if TYPE_CHECKING:
    from workbench.intake.masking import Masker
    from workbench.services.desk import Desk

_MOST_ROWS = 2000
"""Rows and lines written of a long file; structure repeats."""


def debug_text(desk: Desk, path: Path) -> str:
    """Return a file's structure as text: format, kind, layout, questions, rows and lines with their places, masked.

    Raises:
        InputError: the file cannot be opened.
        UnreadableFileError: no reader understands it.
    """
    from workbench.intake.masking import masker  # noqa: PLC0415  start fast

    data = file_bytes(path)
    mask = masker(desk.layouts())
    lines = [
        f"workbench {desk.engine_version} debug text",
        "Names and numbers are masked: 9 = digit, 某 = Chinese character, x = letter. Read it before you send it.",
        f"size {len(data)} bytes, extension {path.suffix.lower() or '-'}",
        *_understood(desk, data, mask),
        *_table(data, mask),
        *_text(data, mask),
    ]
    return "\n".join(lines) + "\n"


def _understood(desk: Desk, data: bytes, mask: Masker) -> Iterator[str]:
    """Yield format, kind, and what the import would make of it."""
    from workbench.domain.case import DocumentKind  # noqa: PLC0415
    from workbench.intake.detect import detect_kind  # noqa: PLC0415
    from workbench.intake.statements import read_statement  # noqa: PLC0415
    from workbench.readers.sniff import sniff  # noqa: PLC0415

    name = "file"
    yield f"format {sniff(data, name)}"
    try:
        kind = detect_kind(data, name)
        yield f"kind {kind.value}"
        if kind is not DocumentKind.STATEMENT:
            return
        statement = read_statement(data, name, "0" * 64, desk.layouts())
    except WorkbenchError as problem:
        yield f"refused: {type(problem).__name__}: {mask(problem.what)}"
        return
    yield f"layout {statement.layout}, book {statement.book}, {len(statement.lines)} postings"
    yield f"balance column usable: {'yes' if statement.has_balance else 'no'}"
    for line in statement.lines[:_MOST_ROWS]:
        proofs = ",".join(sorted(line.proofs)) or "unproven"
        yield f"posting page {line.source.page or '-'} row {line.source.row or '-'}: {line.kind.value} {proofs}"
    for issue in statement.issues:
        where = f"page {issue.source.page or '-'} row {issue.source.row or '-'}"
        yield f"open {where}: {issue.reason} {mask(issue.detail)}"


def _table(data: bytes, mask: Masker) -> Iterator[str]:
    from workbench.readers.tables import read_table  # noqa: PLC0415

    yield ""
    try:
        table = read_table(data, "file")
    except WorkbenchError as problem:
        yield f"no table: {type(problem).__name__}"
        return
    yield f"table: format {table.format}, encoding {table.encoding or '-'}, pages {table.pages or '-'}"
    yield from (f"note {mask(note)}" for note in table.notes)
    for row in table.rows[:_MOST_ROWS]:
        cells = " | ".join(mask(cell.text) + _typed(cell.value) for cell in row.cells)
        yield f"p{row.page or '-'} r{row.row} | {cells}"
    if len(table.rows) > _MOST_ROWS:
        yield f"… {len(table.rows) - _MOST_ROWS} more rows"


def _typed(value: object) -> str:
    return "" if value is None else f" <{type(value).__name__}>"


def _text(data: bytes, mask: Masker) -> Iterator[str]:
    from workbench.readers.text import read_text  # noqa: PLC0415

    yield ""
    try:
        text = read_text(data, "file")
    except WorkbenchError as problem:
        yield f"no text: {type(problem).__name__}"
        return
    yield f"text: format {text.format}, pages {text.pages or '-'}"
    for line in text.lines[:_MOST_ROWS]:
        place = f"p{line.page or '-'} l{line.number}"
        if not line.words:
            yield f"{place} {mask(line.text)}"
            continue
        words = "  ".join(f"[{word.box.x0:.0f}-{word.box.x1:.0f}]{mask(word.text)}" for word in line.words)
        top = f"{line.box.top:.0f}" if line.box else "-"
        yield f"{place} y{top} {words}"
    if len(text.lines) > _MOST_ROWS:
        yield f"… {len(text.lines) - _MOST_ROWS} more lines"
