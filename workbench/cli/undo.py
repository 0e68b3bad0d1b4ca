"""``workbench undo CASE``: take back the last change."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.diagnostics import narrate
from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument
from workbench.cli.output import show_table
from workbench.cli.session import session
from workbench.services.undo import list_changes
from workbench.services.undo import undo as undo_last

app = new_app()


@command(app)
def undo(
    ctx: typer.Context,
    case: CaseArgument,
    show_list: Annotated[bool, typer.Option("--list", help="Only list the last changes.")] = False,
) -> None:
    """Take back the last change made in a case: terms, tasks, decisions, an import, archiving, deleting."""
    state = session(ctx)
    say = state.say
    if show_list:
        show_table(
            [say(f"undo.head.{key}") for key in ("at", "what", "undone")],
            [
                [f"{change.at:%Y-%m-%d %H:%M}", say.pick(change.what_zh, change.what_en), "↶" if change.undone else ""]
                for change in list_changes(state.desk(), case)
            ],
        )
        return
    what = undo_last(state.desk(), case, state.lang)
    narrate(say("undo.nothing") if what is None else say("undo.done", what=what))
