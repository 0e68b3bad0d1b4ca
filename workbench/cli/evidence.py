"""``workbench evidence CASE``: the vault of a case, its hashes and its custody log."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.arguments import day
from workbench.cli.diagnostics import PROGRAM, ExitCode, narrate
from workbench.cli.evidence_view import show_catalogue, show_hits
from workbench.cli.groups import CaseGroup, command, new_app
from workbench.cli.import_view import failure, show_report
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show, show_json, show_table, size
from workbench.cli.render import show_letter
from workbench.cli.session import case_name, session
from workbench.domain.case import Document, DocumentKind
from workbench.domain.evidence import EvidenceForm, EvidenceGroup
from workbench.errors import UsageError
from workbench.services.exhibits import describe_exhibit, list_exhibits
from workbench.services.import_documents import import_documents
from workbench.services.manage_evidence import add_note, copy_out, verify_evidence
from workbench.services.read_case import list_custody, list_documents
from workbench.services.render_document import render_document
from workbench.services.search_evidence import search_evidence
from workbench.services.stamp_log import accept_stamp, request_stamp

app = new_app(CaseGroup)
SHOWN_HASH = 12


@app.callback(invoke_without_command=True)
def evidence(ctx: typer.Context, case: CaseArgument, as_json: JsonOption = False) -> None:
    """List the files of a case with their hashes; VERB catalogue, describe, search, book, verify and others do more."""
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
    for place in result.added:
        show(f"✗ {place}  {say('evidence.reason.added')}")
    show(f"{'✓' if result.chain_ok else '✗'} {say('evidence.chain')}  {result.head}")
    for fault in result.faults:
        show(f"✗ {say(f'evidence.fault.{fault.code}', file=fault.file, number=fault.number)}")
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


@command(app)
def copy(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="Number of the file (S1 is 1).")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="PATH", help="File or folder to write to.")],
) -> None:
    """Write a copy of an original, held against its hash; the log notes it."""
    state, case = session(ctx), case_name(ctx)
    narrate(state.say("evidence.copied", file=copy_out(state.desk(), case, number, out)))


@command(app)
def catalogue(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """Show the catalogue of evidence: number, group, name, purpose of proof, how it was obtained."""
    state, case = session(ctx), case_name(ctx)
    show_catalogue(state, case, list_exhibits(state.desk(), case), as_json=as_json)


@command(app)
def describe(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="Number of the file (S1 is 1).")],
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Name in the catalogue.")] = None,
    group: Annotated[
        int | None,
        typer.Option(metavar="1-7", min=1, max=7, help="Group: 1 contract, 2 money, 3 trades, 4 notices ..."),
    ] = None,
    purpose: Annotated[str | None, typer.Option(metavar="TEXT", help="What it proves.")] = None,
    source: Annotated[str | None, typer.Option(metavar="TEXT", help="Who issued it.")] = None,
    form: Annotated[EvidenceForm | None, typer.Option(help="What is submitted.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who obtained it.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="When it was obtained.")] = None,
    how: Annotated[str | None, typer.Option(metavar="TEXT", help="How: downloaded, screenshot, by post ...")] = None,
    carrier: Annotated[str | None, typer.Option(metavar="TEXT", help="Where the original is kept.")] = None,
    copies: Annotated[int | None, typer.Option(metavar="N", help="Copies submitted.")] = None,
) -> None:
    """Say what a file proves, how it was obtained and where the original is."""
    state, case = session(ctx), case_name(ctx)
    said = {
        "title": title,
        "group": None if group is None else EvidenceGroup(group),
        "purpose": purpose,
        "source": source,
        "form": form,
        "acquired_by": by,
        "acquired_on": None if on is None else day(on),
        "acquired_how": how,
        "carrier": carrier,
        "copies": copies,
    }
    describe_exhibit(state.desk(), case, number, **{key: value for key, value in said.items() if value is not None})
    narrate(state.say("evidence.described", number=number))


@command(app)
def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words that stand on one page.")],
    as_json: JsonOption = False,
) -> None:
    """Find words in everything in the vault, recognised pictures included."""
    state, case = session(ctx), case_name(ctx)
    show_hits(state, case, search_evidence(state.desk(), case, " ".join(words)), as_json=as_json)


@command(app)
def book(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The PDF to write.")],
    pdfa: Annotated[bool, typer.Option("--pdfa", help="Bind pages as pictures, so that the book is PDF/A.")] = False,
) -> None:
    """Write the evidence book: cover, catalogue, every file with one running page number."""
    state, case = session(ctx), case_name(ctx)
    show_letter(state, render_document(state.desk(), case, "evidence_book", out, as_pictures=pdfa))


@command(app)
def stamp(
    ctx: typer.Context,
    request: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a request (.tsq) for a stamping authority.")
    ] = None,
    answer: Annotated[Path | None, typer.Option(metavar="FILE", help="Verify the authority's answer (.tsr).")] = None,
    root: Annotated[Path | None, typer.Option(metavar="FILE", help="The authority's certificates (PEM).")] = None,
) -> None:
    """Have the custody log stamped by an authority (RFC 3161); you carry the files, nothing is sent."""
    state, case = session(ctx), case_name(ctx)
    say = state.say
    if request is not None:
        narrate(say("evidence.stamp_request", file=request, digest=request_stamp(state.desk(), case, request)))
    elif answer is not None and root is not None:
        number, at = accept_stamp(state.desk(), case, answer, root)
        narrate(say("evidence.stamped", number=number, at=f"{at:%Y-%m-%d %H:%M:%S %Z}"))
    else:
        raise UsageError(
            "say --request FILE, or --answer FILE with --root FILE",
            what_zh="请用 --request 文件，或 --answer 文件 加 --root 文件",
        )


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
