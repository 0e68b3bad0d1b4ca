"""The top of the command line: global options, and the seam where every error becomes one line and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, cast

import typer
from typer.main import get_command

from workbench import __version__
from workbench.cli.arguments import hoist, language
from workbench.cli.diagnostics import PROGRAM, ExitCode, ReaderGoneError, report
from workbench.cli.groups import Command, LazyGroup, describe, new_app
from workbench.cli.options import Lang
from workbench.cli.output import show
from workbench.cli.session import Session, session

app = new_app(LazyGroup)


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    home: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder that holds everything (or WORKBENCH_HOME).")
    ] = None,
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="Database address (or WORKBENCH_DATABASE_URL).")
    ] = None,
    lang: Annotated[Lang | None, typer.Option(help="Language of the text; default: the locale.")] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show an error's traceback (or WORKBENCH_DEBUG=1).")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Recompute, test and answer a forced liquidation: statements and contracts in, checked figures and letters out.

    Without a command the terminal interface opens. First time here? Run: workbench demo
    """
    state = session(ctx)
    state.home, state.database, state.debug = home, database, state.debug or debug
    state.lang = lang.value if lang else state.lang
    state.__dict__.pop("say", None)  # help was written before the home was known
    if version:
        show(f"{PROGRAM} {__version__}")
    elif ctx.invoked_subcommand is None:
        state.open_tui(state)


def _no_browser(state: Session, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Stand in where a caller has no terminal interface to serve."""
    raise NotImplementedError


def run(
    arguments: Sequence[str],
    environ: Mapping[str, str],
    *,
    open_tui: Callable[[Session], None],
    serve_tui: Callable[[Session, str, int, Callable[[str], None]], None] = _no_browser,
    program: str = PROGRAM,
) -> int:
    """Run one command and return its exit code; nothing is raised.

    Args:
        arguments: words after the program's name.
        environ: process environment, for the locale and ``WORKBENCH_DEBUG``.
        open_tui: opens the terminal interface.
        serve_tui: serves it to a browser on this machine.
        program: how the program was called, for the commands it proposes.
    """
    words = hoist(arguments)
    debug = bool(environ.get("WORKBENCH_DEBUG"))
    state = Session(language(words, environ), None, None, open_tui, serve_tui, debug=debug, program=program)
    _prepare_streams()
    try:
        command = cast("Command", get_command(app))
        describe(command, state.say, "root")
        code = command.main(words, prog_name=PROGRAM, standalone_mode=False, obj=state)
        _flush()
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException as error:  # noqa: BLE001 - the seam: whatever happened becomes one line and a code
        return report(error, state.say, debug=state.debug)
    # Typer turns an interruption into its code and says nothing.
    return int(code or 0) if code != ExitCode.INTERRUPTED else report(KeyboardInterrupt(), state.say, debug=False)


def _prepare_streams() -> None:
    """Replace what a terminal of another encoding cannot show, rather than fail; stand in for closed streams."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open until the end
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at exit; give it somewhere to write.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise ReaderGoneError from None
