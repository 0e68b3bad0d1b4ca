"""The calculators of margin lines: nine conventions, drift by interest, limit-down days, one share's price."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

import typer

from workbench.cli.arguments import day, number
from workbench.cli.calc_output import SHOWN, fraction, known_convention
from workbench.cli.options import JsonOption
from workbench.cli.output import show, show_json, show_table, yuan
from workbench.cli.session import session
from workbench.domain.money import grouped, percent, plain, price_text
from workbench.engine.calculators import (
    ARTICLE_CONVENTIONS,
    LineRow,
    drift,
    limit_down,
    line_row,
    new_account,
)
from workbench.engine.conventions import Position, solvable
from workbench.engine.risk_calculators import (
    drift_days,
    share_at_line,
)
from workbench.locales.catalogue import Catalogue


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
        known_convention(name)
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
                fraction(row.ratio),
                grouped(row.assets_at_line),
                grouped(row.loss),
                fraction(row.fall),
                yuan(row.cash_needed) if row.cash_needed else "",
                say("calc.no_sale") if row.sale_needed is None else yuan(row.sale_needed) if row.sale_needed else "",
                "" if left is None else str(left),
                say("calc.breached") if row.breached else "",
            ]
            for row, left in zip(rows, months_left, strict=True)
        ],
        right=(1, 2, 3, 4, 5, 6, 7, 8),
    )


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


def share(
    ctx: typer.Context,
    shares: Annotated[str, typer.Argument(metavar="SHARES", help="Shares of the one security held.")],
    price: Annotated[str, typer.Option(metavar="YUAN", help="Its price now.")],
    line: Annotated[str, typer.Option(metavar="X", help="The line, for example 130%.")],
    convention: Annotated[str, typer.Option(metavar="NAME", help="How the line is measured.")],
    financing: Annotated[str, typer.Option(metavar="YUAN", help="Principal owed.")],
    debt: Annotated[
        str | None, typer.Option(metavar="YUAN", help="Debt with interest; default: the principal.")
    ] = None,
    margin: Annotated[str, typer.Option(metavar="YUAN", help="Own money paid in.")] = "0",
    cash: Annotated[str, typer.Option(metavar="YUAN", help="Cash in the account.")] = "0",
    as_json: JsonOption = False,
) -> None:
    """Show the share price that reaches the line, and how many shares a sale below it takes."""
    state = session(ctx)
    known_convention(convention)
    owed = number(financing, "--financing")
    found = share_at_line(
        number(shares, "SHARES"),
        number(price, "--price"),
        number(cash, "--cash"),
        Position(Decimal(0), number(debt, "--debt") if debt else owed, owed, number(margin, "--margin")),
        convention,
        number(line, "--line"),
    )
    if as_json:
        parts = {
            "price_at_line": None if found.price is None else price_text(found.price),
            "fall": None if found.fall is None else plain(found.fall.quantize(SHOWN)),
            "cash_needed": f"{found.cash_needed:.2f}",
            "shares_to_sell": None if found.to_sell is None else plain(found.to_sell),
        }
        show_json({"schema": 1, **parts})
        return
    say = state.say
    at = "-" if found.price is None else price_text(found.price)
    show(say("calc.share", price=at, fall=fraction(found.fall)))
    if found.cash_needed:
        many = say("calc.no_sale") if found.to_sell is None else plain(found.to_sell)
        show(say("calc.share_below", cash=yuan(found.cash_needed), shares=many))


def drift_(
    ctx: typer.Context,
    margin: Annotated[str, typer.Option(metavar="YUAN", help="Own money paid in.")],
    leverage: Annotated[str, typer.Option(metavar="X", help="Financing over margin: 1:4 is 4.")],
    rate: Annotated[str, typer.Option(metavar="X", help="Interest rate per month; a day counts a thirtieth.")],
    line: Annotated[str, typer.Option(metavar="X", help="The line, for example 120%.")],
    convention: Annotated[str, typer.Option(metavar="NAME", help="How the line is measured.")] = "assets_over_debt",
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Day of the drawdown.")] = None,
    months: Annotated[int, typer.Option(metavar="N", min=1, max=60, help="Months to show.")] = 6,
    as_json: JsonOption = False,
) -> None:
    """Show how unpaid interest alone drifts an account to its line at unchanged prices."""
    state = session(ctx)
    known_convention(convention)
    monthly = number(rate, "--rate")
    account = new_account(number(margin, "--margin"), number(leverage, "--leverage"))
    at_line = number(line, "--line")
    days, rows = drift_days(convention, at_line, account, monthly, months)
    crossed = None if days is None or start is None else day(start) + timedelta(days=days)
    if as_json:
        table = [
            {"month": month, "debt": f"{debt:.2f}", "ratio": None if ratio is None else plain(ratio.quantize(SHOWN))}
            for month, debt, ratio in rows
        ]
        show_json({"schema": 1, "days": days, "date": crossed.isoformat() if crossed else None, "months": table})
        return
    say = state.say
    show_table(
        [say(f"calc.head.{key}") for key in ("month", "debt_then", "ratio")],
        [[str(month), yuan(debt), fraction(ratio)] for month, debt, ratio in rows],
        right=(0, 1, 2),
    )
    if days is None:
        show(say("calc.drift_never"))
    else:
        show(say("calc.drift", days=days, date=f" ({crossed})" if isinstance(crossed, date) else ""))
