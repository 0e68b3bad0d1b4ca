"""``workbench evidence CASE``: the vault of a case, its hashes and its custody log."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.diagnostics import PROGRAM, ExitCode, narrate
from workbench.cli.groups import CaseGroup, command, new_app
from workbench.cli.import_view import failure, show_report
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show, show_json, show_table, size
from workbench.cli.session import case_name, session
from workbench.domain.case import Document, DocumentKind
from workbench.services.import_documents import import_documents
from workbench.services.manage_evidence import add_note, verify_evidence
from workbench.services.read_case import list_custody, list_documents

app = new_app(CaseGroup)
SHOWN_HASH = 12


@app.callback(invoke_without_command=True)
def evidence(ctx: typer.Context, case: CaseArgument, as_json: JsonOption = False) -> None:
    """List the files of a case with their hashes; VERB add, verify, log or note does more."""
    if ctx.invoked_subcommand is None:
        _list(ctx, case, as_json=as_json)


@command(app, "list")
def list_(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """List the files of a case with their SHA-256."""
    _list(ctx, case_name(ctx), as_json=as_json)


@command(app)
def add(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders or zip archives.")],
) -> None:
    """Put files into the vault as evidence, unread: screenshots, recordings, letters."""
    state, case = session(ctx), case_name(ctx)
    report = import_documents(state.desk(), case, paths, as_kind=DocumentKind.EVIDENCE)
    show_report(report, state.say, case, dry_run=False)
    if report.failed:
        narrate(f"{PROGRAM}: {failure(report, state.say, dry_run=False)}")
        raise typer.Exit(ExitCode.REFUSED)


@command(app)
def verify(ctx: typer.Context) -> None:
    """Hold every file against its hash and the custody log against its chain; exit code 1 where one does not hold."""
    state, case = session(ctx), case_name(ctx)
    say = state.say
    result = verify_evidence(state.desk(), case)
    for file in result.files:
        mark = "✓" if file.ok else "✗"
        reason = "" if file.ok else f"  {say.name('evidence.reason', file.reason)}"
        show(f"{mark} {file.document.file}  {file.document.sha256[:SHOWN_HASH]}{reason}")
    show(f"{'✓' if result.chain_ok else '✗'} {say('evidence.chain')}")
    if not result.ok:
        narrate(say("evidence.broken"))
        raise typer.Exit(ExitCode.FOUND)


@command(app)
def log(ctx: typer.Context) -> None:
    """Show the custody log: what happened to which file and when."""
    state, case = session(ctx), case_name(ctx)
    say = state.say
    show_table(
        [say(f"evidence.log.{key}") for key in ("at", "action", "file", "detail")],
        [[f"{e.at:%Y-%m-%d %H:%M:%S}", e.action, e.file, e.detail] for e in list_custody(state.desk(), case)],
    )


@command(app)
def note(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(metavar="TEXT", help="What happened.")],
    document: Annotated[
        int | None, typer.Option(metavar="N", help="Number of the document it is about; none: the whole case.")
    ] = None,
) -> None:
    """Add a note to the custody log."""
    state, case = session(ctx), case_name(ctx)
    add_note(state.desk(), case, words, document)
    narrate(state.say("evidence.noted"))


def document_dict(document: Document) -> dict[str, object]:
    """Return an imported file for JSON."""
    return {
        "number": document.number,
        "kind": document.kind.value,
        "file": document.file,
        "sha256": document.sha256,
        "size": document.size,
    }


def _list(ctx: typer.Context, case: str, *, as_json: bool) -> None:
    state = session(ctx)
    documents = list_documents(state.desk(), case)
    say = state.say
    if as_json:
        show_json({"schema": 1, "case": case, "files": [document_dict(document) for document in documents]})
        return
    show_table(
        [say(f"evidence.head.{key}") for key in ("number", "kind", "file", "size", "sha256")],
        [[f"S{d.number}", say.name("document_kind", d.kind), d.file, size(d.size), d.sha256] for d in documents],
        right=(3,),
    )
