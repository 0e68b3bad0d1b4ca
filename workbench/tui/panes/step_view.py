"""What the views of steps 4, 5, 6 and 8 have in common: parts as tabs of the step, figures worked out in a worker.

A result is worked out when its view is in front, and again when something it rests on has changed; until it is there
the view says so. What cannot be worked out says why in its own place.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from workbench.domain.audit import Audit
from workbench.errors import NotFoundError, UsageError, WorkbenchError
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.panes.base import CasePane
from workbench.tui.presenters.base import Cell, Detail, Row
from workbench.tui.presenters.parts import Part
from workbench.tui.state import CaseView
from workbench.tui.widgets.prose import Prose
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.work import Failed, compute


class PartShown(Message):
    """Another part of a step's view is in front; the strip of tabs follows."""


@dataclass
class Worked(Message):
    """A view's figures arrived, or why there are none."""

    needs: Hashable
    found: object
    problem: WorkbenchError | None


@dataclass
class Refused(Message):
    """What a person typed does not fit; the form comes back with it."""

    title: str
    fields: tuple[FormField, ...]
    hint: str
    job: Callable[[dict[str, str]], object]


class StepPane(CasePane):
    """The view of one step. Subclasses say what their figures need and how they are shown."""

    step: ClassVar[int]
    parts: ClassVar[Sequence[Part]]

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self.part = self.parts[0]
        self.problem: WorkbenchError | None = None
        self._result: object = None
        self._needs: Hashable = None
        self._audit: Audit | None = None
        self._rows_left: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out summary, table and notes."""
        yield Prose(classes="summary")
        yield RowTable(self.part.columns, id=f"{self.scope}-table")
        yield Prose(id=f"{self.scope}-notes", classes="notes")

    def on_show(self) -> None:
        """Work out the figures when the view comes to the front."""
        self.work_out()

    def show_case(self, view: CaseView) -> None:
        """Show another state of the case; work out its figures only where they can be seen."""
        super().show_case(view)
        if self.display:
            self.work_out()

    # What subclasses tell.

    def needs(self) -> Hashable:
        """Return what the figures rest on, None where they cannot be worked out yet."""
        raise NotImplementedError

    def work(self) -> Callable[[], object]:
        """Return the work of a worker; it must not touch widgets."""
        raise NotImplementedError

    def rows(self, view: CaseView) -> Sequence[Row]:
        """Return the rows of the part in front."""
        raise NotImplementedError

    def say(self, view: CaseView) -> tuple[str, tuple[Cell, ...]]:
        """Return the line over the table and the notes under it."""
        raise NotImplementedError

    def nothing(self) -> str:
        """Return the sentence of an empty part whose figures are there."""
        return self.words(f"{self.scope}.{self.part.name}.empty")

    # What is worked out.

    def audit_key(self) -> Hashable:
        """Return what stands for the audit; it is held on to, so that no other can take its place."""
        self._audit = self.view.audit if self.view else None
        return None if self._audit is None else id(self._audit)

    def work_out(self) -> None:
        """Ask for the figures where something they rest on has changed."""
        needs = self.needs() if self.view is not None else None
        if needs == self._needs:
            return
        self._needs, self.problem = needs, None
        if needs is None:
            self._result = None
        else:
            work = self.work()

            def run() -> Worked:
                try:
                    return Worked(needs, work(), None)
                except WorkbenchError as problem:
                    return Worked(needs, None, problem)

            compute(self, run, f"{self.scope}-view")
        self.update_rows()

    @property
    def working(self) -> bool:
        """True while figures are being worked out."""
        return self._needs is not None and self._result is None and self.problem is None

    @on(Worked)
    def worked(self, event: Worked) -> None:
        """Show the figures, unless they are no longer those that are wanted."""
        event.stop()
        if event.needs == self._needs:
            self._result, self.problem = event.found, event.problem
            self.update_rows()
            self.announce()

    @on(Failed)
    def broke(self, event: Failed) -> None:
        """A worker that broke says so in the view's place, besides the app's notice."""
        if event.group == f"{self.scope}-view":
            self.problem = event.error
            self.update_rows()

    # What is shown.

    def retext(self) -> None:
        """Write everything again in the language in use."""
        self.update_rows()

    def update_rows(self) -> None:
        """Fill the table, the line over it and the notes under it."""
        words, view = self.words, self.view
        titles = [words(f"column.{column.key}") for column in self.part.columns]
        if view is None:
            self.table.set_titles(titles, words("plans.working"))
            self.table.show(())
            return
        rows = self.rows(view)
        self.table.set_titles(titles, words("plans.working") if self.working else self.nothing())
        self.table.show(rows)
        summary, notes = self.say(view)
        self.summarise(words("plans.working") if self.working and rows else summary)
        trouble = () if self.problem is None else (Cell(f"! {self.problem.text(words.lang)}", "warn"),)
        self.query_one(f"#{self.scope}-notes", Prose).show((*trouble, *notes))

    def show_part(self, name: str) -> None:
        """Bring a part to the front, the cursor where it was left."""
        if (row := self.table.row) is not None:
            self._rows_left[self.part.name] = row.key
        self.part = next(part for part in self.parts if part.name == name)
        self.table.set_columns(self.part.columns)
        self.table.show((), keep=False)
        self.update_rows()
        self.table.go_to_key(self._rows_left.get(name, ""))
        self.announce()
        self.post_message(PartShown())

    def turn_part(self, step: int) -> bool:
        """Go to the next or previous part; False where there is none."""
        at = self.parts.index(self.part) + step
        if not 0 <= at < len(self.parts):
            return False
        self.show_part(self.parts[at].name)
        return True

    def explained(self, view: CaseView, key: str) -> Detail | None:
        """Explain a row."""
        raise NotImplementedError

    def detail(self) -> Detail | None:
        """Explain the selected row."""
        row = self.table.row
        return self.explained(self.view, row.key) if row and self.view else None

    # What is asked.

    def ask(self, title: str, fields: Sequence[FormField], hint: str, job: Callable[[dict[str, str]], object]) -> None:
        """Ask in a form and write the answer; what does not fit comes back in the form, so that nothing is typed twice.

        Args:
            title: of the form.
            fields: questions.
            hint: under them.
            job: writes the answers; runs off the event loop.
        """

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            again = tuple(replace(field, value=values[field.key]) for field in fields)

            def attempt() -> None:
                try:
                    job(values)
                except (UsageError, NotFoundError):
                    self.post_message(Refused(title, again, hint, job))
                    raise

            self.save(attempt)

        self.app.push_screen(FormModal(title, fields, hint), write)

    @on(Refused)
    def refused(self, event: Refused) -> None:
        """Open the form again with what was typed; the notice says what does not fit."""
        event.stop()
        self.ask(event.title, event.fields, event.hint, event.job)
