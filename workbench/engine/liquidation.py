"""Tests of the forced sale against the contract, the notices and the market, each with a verdict that admits doubt.

Source: domain specification, sections 7 and 12.
"""

from __future__ import annotations

from collections.abc import Callable

from workbench.domain.lines import LineKind
from workbench.domain.liquidation import Liquidation, LiquidationTest
from workbench.domain.margin import Margin
from workbench.domain.money import ZERO
from workbench.engine.account import Account
from workbench.engine.accrual import InterestBook
from workbench.engine.aftermath import build_aftermath
from workbench.engine.counterfactuals import counterfactuals
from workbench.engine.damages import build_damages
from workbench.engine.early import early_sale
from workbench.engine.fills import fill_price, fill_while_halted, residual_cash, same_day_shares
from workbench.engine.grounds import find_grounds
from workbench.engine.line_changes import line_raised
from workbench.engine.line_tests import oversold
from workbench.engine.market_check import check_market
from workbench.engine.needs import with_needs
from workbench.engine.notice_tests import control_lost, grace_kept, notice_given
from workbench.engine.order_tests import concentration_cut, order_kept
from workbench.engine.prices import Prices
from workbench.engine.proposals import propose_forced
from workbench.engine.scene import Scene

TESTS: tuple[Callable[[Scene], LiquidationTest], ...] = (
    early_sale,
    notice_given,
    grace_kept,
    order_kept,
    oversold,
    fill_price,
    fill_while_halted,
    same_day_shares,
    concentration_cut,
    line_raised,
    residual_cash,
    control_lost,
)


def build_liquidation(account: Account, prices: Prices, margin: Margin, book: InterestBook | None) -> Liquidation:
    """Run every test; without forced fills there is nothing to test."""
    fills = account.of_kind(LineKind.FORCED_SELL)
    market, proposals = check_market(account, prices), propose_forced(account, margin)
    if not fills:
        grounds = find_grounds(account, prices, margin, None)
        return Liquidation(None, (), ZERO, (), market=market, proposals=proposals, grounds=grounds)
    before = account.replay.before(fills[0].date) or account.replay.stands[0]
    scene = Scene(account, prices, margin, book, fills, before)
    tests = tuple(with_needs(test(scene)) for test in TESTS)
    proceeds = sum((line.stated for line in fills), ZERO)
    otherwise = counterfactuals(scene, tests, account.options.keep_to)
    last = max(line.date for line in fills)
    return Liquidation(
        fills[0].date,
        tuple(line.id for line in fills),
        proceeds,
        tests,
        otherwise,
        damages=build_damages(scene, tests, otherwise),
        after=build_aftermath(account, book, prices, last),
        market=market,
        proposals=proposals,
        grounds=find_grounds(account, prices, margin, fills[0].date),
    )
