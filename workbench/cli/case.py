"""``workbench case``: open, list, show, put away and bring back cases."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from workbench.cli.diagnostics import narrate
from workbench.cli.evidence import document_dict
from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show, show_json, show_table, yuan
from workbench.cli.session import session
from workbench.errors import UsageError
from workbench.services.create_case import create_case
from workbench.services.list_cases import CaseSummary, list_cases, show_case
from workbench.services.manage_case import (
    archive_case,
    delete_case,
    purge_case,
    rename_case,
    restore_case,
    unarchive_case,
)
from workbench.services.manage_steps import today
from workbench.services.read_case import list_documents

app = new_app()
FIRST_TASKS = 3
HEAD = ("name", "kind", "step", "tasks", "documents", "overcharged", "owed", "due")


class Kind(StrEnum):
    """Who lends."""

    OFF_EXCHANGE = "off_exchange"
    BROKER_MARGIN = "broker_margin"


@app.callback(invoke_without_command=True)
def case(ctx: typer.Context) -> None:
    """Open, list, show, put away and bring back cases."""
    if ctx.invoked_subcommand is None:
        show(ctx.get_help())


@command(app)
def new(
    ctx: typer.Context,
    name: CaseArgument,
    kind: Annotated[
        Kind,
        typer.Option(help="off_exchange: a financier lent (配资); broker_margin: a broker (融资融券)."),
    ] = Kind.OFF_EXCHANGE,
) -> None:
    """Open a new, empty case."""
    state = session(ctx)
    created = create_case(state.desk(), name, kind.value)
    narrate(state.say("case.created", name=created.name, kind=state.say.name("case_kind", created.kind)))
    narrate(state.say("case.created_next", name=created.name))


@command(app, "list")
def list_(
    ctx: typer.Context,
    archived: Annotated[bool, typer.Option("--archived", help="List the archived cases instead.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the cases, last changed first."""
    state = session(ctx)
    cases = list_cases(state.desk(), archived=archived)
    if as_json:
        show_json({"schema": 1, "cases": [_as_dict(item) for item in cases]})
        return
    if not cases:
        narrate(state.say("case.none"))
    say = state.say
    show_table(
        [
            say(f"case.head.{key}")
            for key in ("name", "kind", "step", "tasks", "documents", "overcharged", "owed", "due")
        ],
        [
            [
                item.case.name,
                say.name("case_kind", item.case.kind),
                str(item.step),
                f"{item.tasks_done}/{item.tasks}",
                str(item.documents),
                yuan(item.overcharged),
                f"{yuan(item.owed)}{'*' if item.stale and item.owed is not None else ''}",
                item.next_due.isoformat() if item.next_due else "",
            ]
            for item in cases
        ],
        right=(2, 3, 4, 5, 6),
    )
    if any(item.stale and item.owed is not None for item in cases):
        narrate(say("case.stale"))


@command(app, "show")
def show_(ctx: typer.Context, name: CaseArgument, as_json: JsonOption = False) -> None:
    """Show one case: its documents, its figures and what to do first."""
    state = session(ctx)
    desk, say = state.desk(), state.say
    summary, documents = show_case(desk, name), list_documents(desk, name)
    if as_json:
        files = [document_dict(document) for document in documents]
        show_json({"schema": 1, **_as_dict(summary), "documents": files})
        return
    show(f"{summary.case.name} · {say.name('case_kind', summary.case.kind)}")
    if summary.overcharged is not None:
        basis = say.name("basis", summary.basis or "")
        show(say("case.figures", overcharged=yuan(summary.overcharged), owed=yuan(summary.owed), basis=basis))
    if summary.stale and documents:
        narrate(say("case.stale_one", name=name))
    show()
    if documents:
        show_table(
            [say(f"case.document.{key}") for key in ("number", "kind", "file", "summary")],
            [[f"S{d.number}", say.name("document_kind", d.kind), d.file, d.summary] for d in documents],
        )
    else:
        show(say("case.empty", name=name))
    first = today(desk, name, FIRST_TASKS)
    if first:
        show()
        show(say("case.today"))
    for task in first:
        show(f"  {task.spec.id}  {say.pick(task.spec.title_zh, task.spec.title_en)}")


@command(app)
def delete(ctx: typer.Context, name: CaseArgument) -> None:
    """Delete a case; `workbench case restore` brings it back."""
    state = session(ctx)
    delete_case(state.desk(), name)
    narrate(state.say("case.deleted", name=name))


@command(app)
def restore(ctx: typer.Context, name: CaseArgument) -> None:
    """Bring a deleted case back."""
    state = session(ctx)
    narrate(state.say("case.restored", name=restore_case(state.desk(), name).name))


@command(app)
def archive(ctx: typer.Context, name: CaseArgument) -> None:
    """Move a case to the archive; everything stays readable."""
    state = session(ctx)
    narrate(state.say("case.archived", name=archive_case(state.desk(), name).name))


@command(app)
def unarchive(ctx: typer.Context, name: CaseArgument) -> None:
    """Take a case back from the archive."""
    state = session(ctx)
    narrate(state.say("case.unarchived", name=unarchive_case(state.desk(), name).name))


@command(app)
def rename(
    ctx: typer.Context, name: CaseArgument, to: Annotated[str, typer.Argument(metavar="NEW", help="The new name.")]
) -> None:
    """Give a case another name."""
    state = session(ctx)
    narrate(state.say("case.renamed", name=name, to=rename_case(state.desk(), name, to).name))


@command(app)
def purge(
    ctx: typer.Context,
    name: CaseArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Yes, erase it for ever.")] = False,
) -> None:
    """Erase a deleted case and its files for ever."""
    state = session(ctx)
    if not yes:
        raise UsageError(
            "Erasing cannot be undone.",
            where=name,
            next_step="Add --yes if you are sure.",
            what_zh="清除后无法恢复。",
            next_step_zh="确定的话请加 --yes。",
        )
    purge_case(state.desk(), name)
    narrate(state.say("case.purged", name=name))


def _as_dict(item: CaseSummary) -> dict[str, object]:
    return {
        "name": item.case.name,
        "kind": item.case.kind.value,
        "created": item.case.created.isoformat(),
        "changed": item.case.changed.isoformat(),
        "archived": item.case.archived,
        "step": item.step,
        "tasks_done": item.tasks_done,
        "tasks": item.tasks,
        "document_count": item.documents,
        "overcharged": None if item.overcharged is None else f"{item.overcharged:.2f}",
        "owed": None if item.owed is None else f"{item.owed:.2f}",
        "basis": item.basis,
        "next_due": item.next_due.isoformat() if item.next_due else None,
        "stale": item.stale,
    }
