"""Findings: one key each to decide, a whole cause at once on its heading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from workbench.domain.findings import Severity, TriageState
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.panes.base import CasePane, GoTo
from workbench.tui.presenters.base import Column, Detail
from workbench.tui.presenters.detail import finding_detail, group_detail
from workbench.tui.presenters.findings import (
    COLUMNS,
    GROUP,
    SINGLE,
    FindingFilter,
    cause_of,
    finding_rows,
    findings_summary,
    selected_keys,
)
from workbench.tui.work import shell


class FindingsPane(CasePane):
    """Findings grouped by cause, with triage."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("findings")
    scope = "findings"
    columns: ClassVar[Sequence[Column]] = COLUMNS
    filterable = True

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._filter = FindingFilter()
        self._reviewer = ""
        """Whoever signed last signs the next decisions too."""

    def update_rows(self) -> None:
        """Fill the table with what passes the filter."""
        view, words = self.view, self.words
        if view is None or view.audit is None:
            self.table.show(())
            self.summarise("")
            return
        rows = finding_rows(view.audit.findings, view.triage, self._filter, words)
        self.table.show(rows)
        shown = sum(1 for row in rows if not row.heading)
        text = findings_summary(view.audit, view.triage, shown, words)
        active = [
            *([words(f"severity.{self._filter.severity.value}")] if self._filter.severity else []),
            *([words(f"triage.{self._filter.state.value}")] if self._filter.state else []),
        ]
        self.summarise(f"{text}  [{' · '.join(active)}]" if active else text)

    def detail(self) -> Detail | None:
        """Explain the selected finding, or the cause whose heading is selected."""
        row, view = self.table.row, self.view
        if row is None or view is None or view.audit is None:
            return None
        if row.key == SINGLE:
            return None
        if row.heading:
            group = row.key.removeprefix(GROUP)
            return group_detail([f for f in view.audit.findings if cause_of(f) == group], self.words)
        finding = view.findings.get(row.key)
        if finding is None:
            return None
        return finding_detail(view.audit, finding, view.entries(finding), view.triage.get(row.key), self.words)

    def _selected(self) -> tuple[str, ...]:
        if self.view is None or self.view.audit is None:
            return ()
        return selected_keys(self.table.row, self.table.rows, self.view.audit.findings)

    def _case(self) -> str:
        return self.view.name if self.view else ""

    def action_triage(self, state: str, note: str = "") -> None:
        """Decide on the selection and go on to the next finding."""
        keys, backend, case = self._selected(), shell(self).backend, self._case()
        if not keys:
            return
        reviewer = self._reviewer
        self.save(lambda: backend.set_triage(case, keys, TriageState(state), note, reviewer))
        if self.table.row is not None and not self.table.row.heading:
            self.table.action_move(1)

    def action_letter(self) -> None:
        """Tick the selection into the letter, or out of it where all of it is in."""
        keys, backend, case = self._selected(), shell(self).backend, self._case()
        if not keys or self.view is None:
            return
        triage = self.view.triage
        ticked = all(key in triage and triage[key].in_letter for key in keys)
        self.save(lambda: backend.set_in_letter(case, keys, in_letter=not ticked))

    def action_note(self) -> None:
        """Ask for a note and who reviewed; the decision stays as it is."""
        keys, backend, case = self._selected(), shell(self).backend, self._case()
        if not keys or self.view is None:
            return
        earlier = self.view.triage.get(keys[0])
        state = earlier.state if earlier else TriageState.OPEN
        words = self.words
        signed = (earlier.reviewer if earlier else "") or self._reviewer
        fields = (
            FormField("note", words("findings.note"), earlier.note if earlier else ""),
            FormField("reviewer", words("findings.reviewer"), signed),
        )

        def write(values: dict[str, str] | None) -> None:
            if values is not None:
                self._reviewer = values["reviewer"]
                self.save(lambda: backend.set_triage(case, keys, state, values["note"], values["reviewer"]))

        self.app.push_screen(FormModal(words("findings.note_title", count=len(keys)), fields), write)

    def _set_filter(self, keep: FindingFilter) -> None:
        self._filter = keep
        self.update_rows()
        self.announce()

    def action_next_severity(self) -> None:
        """Show all, then only each severity in turn."""
        order = [None, *Severity]
        severity = order[(order.index(self._filter.severity) + 1) % len(order)]
        self._set_filter(FindingFilter(severity, self._filter.state, self._filter.text))

    def action_next_state(self) -> None:
        """Show all, then only each state of triage in turn."""
        order = [None, *TriageState]
        state = order[(order.index(self._filter.state) + 1) % len(order)]
        self._set_filter(FindingFilter(self._filter.severity, state, self._filter.text))

    @on(Input.Changed, "#findings-filter")
    def filter_changed(self, event: Input.Changed) -> None:
        """Show findings that have the words."""
        event.stop()
        self._set_filter(FindingFilter(self._filter.severity, self._filter.state, event.value.strip()))

    def action_to_line(self) -> None:
        """Show the finding's first line in the ledger."""
        detail = self.detail()
        if detail is not None and detail.line_id:
            self.post_message(GoTo("ledger", detail.line_id))

    def show_finding(self, key: str) -> None:
        """Put the cursor on a finding; filters that hide it are taken away."""
        if not self.table.go_to_key(key):
            self._set_filter(FindingFilter())
            self.table.go_to_key(key)
