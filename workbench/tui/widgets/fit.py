"""Fit text into terminal cells: wide (CJK) characters count two and are never cut in half."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from workbench.tui.presenters.base import Column


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return ``text`` in exactly ``width`` cells, cut with an ellipsis or padded."""
    if width <= 0:
        return ""
    size = cell_len(text)
    if size > width:
        return set_cell_size(text, width - 1) + "…"
    pad = " " * (width - size)
    return pad + text if right else text + pad


def column_widths(columns: Sequence[Column], width: int, gap: int = 2) -> tuple[int, ...]:
    """Share ``width`` cells among columns; a column that needs a wider table gets 0."""
    shown = [column for column in columns if width >= column.needs]
    fixed = sum(column.width for column in shown) + gap * max(0, len(shown) - 1)
    spare = max(0, width - fixed)
    shares = sum(column.flex for column in shown)
    widths: list[int] = []
    for column in columns:
        if width < column.needs:
            widths.append(0)
        else:
            widths.append(column.width + (spare * column.flex // shares if shares else 0))
    return tuple(widths)
