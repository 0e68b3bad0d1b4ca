"""The one owner of stdout: lines, aligned tables and JSON.

Tables align by terminal columns (a Chinese character takes two). JSON is always UTF-8 whatever the terminal's encoding,
so that a pipe gets the same bytes everywhere; text replaces what the terminal cannot show.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final
from unicodedata import combining, east_asian_width

from workbench.cli.diagnostics import ReaderGoneError
from workbench.domain.money import grouped

GAP: Final = "  "
CONTROLS: Final = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
"""Control characters of imported files: shown as a mark, never sent to the terminal."""


def show(text: str = "") -> None:
    """Write a line of data to stdout.

    Raises:
        ReaderGoneError: when the reader of a pipe has closed it.
    """
    try:
        sys.stdout.write(f"{text.translate(CONTROLS)}\n")
    except BrokenPipeError:
        raise ReaderGoneError from None


def show_json(value: object) -> None:
    """Write one JSON value to stdout as UTF-8.

    Raises:
        ReaderGoneError: when the reader of a pipe has closed it.
    """
    data = json.dumps(value, ensure_ascii=False, indent=1).encode(errors="replace") + b"\n"
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None


def show_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = (), indent: str = ""
) -> None:
    """Write an aligned table; nothing where there are no rows.

    Args:
        head: column titles.
        rows: cells as text; line breaks become spaces.
        right: numbers of the columns (from 0) that are aligned to the right.
        indent: text before each row.
    """
    cells = [[" ".join(str(cell).split()) for cell in row] for row in rows]
    if not cells:
        return
    widths = [max(width(row[column]) for row in [list(head), *cells]) for column in range(len(head))]
    for row in (list(head), ["-" * size for size in widths], *cells):
        padded = (pad(cell, widths[at], right=at in right) for at, cell in enumerate(row))
        show(f"{indent}{GAP.join(padded)}".rstrip())


def width(text: str) -> int:
    """Return the number of terminal columns a text takes."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill a text with spaces to a number of terminal columns."""
    blank = " " * (columns - width(text))
    return blank + text if right else text + blank


def shorten(text: str, columns: int) -> str:
    """Cut a text to at most a number of terminal columns, ending in … where something was cut."""
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for char in text:
        used += width(char)
        if used > columns:
            break
        kept.append(char)
    return f"{''.join(kept)}…"


def yuan(amount: Decimal | None) -> str:
    """Write an amount for a table, empty where there is none."""
    return "" if amount is None else grouped(amount)


def size(count: int) -> str:
    """Write a number of bytes for people: ``18 KB``."""
    value = Decimal(count)
    for unit in ("B", "KB", "MB"):
        if value < 1024:  # noqa: PLR2004 - bytes in a KB
            return f"{value:.0f} {unit}"
        value /= 1024
    return f"{value:.1f} GB"


def per_cent(value: Decimal) -> str:
    """Write a fraction with two decimals, for columns: ``Decimal('0.08')`` is ``8.00%``."""
    return f"{value * 100:.2f}%"
