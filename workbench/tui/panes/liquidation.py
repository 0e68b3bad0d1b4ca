"""The forced sale: its tests, and the sales that a person calls forced or their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from workbench.tui.actions import bindings
from workbench.tui.panes.base import CasePane, GoTo
from workbench.tui.presenters import liquidation
from workbench.tui.presenters.base import Column, Detail
from workbench.tui.work import shell


class LiquidationPane(CasePane):
    """Sales to tag, tests with their verdicts, the market check, what is left."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("liquidation")
    scope = "liquidation"
    columns: ClassVar[Sequence[Column]] = liquidation.COLUMNS

    def update_rows(self) -> None:
        """Fill the table."""
        audit = self.view.audit if self.view else None
        self.table.show(liquidation.liquidation_rows(audit, self.words) if audit else ())
        self.summarise(liquidation.liquidation_summary(audit, self.words) if audit else "")

    def detail(self) -> Detail | None:
        """Explain the selected row."""
        row = self.table.row
        audit = self.view.audit if self.view else None
        return liquidation.liquidation_detail(audit, row.key, self.words) if row and audit else None

    def action_tag(self, forced: str) -> None:
        """Call the selected sale forced, or the client's own; other rows have nothing to tag."""
        row, view, backend = self.table.row, self.view, shell(self).backend
        if row is None or view is None or not row.key.startswith(liquidation.PROPOSAL):
            return
        lines, case = (row.key.removeprefix(liquidation.PROPOSAL),), view.name
        self.save(lambda: backend.tag_sales(case, lines, forced=forced == "forced"))

    def action_tag_all(self) -> None:
        """Call every sale forced that strongly looks so."""
        audit, backend = self.view.audit if self.view else None, shell(self).backend
        if audit is None or self.view is None:
            return
        lines, case = tuple(one.line for one in audit.liquidation.proposals if one.strong), self.view.name
        if lines:
            self.save(lambda: backend.tag_sales(case, lines, forced=True))

    def action_to_line(self) -> None:
        """Show the selected sale, or the first fill of the forced sale, in the ledger."""
        row, audit = self.table.row, self.view.audit if self.view else None
        if row is not None and row.key.startswith(liquidation.PROPOSAL):
            self.post_message(GoTo("ledger", row.key.removeprefix(liquidation.PROPOSAL)))
        elif audit and audit.liquidation.fills:
            self.post_message(GoTo("ledger", audit.liquidation.fills[0]))
