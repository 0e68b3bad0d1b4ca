"""What the exchanges' order of business allows a fill: trading days, sessions, board lots and T+1.

A rule answers broken, kept or untried, never a guess. Source: domain specification, section 7;
``../shared/facts/legal.md`` section 8.
"""

from __future__ import annotations

from datetime import time

from workbench.domain.lines import SALES, Line, LineKind
from workbench.domain.money import ZERO, plain
from workbench.engine.instruments import board_of, is_bond, is_fund
from workbench.engine.market import BOARD_LOT, KEPT, UNTRIED, Answer, Market, broken, in_session
from workbench.errors import ReferenceGapError

AFTER_HOURS = (time(15, 5), time(15, 31))
"""Fixed-price trading after the close on STAR and ChiNext."""


def calendar_rule(line: Line, market: Market) -> Answer:
    """On a trading day."""
    try:
        is_open = market.account.tables.calendar.is_open(line.date)
    except ReferenceGapError:
        return UNTRIED
    return KEPT if is_open else broken(f"{line.date} 不是交易日", f"{line.date} was no trading day")


def session_rule(line: Line, market: Market) -> Answer:
    """Inside a session, where the fills of the file carry clocks that look like trading."""
    if line.time is None or not market.clocks:
        return UNTRIED
    if in_session(line.time):
        return KEPT
    if board_of(line.code or "") in ("STAR", "CHINEXT") and AFTER_HOURS[0] <= line.time < AFTER_HOURS[1]:
        return KEPT
    at = f"{line.time:%H:%M:%S}"
    return broken(f"{line.code} 成交时间 {at} 不在交易时段内", f"{line.code} filled at {at}, outside the sessions")


def lot_rule(line: Line, market: Market) -> Answer:
    """Bought in board lots over the whole day; a part of an order may fill oddly, so it is only asked about."""
    code = line.code or ""
    if line.kind is not LineKind.BUY or is_fund(code) or is_bond(code) or board_of(code) in ("STAR", "BSE"):
        return UNTRIED
    total = market.bought.get((code, line.date), ZERO)
    if total % BOARD_LOT == 0:
        return KEPT
    return broken(
        f"{code} 当日共买入 {plain(total)} 股，不是 100 股的整数倍",
        f"{plain(total)} shares of {code} were bought that day, no multiple of 100",
        doubtful=True,
    )


def settlement_rule(line: Line, market: Market) -> Answer:
    """T+1: no more sold than held at the start of the day."""
    if line.kind not in SALES or not line.code or is_fund(line.code) or is_bond(line.code):
        return UNTRIED
    if (line.code, line.date) in market.early:
        return broken(f"{line.code} 卖出了当日买入的股份", f"{line.code} bought and sold on the same day")
    return KEPT
