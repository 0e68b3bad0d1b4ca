"""Step 6: what is left after the forced sale, its risk, the order of reduction and the market."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, cast

from textual.binding import BindingType

from workbench.errors import WorkbenchError
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField
from workbench.tui.panes.step_view import StepPane
from workbench.tui.presenters import residual
from workbench.tui.presenters.base import Cell, Detail, Row
from workbench.tui.presenters.residual import Residual
from workbench.tui.presenters.residual_detail import detail
from workbench.tui.state import CaseView
from workbench.tui.work import shell


class ResidualPane(StepPane):
    """Holdings, value at risk, stress, reduction, market."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("residual")
    scope = "residual"
    step = 6
    parts = residual.PARTS

    @property
    def found(self) -> Residual | None:
        """What is left, once it is there."""
        return cast("Residual | None", self._result)

    def needs(self) -> Hashable:
        """Return audit and index codes; None without an audit."""
        view, audit = self.view, self.audit_key()
        return None if view is None or audit is None else (audit, view.plan.get("index"), view.plan.get("sector"))

    def work(self) -> Callable[[], object]:
        """Measure the risk; a market that cannot be told hides no risk."""
        backend, view = shell(self).backend, self.view
        if view is None or view.audit is None:
            return lambda: None
        case, audit = view.name, view.audit

        def run() -> Residual:
            risk = backend.risk(case, audit)
            try:
                return Residual(risk, backend.market(case, audit), None)
            except WorkbenchError as problem:
                return Residual(risk, (), problem)

        return run

    def rows(self, view: CaseView) -> Sequence[Row]:
        """Return the rows of the part in front."""
        return residual.rows(self.part, view, self.found, self.words)

    def say(self, view: CaseView) -> tuple[str, tuple[Cell, ...]]:
        """Return what is left and what could not be told."""
        parts = self.part, view, self.found, self.words
        return residual.summary(*parts), residual.notes(*parts)

    def nothing(self) -> str:
        """Say in one sentence that nothing is left, or that nothing is known yet."""
        return residual.nothing(self.part, self.found, self.words) or self.words("residual.no_audit")

    def explained(self, view: CaseView, key: str) -> Detail | None:
        """Explain a row."""
        return detail(self.part, key, view, self.found, self.words)

    def action_reviewed(self) -> None:
        """Note that what is left was looked at."""
        view, backend = self.view, shell(self).backend
        if view is None or self.found is None:
            return
        case = view.name
        self.save(lambda: backend.confirm_residual(case))
        self.notify(self.words("residual.reviewed"), markup=False)

    def action_index(self) -> None:
        """Ask for the index and sector against which a move is told apart."""
        view, words, backend = self.view, self.words, shell(self).backend
        if view is None:
            return
        fields = [FormField(key, words(f"plans.ask.{key}"), view.plan.get(key, "")) for key in ("index", "sector")]
        self.ask(words("plans.set_index"), fields, words("plans.index_hint"), lambda v: backend.set_plan(view.name, v))
