"""``workbench serve``: the terminal interface in a browser on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.groups import command, new_app
from workbench.cli.output import show
from workbench.cli.session import session

app = new_app()


@command(app)
def serve(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(metavar="N", help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="This machine's own address; any other is refused.")] = (
        "127.0.0.1"
    ),
) -> None:
    """Show the terminal interface in a browser on this machine only, until Ctrl+C; needs the extra serve."""
    state = session(ctx)
    state.serve_tui(state, host, port, lambda address: show(state.say("serve.open", address=address)))
