"""An ordinary table printed in odd ways, in every file format, comes back as the same postings."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from tests.intake.statements.odd import ODD, PLAIN, Rows, odd_rows
from tests.intake.statements.printing import Style, pdf
from tests.intake.statements.writers import WRITERS
from workbench.domain.lines import LineKind
from workbench.intake.layouts import load_layouts
from workbench.intake.statements import read_statement


def _squared(rows: Rows) -> Rows:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


_TEXTS = ("commas", "tabs", "workbook", "workbook_text", "blanks_right", "boxed", "page")
PRINTERS: dict[str, Callable[[Rows], bytes]] = {
    **{
        name: WRITERS[name] for name in ("commas", "tabs", "workbook", "workbook_text", "blanks_right", "boxed", "page")
    },
    "pdf_ruled": lambda rows: pdf(_squared(rows), Style()),
    "pdf_bare": lambda rows: pdf(_squared(rows), Style(rules="none")),
    "pdf_rows": lambda rows: pdf(_squared(rows), Style(rules="rows")),
}
UNFAIR = {("days_above_numbers", "blanks_right")}
"""Prints in which blanks cannot tell to which column a figure belongs."""
CASES = [pair for pair in itertools.product(ODD, PRINTERS) if pair not in UNFAIR]


@pytest.mark.parametrize(("odd", "printer"), CASES, ids=str)
def test_odd_prints_lose_nothing(odd: str, printer: str) -> None:
    statement = read_statement(PRINTERS[printer](odd_rows(odd)), "odd", "0" * 64, load_layouts(None))
    lines = [line for line in statement.lines if line.kind not in {LineKind.OPENING, LineKind.CLOSING}]
    assert [(line.date, line.kind.value, line.stated, line.code, line.quantity, line.balance) for line in lines] == [
        (event.day, PLAIN.kind(event), event.net, event.code or None, event.quantity or None, event.balance)
        for event in PLAIN.events()
    ]
    assert not statement.issues
    assert all("balance" in line.proofs for line in lines[1:])
