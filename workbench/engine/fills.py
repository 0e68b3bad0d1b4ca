"""Fills against the market and the account: price, suspension, T+1, what was left, what could not have happened.

Source: domain specification, section 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.findings import Verdict
from workbench.domain.lines import Line, LineKind
from workbench.domain.liquidation import LiquidationTest
from workbench.domain.money import ZERO, grouped, percent, plain
from workbench.engine.account import Account
from workbench.engine.prices import Prices
from workbench.engine.scene import Scene, verdict_of

CENT_EXPONENT = -2
"""Exponent of a price printed to the cent, which may be the rounded mean of several fills."""
VWAP_MARGIN = Decimal("0.02")
"""A fill more than this fraction below the day's VWAP is ``possible``, not proven."""
RETURN_DAYS = 3
"""Days after close-out within which returning the rest is not yet late."""


Reason = tuple[str, str]
"""Why something could not have happened, in Chinese and English."""


def bad_price(line: Line, prices: Prices) -> Reason | None:
    """Return why a fill could not have had its price that day, None where it could or no bar is known."""
    bar = prices.bar(line.code or "", line.date)
    if bar is None or line.price is None:
        return None
    slack = Decimal("0.005") if line.price.as_tuple().exponent == CENT_EXPONENT else ZERO
    if not bar.volume or bar.low - slack <= line.price <= bar.high + slack:
        return None
    price, low, high = plain(line.price), plain(bar.low), plain(bar.high)
    return (
        f"{line.code} {line.name or ''}成交价 {price} 元，当日最低 {low} 元、最高 {high} 元".replace("  ", " "),
        f"{line.code} filled at {price}, the day's range was {low} to {high}",
    )


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


def halted_on(line: Line, prices: Prices) -> bool:
    """Tell whether the imported bars show no trading in the security on the fill's day."""
    code = line.code or ""
    bar = prices.bar(code, line.date)
    if bar is not None:
        return bar.volume == ZERO
    days = [day for day, _ in prices.closes.get(code, ())]
    return bool(days) and days[0] < line.date < days[-1]


def same_day_shares(scene: Scene) -> LiquidationTest:
    """``LIQ-T1``: forced sale of shares bought the same day."""
    code = "LIQ-T1"
    broken = []
    for day in sorted({fill.date for fill in scene.fills}):
        stand = scene.account.replay.before(day)
        held = stand.shares if stand else {}
        sold: dict[str, Decimal] = {}
        for line in scene.account.lines:
            if line.date == day and line.kind in (LineKind.SELL, LineKind.FORCED_SELL) and line.code and line.quantity:
                sold[line.code] = sold.get(line.code, ZERO) + line.quantity
        broken += [f"{symbol} {day}" for symbol, count in sold.items() if count > held.get(symbol, ZERO)]
    if broken:
        return verdict_of(code, Verdict.PROVEN, f"卖出当日买入的股份：{broken}", f"shares bought that day: {broken}")
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


def impossible_fills(account: Account, prices: Prices) -> Iterator[tuple[Line, Reason]]:
    """Yield fills, forced or not, that the market could not have given, with the reason."""
    for line in account.lines:
        if line.kind not in (LineKind.BUY, LineKind.SELL) or not line.code:
            continue
        reason = bad_price(line, prices)
        if reason is None and halted_on(line, prices):
            reason = f"{line.code} 当日停牌", f"{line.code} did not trade that day"
        bar = prices.bar(line.code, line.date)
        if reason is None and bar and line.quantity and bar.volume and line.quantity > bar.volume:
            count, volume = plain(line.quantity), plain(bar.volume)
            reason = (
                f"{line.code} 成交 {count} 股，超过全市场当日成交量 {volume} 股",
                f"{count} shares of {line.code} exceed the whole market's {volume} of that day",
            )
        if reason:
            yield line, reason
