"""The calculators of hedging: a protective put, a short position, a ladder of stop-limit orders."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import typer

from workbench.cli.arguments import day, number
from workbench.cli.calc_output import fraction
from workbench.cli.hedge_output import money, notes_json, part, show_notes, whole
from workbench.cli.options import JsonOption
from workbench.cli.output import show, show_json, show_table, yuan
from workbench.cli.session import Session, session
from workbench.domain.money import ZERO, plain, price_text
from workbench.errors import UsageError
from workbench.locales.catalogue import Catalogue
from workbench.planning.boards import daily_limit, lot_of, tick_of
from workbench.planning.hedge import INSTRUMENTS, Hedge, Means
from workbench.planning.hedge import hedge as plan_hedge
from workbench.planning.ladder import Ladder, stop_ladder
from workbench.planning.options import DAYS, Option, Right, Valuation, implied_volatility, value
from workbench.planning.protective_put import ProtectivePut, protective_put

PREMIUM_TICK = Decimal("0.0001")


class Short(StrEnum):
    """What is sold short."""

    IF = "IF"
    IH = "IH"
    IC = "IC"
    IM = "IM"
    ETF = "ETF"


def put(
    ctx: typer.Context,
    holding: Annotated[str, typer.Argument(metavar="HOLDING", help="Market value of what is held, in yuan.")],
    spot: Annotated[str, typer.Option(metavar="YUAN", help="Price of the ETF now.")],
    strike: Annotated[str, typer.Option(metavar="YUAN", help="Exercise price.")],
    own_cash: Annotated[str, typer.Option(metavar="YUAN", help="Own money, not borrowed, for the premium.")],
    premium: Annotated[str | None, typer.Option(metavar="YUAN", help="Quoted premium for one unit.")] = None,
    volatility: Annotated[str | None, typer.Option(metavar="X", help="Volatility a year, without a quote.")] = None,
    days: Annotated[int | None, typer.Option(metavar="N", min=1, help="Calendar days to expiry.")] = None,
    rate: Annotated[str, typer.Option(metavar="X", help="Riskless rate a year, continuous.")] = "0",
    dividend: Annotated[str, typer.Option(metavar="X", help="Dividend yield a year, continuous.")] = "0",
    beta: Annotated[str, typer.Option(metavar="X", help="How far the holding moves with the ETF.")] = "1",
    as_json: JsonOption = False,
) -> None:
    """Plan an ETF put that protects a holding: contracts, cost, floor, break-even, payoff at expiry.

    Example: workbench calc put 300000 --spot 2.5 --strike 2.4 --premium 0.05 --days 60 --own-cash 8000
    """
    state = session(ctx)
    option = Option(
        Right.PUT,
        number(spot, "--spot"),
        number(strike, "--strike"),
        Decimal(days or 0) / DAYS,
        number(rate, "--rate"),
        number(volatility, "--volatility") if volatility else ZERO,
        number(dividend, "--dividend"),
    )
    paid, option = _premium(option, number(premium, "--premium") if premium else None)
    greeks = value(option) if option.volatility else None
    plan = protective_put(
        number(holding, "HOLDING"),
        option.spot,
        option.strike,
        paid,
        number(own_cash, "--own-cash"),
        beta=number(beta, "--beta"),
    )
    if as_json:
        show_json(_put_json(plan, paid, option, greeks))
    else:
        _show_put(plan, paid, option, greeks, state.say)


def _premium(option: Option, quoted: Decimal | None) -> tuple[Decimal, Option]:
    """Return the premium, and the option with the volatility behind it; 0 where the days are not known.

    Raises:
        UsageError: neither a quote nor volatility with days, or both a quote and a volatility.
    """
    if (quoted is None) == (not option.volatility) or (quoted is None and not option.years):
        raise UsageError(
            "a premium comes from a quote, or from volatility and days",
            next_step="Give --premium, or --volatility with --days.",
            what_zh="权利金要么来自报价，要么由波动率和天数算出",
            next_step_zh="请给 --premium，或同时给 --volatility 和 --days。",
        )
    if quoted is None:
        return value(option).price.quantize(PREMIUM_TICK), option
    if not option.years:
        return quoted, option
    return quoted, replace(option, volatility=implied_volatility(option, quoted))


def _put_json(plan: ProtectivePut, premium: Decimal, option: Option, greeks: Valuation | None) -> dict[str, object]:
    names = ("delta", "gamma", "vega", "theta", "rho")
    return {
        "schema": 1,
        "premium": plain(premium),
        "contracts": plan.contracts,
        "cost": money(plan.cost),
        "covered": money(plan.covered),
        "uncovered": money(plan.uncovered),
        "floor": money(plan.floor),
        "break_even": None if plan.break_even is None else plain(plan.break_even),
        "volatility": part(option.volatility) if greeks else None,
        "greeks": {name: part(getattr(greeks, name)) for name in names} if greeks else None,
        "payoff": [
            {
                "move": plain(row.move),
                "price": plain(row.price),
                "unhedged": money(row.unhedged),
                "payoff": money(row.payoff),
                "hedged": money(row.hedged),
            }
            for row in plan.rows
        ],
        "missing_cash": money(plan.missing_cash),
        "affordable": plan.affordable,
        "refused": notes_json(plan.refused),
        "access": notes_json(plan.access),
    }


def _show_put(plan: ProtectivePut, premium: Decimal, option: Option, greeks: Valuation | None, say: Catalogue) -> None:
    show(say("calc_hedge.put", contracts=plan.contracts, premium=plain(premium), cost=yuan(plan.cost)))
    show(say("calc_hedge.covered", covered=yuan(plan.covered), uncovered=yuan(plan.uncovered)))
    if plan.break_even is not None:
        show(say("calc_hedge.floor", floor=yuan(plan.floor), break_even=plain(plan.break_even)))
    if greeks:
        figures = {name: part(getattr(greeks, name)) for name in ("delta", "gamma", "vega", "theta", "rho")}
        show(say("calc_hedge.greeks", volatility=fraction(option.volatility), **figures))
    show_table(
        [say(f"calc_hedge.head.{key}") for key in ("move", "price", "unhedged", "payoff", "hedged")],
        [
            [fraction(row.move), plain(row.price), yuan(row.unhedged), yuan(row.payoff), yuan(row.hedged)]
            for row in plan.rows
        ],
        right=(0, 1, 2, 3, 4),
    )
    show_notes(say, plan.refused, say("calc_hedge.refused"))
    if plan.missing_cash:
        show(say("calc_hedge.affordable", count=plan.affordable))
    show_notes(say, plan.access)


def hedge(
    ctx: typer.Context,
    holding: Annotated[str, typer.Argument(metavar="HOLDING", help="Market value of what is held, in yuan.")],
    short: Annotated[Short, typer.Option("--with", help="Index future, or ETF by securities lending.")],
    beta: Annotated[str, typer.Option(metavar="X", help="How far the holding moves with the index.")],
    price: Annotated[str, typer.Option(metavar="X", help="Points of the future, or yuan a unit of the ETF.")],
    margin_rate: Annotated[str, typer.Option(metavar="X", help="Margin your broker asks for, for example 14%.")],
    own_cash: Annotated[str, typer.Option(metavar="YUAN", help="Own money, not borrowed, for the margin.")],
    target: Annotated[str, typer.Option(metavar="X", help="Part of the exposure to hedge.")] = "100%",
    account: Annotated[
        bool | None, typer.Option("--account/--no-account", help="Whether you have an account that may trade it.")
    ] = None,
    frozen: Annotated[bool, typer.Option("--frozen", help="That account is frozen or barred from trading.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Plan a short position against a holding: contracts, margin, what is left, effect by move of the index.

    Example: workbench calc hedge 2000000 --with IF --beta 1.1 --price 3900 --margin-rate 14% --own-cash 200000
    """
    state = session(ctx)
    plan = plan_hedge(
        INSTRUMENTS[short.value],
        number(holding, "HOLDING"),
        number(beta, "--beta"),
        number(price, "--price"),
        number(margin_rate, "--margin-rate"),
        Means(number(own_cash, "--own-cash"), account, frozen),
        target=number(target, "--target"),
    )
    if as_json:
        show_json(_hedge_json(plan))
    else:
        _show_hedge(plan, state.say)


def _hedge_json(plan: Hedge) -> dict[str, object]:
    return {
        "schema": 1,
        "instrument": plan.instrument.code,
        "multiplier": plan.instrument.multiplier,
        "wanted": money(plan.wanted),
        "contracts": plan.contracts,
        "notional": money(plan.notional),
        "margin": money(plan.margin),
        "residual": money(plan.residual),
        "rise_to_call": part(plan.rise_to_call),
        "moves": [
            {
                "move": plain(row.move),
                "holding": money(row.holding),
                "hedge": money(row.hedge),
                "net": money(row.net),
                "cash_needed": money(row.cash_needed),
            }
            for row in plan.rows
        ],
        "missing_cash": money(plan.missing_cash),
        "affordable": plan.affordable,
        "refused": notes_json(plan.refused),
        "notes": notes_json(plan.notes),
    }


def _show_hedge(plan: Hedge, say: Catalogue) -> None:
    show(
        say(
            "calc_hedge.hedge",
            wanted=yuan(plan.wanted),
            contracts=plan.contracts,
            code=plan.instrument.code,
            notional=yuan(plan.notional),
            margin=yuan(plan.margin),
            residual=yuan(plan.residual),
        )
    )
    show_table(
        [say(f"calc_hedge.head.{key}") for key in ("move", "holding", "hedge", "net", "cash_needed")],
        [
            [fraction(row.move), yuan(row.holding), yuan(row.hedge), yuan(row.net), yuan(row.cash_needed)]
            for row in plan.rows
        ],
        right=(0, 1, 2, 3, 4),
    )
    if plan.rise_to_call is not None:
        show(say("calc_hedge.rise_to_call", rise=fraction(plan.rise_to_call)))
    show_notes(say, plan.refused, say("calc_hedge.refused"))
    if plan.missing_cash:
        show(say("calc_hedge.affordable", count=plan.affordable))
    show_notes(say, plan.notes)


def ladder(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Security code; gives tick, lot and price limit.")],
    quantity: Annotated[str, typer.Argument(metavar="QUANTITY", help="Shares held.")],
    first: Annotated[str, typer.Option(metavar="YUAN", help="First and highest stop.")],
    step: Annotated[str, typer.Option(metavar="YUAN", help="Distance of the stops.")],
    close: Annotated[str, typer.Option(metavar="YUAN", help="Close of the day before.")],
    rungs: Annotated[int, typer.Option(metavar="N", min=1, max=20, help="Number of orders.")] = 3,
    slippage: Annotated[int, typer.Option(metavar="N", min=0, help="Ticks of each limit below its stop.")] = 0,
    line_price: Annotated[
        str | None, typer.Option(metavar="YUAN", help="Price at which the platform may sell.")
    ] = None,
    bought_today: Annotated[int, typer.Option(metavar="N", min=0, help="Shares bought today (T+1).")] = 0,
    st: Annotated[bool, typer.Option("--st", help="The share is under risk warning (ST).")] = False,
    limit: Annotated[str | None, typer.Option(metavar="X", help="Daily price limit, where the table has none.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Trading day; default: today.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Plan stop-limit orders in steps, on the tick and in lots; says which cannot fill that day.

    Example: workbench calc ladder 600519 1000 --first 1440 --step 20 --rungs 4 --close 1500
    """
    state = session(ctx)
    plan = stop_ladder(
        whole(quantity, "QUANTITY"),
        number(first, "--first"),
        number(step, "--step"),
        rungs,
        number(close, "--close"),
        number(limit, "--limit") if limit else _known_limit(state, code, on, st=st),
        tick=tick_of(code),
        lot=lot_of(code),
        slippage=slippage,
        line_price=number(line_price, "--line-price") if line_price else None,
        bought_today=bought_today,
    )
    if as_json:
        show_json(_ladder_json(plan))
    else:
        _show_ladder(plan, state.say)


def _known_limit(state: Session, code: str, on: str | None, *, st: bool) -> Decimal:
    desk = state.desk()
    found = daily_limit(desk.tables(), code, day(on) if on else desk.today, st=st)
    if found is None:
        raise UsageError(
            f"the tables hold no price limit for {code}",
            next_step="Give it with --limit.",
            what_zh=f"参考表没有 {code} 的涨跌幅限制",
            next_step_zh="请用 --limit 给出。",
        )
    return found


def _ladder_json(plan: Ladder) -> dict[str, object]:
    orders = [
        {
            "stop": price_text(rung.stop),
            "limit": price_text(rung.limit),
            "quantity": rung.quantity,
            "least_proceeds": money(rung.least_proceeds),
            "fills_today": rung.fills_today,
            "below_line": rung.below_line,
        }
        for rung in plan.rungs
    ]
    return {"schema": 1, "limit_down": price_text(plan.limit_down), "locked": plan.locked, "orders": orders}


def _show_ladder(plan: Ladder, say: Catalogue) -> None:
    show(say("calc_hedge.limit_down", price=price_text(plan.limit_down)))
    show_table(
        [say(f"calc_hedge.head.{key}") for key in ("stop", "limit", "quantity", "least_proceeds", "remark")],
        [
            [
                price_text(rung.stop),
                price_text(rung.limit),
                str(rung.quantity),
                yuan(rung.least_proceeds),
                "; ".join(
                    say(f"calc_hedge.{key}")
                    for key, holds in (("no_fill", not rung.fills_today), ("below_line", rung.below_line))
                    if holds
                ),
            ]
            for rung in plan.rungs
        ],
        right=(0, 1, 2, 3),
    )
    if plan.locked:
        show(say("calc_hedge.locked", count=plan.locked))
    show(say("calc_hedge.gap"))
    show(say("calc_hedge.no_advice"))
