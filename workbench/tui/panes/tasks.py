"""What to do today, and the tasks of all eight steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from workbench.domain.steps import Task, TaskState
from workbench.errors import UsageError
from workbench.tui.actions import bindings
from workbench.tui.modals.form import FormField, FormModal
from workbench.tui.panes.base import CasePane, GoTo
from workbench.tui.presenters.base import Column, Detail, pick
from workbench.tui.presenters.overview import overview, tab_of
from workbench.tui.presenters.steps import NEXT_STATE, TASK_COLUMNS, step_rows, task_detail, today_rows
from workbench.tui.widgets.prose import Prose
from workbench.tui.work import Failed, shell

SHOWN_TODAY = 8
"""Tasks on the first tab; a longer list would be no answer to what to do today."""


class TasksPane(CasePane):
    """All tasks under their steps."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("tasks")
    scope = "tasks"
    columns: ClassVar[Sequence[Column]] = TASK_COLUMNS

    def update_rows(self) -> None:
        """Fill the table."""
        if self.view is None:
            self.table.show(())
            return
        self.table.show(step_rows(self.view.steps, self.view.today, self.words))
        done, count = sum(step.done for step in self.view.steps), sum(len(step.tasks) for step in self.view.steps)
        self.summarise(self.words("tasks.summary", done=done, all=count))

    def selected_task(self) -> Task | None:
        """Return the task under the cursor."""
        row = self.table.row
        return self.view.task(row.key) if row and self.view else None

    def detail(self) -> Detail | None:
        """Explain the selected task."""
        task = self.selected_task()
        return task_detail(task, self.view.today, self.words) if task and self.view else None

    def show_step(self, number: int) -> None:
        """Put the cursor on the first open task of a step."""
        if self.view is None:
            return
        for step in self.view.steps:
            if step.spec.number == number:
                tasks = [task for task in step.tasks if task.state in (TaskState.TODO, TaskState.DOING)] or step.tasks
                self.table.go_to_key(f"step:{number}")
                if tasks:
                    self.table.go_to_key(tasks[0].spec.id)

    def open_row(self) -> None:
        """Advance the selected task."""
        self.action_advance()

    def action_advance(self) -> None:
        """To do, doing, done, and round again."""
        task, backend = self.selected_task(), shell(self).backend
        if task is None or self.view is None:
            return
        case, state = self.view.name, NEXT_STATE[task.state]
        self.save(lambda: backend.set_task(case, task.spec.id, state, "", None))

    def action_not_applicable(self) -> None:
        """Ask why a task does not apply, for a reason is part of the record."""
        task, backend = self.selected_task(), shell(self).backend
        if task is None or self.view is None:
            return
        case, words = self.view.name, self.words
        field = FormField("reason", words("tasks.reason"), task.reason, required=True)

        def write(values: dict[str, str] | None) -> None:
            if values is not None:
                reason = values["reason"]
                self.save(lambda: backend.set_task(case, task.spec.id, TaskState.NOT_APPLICABLE, reason, None))

        title = pick(words, task.spec.title_zh, task.spec.title_en)
        self.app.push_screen(FormModal(title, (field,)), write)

    def action_due(self) -> None:
        """Ask for a due date."""
        task, backend = self.selected_task(), shell(self).backend
        if task is None or self.view is None:
            return
        case, words = self.view.name, self.words
        field = FormField("due", words("tasks.due"), task.due.isoformat() if task.due else "", required=True)

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            try:
                due = date.fromisoformat(values["due"].strip())
            except ValueError:
                self.post_message(Failed(bad_date(values["due"]), "due"))
                return
            self.save(lambda: backend.set_task(case, task.spec.id, None, "", due))

        self.app.push_screen(FormModal(words("tasks.due_title"), (field,), words("tasks.due_hint")), write)

    def action_go_there(self) -> None:
        """Open the tab in which the task is done."""
        task = self.selected_task()
        if task is not None:
            self.post_message(GoTo(tab_of(task)))


class TodayPane(TasksPane):
    """The first thing seen: what to do now, and where the case stands."""

    def above(self) -> ComposeResult:
        """Return the heading of the tasks."""
        yield Prose(id="today-title", classes="title")

    def below(self) -> ComposeResult:
        """Return where the case stands."""
        yield Prose(id="today-overview-title", classes="title")
        yield Prose(id="today-overview", classes="notes")

    def update_rows(self) -> None:
        """Fill tasks and overview."""
        self.summarise("")
        self.query_one(".summary").display = False
        self.query_one("#today-title", Prose).say(self.words("today.title"))
        self.query_one("#today-overview-title", Prose).say(self.words("today.stands"))
        if self.view is None:
            self.table.show(())
            return
        self.table.show(today_rows(self.view.tasks_today[:SHOWN_TODAY], self.view.today, self.words))
        self.query_one("#today-overview", Prose).show(overview(self.view, self.words))

    def empty_text(self) -> str:
        """Return the sentence of a day without tasks."""
        return self.words("today.empty")


def bad_date(text: str) -> UsageError:
    """Return the error of a date that is none."""
    return UsageError(
        f"not a date: {text}",
        next_step="Write it as 2026-03-31.",
        what_zh=f"不是日期：{text}",
        next_step_zh="请按 2026-03-31 的格式填写。",
    )
