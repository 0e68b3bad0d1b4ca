"""Deadlines: what is due until when, and a form for the dates they run from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from workbench.domain.deadlines import EventKind
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.panes.base import CasePane
from workbench.tui.presenters import deadlines
from workbench.tui.presenters.base import Column, Detail, label
from workbench.tui.work import shell


class DeadlinesPane(CasePane):
    """One row per deadline, nearest first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("deadlines")
    scope = "deadlines"
    columns: ClassVar[Sequence[Column]] = deadlines.COLUMNS

    def update_rows(self) -> None:
        """Fill the table."""
        view = self.view
        self.table.show(deadlines.deadline_rows(view.deadlines, view.today, self.words) if view else ())
        self.summarise(self.words("deadlines.summary", count=len(view.deadlines)) if view else "")

    def detail(self) -> Detail | None:
        """Explain the selected deadline."""
        row = self.table.row
        return deadlines.deadline_detail(self.view.deadlines, row.key, self.words) if row and self.view else None

    def action_add(self) -> None:
        """Ask what happened when; deadlines run from it at once."""
        view, words, backend = self.view, self.words, shell(self).backend
        if view is None:
            return
        kinds = tuple((kind.value, label(words, "event_kind", kind)) for kind in EventKind)
        fields = (
            FormField("kind", words("deadlines.what_happened"), EventKind.DEMANDED.value, kinds, required=True),
            FormField("on", words("deadlines.day"), view.today.isoformat(), required=True),
            FormField("days", words("deadlines.days")),
            FormField("note", words("deadlines.note")),
        )

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            kind, note, days = EventKind(values["kind"]), values["note"], values["days"].strip()
            self.save(lambda: backend.add_event(view.name, kind, values["on"], days, note))

        self.app.push_screen(FormModal(words("deadlines.add"), fields), write)
