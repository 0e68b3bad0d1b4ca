"""The calculators of interest, court fees and the order of payments."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from workbench.cli.arguments import day, number
from workbench.cli.calc_output import SHOWN
from workbench.cli.options import JsonOption
from workbench.cli.output import show, show_json, show_table, yuan
from workbench.cli.session import session
from workbench.domain.audit import Segment
from workbench.domain.money import grouped, percent, plain
from workbench.engine.allocation import Owed, allocate
from workbench.engine.calculators import (
    interest,
)
from workbench.engine.court_fees import court_fees


class Period(StrEnum):
    """Period a rate is quoted for."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    TRADING_DAY = "trading_day"


class DayCount(StrEnum):
    """Day count of a rate."""

    ACT_365 = "ACT/365"
    ACT_360 = "ACT/360"
    THIRTY_360 = "30/360"
    MONTH = "MONTH"
    TRADING = "TRADING"


class BrokenMonth(StrEnum):
    """What an incomplete month costs."""

    THIRTIETH = "thirtieth"
    FULL_MONTH = "full_month"


def interest_(
    ctx: typer.Context,
    principal: Annotated[str, typer.Argument(metavar="PRINCIPAL", help="Principal in yuan.")],
    rate: Annotated[str, typer.Argument(metavar="RATE", help="Rate, for example 1.5% or 0.00055.")],
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="First day that counts.")],
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="First day that no longer counts.")],
    per: Annotated[Period, typer.Option(help="Period the rate is quoted for.")] = Period.YEAR,
    day_count: Annotated[DayCount | None, typer.Option(help="Day count; default: the usual one of the period.")] = None,
    both_ends: Annotated[bool, typer.Option("--both-ends", help="Count the last day too.")] = False,
    broken_month: Annotated[BrokenMonth, typer.Option(help="Odd days of a month.")] = BrokenMonth.THIRTIETH,
    as_json: JsonOption = False,
) -> None:
    """Compute the interest of a period, with its working.

    Example: workbench calc interest 300000 0.055% --per day --from 2024-08-07 --to 2024-09-07
    """
    state = session(ctx)
    amount, segments = interest(
        number(principal, "PRINCIPAL"),
        number(rate, "RATE"),
        per.value,
        day(start),
        day(end),
        state.desk().tables(),
        day_count=day_count.value if day_count else None,
        both_ends=both_ends,
        broken_month=broken_month.value,
    )
    if as_json:
        show_json({"schema": 1, "interest": f"{amount:.2f}", "working": [_working(segment) for segment in segments]})
        return
    show(state.say("calc.interest", amount=yuan(amount)))
    for segment in segments:
        show(f"  {_working(segment)}")


def court_fees_(
    ctx: typer.Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Amount in dispute in yuan.")],
    preserve: Annotated[
        str | None, typer.Option(metavar="YUAN", help="Amount to be preserved; default: the claim.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Compute acceptance and preservation fees of a property claim (State Council Order 481)."""
    state = session(ctx)
    kept = number(preserve, "--preserve") if preserve else None
    fees = court_fees(number(claim, "CLAIM"), state.desk().tables(), kept)
    if as_json:
        parts = {"acceptance": fees.acceptance, "half": fees.acceptance_half, "preservation": fees.preservation}
        show_json({"schema": 1, **{name: f"{amount:.2f}" for name, amount in parts.items()}})
        return
    show(
        state.say(
            "calc.court_fees",
            acceptance=yuan(fees.acceptance),
            half=yuan(fees.acceptance_half),
            preservation=yuan(fees.preservation),
        )
    )


def allocation(
    ctx: typer.Context,
    payment: Annotated[str, typer.Argument(metavar="PAYMENT", help="What was paid, in yuan.")],
    principal: Annotated[str, typer.Option(metavar="YUAN", help="Principal owed.")],
    interest_owed: Annotated[str, typer.Option("--interest", metavar="YUAN", help="Interest owed.")] = "0",
    costs: Annotated[str, typer.Option(metavar="YUAN", help="Costs of enforcing the claim.")] = "0",
    as_json: JsonOption = False,
) -> None:
    """Set a payment that falls short against costs, interest, principal (Civil Code article 561)."""
    state = session(ctx)
    owed = Owed(number(costs, "--costs"), number(interest_owed, "--interest"), number(principal, "--principal"))
    done = allocate(number(payment, "PAYMENT"), owed)
    names = ("costs", "interest", "principal")
    rows = [(name, getattr(owed, name), getattr(done.paid, name), getattr(done.left, name)) for name in names]
    if as_json:
        parts = {row[0]: {"owed": f"{row[1]:.2f}", "paid": f"{row[2]:.2f}", "left": f"{row[3]:.2f}"} for row in rows}
        show_json({"schema": 1, **parts, "surplus": f"{done.surplus:.2f}"})
        return
    say = state.say
    show_table(
        [say(f"calc.head.{key}") for key in ("debt", "owed", "paid", "left")],
        [[say(f"calc.debt.{row[0]}"), *(yuan(amount) for amount in row[1:])] for row in rows],
        right=(1, 2, 3),
    )
    if done.surplus:
        show(say("calc.surplus", amount=yuan(done.surplus)))


def _working(segment: Segment) -> str:
    amount = plain(segment.amount.quantize(SHOWN))
    divisor = "" if segment.divisor == 1 else f" / {plain(segment.divisor)}"
    return (
        f"{segment.start} .. {segment.end}: {grouped(segment.principal)} x {percent(segment.rate)}"
        f" x {plain(segment.days)}{divisor} = {amount}"
    )
