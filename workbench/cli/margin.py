"""``workbench margin CASE``: the lines, the days that crossed them, and the tests of the forced sale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from workbench.cli.arguments import day
from workbench.cli.diagnostics import narrate
from workbench.cli.groups import CaseGroup, command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import shorten, show, show_json, show_table, yuan
from workbench.cli.session import case_name, session
from workbench.documents.audit_json import audit_to_json
from workbench.domain.audit import Audit, AuditOptions
from workbench.domain.counterfactual import Counterfactual
from workbench.domain.margin import MarginDay, MarginEvent
from workbench.domain.money import cents, percent, plain
from workbench.errors import UsageError
from workbench.locales.catalogue import Catalogue
from workbench.services.run_audit import compute_audit
from workbench.services.tag_forced import list_tags, tag_forced

app = new_app(CaseGroup)
CODES = 15
"""Terminal columns for the codes whose price is missing; ``--json`` names all."""


@app.callback(invoke_without_command=True)
def margin(
    ctx: typer.Context,
    case: CaseArgument,
    every_day: Annotated[bool, typer.Option("--days", help="Show every day, not only changes.")] = False,
    keep_to: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day to which the sold holdings would have been kept.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show the margin timeline, the lines and the liquidation tests; VERB tag marks forced sales."""
    if ctx.invoked_subcommand is not None:
        return
    state = session(ctx)
    audit = compute_audit(state.desk(), case, AuditOptions(keep_to=day(keep_to) if keep_to else None))
    if as_json:
        whole = audit_to_json(audit)
        margin_ = {**whole["margin"], "events": [_event(event) for event in audit.margin.events]}
        liquidation = {**whole["liquidation"], "otherwise": [_otherwise(one) for one in audit.liquidation.otherwise]}
        show_json({"schema": 1, "case": whole["case"], "margin": margin_, "liquidation": liquidation})
        return
    _show_lines(audit, state.say)
    _show_days(audit.margin.days, state.say, every_day=every_day)
    _show_events(audit.margin.events, state.say)
    _show_liquidation(audit, state.say)
    _show_otherwise(audit.liquidation.otherwise, state.say)


@command(app)
def tag(
    ctx: typer.Context,
    lines: Annotated[list[str], typer.Argument(metavar="LINE...", help="Sales, for example S1.17 S1.18.")],
    forced: Annotated[bool | None, typer.Option("--forced/--own", help="Forced sale, or the client's own.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Take the tag away again.")] = False,
) -> None:
    """Say which sales were forced where the statement does not."""
    state, case = session(ctx), case_name(ctx)
    if (forced is None) == (not clear):
        raise UsageError(
            "Choose one of --forced, --own and --clear.",
            what_zh="请在 --forced、--own、--clear 中选一个。",
        )
    desk = state.desk()
    tag_forced(desk, case, lines, forced)
    narrate(state.say("margin.tagged", count=len(lines), total=len(list_tags(desk, case))))


def _show_lines(audit: Audit, say: Catalogue) -> None:
    margin_ = audit.margin
    if margin_.convention is None:
        show(say("margin.no_convention"))
        return
    show(say("margin.convention", name=say.name("convention", margin_.convention), debt=yuan(margin_.debt)))
    show_table(
        [say("margin.head.line"), say("margin.head.assets")],
        [[say.name("margin_state", name), yuan(amount)] for name, amount in margin_.lines.items()],
        right=(1,),
        indent="  ",
    )
    for key, first in (("first_warning", margin_.first_warning), ("first_liquidation", margin_.first_liquidation)):
        show(say(f"margin.{key}", date=first.isoformat() if first else say("margin.never")))


def _show_days(days: tuple[MarginDay, ...], say: Catalogue, *, every_day: bool) -> None:
    chosen = [
        day for at, day in enumerate(days) if every_day or at in (0, len(days) - 1) or day.state != days[at - 1].state
    ]
    if not chosen:
        return
    show()
    show_table(
        [say(f"margin.head.{key}") for key in ("date", "assets", "debt", "ratio", "state")],
        [
            [
                day.date.isoformat(),
                yuan(day.assets),
                yuan(day.debt),
                "" if day.ratio is None else percent(round(day.ratio, 4)),
                say.name("margin_state", day.state),
            ]
            for day in chosen
        ],
        right=(1, 2, 3),
    )
    if not every_day and len(chosen) < len(days):
        show(say("margin.some_days", shown=len(chosen), total=len(days)))


def _show_events(events: Sequence[MarginEvent], say: Catalogue) -> None:
    if not events:
        return
    show()
    show(say("margin.events"))
    for event in events:
        text = say.pick(event.text_zh, event.text_en)
        amount = f" {yuan(event.amount)}" if event.amount is not None else ""
        line = f" {event.line}" if event.line else ""
        when = event.at.strftime("%Y-%m-%d %H:%M") if event.notice else event.at.date().isoformat()
        show(f"  {when}  {say.name('margin_event', event.kind)}{amount}{line}{say('colon') + text if text else ''}")


def _show_otherwise(rows: Sequence[Counterfactual], say: Catalogue) -> None:
    if not rows:
        return
    show()
    show(say("margin.otherwise"))
    keys = ("theory", "price", "date", "actual", "otherwise", "difference", "rests_on")
    show_table(
        [say(f"margin.head.{key}") for key in keys],
        [
            [
                say.name("theory", row.theory),
                say.name("price", row.price),
                row.day.isoformat() if row.day else "-",
                yuan(row.actual),
                _brought(row, say),
                yuan(row.difference),
                f"{row.rests_on} {say.name('verdict', row.verdict)}" if row.verdict else row.rests_on,
            ]
            for row in rows
        ],
        right=(3, 4, 5),
        indent="  ",
    )
    show(say("margin.estimates"))


def _brought(row: Counterfactual, say: Catalogue) -> str:
    if row.otherwise is not None:
        return yuan(row.otherwise)
    return say("margin.no_price", codes=shorten("、".join(row.missing), CODES))


def _otherwise(row: Counterfactual) -> dict[str, Any]:
    return {
        "theory": row.theory,
        "rests_on": row.rests_on,
        "verdict": row.verdict.value if row.verdict else None,
        "price": row.price,
        "date": row.day.isoformat() if row.day else None,
        "actual": str(cents(row.actual)),
        "otherwise": None if row.otherwise is None else str(cents(row.otherwise)),
        "difference": None if row.difference is None else str(cents(row.difference)),
        "formula": row.formula,
        "missing": list(row.missing),
    }


def _event(event: MarginEvent) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(),
        "kind": event.kind,
        "line": event.line,
        "amount": str(cents(event.amount)) if event.amount is not None else None,
        "told": plain(event.told) if event.told is not None else None,
        "day": event.day.isoformat() if event.day else None,
        "convention": event.convention,
        "computed": plain(round(event.computed, 6)) if event.computed is not None else None,
        "agrees": event.agrees,
    }


def _show_liquidation(audit: Audit, say: Catalogue) -> None:
    found = audit.liquidation
    show()
    if found.started is None:
        show(say("margin.not_liquidated"))
    else:
        show(say("margin.liquidated", date=found.started, fills=len(found.fills), proceeds=yuan(found.proceeds)))
    for test in found.tests:
        name = f"{test.code} {say.name('finding', test.code)}"
        show(f"  [{say.name('verdict', test.verdict)}] {name}{say('colon')}{say.pick(test.why_zh, test.why_en)}")
