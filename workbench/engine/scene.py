"""The forced sale with everything its tests read.

Source: domain specification, section 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from workbench.domain.findings import Verdict
from workbench.domain.lines import Line
from workbench.domain.liquidation import Figure, LiquidationTest
from workbench.domain.margin import Margin
from workbench.domain.market import Notice, NoticeKind
from workbench.domain.money import ZERO
from workbench.engine.account import Account
from workbench.engine.accrual import InterestBook
from workbench.engine.conventions import Position
from workbench.engine.margin import contract_margin, debt_on, line_assets
from workbench.engine.prices import Prices, market_value
from workbench.engine.replay import Stand

CLOSE = time(15, 0)
"""End of trading; a deadline at or after it is not reached by any fill of that day."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The forced sale with everything its tests read."""

    account: Account
    prices: Prices
    margin: Margin
    book: InterestBook | None
    fills: tuple[Line, ...]
    before: Stand
    """The account at the end of the day before the first forced fill."""

    @property
    def day(self) -> date:
        """Day of the first forced fill."""
        return self.fills[0].date

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All messages in order of time."""
        found = [notice for log in self.account.facts.notice_logs for notice in log.notices]
        return tuple(sorted(found, key=lambda notice: notice.at))

    @property
    def sold_at(self) -> datetime | None:
        """Earliest moment of the first forced fill: its printed time, else unknown."""
        moment = self.fills[0].time
        return datetime.combine(self.day, moment) if moment else None

    @property
    def calls(self) -> tuple[Notice, ...]:
        """Margin calls sent before the first forced fill."""
        limit = self.sold_at or datetime.combine(self.day, CLOSE)
        return tuple(
            notice
            for notice in self.notices
            if notice.kind is NoticeKind.MARGIN_CALL and not notice.from_client and notice.at < limit
        )


def verdict_of(
    code: str, verdict: Verdict, zh: str, en: str, needs: tuple[str, str] = ("", ""), figures: tuple[Figure, ...] = ()
) -> LiquidationTest:
    """Return a test's result with its reason, what would settle it, and the figures it rests on."""
    return LiquidationTest(code, verdict, zh, en, *needs, figures)


def at_sale(scene: Scene) -> tuple[Decimal, Decimal | None, Decimal | None]:
    """Return the line, the assets at the close and at the lows on the day of the sale, before the forced fills."""
    account, stand = scene.account, scene.before
    debt = debt_on(account, scene.book, scene.day, stand.principal)
    position = Position(ZERO, debt, stand.principal, contract_margin(account))
    at_line = line_assets(account, position, scene.day).get("liquidation", ZERO)
    close = market_value(stand.shares, scene.prices, scene.day)
    low = market_value(stand.shares, scene.prices, scene.day, at_low=True)
    has_bar = all(scene.prices.bar(code, scene.day) for code in stand.shares)
    return (
        at_line,
        stand.cash + close if close is not None else None,
        stand.cash + low if low is not None and has_bar else None,
    )


def day_before(scene: Scene) -> date | None:
    """Return the last day of the timeline before the sale, None where there is none."""
    days = [entry.date for entry in scene.margin.days if entry.date < scene.day]
    return days[-1] if days else None
