"""``workbench risk CASE``: what is left after the forced sale, how much it can lose, what to reduce first."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import typer

from workbench.cli.arguments import number
from workbench.cli.groups import command, new_app
from workbench.cli.options import CaseArgument, JsonOption
from workbench.cli.output import per_cent, show, show_json, show_table, yuan
from workbench.cli.session import Session, session
from workbench.domain.money import plain
from workbench.services.assess_risk import RiskReview, assess_risk

app = new_app()


@command(app)
def risk(
    ctx: typer.Context,
    case: CaseArgument,
    confidence: Annotated[str, typer.Option(metavar="X", help="Confidence of value at risk.")] = "95%",
    horizon: Annotated[int, typer.Option(metavar="N", min=1, max=60, help="Trading days of value at risk.")] = 1,
    keep: Annotated[str, typer.Option(metavar="X", help="Part of the exposure that the reduction keeps.")] = "50%",
    as_json: JsonOption = False,
) -> None:
    """Show the risk of what is left: value at risk, stress, and the order in which to reduce it."""
    state = session(ctx)
    level, part = number(confidence, "--confidence"), number(keep, "--keep")
    found = assess_risk(state.desk(), case, confidence=level, horizon=horizon, keep=part)
    if as_json:
        show_json({"schema": 1, "case": case, **_plain(found)})
    else:
        _show(state, found)


def _show(state: Session, found: RiskReview) -> None:
    say = state.say
    if found.snapshot is None or not found.snapshot.holdings:
        show(say("risk.nothing"))
        return
    show(say("risk.left", exposure=yuan(found.snapshot.exposure) or "?", day=found.snapshot.day))
    for one in found.measures:
        words = {"var": yuan(one.value_at_risk), "shortfall": yuan(one.expected_shortfall), "days": one.horizon}
        show(say(f"risk.{one.method}", confidence=per_cent(one.confidence), **words))
    if found.backtest is not None:
        tested = found.backtest
        show(
            say(
                "risk.backtest",
                exceeded=len(tested.exceedances),
                days=tested.days,
                expected=plain(round(tested.expected, 1)),
            )
        )
    if found.stress:
        show_table(
            [say(f"risk.head.{key}") for key in ("scenario", "loss", "assets", "reached")],
            [
                [
                    say.pick(row.scenario.text_zh, row.scenario.text_en),
                    yuan(row.loss) or "?",
                    yuan(row.assets) or "?",
                    say("risk.unknown") if row.reached is None else say("yes" if row.reached else "no"),
                ]
                for row in found.stress
            ],
            right=(1, 2),
        )
    if found.reduction is not None:
        shares = {one.code: one.share for one in found.contributions}
        show(say("risk.reduce", amount=yuan(found.reduction.wanted)))
        show_table(
            [say(f"risk.head.{key}") for key in ("code", "quantity", "value", "days", "share")],
            [
                [
                    sale.code,
                    str(sale.quantity),
                    yuan(sale.value),
                    "?" if sale.days is None else str(sale.days),
                    _share(shares.get(sale.code)),
                ]
                for sale in found.reduction.sales
            ],
            right=(1, 2, 3, 4),
        )
    for problem in found.missing:
        show(say("risk.missing", why=problem.text(state.lang)))
    show(say("warning.not_advice"))


def _share(part: Decimal | None) -> str:
    return "?" if part is None else per_cent(part)


def _plain(found: RiskReview) -> dict[str, object]:
    after = found.snapshot
    return {
        "exposure": None if after is None or after.exposure is None else _text(after.exposure),
        "measures": [
            {
                "method": one.method,
                "confidence": str(one.confidence),
                "horizon": one.horizon,
                "var": _text(one.value_at_risk),
                "expected_shortfall": _text(one.expected_shortfall),
            }
            for one in found.measures
        ],
        "backtest": None
        if found.backtest is None
        else {
            "days": found.backtest.days,
            "exceeded": len(found.backtest.exceedances),
            "expected": str(found.backtest.expected),
        },
        "stress": [
            {
                "name": {"zh": row.scenario.text_zh, "en": row.scenario.text_en},
                "loss": None if row.loss is None else _text(row.loss),
                "assets": None if row.assets is None else _text(row.assets),
                "reached": row.reached,
            }
            for row in found.stress
        ],
        "contributions": [
            {"code": one.code, "value": _text(one.value), "component": _text(one.component)}
            for one in found.contributions
        ],
        "reduction": None
        if found.reduction is None
        else [
            {"code": one.code, "quantity": one.quantity, "value": _text(one.value), "days": one.days}
            for one in found.reduction.sales
        ],
        "missing": [{"zh": one.text("zh"), "en": one.text("en")} for one in found.missing],
    }


def _text(amount: Decimal) -> str:
    """Return yuan with two decimals for JSON."""
    return f"{amount:.2f}"
