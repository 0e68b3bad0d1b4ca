"""``LIQ-EARLY`` and ``LIQ-OVERSELL``: was the line reached, and was more sold than needed.

Source: domain specification, sections 6 and 7.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from workbench.domain.findings import Verdict
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.money import ZERO, grouped
from workbench.engine.conventions import Position, breached, repayment_to_restore
from workbench.engine.margin import contract_margin, debt_on, line_assets
from workbench.engine.scene import Scene, at_sale, day_before, verdict_of

LOT = 100
"""Shares of one lot: what a careful seller may exceed the need by."""
OVERSELL_SLACK = Decimal("0.02")
"""Fraction by which a sale may exceed the need before it counts as more than needed."""


def early_sale(scene: Scene) -> LiquidationTest:
    """``LIQ-EARLY``: assets never at the line before the sale, not even at the lows."""
    code = "LIQ-EARLY"
    account = scene.account
    if "liquidation_line" not in account.terms or "line_convention" not in account.terms:
        return verdict_of(code, Verdict.CANNOT_TELL, "合同没有平仓线条款。", "The contract states no liquidation line.")
    comparator = account.terms.text("line_comparator") or "lt"
    history = [entry for entry in scene.margin.days if entry.date < scene.day]
    if not history or any(not scene.prices.covers(symbol) for symbol in scene.before.shares):
        return verdict_of(
            code, Verdict.CANNOT_TELL, "缺少持仓证券的日线行情。", "Daily prices of the holdings are missing."
        )
    at_line, assets, low = at_sale(scene)
    zh = f"平仓前一日总资产 {grouped(history[-1].assets)} 元，强平当日平仓线 {grouped(at_line)} 元"
    en = f"assets {grouped(history[-1].assets)} the day before, line {grouped(at_line)} on the day"
    if history[-1].state in ("liquidation", "emergency") or (assets is not None and _open_breach(scene, at_line)):
        return verdict_of(code, Verdict.NOT_FOUND, zh + "，已触及。", en + ": breached.")
    if low is None:
        return verdict_of(code, Verdict.CANNOT_TELL, "缺少强平当日的行情。", "Prices of that day are missing.")
    crossed = [entry for entry in history if entry.state in ("liquidation", "emergency")]
    dipped = [entry for entry in history if _low_breach(scene, entry.date, entry.low_assets)]
    if breached(low, at_line, comparator):
        return verdict_of(
            code,
            Verdict.POSSIBLE,
            f"{zh}；只有按当日最低价（{grouped(low)} 元）才触及。",
            f"{en}; only at the day's lows ({grouped(low)}) was it touched.",
        )
    if crossed:
        last = crossed[-1].date
        return verdict_of(
            code,
            Verdict.POSSIBLE,
            f"{zh}；{last} 曾触及，此后已回到线上。",
            f"{en}; touched on {last} and above the line since.",
        )
    if dipped:
        last = dipped[-1].date
        return verdict_of(
            code,
            Verdict.POSSIBLE,
            f"{zh}；只有 {last} 的最低价曾触及。",
            f"{en}; touched only at the lows of {last}.",
        )
    return verdict_of(code, Verdict.PROVEN, zh + "，从未触及。", en + ": never touched.")


def _open_breach(scene: Scene, at_line: Decimal) -> bool:
    """Tell whether the day of the sale already opened below the line."""
    value = ZERO
    for code, count in scene.before.shares.items():
        bar = scene.prices.bar(code, scene.day)
        if bar is None:
            return False
        value += count * bar.open
    comparator = scene.account.terms.text("line_comparator") or "lt"
    return breached(scene.before.cash + value, at_line, comparator)


def _low_breach(scene: Scene, day: date, low: Decimal | None) -> bool:
    entry = next((one for one in scene.margin.days if one.date == day), None)
    stand = scene.account.replay.before(day + timedelta(days=1))
    if low is None or entry is None or stand is None:
        return False
    position = Position(ZERO, entry.debt, stand.principal, contract_margin(scene.account))
    at_line = line_assets(scene.account, position).get("liquidation")
    comparator = scene.account.terms.text("line_comparator") or "lt"
    return at_line is not None and breached(low, at_line, comparator)


def oversold(scene: Scene) -> LiquidationTest:
    """``LIQ-OVERSELL``: more sold than restores the line, where the contract limits the sale to that."""
    code = "LIQ-OVERSELL"
    terms = scene.account.terms
    if terms.text("sell_scope") != "to_restore":
        return verdict_of(
            code, Verdict.NOT_FOUND, "合同未限制卖出范围。", "The contract does not limit how much may be sold."
        )
    convention, line = terms.text("line_convention"), terms.number("liquidation_line")
    if convention is None or line is None:
        return verdict_of(code, Verdict.CANNOT_TELL, "合同没有平仓线。", "The contract states no line.")
    stand = scene.before
    value = sum((_sale_value(scene, symbol, count) for symbol, count in stand.shares.items()), ZERO)
    debt = debt_on(scene.account, scene.book, scene.day, stand.principal)
    position = Position(stand.cash + value, debt, stand.principal, contract_margin(scene.account))
    need = repayment_to_restore(convention, line, position)
    if need is None:
        return verdict_of(
            code,
            Verdict.CANNOT_TELL,
            "按这种平仓线口径，卖出还款不能使账户回到线上。",
            "Under this convention selling and repaying cannot restore the line.",
        )
    sold = sum((fill.stated for fill in scene.fills), ZERO)
    lot = LOT * max((fill.price or ZERO for fill in scene.fills), default=ZERO)
    zh = (
        f"恢复到线上需卖出还款 {grouped(need)} 元，实际卖出 {grouped(sold)} 元；"
        f"卖出前账户另有现金 {grouped(stand.cash)} 元"
    )
    en = (
        f"{grouped(need)} had to be sold and repaid to restore the line, {grouped(sold)} was sold; "
        f"the account also held {grouped(stand.cash)} in cash"
    )
    if sold > need * (1 + OVERSELL_SLACK) + lot:
        return verdict_of(code, Verdict.PROVEN, zh + "。", en + ".")
    if sold > need + lot:
        return verdict_of(code, Verdict.POSSIBLE, zh + "，差额很小。", en + ", a small difference.")
    return verdict_of(code, Verdict.NOT_FOUND, zh + "。", en + ".")


def _sale_value(scene: Scene, code: str, count: Decimal) -> Decimal:
    fills = [fill for fill in scene.fills if fill.code == code and fill.quantity and fill.price]
    sold = sum((fill.quantity or ZERO for fill in fills), ZERO)
    if sold:
        gross = sum(((fill.quantity or ZERO) * (fill.price or ZERO) for fill in fills), ZERO)
        return count * gross / sold
    price = scene.prices.close(code, day_before(scene) or scene.day)
    return count * price if price is not None else ZERO
