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
from workbench.cli.session import Session, session
from workbench.services.render_document import FieldInfo, Letter, render_document

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
    letter = render_document(state.desk(), case, template, target, fields, lang=letter_lang.value)
    show_letter(state, letter)


def show_letter(state: Session, letter: Letter) -> None:
    """Print what was written and which facts are still blank."""
    show(f"{letter.path}  {size(letter.path.stat().st_size)}")
    if letter.sheet is not None:
        show(f"{letter.sheet}  {size(letter.sheet.stat().st_size)}")
        narrate(state.say("render.sheet"))
    if letter.blanks:
        narrate(state.say("render.blanks", fields=_blank_names(letter.blanks, state.lang)))
    narrate(state.say("render.review"))


def _blank_names(blanks: tuple[FieldInfo, ...], lang: str) -> str:
    """List the facts that stand as blanks, each with the option that fills it."""
    return "; ".join(f"--set {field.key}=… ({field.label_zh if lang == 'zh' else field.label_en})" for field in blanks)


def _file_name(name: str) -> str:
    """Make a case's name safe as part of a file name on every system."""
    return re.sub(r'[\\/:*?"<>|\s]+', "-", name).strip("-.") or "case"
