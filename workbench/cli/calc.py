"""``workbench calc``: the calculators alone, without a case."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import typer

from workbench.cli.arguments import day, number
from workbench.cli.groups import command, new_app
from workbench.cli.options import JsonOption
from workbench.cli.output import show, show_json, show_table, yuan
from workbench.cli.session import session
from workbench.domain.audit import Segment
from workbench.domain.money import grouped, percent, plain
from workbench.domain.terms import LINE_CONVENTIONS
from workbench.engine.allocation import Owed, allocate
from workbench.engine.calculators import (
    ARTICLE_CONVENTIONS,
    LineRow,
    drift,
    interest,
    limit_down,
    line_row,
    new_account,
    position_cap,
    recovery,
)
from workbench.engine.conventions import Position, solvable
from workbench.engine.court_fees import court_fees
from workbench.errors import UsageError
from workbench.locales.catalogue import Catalogue

app = new_app()
SHOWN = Decimal("0.000001")
"""Fractions are shown as percentages with four decimals."""


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


@app.callback(invoke_without_command=True)
def calc(ctx: typer.Context) -> None:
    """Calculate margin lines, interest, recovery, position, court fees and the order of payments."""
    if ctx.invoked_subcommand is None:
        show(ctx.get_help())


@command(app)
def lines(
    ctx: typer.Context,
    margin: Annotated[str, typer.Option(metavar="YUAN", help="Own money paid in.")],
    line: Annotated[list[str], typer.Option(metavar="X", help="A line, for example 150% or 1.5; may be repeated.")],
    leverage: Annotated[
        list[str] | None, typer.Option(metavar="X", help="Financing over margin: 1:4 is 4; may be repeated.")
    ] = None,
    rate: Annotated[str, typer.Option(metavar="X", help="Interest rate per month.")] = "0",
    months: Annotated[int, typer.Option(metavar="N", min=0, help="Months of unpaid interest in the debt.")] = 0,
    convention: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="How the line is measured; none: the common five.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show at which assets a line is crossed, in every convention side by side.

    Example: workbench calc lines --margin 100000 --leverage 4 --rate 1.5% --months 1 --line 150% --line 120%
    """
    state = session(ctx)
    chosen = convention or ARTICLE_CONVENTIONS
    for name in chosen:
        _known_convention(name)
    asked = [(name, number(text, "--line")) for text in line for name in chosen]
    money, monthly = number(margin, "--margin"), number(rate, "--rate")
    tables = []
    for text in leverage or ["1"]:
        account = new_account(money, number(text, "--leverage"), monthly, months)
        rows = [line_row(name, value, account) for name, value in asked if convention or solvable(name, value)]
        months_left = [drift(row.convention, row.line, account, monthly) if monthly else None for row in rows]
        tables.append((account, rows, months_left))
    if as_json:
        found = [_lines_dict(*table) for table in tables]
        show_json({"schema": 1, **(found[0] if len(found) == 1 else {"accounts": found})})
        return
    for at, table in enumerate(tables):
        if at:
            show()
        _show_lines(*table, state.say)


def _lines_dict(account: Position, rows: list[LineRow], months_left: list[int | None]) -> dict[str, object]:
    lines_ = [{**row, "months_to_cross": left} for row, left in zip(_dicts(rows), months_left, strict=True)]
    return {"assets": plain(account.assets), "debt": plain(account.debt), "lines": lines_}


def _show_lines(account: Position, rows: list[LineRow], months_left: list[int | None], say: Catalogue) -> None:
    show(say("calc.account", assets=grouped(account.assets), debt=grouped(account.debt)))
    keys = ("convention", "line", "ratio", "assets", "loss", "fall", "cash", "sale", "months", "breached")
    show_table(
        [say(f"calc.head.{key}") for key in keys],
        [
            [
                say.name("convention", row.convention),
                percent(row.line),
                _fraction(row.ratio),
                grouped(row.assets_at_line),
                grouped(row.loss),
                _fraction(row.fall),
                yuan(row.cash_needed) if row.cash_needed else "",
                say("calc.no_sale") if row.sale_needed is None else yuan(row.sale_needed) if row.sale_needed else "",
                "" if left is None else str(left),
                say("calc.breached") if row.breached else "",
            ]
            for row, left in zip(rows, months_left, strict=True)
        ],
        right=(1, 2, 3, 4, 5, 6, 7, 8),
    )


@command(app, "limit-down")
def limit_down_(
    ctx: typer.Context,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Market value of the holdings in yuan.")],
    debt: Annotated[str, typer.Option(metavar="YUAN", help="Debt.")],
    at_line: Annotated[str, typer.Option("--line", metavar="YUAN", help="Total assets at the liquidation line.")],
    cash: Annotated[str, typer.Option(metavar="YUAN", help="Cash in the account.")] = "0",
    limit: Annotated[str, typer.Option(metavar="X", help="Daily price limit.")] = "10%",
    days: Annotated[int, typer.Option(metavar="N", min=1, max=60, help="Number of days.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Show what a chain of limit-down days leaves when nothing can be sold: assets, the line, the shortfall."""
    state = session(ctx)
    rows = limit_down(
        number(cash, "--cash"),
        number(value, "VALUE"),
        number(debt, "--debt"),
        number(at_line, "--line"),
        number(limit, "--limit"),
        days,
    )
    if as_json:
        parts = [
            {
                "day": row.day,
                "assets": f"{row.assets:.2f}",
                "breached": row.breached,
                "shortfall": f"{row.shortfall:.2f}",
            }
            for row in rows
        ]
        show_json({"schema": 1, "days": parts})
        return
    say = state.say
    show_table(
        [say(f"calc.head.{key}") for key in ("day", "assets_then", "breached", "shortfall")],
        [
            [str(row.day), yuan(row.assets), say("calc.breached") if row.breached else "", yuan(row.shortfall)]
            for row in rows
        ],
        right=(0, 1, 3),
    )


@command(app, "interest")
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


@command(app)
def drawdown(
    ctx: typer.Context,
    fall: Annotated[str, typer.Argument(metavar="FALL", help="Fall, for example 20%.")],
    as_json: JsonOption = False,
) -> None:
    """Compute the rise that makes good a fall: x / (1 - x)."""
    state = session(ctx)
    lost = number(fall, "FALL")
    rise = recovery(lost)
    if as_json:
        show_json({"schema": 1, "fall": plain(lost), "recovery": plain(round(rise, 6))})
    else:
        show(state.say("calc.recovery", fall=percent(lost), rise=_fraction(rise)))


@command(app)
def position(
    ctx: typer.Context,
    capital: Annotated[str, typer.Argument(metavar="CAPITAL", help="Own money in yuan.")],
    risk: Annotated[str, typer.Option(metavar="X", help="Part of the own money that may be lost, for example 2%.")],
    stop: Annotated[str, typer.Option(metavar="X", help="Fall at which you sell, for example 8%.")],
    leverage: Annotated[str, typer.Option(metavar="X", help="Total over own money.")] = "1",
    as_json: JsonOption = False,
) -> None:
    """Compute the largest position whose stop loses no more than you allow: C x R / (L x S)."""
    state = session(ctx)
    cap = position_cap(
        number(capital, "CAPITAL"), number(risk, "--risk"), number(leverage, "--leverage"), number(stop, "--stop")
    )
    if as_json:
        show_json({"schema": 1, "position_cap": f"{cap:.2f}"})
    else:
        show(state.say("calc.position", amount=yuan(cap)))


@command(app, "court-fees")
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


@command(app)
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


def _known_convention(name: str) -> None:
    if name not in LINE_CONVENTIONS:
        names = ", ".join(LINE_CONVENTIONS)
        raise UsageError(
            f"There is no line convention `{name}`.",
            next_step=f"Use one of {names}.",
            what_zh=f"没有“{name}”这种风控线口径。",
            next_step_zh=f"可用：{names}。",
        )


def _fraction(value: Decimal | None) -> str:
    return "" if value is None else percent(value.quantize(SHOWN))


def _working(segment: Segment) -> str:
    amount = plain(segment.amount.quantize(SHOWN))
    divisor = "" if segment.divisor == 1 else f" / {plain(segment.divisor)}"
    return (
        f"{segment.start} .. {segment.end}: {grouped(segment.principal)} x {percent(segment.rate)}"
        f" x {plain(segment.days)}{divisor} = {amount}"
    )


def _dicts(rows: list[LineRow]) -> list[dict[str, object]]:
    return [
        {
            "convention": row.convention,
            "line": plain(row.line),
            "ratio": None if row.ratio is None else plain(row.ratio.quantize(SHOWN)),
            "assets_at_line": f"{row.assets_at_line:.2f}",
            "loss": f"{row.loss:.2f}",
            "fall": None if row.fall is None else plain(row.fall.quantize(SHOWN)),
            "breached": row.breached,
            "cash_needed": f"{row.cash_needed:.2f}",
            "sale_needed": None if row.sale_needed is None else f"{row.sale_needed:.2f}",
        }
        for row in rows
    ]
