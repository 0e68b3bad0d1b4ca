"""``workbench written CASE``: do the amounts of documents already written still agree with the case."""

from __future__ import annotations

import typer

from workbench.cli.diagnostics import ExitCode, narrate
from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show, show_json, show_table
from workbench.cli.session import session
from workbench.services.written_documents import list_written

app = new_app()


@command(app)
def written(ctx: typer.Context, case: CaseArgument, as_json: JsonOption = False) -> None:
    """List the documents written from a case; exit code 1 where an amount in one no longer agrees."""
    state = session(ctx)
    say = state.say
    found = list_written(state.desk(), case)
    if as_json:
        parts = [
            {
                "file": one.file,
                "template": one.template,
                "sha256": one.sha256,
                "at": one.at.isoformat(),
                "amounts": one.amounts,
                "holds": one.holds,
                "changed": [{"origin": c.origin, "then": c.then, "now": c.now or None} for c in one.changed],
            }
            for one in found
        ]
        show_json({"schema": 1, "case": case, "documents": parts})
    elif found:
        show_table(
            [say(f"written.head.{key}") for key in ("at", "file", "template", "amounts", "state")],
            [
                [
                    f"{one.at:%Y-%m-%d %H:%M}",
                    one.file,
                    one.template,
                    str(one.amounts),
                    say("written.holds") if one.holds else say("written.changed", count=len(one.changed)),
                ]
                for one in found
            ],
            right=(3,),
        )
        for one in found:
            for change in one.changed:
                show(f"{one.file}: {change.origin}  {change.then} → {change.now or say('written.gone')}")
    else:
        show(say("written.none"))
    if any(not one.holds for one in found):
        narrate(say("written.again"))
        raise typer.Exit(ExitCode.FOUND)
