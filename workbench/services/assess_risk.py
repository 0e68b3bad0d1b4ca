"""Step 6: what is left after the sale, how much it can lose, and in which order to reduce it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from workbench.domain.audit import Audit
from workbench.domain.lines import LineKind
from workbench.domain.liquidation import RiskSnapshot
from workbench.domain.money import ZERO
from workbench.errors import UsageError
from workbench.services.desk import Desk

if TYPE_CHECKING:
    from workbench.domain.market import Bar
    from workbench.planning.backtest import Backtest
    from workbench.planning.reduction import Reduction
    from workbench.planning.returns import Portfolio
    from workbench.planning.risk_contributions import Contribution
    from workbench.planning.stress import Outcome
    from workbench.planning.value_at_risk import ValueAtRisk

CONFIDENCE, HORIZON, BACKTEST_WINDOW = Decimal("0.95"), 1, 60
CHAIN_DAYS = (1, 2, 3)
"""Limit-down days in a row that are tried."""
SHARE_OF_VOLUME = Decimal("0.1")
"""Part of a day's volume that is taken to be saleable without pressing the price."""
VOLUME_DAYS = 20
"""Last days whose volume is averaged."""
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class RiskReview:
    """What is left, with its risk; None or empty where the case does not tell."""

    snapshot: RiskSnapshot | None
    """None: nothing was sold by force, or nothing is known of what is left."""
    portfolio: Portfolio | None
    measures: tuple[ValueAtRisk, ...]
    """Historical and normal, in this order."""
    backtest: Backtest | None
    stress: tuple[Outcome, ...]
    contributions: tuple[Contribution, ...]
    reduction: Reduction | None
    """Sales down to half the exposure, the riskiest first."""
    missing: tuple[UsageError, ...]
    """What could not be computed, and why."""


def assess_risk(
    desk: Desk,
    case: str,
    *,
    audit: Audit | None = None,
    confidence: Decimal = CONFIDENCE,
    horizon: int = HORIZON,
    keep: Decimal = Decimal("0.5"),
) -> RiskReview:
    """Return the risk of what is left after the forced sale, from the case's own bars; nothing is saved.

    Args:
        desk: the desk.
        case: name of the case.
        audit: the audit at hand; None computes it.
        confidence: of value at risk, a fraction.
        horizon: trading days of value at risk.
        keep: part of the present exposure that the reduction keeps.

    Raises:
        NotFoundError: no such case.
        UsageError: no statement yet, or a figure out of range.
    """
    from workbench.services.read_case import read_facts  # noqa: PLC0415  start fast
    from workbench.services.run_audit import compute_audit  # noqa: PLC0415

    found = audit or compute_audit(desk, case)
    after = found.liquidation.after
    if after is None or not after.holdings:
        return RiskReview(after, None, (), None, (), (), None, ())
    bars = [bar for bar in read_facts(desk, case).bars if bar.time is None]
    missing: list[UsageError] = []
    portfolio = _tried(missing, lambda: _portfolio(desk, after, bars))
    stress = _tried(missing, lambda: _stress(desk, found, after)) or ()
    if portfolio is None:
        return RiskReview(after, None, (), None, stress, (), None, tuple(missing))
    from workbench.planning.backtest import backtest  # noqa: PLC0415
    from workbench.planning.risk_contributions import contributions, covariances  # noqa: PLC0415
    from workbench.planning.value_at_risk import historical, normal  # noqa: PLC0415

    returns, value = portfolio.returns, portfolio.value
    measures = (
        _tried(missing, lambda: historical(returns, value, confidence, horizon)),
        _tried(missing, lambda: normal(returns, value, confidence, horizon)),
    )
    parts = _tried(missing, lambda: contributions(portfolio.values, covariances(returns), confidence)) or ()
    return RiskReview(
        after,
        portfolio,
        tuple(one for one in measures if one is not None),
        _tried(missing, lambda: backtest(returns, confidence, BACKTEST_WINDOW)),
        stress,
        parts,
        _tried(missing, lambda: _reduction(after, parts, bars, keep)),
        tuple(missing),
    )


def _tried(missing: list[UsageError], compute: Callable[[], Found]) -> Found | None:
    """Return a part of the review, or None with the reason kept: one part that cannot be told hides no other."""
    try:
        return compute()
    except UsageError as problem:
        missing.append(problem)
        return None


def _portfolio(desk: Desk, after: RiskSnapshot, bars: Sequence[Bar]) -> Portfolio:
    from workbench.planning.returns import portfolio_returns  # noqa: PLC0415

    history: dict[str, dict[date, Decimal]] = {}
    for bar in bars:
        if bar.volume > ZERO:
            history.setdefault(bar.code, {})[bar.date] = bar.close
    days = desk.tables().calendar.days
    return portfolio_returns({one.code: one.quantity for one in after.holdings}, history, days)


def _stress(desk: Desk, audit: Audit, after: RiskSnapshot) -> tuple[Outcome, ...]:
    from workbench.engine.conventions import Position  # noqa: PLC0415
    from workbench.planning.boards import daily_limit  # noqa: PLC0415
    from workbench.planning.stress import (  # noqa: PLC0415
        FALLS,
        Contract,
        Holding,
        limit_down_chain,
        outcome,
        uniform,
    )

    line, convention = audit.terms.number("liquidation_line"), audit.terms.text("line_convention")
    if line is None or convention is None or after.assets is None:
        raise UsageError(
            "the stress test needs the contract's line and a price of everything that is left",
            next_step="Set the line with `workbench terms`, import the missing prices.",
            what_zh="压力测试需要合同的平仓线和全部剩余持仓的价格",
            next_step_zh="请用 workbench terms 补上平仓线，并导入缺少的行情。",
        )
    held = [
        Holding(one.code, one.value or ZERO, daily_limit(desk.tables(), one.code, after.day)) for one in after.holdings
    ]
    financing = max(ZERO, _sum(audit, LineKind.DRAWDOWN) + _sum(audit, LineKind.PRINCIPAL_REPAID))
    margin = audit.terms.number("margin") or _sum(audit, LineKind.MARGIN_IN)
    account = Position(after.assets, after.debt, financing, margin)
    contract = Contract(convention, line, audit.terms.text("line_comparator") or "lt")
    scenarios = [uniform(held, fall) for fall in FALLS] + [limit_down_chain(held, days) for days in CHAIN_DAYS]
    return tuple(outcome(held, account, contract, scenario) for scenario in scenarios)


def _sum(audit: Audit, kind: LineKind) -> Decimal:
    return sum((entry.line.stated for entry in audit.lines if entry.line.kind is kind), ZERO)


def _reduction(after: RiskSnapshot, parts: Sequence[Contribution], bars: Sequence[Bar], keep: Decimal) -> Reduction:
    from workbench.planning.reduction import Residual, to_exposure  # noqa: PLC0415

    marginal = {one.code: one.marginal for one in parts}
    volumes: dict[str, list[Decimal]] = {}
    for bar in bars:
        volumes.setdefault(bar.code, []).append(bar.volume)
    left = [
        Residual(
            one.code,
            int(one.quantity),
            one.price,
            marginal.get(one.code),
            _average(volumes.get(one.code, [])[-VOLUME_DAYS:]),
        )
        for one in after.holdings
        if one.price is not None
    ]
    total = sum((one.quantity * one.price for one in left), ZERO)
    return to_exposure(left, total * keep, SHARE_OF_VOLUME)


def _average(volumes: Sequence[Decimal]) -> Decimal | None:
    return sum(volumes, ZERO) / len(volumes) if volumes else None
