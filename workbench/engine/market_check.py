"""Every fill held against the market: which could not have happened, and which rule could not be tried on how many.

Some platforms only pretend to trade (虚拟盘); a pattern of impossible fills shows it. Source: domain specification,
section 7.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from workbench.domain.lines import TRADES, Line
from workbench.domain.liquidation import Impossible, Plausibility
from workbench.engine.account import Account
from workbench.engine.market import Answer, Market, open_market
from workbench.engine.order_rules import calendar_rule, lot_rule, session_rule, settlement_rule
from workbench.engine.price_rules import halted_rule, limit_rule, price_rule, tick_rule, volume_rule
from workbench.engine.prices import Prices

RULES: Mapping[str, Callable[[Line, Market], Answer]] = {
    "price": price_rule,
    "limit": limit_rule,
    "halted": halted_rule,
    "volume": volume_rule,
    "closed": calendar_rule,
    "session": session_rule,
    "t1": settlement_rule,
    "tick": tick_rule,
    "lot": lot_rule,
}
NEEDS_PAPER = frozenset({"price", "limit", "halted", "volume", "closed", "session"})
"""Rules that another document would let us try; the others do not apply to every fill."""


def check_market(account: Account, prices: Prices) -> Plausibility:
    """Try every rule on every fill, forced or not."""
    market = open_market(account, prices)
    fills = [line for line in account.lines if line.kind in TRADES and line.code]
    untried: Counter[str] = Counter()
    found: list[Impossible] = []
    for line in fills:
        for name, answer in _answers(line, market):
            if not answer.tried and name in NEEDS_PAPER:
                untried[name] += 1
            elif answer.reason is not None:
                found.append(Impossible(line.id, name, *answer.reason, doubtful=answer.doubtful))
    priced = sum(prices.bar(line.code or "", line.date) is not None for line in fills)
    return Plausibility(len(fills), priced, tuple(found), dict(untried))


def _answers(line: Line, market: Market) -> Iterator[tuple[str, Answer]]:
    for name, rule in RULES.items():
        yield name, rule(line, market)
