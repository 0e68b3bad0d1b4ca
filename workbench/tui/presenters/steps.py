"""The eight steps: the rail on the left, today's tasks, and the tasks of a step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workbench.domain.steps import Step, Task, TaskState
from workbench.tui.presenters.base import Cell, Column, Detail, Row, Section, Words, day, pick

RAIL_WIDE = (Column("", 3), Column("", 12, flex=1), Column("", 4, right=True))
RAIL_MIDDLE = (Column("", 3), Column("", 12, flex=1))
RAIL_NARROW = (Column("", 5),)
TASK_COLUMNS = (
    Column("", 1),
    Column("task", 4),
    Column("title", 20, flex=2),
    Column("due", 10, needs=58),
    Column("check", 16, flex=1, needs=84),
)
STATE_MARK = {
    TaskState.TODO: ("○", ""),
    TaskState.DOING: ("◐", "accent"),
    TaskState.DONE: ("✓", "good"),
    TaskState.NOT_APPLICABLE: ("–", "muted"),
}
SOON = 7
NEXT_STATE = {
    TaskState.TODO: TaskState.DOING,
    TaskState.DOING: TaskState.DONE,
    TaskState.DONE: TaskState.TODO,
    TaskState.NOT_APPLICABLE: TaskState.TODO,
}


def open_tasks(step: Step) -> list[Task]:
    """Return the tasks not yet settled."""
    return [task for task in step.tasks if task.state in (TaskState.TODO, TaskState.DOING)]


def due_cell(due: date | None, today: date, words: Words) -> Cell:
    """Say how many days are left; overdue is bad, within a week a warning."""
    if due is None:
        return Cell("")
    left = (due - today).days
    if left < 0:
        return Cell(words("due.over", days=-left), "bad")
    if left == 0:
        return Cell(words("due.today"), "bad")
    if left <= SOON:
        return Cell(words("due.in", days=left), "warn")
    return Cell(day(due), "muted")


def step_warning(step: Step, today: date, words: Words) -> Cell:
    """Return the rail's warning: days to the next deadline or a failed check."""
    dues = [task.due for task in open_tasks(step) if task.due]
    if dues:
        left = (min(dues) - today).days
        if left <= SOON:
            return Cell(words("rail.due", days=left), "bad" if left <= 0 else "warn")
    return Cell("")


def rail_rows(steps: Sequence[Step], today: date, words: Words, *, width: str = "wide") -> tuple[Row, ...]:
    """Return the eight rows of the rail: numbers, then titles, then progress as the width allows."""
    rows = []
    for step in steps:
        done, count = step.done, len(step.tasks)
        finished = count > 0 and done == count
        begun = done > 0 or any(task.state is TaskState.DOING for task in step.tasks)
        sign = Cell("✓", "good") if finished else Cell("◐", "accent") if begun else Cell("○", "muted")
        number = Cell(str(step.spec.number), "strong")
        warning = step_warning(step, today, words)
        cells: tuple[Cell, ...]
        if width == "narrow":
            urgent = Cell("!", warning.tone) if warning.text else sign
            cells = (Cell(f"{number.text} {urgent.text}", urgent.tone),)
        elif width == "middle":
            alarm = Cell("!", warning.tone) if warning.text else sign
            title = Cell(pick(words, step.spec.title_zh, step.spec.title_en))
            cells = (Cell(f"{number.text} {alarm.text}", alarm.tone), title)
        else:
            title = Cell(pick(words, step.spec.title_zh, step.spec.title_en))
            progress = Cell(f"{done}/{count}", "good" if finished else "muted")
            cells = (Cell(f"{number.text} {sign.text}", sign.tone), title, warning if warning.text else progress)
        rows.append(Row(str(step.spec.number), cells))
    return tuple(rows)


def task_row(task: Task, today: date, words: Words) -> Row:
    """Make the row of one task."""
    sign, tone = STATE_MARK[task.state]
    if task.state is TaskState.TODO and task.check is not None and not task.check.passed:
        sign, tone = "!", "warn"
    settled = task.state in (TaskState.DONE, TaskState.NOT_APPLICABLE)
    check = Cell("")
    if task.check is not None:
        check = Cell(pick(words, task.check.text_zh, task.check.text_en), "good" if task.check.passed else "warn")
    return Row(
        task.spec.id,
        (
            Cell(sign, tone),
            Cell(task.spec.id, "muted"),
            Cell(pick(words, task.spec.title_zh, task.spec.title_en), "muted" if settled else ""),
            due_cell(task.due, today, words) if not settled else Cell(""),
            check,
        ),
    )


def step_rows(steps: Sequence[Step], today: date, words: Words) -> tuple[Row, ...]:
    """Return all tasks under the heading of their step."""
    rows: list[Row] = []
    for step in steps:
        title = f"{step.spec.number} {pick(words, step.spec.title_zh, step.spec.title_en)}"
        progress = Cell(f"{step.done}/{len(step.tasks)}")
        rows.append(Row(f"step:{step.spec.number}", (Cell(title), progress), heading=True))
        rows.extend(task_row(task, today, words) for task in step.tasks)
    return tuple(rows)


def today_rows(tasks: Sequence[Task], today: date, words: Words) -> tuple[Row, ...]:
    """Return what to do first."""
    return tuple(task_row(task, today, words) for task in tasks)


def task_detail(task: Task, today: date, words: Words) -> Detail:
    """Explain a task: how to do it, its state, its check, its deadline and what it holds up."""
    sign, tone = STATE_MARK[task.state]
    state = [Cell(f"{sign} {words(f'task_state.{task.state.value}')}", tone)]
    if task.reason:
        state.append(Cell(words("task.reason", reason=task.reason)))
    if task.due:
        left = due_cell(task.due, today, words)
        state.append(Cell(words("task.due", date=day(task.due), left=left.text), left.tone))
    if task.note:
        state.append(Cell(task.note))
    sections = [Section("", (Cell(pick(words, task.spec.help_zh, task.spec.help_en)),))]
    if task.check is not None:
        text = pick(words, task.check.text_zh, task.check.text_en)
        tone = "good" if task.check.passed else "warn"
        sections.append(Section(words("task.check"), (Cell(text, tone),)))
    sections.append(Section(words("task.state"), tuple(state)))
    if task.spec.blocks:
        sections.append(Section(words("task.blocks"), (Cell(", ".join(task.spec.blocks)),)))
    sections.append(Section("", (Cell(words("task.hint"), "muted"),)))
    return Detail(pick(words, task.spec.title_zh, task.spec.title_en), task.spec.id, tuple(sections))
