"""``workbench reference``: the dated tables and how far they reach; add what was published later."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.arguments import day, number
from workbench.cli.diagnostics import narrate
from workbench.cli.groups import command, new_app
from workbench.cli.output import show, show_table
from workbench.cli.session import session
from workbench.services.reference_rates import add_lpr, add_trading_days, list_tables

app = new_app()
add = new_app()
app.add_typer(add, name="add")
DateArgument = Annotated[str, typer.Argument(metavar="DATE", help="Day, as 2026-10-20.")]


@app.callback(invoke_without_command=True)
def reference(ctx: typer.Context) -> None:
    """Show how far the dated tables (rates, charges, trading days) reach; add what was published later."""
    if ctx.invoked_subcommand is not None:
        return
    state = session(ctx)
    say = state.say
    show_table(
        [say(f"reference.head.{key}") for key in ("name", "first", "last", "valid", "user")],
        [
            [
                t.name,
                t.first.isoformat(),
                t.last.isoformat(),
                f"{t.valid_to}{' !' if t.expired else ''}",
                str(t.by_user or ""),
            ]
            for t in list_tables(state.desk())
        ],
    )


@add.callback(invoke_without_command=True)
def add_(ctx: typer.Context) -> None:
    """Add published figures; they are marked as yours wherever they count."""
    if ctx.invoked_subcommand is None:
        show(ctx.get_help())


@command(add)
def lpr(
    ctx: typer.Context,
    date: DateArgument,
    one_year: Annotated[str, typer.Argument(metavar="RATE_1Y", help="One-year rate, for example 3.0% or 0.03.")],
    five_year: Annotated[str, typer.Argument(metavar="RATE_5Y", help="Five-year rate.")],
) -> None:
    """Add a published loan prime rate."""
    state = session(ctx)
    add_lpr(state.desk(), day(date), number(one_year, "RATE_1Y"), number(five_year, "RATE_5Y"))
    narrate(state.say("reference.added"))


@command(add)
def days(
    ctx: typer.Context,
    dates: Annotated[list[str], typer.Argument(metavar="DATE...", help="Trading days, as 2027-01-04.")],
    to: Annotated[str, typer.Option(metavar="DATE", help="Last calendar day the list covers.")],
) -> None:
    """Add published trading days."""
    state = session(ctx)
    add_trading_days(state.desk(), [day(text) for text in dates], day(to))
    narrate(state.say("reference.added"))
