"""The calculators of risk: recovery, position cap, leveraged loss, concentration."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.arguments import number
from workbench.cli.calc_output import SHOWN, fraction
from workbench.cli.options import JsonOption
from workbench.cli.output import show, show_json, show_table, yuan
from workbench.cli.session import session
from workbench.domain.money import percent, plain
from workbench.engine.risk_calculators import (
    concentration,
    leveraged_loss,
    position_cap,
    recovery,
)
from workbench.errors import UsageError


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
        show(state.say("calc.recovery", fall=percent(lost), rise=fraction(rise)))


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


def loss(
    ctx: typer.Context,
    capital: Annotated[str, typer.Argument(metavar="CAPITAL", help="Own money in yuan.")],
    fall: Annotated[str, typer.Option(metavar="X", help="Fall of the holdings, for example 10%.")],
    leverage: Annotated[str, typer.Option(metavar="X", help="Total over own money.")] = "1",
    as_json: JsonOption = False,
) -> None:
    """Compute what a fall costs with leverage: C x L x p, and its part of your own money."""
    state = session(ctx)
    amount, part = leveraged_loss(number(capital, "CAPITAL"), number(leverage, "--leverage"), number(fall, "--fall"))
    if as_json:
        show_json({"schema": 1, "loss": f"{amount:.2f}", "of_capital": plain(part.quantize(SHOWN))})
    else:
        show(state.say("calc.loss", amount=yuan(amount), part=fraction(part)))


def concentration_(
    ctx: typer.Context,
    holdings: Annotated[list[str], typer.Argument(metavar="CODE=YUAN...", help="Holdings and their market values.")],
    limit: Annotated[str, typer.Option(metavar="X", help="Most of total assets in one security.")] = "30%",
    cash: Annotated[str, typer.Option(metavar="YUAN", help="Cash in the account.")] = "0",
    as_json: JsonOption = False,
) -> None:
    """Show each security's part of total assets and what a limit requires to be sold.

    Kept in the account, the proceeds stay part of total assets; repaying debt with them makes assets smaller, and more
    must be sold.
    """
    state = session(ctx)
    values = {}
    for text in holdings:
        code, found, amount = text.partition("=")
        if not found or not code.strip():
            raise UsageError(
                f"`{text}` is no holding",
                next_step="Write CODE=YUAN, for example 600519=120000.",
                what_zh=f"“{text}”不是持仓",
                next_step_zh="请写 代码=市值，例如 600519=120000。",
            )
        values[code.strip()] = number(amount, code.strip())
    rows = concentration(values, number(cash, "--cash"), number(limit, "--limit"))
    if as_json:
        parts = [
            {
                "code": row.code,
                "part": plain(row.part.quantize(SHOWN)),
                "excess": f"{row.excess:.2f}",
                "excess_repaying": f"{row.excess_repaying:.2f}",
            }
            for row in rows
        ]
        show_json({"schema": 1, "holdings": parts})
        return
    say = state.say
    show_table(
        [say(f"calc.head.{key}") for key in ("code", "part", "excess", "excess_repaying")],
        [
            [
                row.code,
                fraction(row.part),
                yuan(row.excess) if row.excess else "",
                yuan(row.excess_repaying) if row.excess_repaying else "",
            ]
            for row in rows
        ],
        right=(1, 2, 3),
    )
