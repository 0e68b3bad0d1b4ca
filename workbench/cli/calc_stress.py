"""The calculator of stress: falls, limit-down chains, shocks by beta; the cushion that volatility asks for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

import typer

from workbench.cli.arguments import day, number
from workbench.cli.calc_output import fraction, known_convention
from workbench.cli.hedge_output import by_code, money, part
from workbench.cli.options import JsonOption
from workbench.cli.output import show, show_json, show_table, yuan
from workbench.cli.session import Session, session
from workbench.domain.money import ONE, ZERO
from workbench.engine.conventions import Position
from workbench.errors import UsageError
from workbench.locales.catalogue import Catalogue
from workbench.planning.boards import daily_limit
from workbench.planning.dynamic_margin import DynamicMargin, dynamic_margin
from workbench.planning.stress import (
    FALLS,
    INDEX,
    Contract,
    Holding,
    Outcome,
    index_shock,
    limit_down_chain,
    line_assets,
    outcome,
    sector_shock,
    uniform,
)


def stress(
    ctx: typer.Context,
    holdings: Annotated[list[str], typer.Argument(metavar="CODE=YUAN...", help="Holdings and their market values.")],
    line: Annotated[str, typer.Option(metavar="X", help="The line, for example 120%.")],
    financing: Annotated[str, typer.Option(metavar="YUAN", help="Principal owed.")],
    convention: Annotated[str, typer.Option(metavar="NAME", help="How the line is measured.")] = "assets_over_debt",
    debt: Annotated[
        str | None, typer.Option(metavar="YUAN", help="Debt with interest; default: the principal.")
    ] = None,
    margin: Annotated[str, typer.Option(metavar="YUAN", help="Own money paid in.")] = "0",
    cash: Annotated[str, typer.Option(metavar="YUAN", help="Cash in the account.")] = "0",
    beta: Annotated[list[str] | None, typer.Option(metavar="CODE=X", help="Beta to the index; repeatable.")] = None,
    sector: Annotated[
        list[str] | None, typer.Option(metavar="CODE=NAME[:X]", help="Sector and beta to it (else 1); repeatable.")
    ] = None,
    st: Annotated[list[str] | None, typer.Option(metavar="CODE", help="Under risk warning (ST); repeatable.")] = None,
    limit: Annotated[
        list[str] | None, typer.Option(metavar="CODE=X", help="Price limit, where the table has none; repeatable.")
    ] = None,
    days: Annotated[int, typer.Option(metavar="N", min=1, max=20, help="Longest limit-down chain.")] = 3,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Day of the limits; default: today.")] = None,
    volatility: Annotated[
        str | None, typer.Option(metavar="X", help="Daily volatility, for the cushion it asks for.")
    ] = None,
    act: Annotated[int, typer.Option("--act", metavar="N", min=1, help="Trading days it takes you to act.")] = 2,
    confidence: Annotated[str, typer.Option(metavar="X", help="Confidence of the cushion.")] = "99%",
    as_json: JsonOption = False,
) -> None:
    """Show what falls, limit-down chains, index and sector shocks leave: loss, assets, ratio, line, shortfall.

    Example: workbench calc stress 600519=300000 --financing 200000 --line 25% --convention equity_over_assets
    """
    state = session(ctx)
    known_convention(convention)
    values = by_code(holdings, number)
    betas, limits = by_code(beta or [], number), by_code(limit or [], number)
    sectors = by_code(sector or [], _sector)
    _known([*betas, *limits, *sectors, *(st or [])], values)
    limits = _limits(state, values, limits, st or [], on)
    held = [
        Holding(code, value, limits.get(code), _factors(betas.get(code), sectors.get(code)))
        for code, value in values.items()
    ]
    owed, total = number(financing, "--financing"), sum(values.values(), ZERO)
    account = Position(
        number(cash, "--cash") + total,
        number(debt, "--debt") if debt else owed,
        owed,
        number(margin, "--margin"),
    )
    contract = Contract(convention, number(line, "--line"))
    rows = _outcomes(held, account, contract, days)
    margin_rule = None
    if volatility:
        moves = number(volatility, "--volatility")
        margin_rule = dynamic_margin(total, moves, number(confidence, "--confidence"), act, account, contract)
    at_line = line_assets(account, contract)
    if as_json:
        show_json(_json(account, at_line, rows, margin_rule))
    else:
        _show(account, at_line, rows, margin_rule, state.say)


def _sector(text: str, code: str) -> tuple[str, Decimal]:
    name, mark, value = text.partition(":")
    if name.strip() in ("", INDEX):
        raise UsageError(
            f"`{text}` names no sector",
            where=code,
            next_step="Write CODE=NAME or CODE=NAME:1.2; the beta to the index goes to --beta.",
            what_zh=f"“{text}”不是板块名",
            next_step_zh="请写 代码=板块 或 代码=板块:1.2；对指数的贝塔用 --beta。",
        )
    return name.strip(), number(value, code) if mark else ONE


def _factors(beta: Decimal | None, sector: tuple[str, Decimal] | None) -> dict[str, Decimal]:
    index = {} if beta is None else {INDEX: beta}
    return index if sector is None else {**index, sector[0]: sector[1]}


def _known(codes: Sequence[str], values: dict[str, Decimal]) -> None:
    strange = sorted(set(codes) - set(values))
    if strange:
        names = ", ".join(strange)
        raise UsageError(
            f"{names} is not among the holdings",
            next_step="Name holdings given as CODE=YUAN.",
            what_zh=f"{names} 不在持仓之中",
            next_step_zh="请填已用 代码=市值 列出的持仓。",
        )


def _limits(
    state: Session, values: dict[str, Decimal], given: dict[str, Decimal], st: Sequence[str], on: str | None
) -> dict[str, Decimal]:
    desk = state.desk()
    when = day(on) if on else desk.today
    known = {code: daily_limit(desk.tables(), code, when, st=code in st) for code in values}
    return {code: rate for code, rate in known.items() if rate is not None} | given


def _outcomes(held: Sequence[Holding], account: Position, contract: Contract, days: int) -> list[Outcome]:
    scenarios = [uniform(held, fall) for fall in FALLS]
    scenarios += [limit_down_chain(held, count) for count in range(1, days + 1)]
    if any(INDEX in one.betas for one in held):
        scenarios += [index_shock(held, fall) for fall in FALLS]
    names = dict.fromkeys(name for one in held for name in one.betas if name != INDEX)
    scenarios += [sector_shock(held, name, fall) for name in names for fall in FALLS]
    return [outcome(held, account, contract, scenario) for scenario in scenarios]


def _json(
    account: Position, at_line: Decimal, rows: Sequence[Outcome], rule: DynamicMargin | None
) -> dict[str, object]:
    return {
        "schema": 1,
        "assets": money(account.assets),
        "debt": money(account.debt),
        "assets_at_line": money(at_line),
        "scenarios": [
            {
                "name": {"zh": row.scenario.text_zh, "en": row.scenario.text_en},
                "loss": money(row.loss),
                "assets": money(row.assets),
                "ratio": part(row.ratio),
                "reached": row.reached,
                "shortfall": money(row.shortfall),
                "unknown": list(row.scenario.unknown),
            }
            for row in rows
        ],
        "dynamic_margin": rule
        and {
            "fall": part(rule.fall),
            "needed": money(rule.needed),
            "cushion": money(rule.cushion),
            "missing": money(rule.missing),
            "fall_to_line": part(rule.fall_to_line),
            "deviations": part(rule.deviations),
        },
    }


def _show(
    account: Position, at_line: Decimal, rows: Sequence[Outcome], rule: DynamicMargin | None, say: Catalogue
) -> None:
    show(say("calc_hedge.account", assets=yuan(account.assets), debt=yuan(account.debt), line=yuan(at_line)))
    show_table(
        [say(f"calc_hedge.head.{key}") for key in ("scenario", "loss", "assets", "ratio", "reached", "shortfall")],
        [
            [
                say.pick(row.scenario.text_zh, row.scenario.text_en),
                yuan(row.loss),
                yuan(row.assets),
                fraction(row.ratio),
                _reached(row, say),
                yuan(row.shortfall) if row.shortfall else "",
            ]
            for row in rows
        ],
        right=(1, 2, 3, 5),
    )
    if rule is not None:
        show(
            say(
                "calc_hedge.dynamic_margin",
                fall=fraction(rule.fall),
                needed=yuan(rule.needed),
                cushion=yuan(rule.cushion),
                to_line=fraction(rule.fall_to_line),
                deviations=f"{rule.deviations:.2f}",
            )
        )
        if rule.missing:
            show(say("calc_hedge.margin_missing", amount=yuan(rule.missing)))
    show(say("calc_hedge.no_advice"))


def _reached(row: Outcome, say: Catalogue) -> str:
    if row.reached is None:
        return say("calc_hedge.cannot_tell", codes=", ".join(row.scenario.unknown))
    return say("calc_hedge.reached") if row.reached else say("calc_hedge.above")
