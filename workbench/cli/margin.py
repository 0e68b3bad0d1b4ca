"""``workbench margin CASE``: the lines, the days that crossed them, and the tests of the forced sale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from workbench.cli.aftermath_view import show_aftermath, show_damages
from workbench.cli.arguments import day
from workbench.cli.diagnostics import narrate
from workbench.cli.groups import CaseGroup, command, new_app
from workbench.cli.liquidation_view import show_grounds, show_otherwise, show_tests
from workbench.cli.market_view import show_market, show_proposals
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import per_cent, show, show_json, show_table, yuan
from workbench.cli.session import case_name, session
from workbench.documents.audit_json import audit_parts
from workbench.documents.sale_json import (
    damage_to_json,
    day_to_json,
    event_to_json,
    ground_to_json,
    market_to_json,
    minute_to_json,
    otherwise_to_json,
    proposal_to_json,
    snapshot_to_json,
    test_to_json,
)
from workbench.domain.audit import Audit, AuditOptions
from workbench.domain.margin import Margin, MarginDay, MarginEvent
from workbench.errors import UsageError
from workbench.locales.catalogue import Catalogue
from workbench.services.run_audit import compute_audit
from workbench.services.tag_forced import list_tags, tag_forced

app = new_app(CaseGroup)


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
        show_json(_json(audit, state.lang))
        return
    _show_lines(audit, state.say)
    _show_days(audit.margin, state.say, every_day=every_day)
    _show_events(audit.margin.events, state.say)
    show_tests(audit.liquidation, state.say)
    show_grounds(audit.liquidation.grounds, state.say)
    show_otherwise(audit.liquidation.otherwise, state.say)
    lines = {entry.line.id: entry.line for entry in audit.lines}
    show_market(audit.liquidation.market, lines, state.say)
    show_proposals(audit.liquidation.proposals, lines, state.say)
    show_damages(audit.liquidation.damages, state.say)
    show_aftermath(audit.liquidation.after, state.say)


def _json(audit: Audit, lang: str) -> dict[str, object]:
    whole, found = audit_parts(audit, lang), audit.liquidation
    margin_ = {
        **whole["margin"],
        "days": [day_to_json(one) for one in audit.margin.days],
        "minutes": [minute_to_json(one) for one in audit.margin.minutes],
        "events": [event_to_json(one) for one in audit.margin.events],
    }
    liquidation = {
        **whole["liquidation"],
        "tests": [test_to_json(one, lang) for one in found.tests],
        "grounds": [ground_to_json(one, lang) for one in found.grounds],
        "otherwise": [otherwise_to_json(one) for one in found.otherwise],
        "damages": [damage_to_json(one, lang) for one in found.damages],
        "after": snapshot_to_json(found.after),
        "market": market_to_json(found.market, lang),
        "proposals": [proposal_to_json(one, lang) for one in found.proposals],
    }
    return {"schema": 1, "case": whole["case"], "margin": margin_, "liquidation": liquidation}


@command(app)
def tag(
    ctx: typer.Context,
    lines: Annotated[
        list[str] | None, typer.Argument(metavar="LINE...", help="Sales, for example S1.17 S1.18.")
    ] = None,
    forced: Annotated[bool | None, typer.Option("--forced/--own", help="Forced sale, or the client's own.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Take the tag away again.")] = False,
    proposed: Annotated[bool, typer.Option("--proposed", help="The sales that strongly look forced.")] = False,
) -> None:
    """Say which sales were forced where the statement does not."""
    state, case = session(ctx), case_name(ctx)
    if bool(lines) == proposed:
        raise UsageError(
            "Name the sales, or take those that look forced with --proposed.",
            what_zh="请写明流水行号，或用 --proposed 采用看来是强平的卖出。",
        )
    if (forced is None) == (not clear):
        raise UsageError(
            "Choose one of --forced, --own and --clear.",
            what_zh="请在 --forced、--own、--clear 中选一个。",
        )
    desk = state.desk()
    chosen = lines or [one.line for one in compute_audit(desk, case).liquidation.proposals if one.strong]
    tag_forced(desk, case, chosen, forced)
    narrate(state.say("margin.tagged", count=len(chosen), total=len(list_tags(desk, case))))


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


def _show_days(margin_: Margin, say: Catalogue, *, every_day: bool) -> None:
    days = margin_.days
    chosen = [
        day for at, day in enumerate(days) if every_day or at in (0, len(days) - 1) or day.state != days[at - 1].state
    ]
    if not chosen:
        return
    show()
    show_table(
        [say(f"margin.head.{key}") for key in ("date", "assets", "debt", "ratio", "distance", "fall", "state")],
        [_day_row(day, say) for day in chosen],
        right=(1, 2, 3, 4, 5),
    )
    if not every_day and len(chosen) < len(days):
        show(say("margin.some_days", shown=len(chosen), total=len(days)))
    crossed = margin_.first_minute({"liquidation", "emergency"})
    if crossed is not None:
        show(say("margin.first_minute", at=f"{crossed.at:%Y-%m-%d %H:%M}", assets=yuan(crossed.assets)))
    _show_prices(days, say)


def _day_row(day: MarginDay, say: Catalogue) -> list[str]:
    return [
        day.date.isoformat(),
        "-" if day.state == "unknown" else yuan(day.assets),
        yuan(day.debt),
        "" if day.ratio is None else per_cent(day.ratio),
        "" if day.distance is None else yuan(day.distance),
        "" if day.fall is None else per_cent(day.fall),
        say.name("margin_state", day.state) + (f" {say('margin.uplifted')}" if day.uplifted else ""),
    ]


def _show_prices(days: Sequence[MarginDay], say: Catalogue) -> None:
    """Name the holdings that were valued at an earlier price or could not be valued, with the days."""
    for key, pick in (("missing", lambda day: day.missing), ("stale", lambda day: [one.code for one in day.stale])):
        found: dict[str, list[str]] = {}
        for entry in days:
            for code in pick(entry):
                found.setdefault(code, []).append(entry.date.isoformat())
        for code, when in found.items():
            show(say(f"margin.{key}", code=code, count=len(when), first=when[0], last=when[-1]))


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
