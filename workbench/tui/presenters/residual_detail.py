"""Where the figures of step 6 come from: formulas, days behind them, what they cannot see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.domain.money import plain, price_text
from workbench.tui.presenters import market, residual
from workbench.tui.presenters.base import DASH, Cell, Detail, Section, Words, day, money, pick
from workbench.tui.presenters.parts import UNKNOWN, Part, figures, known, share, text

if TYPE_CHECKING:
    from workbench.planning.stress import Outcome
    from workbench.planning.value_at_risk import ValueAtRisk
    from workbench.services.assess_risk import RiskReview
    from workbench.tui.state import CaseView


def detail(part: Part, key: str, view: CaseView, found: residual.Residual | None, words: Words) -> Detail | None:  # noqa: ARG001
    """Explain the selected row."""
    if found is None:
        return None
    if part is market.MARKET:
        return market.market_detail(found.market, key, words)
    risk = found.risk
    if part is residual.LEFT:
        return _holding_detail(risk, key, words)
    if part is residual.STRESS and key.isdigit() and int(key) < len(risk.stress):
        return _stress_detail(risk.stress[int(key)], risk, words)
    if part is residual.LOSS:
        return _loss_detail(risk, key, words)
    return _sale_detail(risk, key, words) if part is residual.REDUCE else None


def _holding_detail(risk: RiskReview, key: str, words: Words) -> Detail | None:
    after = risk.snapshot
    one = next((item for item in after.holdings if item.code == key), None) if after else None
    if one is None or after is None:
        return None
    sections = (
        text(
            words(
                "residual.value_means",
                count=plain(one.quantity),
                price=DASH if one.price is None else price_text(one.price),
                day=day(one.price_day),
                sum=known(one.value),
            ),
            words(
                "residual.line_means",
                price=DASH if one.liquidation_price is None else price_text(one.liquidation_price),
            ),
        ),
        figures(
            (
                ("", money(after.cash), words("liquidation.cash")),
                ("+", known(after.exposure), words("liquidation.exposure")),
                ("−", money(after.debt), words("liquidation.debt")),
                ("=", known(after.equity), words("liquidation.equity")),
            ),
            words("residual.account"),
        ),
        text(words("liquidation.after_fall", part=share(after.fall)) if after.fall is not None else ""),
    )
    return Detail(residual.name_of(one), day(after.day), sections)


def _loss_detail(risk: RiskReview, key: str, words: Words) -> Detail | None:
    measure = next((one for one in risk.measures if one.method == key), None)
    if measure is not None:
        return _measure_detail(measure, risk, words)
    if key == residual.BACKTEST and risk.backtest is not None:
        tested = risk.backtest
        values = {
            "exceeded": len(tested.exceedances),
            "days": tested.days,
            "expected": plain(round(tested.expected, 1)),
        }
        verdict = words("residual.rejected" if tested.rejected else "residual.not_rejected")
        sections = (
            text(words("residual.backtest_means", window=tested.window, **values)),
            text(f"{verdict} {words('residual.kupiec', chance=share(tested.probability))}"),
            Section(words("residual.exceeded"), tuple(Cell(day(one)) for one in tested.exceedances)),
        )
        return Detail(words("residual.backtest_title"), "", sections)
    part = next((one for one in risk.contributions if f"part:{one.code}" == key), None)
    if part is None:
        return None
    amounts = (
        ("", money(part.value), words("column.residual.value")),
        ("", money(part.component), words("residual.component")),
    )
    means = text(words("residual.part_means", share=share(part.share)))
    return Detail(part.code, "", (figures(amounts), means))


def _measure_detail(one: ValueAtRisk, risk: RiskReview, words: Words) -> Detail:
    values = {"confidence": share(one.confidence), "days": one.horizon}
    sections = (
        text(words("residual.var_means", sum=money(one.value_at_risk), tail=money(one.expected_shortfall), **values)),
        text(words(f"residual.{one.method}_formula"), heading=words("detail.working")),
        text(
            words(
                "residual.observations",
                count=one.observations,
                day=day(risk.portfolio.as_of if risk.portfolio else None),
            ),
            words("residual.that_day", day=one.day) if one.day else "",
        ),
        text(pick(words, one.weakness.text_zh, one.weakness.text_en), heading=words("residual.weakness")),
    )
    return Detail(words(f"residual.{one.method}", **values), "", sections)


def _stress_detail(one: Outcome, risk: RiskReview, words: Words) -> Detail:
    sign, tone = residual.REACHED[one.reached]
    after = risk.snapshot
    amounts = (
        ("", known(after.assets if after else None), words("residual.before")),
        ("−", known(one.loss), words("column.residual.lost")),
        ("=", known(one.assets), words("column.residual.assets")),
    )
    falls = tuple(Cell(f"{code}  {share(fall)}") for code, fall in sorted(one.scenario.falls.items()))
    lacking = "、".join(one.scenario.unknown)
    sections = (
        Section("", (Cell(f"{sign} {residual.word(one, words)}", tone),)),
        figures(amounts),
        text(words("residual.at_line_is", sum=known(after.at_line if after else None))),
        text(words("residual.short", sum=money(one.shortfall)) if one.shortfall else "", tone="bad"),
        Section(words("residual.falls"), falls),
        text(words("residual.no_limit", codes=lacking) if lacking else "", tone="warn"),
    )
    return Detail(pick(words, one.scenario.text_zh, one.scenario.text_en), "", sections)


def _sale_detail(risk: RiskReview, key: str, words: Words) -> Detail | None:
    plan = risk.reduction
    sale = next((one for one in plan.sales if one.code == key), None) if plan else None
    if plan is None or sale is None:
        return None
    marginal = next((one.marginal for one in risk.contributions if one.code == key), None)
    sections = (
        text(words("residual.order_means")),
        text(words("residual.marginal", sum=UNKNOWN if marginal is None else f"{marginal:.4f}")),
        text(
            words("residual.days_means", days=sale.days) if sale.days is not None else words("residual.days_unknown"),
        ),
        text(words("residual.half", sum=money(plan.wanted)), tone="muted"),
        text(words("residual.still", sum=money(plan.missing)) if plan.missing else "", tone="warn"),
    )
    return Detail(sale.code, words("residual.sells", count=f"{sale.quantity:,}", sum=money(sale.value)), sections)
