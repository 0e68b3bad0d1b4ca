"""``LIQ-OVERSELL``: was more sold than restores the line.

Source: domain specification, sections 6 and 7.
"""

from __future__ import annotations

from decimal import Decimal

from workbench.domain.findings import Verdict
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.money import ZERO, grouped
from workbench.engine.conventions import Position, repayment_to_restore
from workbench.engine.margin import contract_margin, debt_on
from workbench.engine.scene import Scene, day_before, verdict_of

LOT = 100
"""Shares of one lot: what a careful seller may exceed the need by."""
OVERSELL_SLACK = Decimal("0.02")
"""Fraction by which a sale may exceed the need before it counts as more than needed."""


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
