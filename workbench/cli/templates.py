"""``workbench templates``: the letters and reports that can be rendered."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.diagnostics import narrate
from workbench.cli.groups import command, new_app
from workbench.cli.options import JsonOption
from workbench.cli.output import show, show_json, show_table
from workbench.cli.session import session
from workbench.services.render_document import copy_template, list_fields, list_templates

app = new_app()


@command(app)
def templates(
    ctx: typer.Context,
    case: Annotated[
        str | None, typer.Argument(metavar="CASE", help="Only those that fit this case.", show_default=False)
    ] = None,
    fields: Annotated[
        str | None, typer.Option(metavar="TEMPLATE", help="List the fields of one template and what CASE has for them.")
    ] = None,
    copy: Annotated[
        str | None, typer.Option(metavar="TEMPLATE", help="Copy a template into your own folder, to change it there.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the letters and reports that can be rendered."""
    state = session(ctx)
    say = state.say
    if copy is not None:
        for path in copy_template(state.desk(), copy):
            show(str(path))
        narrate(say("templates.copied"))
        return
    if fields is not None and case is not None:
        show_table(
            [say(f"templates.field.{key}") for key in ("key", "label", "required", "value")],
            [
                [
                    field.key,
                    say.pick(field.label_zh, field.label_en),
                    say("yes" if field.required else "no"),
                    field.value,
                ]
                for field in list_fields(state.desk(), case, fields)
            ],
        )
        return
    found = list_templates(state.desk(), case)
    if as_json:
        show_json(
            {
                "schema": 1,
                "templates": [
                    {
                        "id": item.id,
                        "title": {"zh": item.title_zh, "en": item.title_en},
                        "recipient": {"zh": item.recipient_zh, "en": item.recipient_en},
                        "step": item.step,
                        "kinds": list(item.kinds),
                    }
                    for item in found
                ],
            }
        )
        return
    show_table(
        [say(f"templates.head.{key}") for key in ("id", "title", "recipient", "step")],
        [
            [
                item.id,
                say.pick(item.title_zh, item.title_en),
                say.pick(item.recipient_zh, item.recipient_en),
                "" if item.step is None else str(item.step),
            ]
            for item in found
        ],
    )
    show()
    show(say("templates.next", case=case or "CASE"))
