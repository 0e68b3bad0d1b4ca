"""Tokens of one cell become its text; tokens of one line find the column they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.domain.source import Box
from workbench.readers.model import Cell, Row
from workbench.readers.pdf.geometry import Page
from workbench.readers.pdf.words import PrintedLine, Token, split_at

_DATE_END = re.compile(r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(?<!\d)\d{8})$")
_DAY_CUT = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d\|\d(?![\d:])")
"""A day of two digits wrapped between them."""
_WORD_END, _WORD_START = re.compile(r"[A-Za-z]$"), re.compile(r"^[A-Za-z]")
_OVERLAP = 0.4


@dataclass(slots=True)
class RawRow:
    """A table row before its text is put together."""

    cells: list[list[Token]]

    @property
    def tokens(self) -> list[Token]:
        """All tokens of the row."""
        return [token for cell in self.cells for token in cell]


def placed(line: PrintedLine, cuts: Sequence[float]) -> list[list[Token]]:
    """Return the line's tokens by column; ``cuts`` are the columns' inner edges.

    A stretch of text that runs over its neighbour belongs as a whole to the column where it starts.
    """
    cells: list[list[Token]] = [[] for _ in range(len(cuts) + 1)]
    running = _running_over(line.tokens)
    for token in line.tokens:
        home = running.get(token.run)
        for part in [token] if home is not None else split_at(token, cuts):
            place = part.middle if home is None else home
            cells[sum(place >= cut for cut in cuts)].append(part)
    return cells


def _running_over(tokens: Sequence[Token]) -> dict[int, float]:
    """Return, for every stretch of several words that overlaps another stretch, the middle of its first word."""
    spans: dict[int, list[Token]] = {}
    for token in tokens:
        spans.setdefault(token.run, []).append(token)
    found = {}
    bounds = {run: (min(t.x0 for t in parts), max(t.x1 for t in parts)) for run, parts in spans.items()}
    for run, parts in spans.items():
        left, right = bounds[run]
        reach = _OVERLAP * (parts[0].bottom - parts[0].top)
        over = any(other != run and left < a < right - reach for other, (a, _) in bounds.items())
        if over and len(parts) > 1:
            found[run] = parts[0].middle
    return found


def settled_tokens(line: PrintedLine) -> list[Token]:
    """Return a line's tokens without stretches that run over their neighbours."""
    running = _running_over(line.tokens)
    return [token for token in line.tokens if token.run not in running] if running else line.tokens


def cell_text(tokens: Sequence[Token]) -> str:
    """Return a cell's text: lines of a wrapped cell joined as the words need it."""
    text = ""
    for line in _levels(tokens):
        piece = " ".join(token.text for token in line)
        text = joined(text, piece) if text else piece
    return text


def _levels(tokens: Sequence[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = []
    for token in sorted(tokens, key=lambda one: one.level):
        if lines and token.level - lines[-1][0].level <= (token.bottom - token.top) / 2:
            lines[-1].append(token)
        else:
            lines.append([token])
    for line in lines:
        line.sort(key=lambda one: one.x0)
    return lines


def joined(first: str, second: str) -> str:
    """Join two pieces of a wrapped cell; a blank only between a date and a time and between Latin words."""
    after_date = _DATE_END.search(first) and second[:1].isdigit() and not _DAY_CUT.search(first + "|" + second)
    between_words = _WORD_END.search(first) and _WORD_START.search(second)
    return f"{first} {second}" if after_date or between_words else first + second


def finished(rows: Iterable[RawRow], page: Page, start: int) -> list[Row]:
    """Return rows with texts and boxes on the displayed page; ``start`` is the first row's number on the page."""
    found: list[Row] = []
    for raw in rows:
        if not raw.tokens:
            continue
        cells = tuple(
            Cell(cell_text(tokens), page.shown(bounding(tokens))) if tokens else Cell("") for tokens in raw.cells
        )
        found.append(Row(cells, start + len(found), page.number, page.shown(bounding(raw.tokens))))
    return found


def bounding(tokens: Sequence[Token]) -> Box:
    """Return the smallest box that holds all tokens."""
    return Box(
        min(token.x0 for token in tokens),
        min(token.top for token in tokens),
        max(token.x1 for token in tokens),
        max(token.bottom for token in tokens),
    )


def free_cells(line: PrintedLine) -> RawRow:
    """Return a line outside of tables: one cell for each stretch of text."""
    cells: list[list[Token]] = []
    for token in line.tokens:
        if cells and cells[-1][-1].run == token.run:
            cells[-1].append(token)
        else:
            cells.append([token])
    return RawRow(cells)
