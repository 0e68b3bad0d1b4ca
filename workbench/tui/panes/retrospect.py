"""Step 8: where the loss came from, how it was traded, rules for next time, and the report of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType

from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField
from workbench.tui.panes.base import GoTo
from workbench.tui.panes.step_view import StepPane
from workbench.tui.presenters import retrospect
from workbench.tui.presenters.base import Cell, Detail, Row
from workbench.tui.presenters.retrospect_detail import detail
from workbench.tui.state import CaseView
from workbench.tui.work import shell

if TYPE_CHECKING:
    from workbench.services.review_case import Review

SET = ("stop_loss", "index", "sector")
"""The person's own entries that the review rests on."""
REPORT = "review_report"
"""Template of the report."""


class RetrospectPane(StepPane):
    """Parts of the loss, rhythm, rules."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("retrospect")
    scope = "retrospect"
    step = 8
    parts = retrospect.PARTS

    @property
    def found(self) -> Review | None:
        """The review, once it is there."""
        return cast("Review | None", self._result)

    def needs(self) -> Hashable:
        """Return audit, stop-loss and index codes; None without an audit."""
        view, audit = self.view, self.audit_key()
        return None if view is None or audit is None else (audit, *(view.plan.get(key) for key in SET))

    def work(self) -> Callable[[], object]:
        """Review the case."""
        backend, view = shell(self).backend, self.view
        if view is None or view.audit is None:
            return lambda: None
        case, audit = view.name, view.audit
        return lambda: backend.review(case, audit)

    def rows(self, view: CaseView) -> Sequence[Row]:
        """Return the rows of the part in front."""
        return retrospect.rows(self.part, view, self.found, self.words)

    def say(self, view: CaseView) -> tuple[str, tuple[Cell, ...]]:
        """Return what became of the money, and what must not follow from it."""
        parts = self.part, view, self.found, self.words
        return retrospect.summary(*parts), retrospect.notes(*parts)

    def explained(self, view: CaseView, key: str) -> Detail | None:
        """Explain a row."""
        return detail(self.part, key, view, self.found, self.words)

    def action_settings(self) -> None:
        """Ask for the person's own stop-loss, and the index."""
        view, words, backend = self.view, self.words, shell(self).backend
        if view is None:
            return
        fields = [FormField(key, words(f"plans.ask.{key}"), view.plan.get(key, "")) for key in SET]
        hint = words("retrospect.settings_hint")
        self.ask(words("retrospect.settings"), fields, hint, lambda v: backend.set_plan(view.name, v))

    def action_report(self) -> None:
        """Write the review report, in the tab where all documents are written."""
        self.post_message(GoTo("documents", REPORT))
