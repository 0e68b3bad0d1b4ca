"""``workbench import``: files, folders and archives into a case, with a word on every row that was not understood."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.diagnostics import PROGRAM, ExitCode, narrate
from workbench.cli.groups import command, new_app
from workbench.cli.import_view import failure, report_dict, show_report
from workbench.cli.options import JsonOption
from workbench.cli.output import show, show_json
from workbench.cli.session import Session, session
from workbench.domain.case import DocumentKind
from workbench.errors import UsageError
from workbench.services.debug_text import debug_text
from workbench.services.import_documents import Progress, import_documents, preview_import

app = new_app()


@command(app)
def import_(
    ctx: typer.Context,
    case: Annotated[str | None, typer.Argument(metavar="CASE", help="Name of the case.", show_default=False)] = None,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH...", help="Files, folders or zip archives.", show_default=False)
    ] = None,
    as_kind: Annotated[
        DocumentKind | None, typer.Option("--as", help="Take the files for this kind instead of recognising it.")
    ] = None,
    profile: Annotated[str | None, typer.Option(metavar="NAME", help="Layout to read statements with.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be imported.")] = False,
    as_json: JsonOption = False,
    debug: Annotated[
        Path | None,
        typer.Option("--debug-text", metavar="FILE", help="Print a file's structure, masked; imports nothing."),
    ] = None,
) -> None:
    """Import statements, contracts, prices and notices into a case.

    Kind and layout are recognised from the content. The same file twice changes nothing. Rows that are not understood
    are listed with the reason; a file that cannot be used is reported and the others are still imported (exit code 2).
    """
    state = session(ctx)
    if debug is not None:
        show(debug_text(state.desk(), debug).rstrip())
        return
    if case is None or not paths:
        raise UsageError(
            "Name a case and what to import.",
            next_step=f"{PROGRAM} import CASE PATH...",
            what_zh="请指明案件和要导入的文件。",
            next_step_zh=f"{PROGRAM} import 案件 文件或文件夹……",
        )
    use = preview_import if dry_run else import_documents
    report = use(state.desk(), case, paths, as_kind=as_kind, profile=profile, progress=_progress(state))
    if as_json:
        show_json(report_dict(report, case, dry_run=dry_run))
    else:
        show_report(report, state.say, case, dry_run=dry_run)
    if report.failed:
        narrate(f"{PROGRAM}: {failure(report, state.say, dry_run=dry_run)}")
        raise typer.Exit(ExitCode.REFUSED)


def _progress(state: Session) -> Progress | None:
    """Tell on a terminal which file is being read; silent in a pipe."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int, label: str) -> bool:
        if label:
            narrate(state.say("import.progress", at=min(done + 1, total), total=total, name=label))
        return True

    return tell
