"""``workbench bundle CASE -o FILE.zip``: a case as one file that the other side can verify and recompute."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.diagnostics import narrate
from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show, show_json, size
from workbench.cli.session import session
from workbench.services.bundle_case import bundle_case

app = new_app()


@command(app)
def bundle(
    ctx: typer.Context,
    case: CaseArgument,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The .zip file to write.")],
    redact: Annotated[
        bool, typer.Option("--redact", help="Mask names and numbers everywhere and leave the originals out.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Write the case as one file: originals, data, custody log, audit, manifest (BagIt)."""
    state = session(ctx)
    say = state.say
    report = bundle_case(state.desk(), case, out, redact=redact)
    if as_json:
        show_json(
            {
                "schema": 1,
                "file": str(report.path),
                "originals": report.files,
                "masked": dict(report.masked),
                "custody_head": report.custody_head,
            }
        )
        return
    show(f"{report.path}  {size(report.path.stat().st_size)}")
    show(say("bundle.contents", count=report.files, head=report.custody_head))
    if redact:
        listed = [f"{say.name('masked', kind)} {count}" for kind, count in report.masked.items()]
        show(say("bundle.masked", kinds=say("list_sep").join(listed) or "0"))
        narrate(say("bundle.look"))
    narrate(say("bundle.next", file=report.path))
