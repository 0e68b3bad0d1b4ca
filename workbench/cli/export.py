"""``workbench export CASE -o FILE``: the recomputed ledger for a spreadsheet, a script or an auditor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument
from workbench.cli.output import show, size
from workbench.cli.session import session
from workbench.services.export_ledger import export_ledger

app = new_app()


@command(app)
def export(
    ctx: typer.Context,
    case: CaseArgument,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help=".xlsx, .csv, .json or .beancount; the ending chooses.")
    ],
) -> None:
    """Write the recomputed ledger; in the workbook the recomputed cells are live formulas."""
    state = session(ctx)
    written = export_ledger(state.desk(), case, out)
    show(f"{written}  {size(written.stat().st_size)}")
