"""The calculators of money to raise and terms to agree: liquidity, instalments, proposals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import calc_plan_json, calc_plan_view
from workbench.cli.arguments import day, number
from workbench.cli.options import JsonOption
from workbench.cli.output import show_json
from workbench.cli.session import session
from workbench.domain.money import cents
from workbench.planning.liquidity import plan_sales, sensitivity
from workbench.planning.negotiation import alternatives, best_alternative, compare
from workbench.planning.offers import summarise
from workbench.planning.repayment import RepaymentKind, RepaymentTerms, extend, present_value, schedule
from workbench.services.negotiate import Negotiation

TodayOption = Annotated[str | None, typer.Option("--today", metavar="DATE", help="Day to start from; default: today.")]


def liquidity(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Your assets: .csv, .xlsx or .toml.")],
    target: Annotated[str, typer.Option(metavar="YUAN", help="Cash to raise.")],
    by: Annotated[str, typer.Option(metavar="DATE", help="Last day on which it may arrive.")],
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Plan what to sell to raise an amount by a day at least cost, without touching what you keep.

    The file has one row an asset: name, kind (share, fund, reverse_repo, deposit, goods, other), code, quantity, price,
    haircut (part of the price given up to sell in time), days (until the money is there: trading days for shares and
    funds, else calendar days), fee_rate, fee_min, tax_rate, keep (quantity not to be sold, or all), lot. As TOML each
    is an [[asset]].

    Example: workbench calc liquidity assets.csv --target 200000 --by 2026-12-04
    """
    from workbench.services.plan_files import read_assets  # noqa: PLC0415  start fast

    state = session(ctx)
    tables = state.desk().tables()
    start = day(today) if today else state.desk().today
    plan = plan_sales(read_assets(file), cents(number(target, "--target")), day(by), start, tables)
    cases = sensitivity(plan, tables)
    if as_json:
        show_json(calc_plan_json.liquidity(plan, cases))
    else:
        calc_plan_view.liquidity(plan, cases, state.say)


def instalments(
    ctx: typer.Context,
    principal: Annotated[str, typer.Argument(metavar="PRINCIPAL", help="Debt in yuan.")],
    rate: Annotated[str, typer.Option(metavar="X", help="Rate per year, for example 6%.")],
    months: Annotated[int, typer.Option(metavar="N", help="Months until the last payment, grace included.")],
    kind: Annotated[RepaymentKind, typer.Option(help="How the principal is spread.")] = RepaymentKind.EQUAL_PRINCIPAL,
    grace: Annotated[
        int, typer.Option(metavar="N", help="First months without payment; their interest is due with the first.")
    ] = 0,
    start: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day from which interest runs; default: today.")
    ] = None,
    lump_sum: Annotated[str, typer.Option(metavar="YUAN", help="Paid at once.")] = "0",
    waived: Annotated[str, typer.Option(metavar="YUAN", help="Given up by the creditor.")] = "0",
    extend_after: Annotated[
        int | None, typer.Option(metavar="N", help="Change the agreement after N months: --extend-by, --new-rate.")
    ] = None,
    extend_by: Annotated[int, typer.Option(metavar="N", help="Months added then.")] = 0,
    new_rate: Annotated[str | None, typer.Option(metavar="X", help="Rate per year from then on.")] = None,
    discount: Annotated[
        str | None, typer.Option(metavar="X", help="Rate per year at which payments are discounted to the start.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Draw up a repayment schedule: each payment, total interest, effective yearly rate, present value.

    Example: workbench calc instalments 120000 --rate 6% --months 12 --kind annuity --start 2026-01-15
    """
    state = session(ctx)
    terms = RepaymentTerms(
        debt=number(principal, "PRINCIPAL"),
        rate=number(rate, "--rate"),
        months=months,
        kind=kind,
        start=day(start) if start else state.desk().today,
        grace=grace,
        lump_sum=number(lump_sum, "--lump-sum"),
        waived=number(waived, "--waived"),
    )
    if extend_after is None:
        found = schedule(terms)
    else:
        found = extend(terms, extend_after, extend_by, number(new_rate, "--new-rate") if new_rate else None)
    value = present_value(found.flows, number(discount, "--discount"), terms.start) if discount else None
    if as_json:
        show_json(calc_plan_json.instalments(found, value))
    else:
        calc_plan_view.instalments(found, value, state.say)


def proposals(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="Bases, suit, proposals, offers.")],
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare proposals with the settlement on each legal basis and with going to court.

    The file has discount_rate; [bases] with what `workbench bases` shows (positive = due to you); [suit] with your own
    enforcement_discount and [suit.probability] per basis; one [[proposal]] each with name, payer (client, financier),
    debt, rate, months, kind, start, grace, lump_sum, waived and [[proposal.pledge]]; the log of offers as [[offer]]:
    date, by, amount, terms, note, evidence. What you leave out of [suit] stays unknown; nothing is guessed.
    """
    from workbench.services.plan_files import read_proposals  # noqa: PLC0415  start fast

    state = session(ctx)
    given = read_proposals(file)
    start = day(today) if today else state.desk().today
    options = alternatives(given.settlements, given.suit, start, given.discount_rate, state.desk().tables())
    rows = compare(given.proposals, options, start, given.discount_rate)
    found = Negotiation(options, best_alternative(options), rows, summarise(given.offers))
    if as_json:
        show_json(calc_plan_json.proposals(found))
    else:
        calc_plan_view.proposals(found, state.say)
