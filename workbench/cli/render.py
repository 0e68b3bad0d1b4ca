"""``workbench render CASE TEMPLATE``: a letter or report as PDF, Word, Markdown or text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.arguments import pairs
from workbench.cli.diagnostics import narrate
from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument, Lang, OutOption
from workbench.cli.output import show, size
from workbench.cli.session import session
from workbench.errors import UsageError
from workbench.services.render_document import FieldInfo, missing_fields, render_document

app = new_app()


@command(app)
def render(
    ctx: typer.Context,
    case: CaseArgument,
    template: Annotated[str, typer.Argument(metavar="TEMPLATE", help="Name as `workbench templates` lists it.")],
    out: OutOption = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="K=V", help="A field of the letter; may be repeated."),
    ] = None,
    letter_lang: Annotated[
        Lang, typer.Option("--letter-lang", help="Language of the letter, where the template has several.")
    ] = Lang.ZH,
) -> None:
    """Write a letter or report: .pdf, .docx, .md or .txt by the file's ending.

    Without -o the file is CASE-TEMPLATE.pdf in the present folder.
    """
    state = session(ctx)
    fields = pairs(values or ())
    target = out or Path(f"{_file_name(case)}-{_file_name(template)}.pdf")
    desk = state.desk()
    missing = [field for field in missing_fields(desk, case, template) if field.required and not fields.get(field.key)]
    if missing:
        raise _missing_error(missing)
    written = render_document(desk, case, template, target, fields, lang=letter_lang.value)
    show(f"{written}  {size(written.stat().st_size)}")
    narrate(state.say("render.review"))


def _missing_error(missing: list[FieldInfo]) -> UsageError:
    names = "、".join(f"{field.key}（{field.label_zh}）" for field in missing)
    names_en = ", ".join(f"{field.key} ({field.label_en})" for field in missing)
    example = " ".join(f"--set {field.key}=..." for field in missing)
    return UsageError(
        f"The letter still needs: {names_en}.",
        next_step=f"Add {example}",
        what_zh=f"文书还缺：{names}。",
        next_step_zh=f"请加上 {example}",
    )


def _file_name(name: str) -> str:
    """Make a case's name safe as part of a file name on every system."""
    return re.sub(r'[\\/:*?"<>|\s]+', "-", name).strip("-.") or "case"
