"""``workbench calc``: the calculators alone, without a case."""

from __future__ import annotations

import typer

from workbench.cli import calc_hedge, calc_margin, calc_market, calc_money, calc_plan, calc_risk, calc_stress, calc_var
from workbench.cli.groups import command, new_app
from workbench.cli.output import show

app = new_app()


@app.callback(invoke_without_command=True)
def calc(ctx: typer.Context) -> None:
    """Calculate lines, interest, loss, fees, sales, instalments, hedges, risk, market measures; no case needed."""
    if ctx.invoked_subcommand is None:
        show(ctx.get_help())


command(app)(calc_margin.lines)
command(app)(calc_margin.share)
command(app, "drift")(calc_margin.drift_)
command(app, "limit-down")(calc_margin.limit_down_)
command(app, "concentration")(calc_risk.concentration_)
command(app)(calc_risk.drawdown)
command(app)(calc_risk.loss)
command(app)(calc_risk.position)
command(app, "interest")(calc_money.interest_)
command(app, "court-fees")(calc_money.court_fees_)
command(app)(calc_money.allocation)
command(app)(calc_market.beta)
command(app)(calc_market.atr)
command(app)(calc_market.trend)
command(app)(calc_plan.liquidity)
command(app)(calc_plan.instalments)
command(app)(calc_plan.proposals)
command(app)(calc_hedge.put)
command(app)(calc_hedge.hedge)
command(app)(calc_hedge.ladder)
command(app)(calc_var.var)
command(app)(calc_var.reduce)
command(app)(calc_stress.stress)
