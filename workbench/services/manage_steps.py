"""The eight steps of a case: tasks, states, automatic checks, what to do today."""

from __future__ import annotations

from datetime import date

from workbench.domain.steps import Step, Task, TaskState
from workbench.services.desk import Desk


def list_steps(desk: Desk, case: str) -> tuple[Step, ...]:
    """Return the eight steps with each task's state and automatic check."""
    raise NotImplementedError


def set_task(
    desk: Desk,
    case: str,
    task_id: str,
    state: TaskState | str | None = None,
    *,
    reason: str = "",
    due: date | None = None,
    note: str | None = None,
) -> Task:
    """Set a task's state, due date or note by hand.

    Args:
        desk: the desk.
        case: name of the case.
        task_id: ``2.3``.
        state: new state; None keeps it.
        reason: required for ``not_applicable``.
        due: new due date; None keeps it.
        note: new note; None keeps it, empty text removes it.

    Raises:
        NotFoundError: no such task.
        UsageError: an unknown state, or ``not_applicable`` without a reason.
    """
    raise NotImplementedError


def clear_due(desk: Desk, case: str, task_id: str) -> Task:
    """Take a task's due date away."""
    raise NotImplementedError


def today(desk: Desk, case: str, limit: int | None = None) -> tuple[Task, ...]:
    """Return open tasks, what to do first first: overdue, due soon, blocking others, then in order of the steps."""
    raise NotImplementedError
