"""Fills against the market and the account: price, suspension, T+1, what was left, what could not have happened.

Source: domain specification, section 7.
"""

from __future__ import annotations

from decimal import Decimal

from workbench.domain.findings import Verdict
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.money import grouped, percent, plain
from workbench.engine.market import Reason, early_sold
from workbench.engine.price_rules import bad_price, halted_on
from workbench.engine.scene import Scene, verdict_of

VWAP_MARGIN = Decimal("0.02")
"""A fill more than this fraction below the day's VWAP is ``possible``, not proven."""
RETURN_DAYS = 3
"""Days after close-out within which returning the rest is not yet late."""


def fill_price(scene: Scene) -> LiquidationTest:
    """``LIQ-PRICE``: a forced fill outside the day's range (proven) or well below its VWAP (possible)."""
    code = "LIQ-PRICE"
    outside = [reason for fill in scene.fills if (reason := bad_price(fill, scene.prices))]
    if outside:
        return verdict_of(code, Verdict.PROVEN, *_joined(outside))
    if not any(scene.prices.bar(fill.code or "", fill.date) for fill in scene.fills):
        return verdict_of(code, Verdict.CANNOT_TELL, "缺少强平当日行情。", "Prices of that day are missing.")
    worse: list[Reason] = []
    for fill in scene.fills:
        bar = scene.prices.bar(fill.code or "", fill.date)
        mean = bar.vwap if bar else None
        if mean and fill.price and fill.price < mean * (1 - VWAP_MARGIN):
            price, share = plain(fill.price), percent(VWAP_MARGIN)
            worse.append(
                (
                    f"{fill.code} 成交价 {price} 元，比当日均价 {mean:.3f} 元低 {share} 以上",
                    f"{fill.code} filled at {price}, more than {share} below the day's mean {mean:.3f}",
                )
            )
    if worse:
        return verdict_of(code, Verdict.POSSIBLE, *_joined(worse))
    return verdict_of(code, Verdict.NOT_FOUND, "成交价都在当日高低之间。", "All fills lie within the day's range.")


def _joined(reasons: list[Reason]) -> Reason:
    return "；".join(zh for zh, _ in reasons) + "。", "; ".join(en for _, en in reasons) + "."


def fill_while_halted(scene: Scene) -> LiquidationTest:
    """``LIQ-HALT``: a fill on a day the security did not trade."""
    code = "LIQ-HALT"
    halted = [fill for fill in scene.fills if halted_on(fill, scene.prices)]
    if halted:
        text = "; ".join(f"{fill.code} {fill.date}" for fill in halted)
        return verdict_of(code, Verdict.PROVEN, f"停牌日成交：{text}", f"filled while suspended: {text}")
    if not any(scene.prices.covers(fill.code or "") for fill in scene.fills):
        return verdict_of(code, Verdict.CANNOT_TELL, "缺少行情。", "Prices are missing.")
    return verdict_of(code, Verdict.NOT_FOUND, "成交日均有交易。", "Every security traded that day.")


def same_day_shares(scene: Scene) -> LiquidationTest:
    """``LIQ-T1``: forced sale of shares bought the same day."""
    code = "LIQ-T1"
    forced = {(fill.code, fill.date) for fill in scene.fills}
    broken = [f"{symbol} {day}" for symbol, day in early_sold(scene.account.lines) if (symbol, day) in forced]
    if broken:
        names = "、".join(broken)
        return verdict_of(code, Verdict.PROVEN, f"卖出当日买入的股份：{names}", f"shares bought that day: {names}")
    return verdict_of(code, Verdict.NOT_FOUND, "没有卖出当日买入的股份。", "No shares bought that day were sold.")


def residual_cash(scene: Scene) -> LiquidationTest:
    """``LIQ-RESIDUAL``: cash left after the close-out was not returned."""
    code = "LIQ-RESIDUAL"
    last = scene.account.replay.stands[-1]
    closed = scene.account.closed_on
    if closed is None or last.shares:
        return verdict_of(code, Verdict.CANNOT_TELL, "账户尚未了结。", "The account is not closed out yet.")
    kept = scene.account.replay.closing_cash
    if kept <= Decimal("0.01"):
        return verdict_of(code, Verdict.NOT_FOUND, "余款已退还。", "The rest was returned.")
    ends = [one.end for one in scene.account.facts.ledgers if one.end]
    seen = max([last.line.date, *ends])
    zh, en = f"{seen} 仍有 {grouped(kept)} 元未退还", f"{grouped(kept)} not returned by {seen}"
    # A file without a printed range was exported some time after its last row: what it lacks did not happen by then.
    if not ends or (seen - closed).days >= RETURN_DAYS:
        return verdict_of(code, Verdict.PROVEN, zh + "。", en + ".")
    return verdict_of(code, Verdict.POSSIBLE, zh + "，账单到此为止。", en + ", where the statement ends.")
