"""The calculators of risk on price histories: value at risk with its backtest, order of reduction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.arguments import number
from workbench.cli.calc_output import fraction, known_convention
from workbench.cli.hedge_output import by_code, money, part, whole
from workbench.cli.options import JsonOption
from workbench.cli.output import show, show_json, show_table, yuan
from workbench.cli.session import Session, session
from workbench.domain.money import ZERO, percent, plain
from workbench.engine.conventions import Position
from workbench.errors import UsageError
from workbench.locales.catalogue import Catalogue
from workbench.planning.backtest import Backtest, backtest
from workbench.planning.reduction import Reduction, Residual, to_exposure, to_line
from workbench.planning.returns import Portfolio, portfolio_returns
from workbench.planning.risk_contributions import Contribution, contributions, covariances
from workbench.planning.stress import Contract
from workbench.planning.value_at_risk import ValueAtRisk, historical, normal
from workbench.services.read_closes import read_closes_file

SHOWN_GAPS = 5
"""Gaps and odd rows named in the text; the JSON names all."""
RISK_CONFIDENCE = Decimal("0.95")
"""The order of reduction is the same at any confidence; this one scales the figures."""

HoldingsArgument = Annotated[list[str], typer.Argument(metavar="CODE=QUANTITY...", help="Holdings and their shares.")]
PricesOption = Annotated[Path, typer.Option(metavar="FILE", help="Prices: any export of bars, or date, code, close.")]


@dataclass(frozen=True, slots=True)
class Priced:
    """A portfolio with what its price file left open."""

    portfolio: Portfolio
    issues: tuple[str, ...]
    """Rows that were left out."""
    volumes: dict[str, Decimal]
    """Code -> mean shares traded a day in the file."""


def var(
    ctx: typer.Context,
    holdings: HoldingsArgument,
    prices: PricesOption,
    confidence: Annotated[str, typer.Option(metavar="X", help="Confidence, for example 95%.")] = "95%",
    horizon: Annotated[int, typer.Option(metavar="N", min=1, max=20, help="Trading days.")] = 1,
    window: Annotated[
        int | None, typer.Option(metavar="N", min=2, help="Backtest with this many returns behind each day.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Compute value at risk and expected shortfall, by history and by the normal curve, and test them on the past.

    The file needs date, code and close of every holding; days without a close are named and left out, never filled in.

    Example: workbench calc var 600519=200 000858=1000 --prices prices.csv --confidence 99% --window 250
    """
    state = session(ctx)
    priced = _priced(state, by_code(holdings, number), prices)
    portfolio, level = priced.portfolio, number(confidence, "--confidence")
    found = [method(portfolio.returns, portfolio.value, level, horizon) for method in (historical, normal)]
    parts = contributions(portfolio.values, covariances(portfolio.returns), level)
    tests = [backtest(portfolio.returns, level, window, one.method) for one in found] if window else []
    if as_json:
        show_json(_var_json(priced, found, parts, tests))
    else:
        _show_var(priced, found, parts, tests, state.say)
        show(state.say("calc_hedge.no_advice"))


def _priced(state: Session, quantities: dict[str, Decimal], prices: Path) -> Priced:
    file = read_closes_file(prices)
    portfolio = portfolio_returns(quantities, file.closes, state.desk().tables().calendar.days)
    volumes = {code: sum(of.values(), ZERO) / len(of) for code, of in file.volumes.items() if of}
    return Priced(portfolio, tuple(file.issues), volumes)


def _var_json(
    priced: Priced, found: Sequence[ValueAtRisk], parts: Sequence[Contribution], tests: Sequence[Backtest]
) -> dict[str, object]:
    return {
        "schema": 1,
        **_basis_json(priced),
        "risk": [
            {
                "method": one.method,
                "confidence": plain(one.confidence),
                "horizon": one.horizon,
                "value_at_risk": money(one.value_at_risk),
                "expected_shortfall": money(one.expected_shortfall),
                "observations": one.observations,
                "day": one.day.isoformat() if one.day else None,
                "weakness": {"zh": one.weakness.text_zh, "en": one.weakness.text_en},
            }
            for one in found
        ],
        "contributions": [
            {
                "code": one.code,
                "value": money(one.value),
                "marginal": part(one.marginal),
                "component": money(one.component),
                "share": part(one.share),
            }
            for one in parts
        ],
        "backtest": [
            {
                "method": one.method,
                "window": one.window,
                "days": one.days,
                "exceedances": [day.isoformat() for day in one.exceedances],
                "expected": plain(one.expected),
                "statistic": part(one.statistic),
                "probability": part(one.probability),
                "rejected": one.rejected,
            }
            for one in tests
        ],
    }


def _basis_json(priced: Priced) -> dict[str, object]:
    portfolio = priced.portfolio
    return {
        "as_of": portfolio.as_of.isoformat(),
        "value": money(portfolio.value),
        "returns": len(portfolio.returns),
        "missing": [{"code": code, "date": day.isoformat()} for code, day in portfolio.missing],
        "jumps": [{"code": code, "date": day.isoformat(), "return": part(move)} for code, day, move in portfolio.jumps],
        "rows_left_out": list(priced.issues),
    }


def _show_basis(priced: Priced, say: Catalogue) -> None:
    portfolio = priced.portfolio
    show(say("calc_hedge.basis", value=yuan(portfolio.value), as_of=portfolio.as_of, count=len(portfolio.returns)))
    _show_some(say, "calc_hedge.missing", [f"{code} {day}" for code, day in portfolio.missing])
    _show_some(say, "calc_hedge.jumps", [f"{code} {day} {fraction(move)}" for code, day, move in portfolio.jumps])
    _show_some(say, "calc_hedge.rows_left_out", list(priced.issues))


def _show_some(say: Catalogue, key: str, names: list[str]) -> None:
    if names:
        more = " …" if len(names) > SHOWN_GAPS else ""
        show(say(key, count=len(names), names="; ".join(names[:SHOWN_GAPS]) + more))


def _show_var(
    priced: Priced,
    found: Sequence[ValueAtRisk],
    parts: Sequence[Contribution],
    tests: Sequence[Backtest],
    say: Catalogue,
) -> None:
    _show_basis(priced, say)
    for one in found:
        show(
            say(
                f"calc_hedge.var_{one.method}",
                confidence=percent(one.confidence),
                horizon=one.horizon,
                loss=yuan(one.value_at_risk),
                shortfall=yuan(one.expected_shortfall),
                count=one.observations,
                day=one.day or "",
            )
        )
        show(f"  {say.pick(one.weakness.text_zh, one.weakness.text_en)}")
    show_table(
        [say(f"calc_hedge.head.{key}") for key in ("code", "value", "marginal", "component", "share")],
        [
            [one.code, yuan(one.value), part(one.marginal) or "", yuan(one.component), fraction(one.share)]
            for one in parts
        ],
        right=(1, 2, 3, 4),
    )
    for test in tests:
        show(
            say(
                "calc_hedge.rejected" if test.rejected else "calc_hedge.not_rejected",
                method=say(f"calc_hedge.method.{test.method}"),
                count=len(test.exceedances),
                days=test.days,
                expected=plain(test.expected),
                probability=fraction(test.probability),
            )
        )


def reduce(
    ctx: typer.Context,
    holdings: HoldingsArgument,
    prices: PricesOption,
    target: Annotated[str | None, typer.Option(metavar="YUAN", help="Market value to keep at most.")] = None,
    line: Annotated[str | None, typer.Option(metavar="X", help="Ratio to restore by selling and repaying.")] = None,
    convention: Annotated[str, typer.Option(metavar="NAME", help="How the ratio is measured.")] = "assets_over_debt",
    financing: Annotated[str, typer.Option(metavar="YUAN", help="Principal owed.")] = "0",
    debt: Annotated[
        str | None, typer.Option(metavar="YUAN", help="Debt with interest; default: the principal.")
    ] = None,
    margin: Annotated[str, typer.Option(metavar="YUAN", help="Own money paid in.")] = "0",
    cash: Annotated[str, typer.Option(metavar="YUAN", help="Cash in the account.")] = "0",
    of_volume: Annotated[str, typer.Option(metavar="X", help="Part of a day's volume you can sell.")] = "10%",
    core: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Keep as long as possible; repeatable.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Propose in which order to reduce holdings, the riskiest yuan first, down to a value or a ratio.

    Example: workbench calc reduce 600519=200 000858=1000 --prices prices.csv --target 200000
    """
    state = session(ctx)
    known_convention(convention)
    if (target is None) == (line is None):
        raise UsageError(
            "a reduction has one target",
            next_step="Give either --target or --line.",
            what_zh="减仓须有且只有一个目标",
            next_step_zh="请给 --target 或 --line 之一。",
        )
    counts = by_code(holdings, whole)
    priced = _priced(state, {code: Decimal(count) for code, count in counts.items()}, prices)
    left = _residuals(priced, counts)
    share = number(of_volume, "--of-volume")
    if target is not None:
        plan: Reduction | Decimal = to_exposure(left, number(target, "--target"), share, core or ())
    else:
        owed = number(financing, "--financing")
        assets = number(cash, "--cash") + priced.portfolio.value
        account = Position(assets, number(debt, "--debt") if debt else owed, owed, number(margin, "--margin"))
        plan = to_line(left, account, Contract(convention, number(line or "", "--line")), share, core or ())
    if as_json:
        show_json({"schema": 1, **_basis_json(priced), **_plan_json(plan)})
    else:
        _show_basis(priced, state.say)
        _show_plan(plan, state.say)
        show(state.say("calc_hedge.no_advice"))


def _residuals(priced: Priced, counts: dict[str, int]) -> list[Residual]:
    values = priced.portfolio.values
    risks = contributions(values, covariances(priced.portfolio.returns), RISK_CONFIDENCE)
    marginal = {one.code: one.marginal for one in risks}
    return [
        Residual(code, count, values[code] / count, marginal[code], priced.volumes.get(code))
        for code, count in counts.items()
    ]


def _plan_json(plan: Reduction | Decimal) -> dict[str, object]:
    if isinstance(plan, Decimal):
        return {"cannot_by_selling": True, "cash_needed": money(plan)}
    return {
        "cannot_by_selling": False,
        "order": list(plan.order),
        "sales": [
            {"code": one.code, "quantity": one.quantity, "value": money(one.value), "days": one.days}
            for one in plan.sales
        ],
        "wanted": money(plan.wanted),
        "missing": money(plan.missing),
        "ties": [list(pair) for pair in plan.ties],
        "unknown_volume": list(plan.unknown_volume),
    }


def _show_plan(plan: Reduction | Decimal, say: Catalogue) -> None:
    if isinstance(plan, Decimal):
        show(say("calc_hedge.cannot_by_selling", cash=yuan(plan)))
        return
    if not plan.wanted:
        show(say("calc_hedge.nothing_to_sell"))
        return
    show(say("calc_hedge.to_sell", wanted=yuan(plan.wanted), order=", ".join(plan.order)))
    show_table(
        [say(f"calc_hedge.head.{key}") for key in ("code", "quantity", "value", "days")],
        [
            [
                one.code,
                str(one.quantity),
                yuan(one.value),
                say("calc_hedge.unknown") if one.days is None else str(one.days),
            ]
            for one in plan.sales
        ],
        right=(1, 2, 3),
    )
    if plan.missing:
        show(say("calc_hedge.not_enough", amount=yuan(plan.missing)))
    for one, other in plan.ties:
        show(say("calc_hedge.tie", one=one, other=other))
