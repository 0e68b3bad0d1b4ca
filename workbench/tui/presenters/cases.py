"""The list of cases: what a person needs to choose one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from workbench.tui.presenters.base import Cell, Column, Row, Words, money, one_line
from workbench.tui.presenters.bases import settlement_cell
from workbench.tui.presenters.steps import due_cell

if TYPE_CHECKING:
    from workbench.services.list_cases import CaseSummary

COLUMNS = (
    Column("case", 18, flex=3),
    Column("kind", 10, needs=96),
    Column("step", 6),
    Column("documents", 5, right=True, needs=110),
    Column("overcharged", 14, right=True),
    Column("owed", 16, right=True, needs=60),
    Column("basis", 10, needs=110),
    Column("deadline", 10, needs=76),
    Column("changed", 10, needs=120),
)


def case_row(summary: CaseSummary, today: date, words: Words) -> Row:
    """Make the row of one case; figures of a stale audit carry a tilde."""
    about = "~" if summary.stale and summary.overcharged is not None else ""
    overcharged = Cell("") if summary.overcharged is None else Cell(f"{about}{money(summary.overcharged)}", "strong")
    owed = Cell("")
    if summary.owed is not None:
        settled = settlement_cell(summary.owed)
        owed = Cell(f"{about}{settled.text}", settled.tone)
    return Row(
        summary.case.name,
        (
            Cell(case_title(summary.case.name, words, sealed=summary.case.sealed), "strong"),
            Cell(words(f"case_kind_short.{summary.case.kind.value}"), "muted"),
            Cell(f"{summary.step}/8"),
            Cell(str(summary.documents), "muted"),
            overcharged,
            owed,
            Cell(words(f"basis.{summary.basis}") if summary.basis else "", "muted"),
            due_cell(summary.next_due, today, words),
            Cell(summary.case.changed.date().isoformat(), "muted"),
        ),
    )


def case_title(name: str, words: Words, *, sealed: bool) -> str:
    """Write a case's name; one that was opened for reading only says so."""
    return f"{words('bundles.sealed_mark')} {one_line(name)}" if sealed else one_line(name)


def case_rows(summaries: Sequence[CaseSummary], query: str, today: date, words: Words) -> tuple[Row, ...]:
    """Return the cases whose name has every word of the query."""
    wanted = query.lower().split()
    return tuple(
        case_row(summary, today, words)
        for summary in summaries
        if all(word in summary.case.name.lower() for word in wanted)
    )
