"""The shared cases' statements as plain grids of cells, read without the product, to be mutated and written again."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber

from tests.simulator.layout import ALIASES

Key = tuple[str, str, Decimal]
DATE_TITLES = frozenset(ALIASES["date"])


@dataclass(frozen=True, slots=True)
class Grid:
    """A statement as text cells: heading rows, one header row, one row a posting, footer rows."""

    name: str
    preamble: tuple[tuple[str, ...], ...]
    header: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    footer: tuple[tuple[str, ...], ...]
    truth: tuple[Key, ...]
    """What each body row is, in the same order."""

    def keep(self, count: int) -> Grid:
        """Return the grid with the first ``count`` postings only, without footer."""
        return replace(self, body=self.body[:count], footer=(), truth=self.truth[:count])

    @property
    def wanted(self) -> Counter[Key]:
        """Postings as a multiset."""
        return Counter(self.truth)


def _cells(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value).replace("\n", "").strip()


def _rows(path: Path) -> list[tuple[str, ...]]:
    if path.suffix == ".csv":
        return [tuple(row) for row in csv.reader(io.StringIO(path.read_bytes().decode("gb18030")))]
    if path.suffix == ".xls":
        text = path.read_bytes().decode("gb18030")
        return [tuple(cell.strip('="') for cell in line.split("\t")) for line in text.splitlines()]
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return [tuple(_cells(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]
    with pdfplumber.open(path) as document:
        tables = [row for page in document.pages for table in page.extract_tables() for row in table]
    return [tuple(_cells(cell) for cell in row) for row in tables]


def _is_header(row: tuple[str, ...]) -> bool:
    return bool(DATE_TITLES & set(row)) and sum(map(bool, row)) >= 6


def _is_posting(row: tuple[str, ...], date_column: int) -> bool:
    return len(row) > date_column and sum(char.isdigit() for char in row[date_column]) == 8


def read_grid(folder: Path) -> Grid | None:
    """Return a shared case's statement as a grid; None where its table cannot be read without the product."""
    path = next(p for p in folder.iterdir() if p.stem == "statement")
    rows = _rows(path)
    top = next((i for i, row in enumerate(rows) if _is_header(row)), None)
    if top is None:
        return None
    header = list(rows[top])
    below = rows[top + 1] if path.suffix == ".xlsx" else ()
    merged = [low or title for title, low in zip(header, below, strict=True)] if below else header
    column = next(i for i, title in enumerate(merged) if title in DATE_TITLES)
    body = tuple(row for row in rows[top + 1 :] if _is_posting(row, column))
    last = max((i for i, row in enumerate(rows) if _is_posting(row, column)), default=top)
    truth: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    keys = tuple((r["date"], r["kind"], Decimal(r["stated"])) for r in truth["lines"])
    if len(keys) != len(body):
        return None
    preamble = tuple(rows[:top])
    return Grid(folder.name, preamble, tuple(merged), body, tuple(rows[last + 1 :]), keys)
