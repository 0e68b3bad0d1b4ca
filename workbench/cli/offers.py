"""``workbench offers CASE``: the log of offers, and proposals beside every legal basis of the case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import calc_plan_json, calc_plan_view
from workbench.cli.arguments import day, number
from workbench.cli.diagnostics import narrate
from workbench.cli.groups import CaseGroup, command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import show_json
from workbench.cli.session import case_name, session
from workbench.domain.money import cents
from workbench.planning.offers import Offer, Side
from workbench.services.negotiate import Negotiation, add_offer, compare_proposals, remove_offer

app = new_app(CaseGroup)


@app.callback(invoke_without_command=True)
def offers(ctx: typer.Context, case: CaseArgument, as_json: JsonOption = False) -> None:
    """Show the log of offers and what a suit costs on each basis; VERB add, remove or compare does more."""
    if ctx.invoked_subcommand is None:
        _show(ctx, compare_proposals(session(ctx).desk(), case), as_json=as_json)


@command(app)
def add(
    ctx: typer.Context,
    on: Annotated[str, typer.Argument(metavar="DATE", help="Day of the offer.")],
    by: Annotated[Side, typer.Argument(metavar="SIDE", help="Who offered: client or financier.")],
    amount: Annotated[
        str, typer.Argument(metavar="YUAN", help="To be paid to you; with a minus sign (after --): by you.")
    ],
    terms: Annotated[str, typer.Option(metavar="TEXT", help="Instalments, security, deadline.")] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="Your words.")] = "",
    evidence: Annotated[int | None, typer.Option(metavar="N", help="Number of the file that proves it.")] = None,
) -> None:
    """Note an offer of either side."""
    state, case = session(ctx), case_name(ctx)
    offer = Offer(day(on), by, cents(number(amount, "YUAN")), terms, note, evidence)
    narrate(state.say("offers.added", number=add_offer(state.desk(), case, offer)))


@command(app)
def remove(
    ctx: typer.Context,
    number_: Annotated[int, typer.Argument(metavar="N", help="Number of the offer.")],
) -> None:
    """Take an offer out of the log."""
    state, case = session(ctx), case_name(ctx)
    remove_offer(state.desk(), case, number_)
    narrate(state.say("offers.removed", number=number_))


@command(app)
def compare(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Proposals as .toml.")],
    as_json: JsonOption = False,
) -> None:
    """Compare proposals with the case's settlement on each basis and with a suit.

    The file is that of `calc proposals` without [bases]: the settlements are the case's own.
    """
    state, case = session(ctx), case_name(ctx)
    _show(ctx, compare_proposals(state.desk(), case, file), as_json=as_json)


def _show(ctx: typer.Context, found: Negotiation, *, as_json: bool) -> None:
    if as_json:
        show_json(calc_plan_json.proposals(found))
    else:
        calc_plan_view.proposals(found, session(ctx).say)
