"""``workbench open FILE.zip``: a bundle becomes a case here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.diagnostics import narrate
from workbench.cli.groups import command, new_app
from workbench.cli.output import show
from workbench.cli.session import session
from workbench.services.open_bundle import open_bundle

app = new_app()


@command(app)
def open_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle (.zip) as `workbench bundle` writes it.")],
    name: Annotated[str | None, typer.Option("--as", metavar="NAME", help="Name of the case here.")] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Refuse every later change to it.")] = False,
) -> None:
    """Restore a case from a bundle that verifies, to work on or to read only."""
    state = session(ctx)
    opened = open_bundle(state.desk(), file, name, read_only=read_only)
    show(state.say("open.done", name=opened.name, files=opened.check.files))
    if opened.check.redacted:
        narrate(state.say("verify.redacted"))
    if read_only:
        narrate(state.say("open.sealed"))
    narrate(state.say("open.next", case=opened.name))
