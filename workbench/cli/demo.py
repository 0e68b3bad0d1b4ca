"""``workbench demo``: the whole way on a sample case, and what to do next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.audit_view import show_summary
from workbench.cli.diagnostics import narrate
from workbench.cli.groups import command, new_app
from workbench.cli.output import show, show_table, size
from workbench.cli.session import Session, session
from workbench.services.import_documents import Progress
from workbench.services.run_demo import run_demo

app = new_app()


@command(app)
def demo(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the documents.")] = Path("workbench-demo"),
) -> None:
    """See the whole way on a sample case: import, audit, complaint, evidence summary and ledger workbook.

    Safe to repeat: the sample case is reused and the documents are written anew.
    """
    state = session(ctx)
    say = state.say
    narrate(say("demo.start"))
    result = run_demo(state.desk(), out, _progress(state), state.lang)
    lines = sum(item.rows for item in result.report.items)
    show(say("demo.imported", files=len(result.report.items), rows=lines))
    show()
    show_summary(result.audit, say)
    show()
    show(say("demo.files", folder=out))
    show_table(
        [say("demo.head.file"), say("demo.head.size")],
        [[path.name, size(count)] for path, count in result.files],
        right=(1,),
        indent="  ",
    )
    show()
    show(say("demo.next"))
    for key in ("open", "tui", "own"):
        show(f"  {say(f'demo.next_{key}', folder=out, case=result.case.name)}")


def _progress(state: Session) -> Progress | None:
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int, label: str) -> bool:
        narrate(state.say("import.progress", at=min(done + 1, total), total=total, name=label))
        return True

    return tell
