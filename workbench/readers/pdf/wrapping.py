"""Which printed lines are one table row where no rule says so: by the blank between them and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from workbench.readers.pdf.words import PrintedLine, Token, lines_of

_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(?:19|20)\d{6}"
_AMOUNT = r"[-−+(]?[\d,]*\.\d{2,}[)\-]?"
_FULL = re.compile(rf"(?:{_DATE}|{_AMOUNT})")
_FIGURE = re.compile(rf"(?:{_DATE}|{_AMOUNT}|\d{{6}})")
_LEAST_FIGURES = 2
_JUMP = 0.25
"""Least difference, in heights, between the blank inside a row and the blank between rows."""
_FEW = 3
_MOST = 0.9


def row_numbers(lines: Sequence[PrintedLine]) -> list[int] | None:
    """Return the row of each line, or None where blanks do not tell rows from the lines of a wrapped cell.

    Lines closer together than the rest are one row, if nearly every such group holds the figures of exactly one row.
    """
    if len(lines) < _FEW:
        return None
    height = median(line.bottom - line.top for line in lines)
    gaps = [after.top - before.bottom for before, after in pairwise(lines)]
    ordered = sorted(gaps)
    jump, at = max((after - before, index) for index, (before, after) in enumerate(pairwise(ordered)))
    if jump < _JUMP * height:
        return None
    widest = ordered[at]
    rows = [0]
    for gap in gaps:
        rows.append(rows[-1] + (gap > widest))
    full = [0] * (rows[-1] + 1)
    for line, row in zip(lines, rows, strict=True):
        full[row] += has_figures(line)
    single = sum(count == 1 for count in full)
    return rows if max(full) <= 1 and single >= _MOST * len(full) else None


def has_figures(line: PrintedLine) -> bool:
    """Tell whether a line holds two figures at least, as the main line of a posting does."""
    return sum(bool(_FIGURE.fullmatch(token.text)) for token in line.tokens) >= _LEAST_FIGURES


def is_wrapped(cells: Sequence[Sequence[Token]]) -> bool:
    """Tell whether cells of several lines are one row: joined they are dates and amounts, and apart they are not."""
    whole = apart = 0
    for cell in cells:
        texts = ["".join(token.text for token in line.tokens) for line in lines_of(cell)]
        if len(texts) < _LEAST_FIGURES:
            continue
        if all(_FULL.fullmatch(text) for text in texts):
            apart += 1
        elif _FULL.fullmatch("".join(texts)):
            whole += 1
    return whole > apart
