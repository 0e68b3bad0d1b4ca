"""The eight steps of a case: tasks, states, automatic checks, what to do today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from workbench.domain.case import CaseKind
from workbench.domain.steps import Step, StepSpec, Task, TaskSpec, TaskState
from workbench.errors import NotFoundError, UsageError
from workbench.services.check_facts import CheckFacts, gather_check_facts
from workbench.services.checklists import load_steps
from workbench.services.checks import run_check
from workbench.services.desk import Desk

if TYPE_CHECKING:
    from workbench.store.repositories.states import TaskEntry

SOON = timedelta(days=3)
"""A task due within these days comes before undated ones."""
CLOSED = (TaskState.DONE, TaskState.NOT_APPLICABLE)


def list_steps(desk: Desk, case: str) -> tuple[Step, ...]:
    """Return the eight steps with each task's state and automatic check.

    A task that no person has set is done as soon as its check passes.

    Raises:
        NotFoundError: no such case.
        InputError: a checklist cannot be read.
    """
    with desk.store.read() as unit:
        key = unit.cases.key(case)
        facts, entries = gather_check_facts(unit, key, desk.now(), desk.tables), unit.decisions.tasks(key)
    return build_steps(load_steps(desk.template_dirs), facts, entries)


def build_steps(specs: tuple[StepSpec, ...], facts: CheckFacts, entries: Mapping[str, TaskEntry]) -> tuple[Step, ...]:
    """Return the steps of one case from checklists, facts and what a person set."""
    return tuple(
        Step(spec, tuple(_task(task, facts, entries.get(task.id)) for task in spec.tasks if _fits(task, facts.kind)))
        for spec in specs
    )


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
        NotFoundError: no such case or task.
        UsageError: an unknown state, or ``not_applicable`` without a reason.
    """
    chosen = None if state is None else _state(state)
    if chosen is TaskState.NOT_APPLICABLE and not reason.strip():
        raise UsageError(
            "a task that does not apply needs a reason",
            where=task_id,
            next_step="Add --reason.",
            what_zh="标为不适用须说明理由",
            next_step_zh="请用 --reason 填写理由。",
        )

    def edit(entry: TaskEntry) -> TaskEntry:
        return replace(
            entry,
            state=chosen or entry.state,
            by_hand=entry.by_hand or chosen is not None,
            reason=reason.strip() if chosen is not None else reason.strip() or entry.reason,
            due=due or entry.due,
            note=entry.note if note is None else note.strip(),
        )

    return _edit(desk, case, task_id, edit)


def clear_due(desk: Desk, case: str, task_id: str) -> Task:
    """Take a task's due date away.

    Raises:
        NotFoundError: no such case or task.
    """
    return _edit(desk, case, task_id, lambda entry: replace(entry, due=None))


def clear_state(desk: Desk, case: str, task_id: str) -> Task:
    """Leave a task's state to its automatic check again.

    Raises:
        NotFoundError: no such case or task.
    """
    return _edit(desk, case, task_id, lambda entry: replace(entry, state=TaskState.TODO, by_hand=False, reason=""))


def today(desk: Desk, case: str, limit: int | None = None) -> tuple[Task, ...]:
    """Return open tasks, what to do first first.

    Overdue, then due within three days, then begun, then those that others wait for, then in the order of the steps;
    a task that waits for an open one comes after all that can be done now.

    Raises:
        NotFoundError: no such case.
    """
    return order_tasks(list_steps(desk, case), desk.today)[:limit]


def order_tasks(steps: tuple[Step, ...], day: date) -> tuple[Task, ...]:
    """Return the open tasks of all steps in the order in which to do them on ``day``."""
    waiting = [task for step in steps for task in step.tasks if task.state not in CLOSED]
    ids = {task.spec.id for task in waiting}
    blocked = {later for task in waiting for later in task.spec.blocks}
    position = {task.spec.id: index for index, task in enumerate(waiting)}

    def rank(task: Task) -> tuple[int, date, int, int]:
        held, helps = task.spec.id in blocked, any(later in ids for later in task.spec.blocks)
        if task.due is not None and task.due < day:
            urgency = 0
        elif task.due is not None and task.due <= day + SOON:
            urgency = 1
        elif held:
            urgency = 5
        else:
            urgency = 2 if task.state is TaskState.DOING else 3
        return urgency, task.due or date.max, 0 if helps else 1, position[task.spec.id]

    return tuple(sorted(waiting, key=rank))


def _edit(desk: Desk, case: str, task_id: str, edit: Callable[[TaskEntry], TaskEntry]) -> Task:
    from workbench.store.repositories.states import TaskEntry  # noqa: PLC0415  start fast

    specs = load_steps(desk.template_dirs)
    now = desk.now()
    with desk.store.write() as unit:
        key = unit.cases.key(case)
        spec = _find(specs, task_id, unit.cases.by_key(key).kind)
        entry = edit(unit.decisions.tasks(key).get(task_id, TaskEntry()))
        before = unit.decisions.set_task(key, task_id, entry, now)
        what = f"{task_id} {spec.title_zh}", f"{task_id} {spec.title_en}"
        unit.changed(key, now, f"修改任务 {what[0]}", f"changed task {what[1]}", [before])
        task = _task(spec, gather_check_facts(unit, key, now, desk.tables), entry)
        unit.commit()
    return task


def _find(specs: tuple[StepSpec, ...], task_id: str, kind: CaseKind) -> TaskSpec:
    for spec in specs:
        for task in spec.tasks:
            if task.id == task_id and _fits(task, kind):
                return task
    raise NotFoundError(
        f"there is no task {task_id!r}",
        next_step="`workbench steps CASE` lists the tasks.",
        what_zh=f"没有任务 {task_id}",
        next_step_zh="用 workbench steps 案件 查看任务。",
    )


def _fits(task: TaskSpec, kind: CaseKind) -> bool:
    return kind.value in task.kinds


def _task(spec: TaskSpec, facts: CheckFacts, entry: TaskEntry | None) -> Task:
    check = None if spec.check is None else run_check(spec.check, facts)
    passed = check is not None and check.passed
    if entry is None:
        return Task(spec, TaskState.DONE if passed else TaskState.TODO, check=check)
    state = entry.state
    if not entry.by_hand:
        state = TaskState.DONE if passed else TaskState.TODO
    return Task(spec, state, entry.reason, entry.due, entry.note, check, entry.by_hand)


def _state(text: TaskState | str) -> TaskState:
    try:
        return TaskState(text)
    except ValueError:
        choices = ", ".join(TaskState)
        raise UsageError(
            f"unknown state of a task: {text}",
            next_step=f"Use one of {choices}.",
            what_zh=f"未知的任务状态：{text}",
            next_step_zh=f"请使用：{choices}。",
        ) from None
