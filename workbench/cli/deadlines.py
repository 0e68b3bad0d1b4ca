"""``workbench deadlines CASE``: what is due until when, and the dated events it runs from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.arguments import day
from workbench.cli.diagnostics import narrate
from workbench.cli.groups import CaseGroup, command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show, show_json, show_table
from workbench.cli.session import case_name, session
from workbench.domain.deadlines import EventKind
from workbench.domain.source import article_name
from workbench.services.deadlines import add_event, list_deadlines, list_events, remove_event, write_calendar

app = new_app(CaseGroup)


@app.callback(invoke_without_command=True)
def deadlines(
    ctx: typer.Context,
    case: CaseArgument,
    ics: Annotated[Path | None, typer.Option(metavar="FILE", help="Write them as a calendar file (.ics).")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show limitation, reply windows and the periods of court and police; VERB add, remove or events does more."""
    if ctx.invoked_subcommand is not None:
        return
    state = session(ctx)
    desk, say = state.desk(), state.say
    found = list_deadlines(desk, case)
    if ics is not None:
        narrate(say("deadlines.written", file=write_calendar(desk, case, ics, state.lang)))
    if as_json:
        parts = [
            {
                "kind": one.kind,
                "due": one.due.isoformat(),
                "since": one.since.isoformat(),
                "event": one.event.value,
                "own": one.own,
                "state": one.state(desk.today).value,
                "statutes": list(one.statutes),
                "assumed": one.assumed,
                "text": say.pick(one.text_zh, one.text_en),
            }
            for one in found
        ]
        show_json({"schema": 1, "case": case, "deadlines": parts})
        return
    if not found:
        show(say("deadlines.none"))
        return
    show_table(
        [say(f"deadlines.head.{key}") for key in ("due", "state", "who", "what", "statutes")],
        [
            [
                one.due.isoformat(),
                say.name("deadline_state", one.state(desk.today)),
                say("deadlines.own") if one.own else say("deadlines.theirs"),
                say.pick(one.text_zh, one.text_en) + (f" {say('deadlines.assumed')}" if one.assumed else ""),
                say("list_sep").join(map(article_name, one.statutes)),
            ]
            for one in found
        ],
    )
    show(say("deadlines.safe"))


@command(app)
def add(
    ctx: typer.Context,
    kind: Annotated[EventKind, typer.Argument(metavar="KIND", help="What happened; `events --kinds` lists them.")],
    on: Annotated[str, typer.Argument(metavar="DATE", help="The day; for a letter the day it arrived.")],
    days: Annotated[int | None, typer.Option(metavar="N", min=1, max=3650, help="Days of a reply window.")] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Your words.")] = "",
    document: Annotated[int | None, typer.Option(metavar="N", help="Number of the file that proves it.")] = None,
) -> None:
    """Note that something happened on a day."""
    state, case = session(ctx), case_name(ctx)
    event = add_event(state.desk(), case, kind, day(on), days=days, note=note, document=document)
    narrate(state.say("deadlines.added", number=event.number, kind=state.say.name("event_kind", kind), date=event.on))


@command(app)
def remove(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="Number of the event.")],
) -> None:
    """Take an event away again."""
    state, case = session(ctx), case_name(ctx)
    remove_event(state.desk(), case, number)
    narrate(state.say("deadlines.removed", number=number))


@command(app)
def events(
    ctx: typer.Context,
    kinds: Annotated[bool, typer.Option("--kinds", help="List the kinds instead.")] = False,
) -> None:
    """List the dated events of the case."""
    state, case = session(ctx), case_name(ctx)
    say = state.say
    if kinds:
        show_table(
            [say("deadlines.head.kind"), say("deadlines.head.what")],
            [[kind.value, say.name("event_kind", kind)] for kind in EventKind],
        )
        return
    show_table(
        [say(f"deadlines.head.{key}") for key in ("number", "date", "what", "days", "note")],
        [
            [str(one.number), one.on.isoformat(), say.name("event_kind", one.kind), str(one.days or ""), one.note]
            for one in list_events(state.desk(), case)
        ],
    )
