"""``workbench steps CASE``: the eight recovery steps and their tasks."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.arguments import day
from workbench.cli.diagnostics import narrate
from workbench.cli.groups import CaseGroup, command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show, show_json
from workbench.cli.session import case_name, session
from workbench.domain.steps import Step, Task, TaskState
from workbench.locales.catalogue import Catalogue
from workbench.services.manage_steps import list_steps, set_task

app = new_app(CaseGroup)
MARKS = {TaskState.TODO: " ", TaskState.DOING: "~", TaskState.DONE: "x", TaskState.NOT_APPLICABLE: "-"}


@app.callback(invoke_without_command=True)
def steps(ctx: typer.Context, case: CaseArgument, as_json: JsonOption = False) -> None:
    """Show the eight steps with their tasks; VERB set changes a task.

    Example: workbench steps A set 2.3 done
    """
    if ctx.invoked_subcommand is not None:
        return
    state = session(ctx)
    found = list_steps(state.desk(), case)
    if as_json:
        show_json({"schema": 1, "case": case, "steps": [_step_dict(step) for step in found]})
        return
    for step in found:
        _show_step(step, state.say)


@command(app, "set")
def set_(
    ctx: typer.Context,
    task: Annotated[str, typer.Argument(metavar="TASK", help="Number of the task, for example 2.3.")],
    state: Annotated[TaskState, typer.Argument(metavar="STATE", help="todo, doing, done or not_applicable.")],
    reason: Annotated[str, typer.Option(metavar="T", help="Why; needed for not_applicable.")] = "",
    due: Annotated[str | None, typer.Option(metavar="DATE", help="Due date.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="A note to keep with it.")] = None,
) -> None:
    """Set the state of a task by hand."""
    current, case = session(ctx), case_name(ctx)
    changed = set_task(current.desk(), case, task, state, reason=reason, due=day(due) if due else None, note=note)
    say = current.say
    title = say.pick(changed.spec.title_zh, changed.spec.title_en)
    narrate(f"{changed.spec.id} {title}{say('colon')}{say.name('task_state', changed.state)}")


def _show_step(step: Step, say: Catalogue) -> None:
    title = say.pick(step.spec.title_zh, step.spec.title_en)
    show(f"{step.spec.number} {title}  {step.done}/{len(step.tasks)}")
    for task in step.tasks:
        name = f"{task.spec.id} {say.pick(task.spec.title_zh, task.spec.title_en)}"
        show(f"  [{MARKS[task.state]}] {name}{_extras(task, say)}")
        if task.check is not None:
            mark = "✓" if task.check.passed else "·"
            show(f"        {mark} {say.pick(task.check.text_zh, task.check.text_en)}")


def _extras(task: Task, say: Catalogue) -> str:
    extras = [
        say("steps.due", date=task.due) if task.due else "",
        task.reason,
        task.note,
    ]
    text = " · ".join(extra for extra in extras if extra)
    return f"  ({text})" if text else ""


def _step_dict(step: Step) -> dict[str, object]:
    return {
        "number": step.spec.number,
        "title": {"zh": step.spec.title_zh, "en": step.spec.title_en},
        "done": step.done,
        "tasks": [_task_dict(task) for task in step.tasks],
    }


def _task_dict(task: Task) -> dict[str, object]:
    return {
        "id": task.spec.id,
        "title": {"zh": task.spec.title_zh, "en": task.spec.title_en},
        "state": task.state.value,
        "reason": task.reason,
        "due": task.due.isoformat() if task.due else None,
        "note": task.note,
        "by_hand": task.by_hand,
        "check": task.check
        and {"passed": task.check.passed, "text": {"zh": task.check.text_zh, "en": task.check.text_en}},
        "blocks": list(task.spec.blocks),
    }
