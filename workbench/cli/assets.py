"""``workbench assets CASE``: own assets outside the financed account, and what to sell to raise an amount."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import calc_plan_json, calc_plan_view
from workbench.cli.arguments import day, number
from workbench.cli.diagnostics import narrate
from workbench.cli.groups import CaseGroup, command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import per_cent, show, show_json, show_table
from workbench.cli.session import case_name, session
from workbench.domain.money import cents, plain
from workbench.services.raise_cash import import_assets, list_assets, plan_cash, planned_cash, remove_asset
from workbench.services.remember_plan import plan_values

app = new_app(CaseGroup)


@app.callback(invoke_without_command=True)
def assets(ctx: typer.Context, case: CaseArgument, as_json: JsonOption = False) -> None:
    """List the own assets of a case outside the financed account; VERB add, remove or plan does more."""
    if ctx.invoked_subcommand is not None:
        return
    state = session(ctx)
    say = state.say
    found = list_assets(state.desk(), case)
    if as_json:
        parts = [{"number": at, **calc_plan_json.asset(one)} for at, one in found.items()]
        show_json({"schema": 1, "case": case, "assets": parts})
        return
    if not found:
        show(say("assets.none", case=case))
        return
    show_table(
        [
            say(f"assets.head.{key}")
            for key in ("number", "name", "kind", "quantity", "price", "haircut", "days", "keep")
        ],
        [
            [
                str(at),
                one.name,
                say.name("asset_kind", one.kind),
                plain(one.quantity),
                plain(one.price),
                per_cent(one.haircut),
                str(one.days),
                plain(one.keep) if one.keep else "",
            ]
            for at, one in found.items()
        ],
        right=(0, 3, 4, 5, 6, 7),
    )
    show(say("assets.next", case=case))


@command(app)
def add(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Your assets: .csv, .xlsx or .toml.")],
) -> None:
    """Add the assets of a file; `calc liquidity --help` tells its columns."""
    state, case = session(ctx), case_name(ctx)
    numbers = import_assets(state.desk(), case, file)
    narrate(state.say("assets.added", count=len(numbers)))


@command(app)
def remove(
    ctx: typer.Context,
    number_: Annotated[int, typer.Argument(metavar="N", help="Number of the asset.")],
) -> None:
    """Take an asset out of the list."""
    state, case = session(ctx), case_name(ctx)
    remove_asset(state.desk(), case, number_)
    narrate(state.say("assets.removed", number=number_))


@command(app)
def plan(
    ctx: typer.Context,
    target: Annotated[str | None, typer.Option(metavar="YUAN", help="Cash to raise.")] = None,
    by: Annotated[str | None, typer.Option(metavar="DATE", help="Last day on which it may arrive.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Plan what to sell to raise an amount by a day at least cost, without touching what you keep.

    What is not given stands for the amount and day set in the terminal interface.
    """
    state, case = session(ctx), case_name(ctx)
    desk = state.desk()
    if target is None and by is None:
        found = planned_cash(desk, case)
    else:
        known = plan_values(desk, case)
        amount, last = target or known.get("target", ""), by or known.get("by", "")
        found = plan_cash(desk, case, cents(number(amount, "--target")), day(last))
    if as_json:
        show_json(calc_plan_json.liquidity(found.plan, found.cases))
    else:
        calc_plan_view.liquidity(found.plan, found.cases, state.say)
