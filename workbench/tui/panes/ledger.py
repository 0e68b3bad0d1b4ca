"""The ledger: every posting beside what it should have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from workbench.tui.actions import bindings
from workbench.tui.panes.base import CasePane, GoTo
from workbench.tui.presenters.base import Column, Detail
from workbench.tui.presenters.detail import line_detail
from workbench.tui.presenters.ledger import (
    COLUMNS,
    find_lines,
    imported_rows,
    ledger_rows,
    ledger_summary,
)
from workbench.tui.state import AuditIndex
from workbench.tui.work import compute


@dataclass
class Matched(Message):
    """A search through all lines came to an end."""

    query: str
    indices: tuple[int, ...]


KEPT_FINDS = 16
"""Beginnings of a query whose lines are kept while it is typed."""


class LedgerPane(CasePane):
    """Lines with stated, expected and difference; only lines with findings on demand."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("ledger")
    scope = "ledger"
    columns: ClassVar[Sequence[Column]] = COLUMNS
    filterable = True

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._found: tuple[int, ...] | None = None
        self._wrong_only = False
        self._searched: tuple[AuditIndex, str] | None = None
        self._finds: dict[str, tuple[int, ...]] = {}

    def _indices(self, index: AuditIndex) -> tuple[int, ...] | None:
        if not self._wrong_only:
            return self._found
        return index.wrong if self._found is None else tuple(sorted(set(index.wrong) & set(self._found)))

    def update_rows(self) -> None:
        """Fill the table; rows are made only when they come into sight."""
        index = self.view.index if self.view else None
        if self.view is None or index is None:
            first = self.view.first if self.view else ()
            self.table.show(imported_rows(first, self.words))
            count = self.view.first_of if self.view else 0
            self.summarise(self.words("ledger.first", shown=f"{len(first):,}", all=f"{count:,}") if first else "")
            return
        rows = ledger_rows(index.audit, self._indices(index), index.findings, self.words)
        self.table.show(rows)
        text = ledger_summary(index, len(rows), self.words)
        self.summarise(f"{text}  [{self.words('ledger.only_wrong')}]" if self._wrong_only else text)

    def detail(self) -> Detail | None:
        """Explain the selected line."""
        row, view = self.table.row, self.view
        if row is None or view is None or view.audit is None or row.key not in view.lines:
            return None
        return line_detail(view.audit, view.lines[row.key][1], view.findings, self.words)

    @on(Input.Changed, "#ledger-filter")
    def filter_changed(self, event: Input.Changed) -> None:
        """Search in a worker; a hundred thousand lines must not stop the typing."""
        event.stop()
        query, index, words = event.value.strip(), self.view.index if self.view else None, self.words
        if not query or index is None:
            self._found = None
            self.update_rows()
            return
        known = self._known(index)
        start = max((text for text in known if query.startswith(text)), key=len, default=None)
        within = None if start is None else known[start]
        compute(self, lambda: Matched(query, find_lines(index, query, words, within)), "ledger-filter")

    def _known(self, index: AuditIndex) -> dict[str, tuple[int, ...]]:
        """Return what was found while this query was typed; nothing once the lines or the language changed."""
        if self._searched != (index, self.words.lang):
            self._searched, self._finds = (index, self.words.lang), {}
        return self._finds

    @on(Matched)
    def matched(self, event: Matched) -> None:
        """Show what was found, unless the filter has changed since."""
        event.stop()
        if self.query_one("#ledger-filter", Input).value.strip() == event.query and self.view and self.view.index:
            known = self._known(self.view.index)
            known[event.query] = self._found = event.indices
            if len(known) > KEPT_FINDS:
                known.pop(next(iter(known)))
            self.update_rows()

    def action_only_wrong(self) -> None:
        """Show only lines with findings, or all again; the cursor stays on its line."""
        row = self.table.row
        self._wrong_only = not self._wrong_only
        self.update_rows()
        if row is not None:
            self.show_line(row.key)

    def action_next_wrong(self, step: int) -> None:
        """Go to the next or previous line with a finding."""
        if self.view is None or self.view.index is None:
            return
        lines, shown = self.view.index.audit.lines, self._indices(self.view.index)
        order = range(len(lines)) if shown is None else shown
        position = self.table.cursor + step
        while 0 <= position < len(order):
            if lines[order[position]].findings:
                self.table.go_to(position)
                return
            position += step

    def show_line(self, line_id: str) -> None:
        """Put the cursor on a line; a filter that hides it is taken away."""
        if self.view is None or self.view.index is None or line_id not in self.view.lines:
            return
        position = self.view.lines[line_id][0]
        shown = self._indices(self.view.index)
        if shown is not None and position not in shown:
            self._wrong_only, self._found = False, None
            self.leave_filter()
            self.update_rows()
            shown = None
        self.table.go_to(position if shown is None else shown.index(position))

    def find_row(self, key: str) -> bool:
        """Put the cursor on a line once the ledger is recomputed."""
        self.show_line(key)
        return self.view is not None and key in self.view.lines

    def action_to_finding(self) -> None:
        """Show the line's first finding in its tab."""
        row = self.table.row
        if row is None or self.view is None or row.key not in self.view.lines:
            return
        findings = self.view.lines[row.key][1].findings
        if findings:
            self.post_message(GoTo("findings", findings[0]))
