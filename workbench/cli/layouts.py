"""``workbench layouts``: how statements nobody has seen are mapped once and recognised afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.diagnostics import narrate
from workbench.cli.groups import command, new_app
from workbench.cli.options import JsonOption
from workbench.cli.output import show, show_json, show_table
from workbench.cli.session import session
from workbench.documents.atomic import write_text
from workbench.intake.layouts import AMOUNTS, FIELDS, layout_text
from workbench.intake.mapping import LayoutDraft
from workbench.locales.catalogue import Catalogue
from workbench.services.map_columns import (
    draft_layout,
    layout_toml,
    list_layouts,
    preview_layout,
    read_layout,
    save_layout,
)

app = new_app()
SHOWN = 24
"""Terminal columns of a sample in a draft's comments."""


@app.callback(invoke_without_command=True)
def layouts(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """List the known layouts of statements; draft, try and add your own."""
    if ctx.invoked_subcommand is not None:
        return
    state = session(ctx)
    found = list_layouts(state.desk())
    if as_json:
        rows = [{"name": one.name, "title": one.title, "columns": one.columns, "own": not one.shipped} for one in found]
        show_json({"schema": 1, "layouts": rows})
        return
    say = state.say
    show_table(
        [say(f"layouts.head.{key}") for key in ("name", "title", "columns", "origin")],
        [
            [one.name, one.title, str(one.columns), say(f"layouts.{'shipped' if one.shipped else 'own'}")]
            for one in found
        ],
        right=(2,),
    )
    show(say("layouts.hint"))


@command(app, "show")
def show_(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the layout.")]) -> None:
    """Print a layout as the file that `add` reads."""
    show(layout_toml(session(ctx).desk(), name).rstrip())


@command(app)
def draft(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A statement that is not recognised.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE.toml", help="Write the draft to a file.")
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Name of the layout; default: the file's.")] = None,
) -> None:
    """Draft a layout from a file: what each column seems to mean, with samples, to correct and `add`."""
    state = session(ctx)
    found = draft_layout(state.desk(), file)
    text = _draft_text(found, name or file.stem, state.say)
    if out is None:
        show(text.rstrip())
    else:
        write_text(out, text)
        narrate(state.say("layouts.drafted", path=out))


@command(app)
def add(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="The layout.")],
    test: Annotated[
        Path | None, typer.Option("--try", metavar="FILE", help="Read this statement with it first.")
    ] = None,
    replace_: Annotated[bool, typer.Option("--replace", help="Replace your layout of the same name.")] = False,
) -> None:
    """Save a layout; files with its titles are recognised from now on."""
    state = session(ctx)
    layout = read_layout(file)
    if test is not None:
        statement = preview_layout(state.desk(), test, layout)
        proven = sum("balance" in line.proofs for line in statement.lines)
        narrate(state.say("layouts.tried", rows=len(statement.lines), proven=proven, open=len(statement.issues)))
    save_layout(state.desk(), layout, replace=replace_)
    key = "saved_headless" if layout.headless else "saved"
    narrate(state.say(f"layouts.{key}", name=layout.name))


def _draft_text(found: LayoutDraft, name: str, say: Catalogue) -> str:
    """Return the draft as TOML with the samples of each column beside it; open columns stand as comments."""
    layout = found.layout(name)
    mapped = layout_text(replace(layout, columns={})).split("[columns]")[0].rstrip()
    head = [f"# {line}" for line in say("layouts.draft_head", fields=", ".join(sorted(FIELDS))).splitlines()]
    lines = [*head, mapped, f"# amounts = {' | '.join(AMOUNTS)}", "", "[columns]"]
    for column in found.columns:
        samples = " · ".join(text[:SHOWN] for text in column.samples)
        entry = f'{_key(column.key)} = "{column.field or "?"}"'
        lines.append(f"{entry if column.field else '# ' + entry}  # {samples}")
    if found.operations:
        lines += ["", "[operations]"]
        for word, kind in found.operations:
            entry = f'{_key(word)} = "{kind or "?"}"'
            lines.append(entry if kind else f"# {entry}")
    return "\n".join(lines) + "\n"


def _key(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
