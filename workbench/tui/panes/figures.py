"""Bases, margin timeline and three-way matching: tables to read, nothing to decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from workbench.tui.actions import bindings
from workbench.tui.panes.base import CasePane, GoTo
from workbench.tui.presenters import bases, margin, matching
from workbench.tui.presenters.base import Column, Detail
from workbench.tui.widgets.plot import MarginPlot
from workbench.tui.widgets.prose import Prose


class BasesPane(CasePane):
    """One row per legal basis, the warnings under it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("bases")
    scope = "bases"
    columns: ClassVar[Sequence[Column]] = bases.COLUMNS

    def below(self) -> ComposeResult:
        """Return the warnings that always stand beside the figures."""
        yield Prose(id="bases-warnings", classes="notes")

    def update_rows(self) -> None:
        """Fill table and warnings."""
        audit = self.view.audit if self.view else None
        self.table.show(bases.basis_rows(audit, self.words) if audit else ())
        self.summarise(self.words("bases.summary") if audit else "")
        notes = bases.warnings(audit, self.words) if audit else ()
        self.query_one("#bases-warnings", Prose).show(notes)

    def detail(self) -> Detail | None:
        """Show the identity of the selected basis."""
        row = self.table.row
        audit = self.view.audit if self.view else None
        return bases.basis_detail(audit, row.key, self.words) if row and audit else None


class MarginPane(CasePane):
    """Plot and days."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("margin")
    scope = "margin"
    columns: ClassVar[Sequence[Column]] = margin.DAY_COLUMNS

    def above(self) -> ComposeResult:
        """Return the plot."""
        yield MarginPlot(id="margin-plot")

    def update_rows(self) -> None:
        """Fill plot and table."""
        audit = self.view.audit if self.view else None
        self.query_one(MarginPlot).show(audit.margin if audit else None)
        self.table.show(margin.day_rows(audit.margin, self.words) if audit else ())
        self.summarise(margin.margin_summary(audit.margin, self.words) if audit else "")

    def detail(self) -> Detail | None:
        """Show the selected day against the lines."""
        row = self.table.row
        audit = self.view.audit if self.view else None
        return margin.day_detail(audit.margin, row.key, self.words) if row and audit else None


class MatchingPane(CasePane):
    """The ledger beside the client's bank and the broker's statement."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("matching")
    scope = "matching"
    columns: ClassVar[Sequence[Column]] = matching.COLUMNS

    def update_rows(self) -> None:
        """Fill the table."""
        audit = self.view.audit if self.view else None
        self.table.show(matching.match_rows(audit.matching, self.words) if audit else ())
        self.summarise(matching.match_summary(audit.matching, self.words) if audit else "")

    def detail(self) -> Detail | None:
        """Show both sides of the selected movement."""
        row = self.table.row
        audit = self.view.audit if self.view else None
        return matching.match_detail(audit.matching, row.key, self.words) if row and audit else None

    def action_to_line(self) -> None:
        """Show the movement in the ledger."""
        audit, row = self.view.audit if self.view else None, self.table.row
        if audit and row:
            ledger = audit.matching.pairs[int(row.key)].ledger
            if ledger is not None:
                self.post_message(GoTo("ledger", ledger.id))
