"""``LIQ-ORDER`` and ``LIQ-CONC``: was the agreed order kept, did a concentration cut stop at the limit.

Source: domain specification, section 7.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from workbench.domain.findings import Verdict
from workbench.domain.lines import Line, LineKind
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.money import ZERO, grouped, percent
from workbench.engine.prices import market_value
from workbench.engine.scene import Scene, day_before, verdict_of

CONCENTRATION_WORDS = ("集中度", "单票", "单只", "持仓比例", "超比例")


def order_kept(scene: Scene) -> LiquidationTest:
    """``LIQ-ORDER``: codes must first be sold in the agreed order; times prove it, posting order hints."""
    code = "LIQ-ORDER"
    agreed = scene.account.terms.text("sell_order")
    if not agreed:
        return verdict_of(code, Verdict.NOT_FOUND, "合同没有约定卖出顺序。", "The contract agrees on no order.")
    first = agreed.split(",")[0].strip()
    if first != "largest_loss_first":
        return verdict_of(
            code,
            Verdict.CANNOT_TELL,
            f"卖出顺序“{first}”需要人工核对。",
            f"The order “{first}” needs a person's check.",
        )
    losses = _losses(scene)
    sold = _sequence(scene.fills)
    known = [symbol for symbol in sold if symbol in losses]
    if len(known) < 2:  # noqa: PLR2004 - an order needs two
        return verdict_of(code, Verdict.NOT_FOUND, "只卖出一只证券。", "Only one security was sold.")
    right = sorted(known, key=lambda symbol: -losses[symbol])
    text = " → ".join(f"{symbol} ({grouped(losses[symbol])})" for symbol in known)
    if known == right:
        return verdict_of(code, Verdict.NOT_FOUND, f"按亏损从大到小卖出：{text}", f"largest loss first: {text}")
    verdict = Verdict.PROVEN if all(fill.time for fill in scene.fills) else Verdict.POSSIBLE
    return verdict_of(code, verdict, f"未按亏损从大到小卖出：{text}", f"not largest loss first: {text}")


def _sequence(fills: tuple[Line, ...]) -> list[str]:
    ordered = sorted(enumerate(fills), key=lambda item: (item[1].date, str(item[1].time or ""), item[0]))
    return list(dict.fromkeys(fill.code for _, fill in ordered if fill.code))


def _losses(scene: Scene) -> dict[str, Decimal]:
    """Return the floating loss of each holding before the sale, in yuan, at average cost and the last close."""
    cost: dict[str, Decimal] = defaultdict(lambda: ZERO)
    held: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in scene.account.lines:
        if line.date >= scene.day or not line.code or not line.quantity or not line.price:
            continue
        if line.kind is LineKind.BUY:
            held[line.code] += line.quantity
            cost[line.code] += line.quantity * line.price
        elif line.kind in (LineKind.SELL, LineKind.FORCED_SELL) and held[line.code]:
            cost[line.code] -= cost[line.code] / held[line.code] * min(line.quantity, held[line.code])
            held[line.code] -= min(line.quantity, held[line.code])
    day = day_before(scene) or scene.day
    found = {}
    for code, count in held.items():
        price = scene.prices.close(code, day)
        if count > ZERO and price is not None:
            found[code] = cost[code] - count * price
    return found


def concentration_cut(scene: Scene) -> LiquidationTest:
    """``LIQ-CONC``: a cut for concentration may not sell more than the limit requires."""
    code = "LIQ-CONC"
    limit = scene.account.terms.number("single_stock_limit")
    cuts = [fill for fill in scene.fills if any(word in fill.remark for word in CONCENTRATION_WORDS)]
    if limit is None or not cuts:
        return verdict_of(
            code, Verdict.NOT_FOUND, "没有因持仓集中而卖出。", "Nothing was sold because of concentration."
        )
    day = day_before(scene) or scene.day
    value = market_value(scene.before.shares, scene.prices, day)
    if value is None:
        return verdict_of(code, Verdict.CANNOT_TELL, "缺少行情。", "Prices are missing.")
    allowed = limit * (scene.before.cash + value)
    for symbol in {fill.code for fill in cuts if fill.code}:
        price = scene.prices.close(symbol, day) or ZERO
        need = max(ZERO, scene.before.shares.get(symbol, ZERO) * price - allowed)
        sold = sum(((fill.quantity or ZERO) * price for fill in cuts if fill.code == symbol), ZERO)
        zh = f"{symbol} 超出单票上限 {percent(limit)} 的部分为 {grouped(need)} 元，卖出 {grouped(sold)} 元"
        en = f"{symbol} exceeded the limit of {percent(limit)} by {grouped(need)}, {grouped(sold)} was sold"
        if sold > need + price * 100:
            return verdict_of(code, Verdict.PROVEN, zh + "。", en + ".")
    return verdict_of(code, Verdict.NOT_FOUND, "卖出未超过上限所需。", "No more was sold than the limit required.")
