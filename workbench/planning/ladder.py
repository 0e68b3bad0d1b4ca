"""Stop-limit orders step by step: prices on the tick, quantities in lots, the day's limit-down in sight.

Source: articles 000 (止损限价单), 003 (预埋单, 分批减仓) and 004 (own stop above the platform's line); lots, tick and
limit prices from the exchanges' trading rules (``../shared/facts/trading_rules.json``).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from workbench.domain.money import CENT, ONE, ZERO, cents, plain
from workbench.errors import UsageError
from workbench.planning.guards import inside, not_negative, positive

LOT: Final = 100
MOST_RUNGS: Final = 20


@dataclass(frozen=True, slots=True)
class Rung:
    """One stop-limit order to sell."""

    stop: Decimal
    """Price in yuan that triggers the order."""
    limit: Decimal
    """Least price in yuan the order accepts, not below the day's limit-down."""
    quantity: int
    """Shares."""
    least_proceeds: Decimal
    """Quantity x limit in yuan, before costs: the order never sells for less, but may not sell at all."""
    fills_today: bool
    """False where the stop lies below the day's limit-down: no trade can reach it that day."""
    below_line: bool
    """True where the platform's line comes first: it may sell before this order."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The orders, highest stop first."""

    rungs: tuple[Rung, ...]
    limit_down: Decimal
    """The day's lowest price in yuan."""
    locked: int
    """Shares bought today, which T+1 keeps from being sold; not part of the orders."""


def stop_ladder(
    quantity: int,
    first_stop: Decimal,
    step: Decimal,
    rungs: int,
    previous_close: Decimal,
    price_limit: Decimal,
    *,
    tick: Decimal = CENT,
    lot: int = LOT,
    slippage: int = 0,
    line_price: Decimal | None = None,
    bought_today: int = 0,
) -> Ladder:
    """Return stop-limit orders that sell a holding in even parts as it falls.

    Stop i = first stop - i x step. Limit-down = previous close x (1 - price limit), rounded half up to the tick. Each
    order takes whole lots, the earlier ones the larger share; the last takes what remains, odd shares included, as the
    exchanges want an odd remainder sold at once.

    Args:
        quantity: shares held.
        first_stop: highest trigger, yuan; must lie below the day's limit-up.
        step: distance of the triggers, yuan.
        rungs: number of orders, 1 to 20.
        previous_close: close of the day before (the reference price), yuan.
        price_limit: daily price limit, a fraction.
        tick: smallest price step, yuan; 0.001 for funds.
        lot: shares of a lot; 200 on the STAR market.
        slippage: ticks by which each order's limit lies below its stop.
        line_price: price at which the platform may sell, yuan; None: unknown.
        bought_today: shares that T+1 still locks.

    Raises:
        UsageError: prices off the tick, a ladder that ends at 0, more orders than lots.
    """
    _check_prices(first_stop, step, tick, rungs)
    positive(previous_close, "the previous close", "前收盘价")
    inside(price_limit, "the price limit", "涨跌幅限制")
    not_negative(Decimal(slippage), "slippage", "滑点")
    not_negative(Decimal(bought_today), "shares bought today", "当日买入股数")
    if first_stop >= previous_close * (ONE + price_limit):
        raise UsageError(
            f"a stop at {plain(first_stop)} lies at or above the day's highest price",
            next_step="Set the first stop below the present price.",
            what_zh=f"止损价 {plain(first_stop)} 已达到或高于当日涨停价",
            next_step_zh="第一档止损价应低于现价。",
        )
    bottom = on_tick(previous_close * (ONE - price_limit), tick)
    parts = _parts(quantity - bought_today, lot, rungs)
    orders = []
    for at, part in enumerate(parts):
        stop = first_stop - at * step
        fills = stop >= bottom
        limit = max(stop - slippage * tick, bottom if fills else tick)
        below = line_price is not None and stop <= line_price
        orders.append(Rung(stop, limit, part, cents(limit * part), fills, below))
    return Ladder(tuple(orders), bottom, bought_today)


def on_tick(price: Decimal, tick: Decimal) -> Decimal:
    """Round a price half up to the tick, as the exchanges round limit prices: 10.03 x 0.9 is 9.03."""
    return (price / tick).to_integral_value(ROUND_HALF_UP) * tick


def _parts(quantity: int, lot: int, rungs: int) -> tuple[int, ...]:
    lots, odd = divmod(max(quantity, 0), lot)
    if lots < rungs:
        raise UsageError(
            f"{quantity} shares make {lots} whole lots, too few for {rungs} orders",
            next_step=f"Use at most {lots} orders." if lots else "Sell an odd remainder in one order.",
            what_zh=f"{quantity} 股只有 {lots} 手，不够分成 {rungs} 档",
            next_step_zh=f"最多分 {lots} 档。" if lots else "不足一手的零股须一次卖出。",
        )
    each, extra = divmod(lots, rungs)
    parts = [(each + (at < extra)) * lot for at in range(rungs)]
    return (*parts[:-1], parts[-1] + odd)


def _check_prices(first_stop: Decimal, step: Decimal, tick: Decimal, rungs: int) -> None:
    positive(tick, "the tick", "最小价位")
    positive(first_stop, "the first stop", "第一档止损价")
    positive(step, "the step", "档距")
    if not 1 <= rungs <= MOST_RUNGS or first_stop - (rungs - 1) * step <= ZERO:
        raise UsageError(
            f"{rungs} orders from {plain(first_stop)} in steps of {plain(step)} do not stay above 0",
            next_step=f"Use 1 to {MOST_RUNGS} orders whose last stop is above 0.",
            what_zh=f"从 {plain(first_stop)} 起每档 {plain(step)}、共 {rungs} 档，价格不能都大于 0",
            next_step_zh=f"请用 1 至 {MOST_RUNGS} 档，且最后一档大于 0。",
        )
    for price in (first_stop, step):
        if price % tick:
            raise UsageError(
                f"{plain(price)} is no multiple of the tick {plain(tick)}",
                next_step="Write prices on the tick; funds trade in 0.001.",
                what_zh=f"{plain(price)} 不是最小价位 {plain(tick)} 的整数倍",
                next_step_zh="请按最小价位填写；基金为 0.001。",
            )
