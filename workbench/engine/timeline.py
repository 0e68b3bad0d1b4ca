"""The margin timeline: assets, debt, ratio and distance on every trading day, and the first crossings.

A holding without a price that day is valued at an earlier one, which the day names; without any price the day is
``unknown``. Source: domain specification, sections 6 and 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.margin import Margin, MarginDay, MarginMinute
from workbench.domain.money import ZERO, cents
from workbench.engine.account import Account
from workbench.engine.accrual import InterestBook
from workbench.engine.conventions import Position, ratio
from workbench.engine.holiday import uplifted_line
from workbench.engine.margin import BREACHED, SOLD, contract_margin, debt_on, line_assets, state_of
from workbench.engine.minutes import minute_bars, minutes_of
from workbench.engine.prices import Prices, market_value
from workbench.engine.replay import Stand


def day_ends(account: Account, days: tuple[date, ...]) -> Iterator[tuple[date, Stand]]:
    """Yield each day with the account after its last line; days before the first line are skipped."""
    stands = account.replay.stands
    index = -1
    for day in days:
        while index + 1 < len(stands) and stands[index + 1].line.date <= day:
            index += 1
        if index >= 0:
            yield day, stands[index]


@dataclass(frozen=True, slots=True)
class Valuer:
    """Values the account on a day in the contract's own terms."""

    account: Account
    prices: Prices
    book: InterestBook | None
    margin: Decimal
    """Margin the lines refer to, in yuan."""

    @property
    def comparator(self) -> str:
        """``lt`` unless the contract says ``le``."""
        return self.account.terms.text("line_comparator") or "lt"

    def position(self, assets: Decimal | None, debt: Decimal, principal: Decimal) -> Position:
        """Return what the lines are measured on; unknown assets count as zero and are never shown."""
        return Position(assets or ZERO, debt, principal, self.margin)

    def ratio(self, assets: Decimal | None, position: Position) -> Decimal | None:
        """Return the figure in the contract's convention, None where it has none or assets are unknown."""
        convention = self.account.terms.text("line_convention")
        return ratio(convention, position) if convention and assets is not None else None

    def day(self, day: date, stand: Stand) -> MarginDay:
        """Value the account at the end of a trading day."""
        debt = debt_on(self.account, self.book, day, stand.principal)
        value = market_value(stand.shares, self.prices, day)
        low = market_value(stand.shares, self.prices, day, at_low=True)
        assets = stand.cash + value if value is not None else None
        position = self.position(assets, debt, stand.principal)
        lines = line_assets(self.account, position, day)
        return MarginDay(
            day,
            cents(assets) if assets is not None else ZERO,
            debt,
            self.ratio(assets, position),
            state_of(assets, lines, self.comparator),
            cents(stand.cash + low) if low is not None else None,
            lines={name: cents(line) for name, line in lines.items()},
            missing=tuple(code for code in stand.shares if self.prices.last(code, day) is None),
            stale=self.prices.stale(stand.shares, day),
            uplifted=(uplifted_line(self.account, day) or (ZERO, False))[1],
        )


def build_margin(account: Account, book: InterestBook | None, prices: Prices) -> Margin:
    """Return the timeline from the first drawdown to the last line."""
    convention = account.terms.text("line_convention")
    first, last = account.replay.principal.first, account.as_of
    if first is None or last is None or not account.lines:
        return Margin(convention, ZERO, {}, None, None, ())
    valuer = Valuer(account, prices, book, contract_margin(account))
    days = tuple(
        valuer.day(day, stand)
        for day, stand in day_ends(account, account.tables.calendar.between(first, last))
        if stand.principal > ZERO and (account.closed_on is None or day < account.closed_on)
    )
    return Margin(
        convention,
        days[-1].debt if days else ZERO,
        days[-1].lines if days else {},
        next((entry.date for entry in days if entry.state in BREACHED), None),
        next((entry.date for entry in days if entry.state in SOLD), None),
        days,
        minutes=tuple(_minutes(valuer, days)),
    )


def _minutes(valuer: Valuer, days: Sequence[MarginDay]) -> Iterator[MarginMinute]:
    """Yield the minutes of every day of the timeline that has minute bars of all holdings."""
    by_day = minute_bars(valuer.account.facts.bars)
    for entry in days:
        bars = by_day.get(entry.date)
        opening = valuer.account.replay.before(entry.date) if bars else None
        if bars is None or opening is None:
            continue
        stands = [stand for stand in valuer.account.replay.stands if stand.line.date == entry.date]
        for value in minutes_of(entry.date, bars, opening, stands):
            position = valuer.position(value.assets, entry.debt, opening.principal)
            state = state_of(value.assets, entry.lines, valuer.comparator)
            yield MarginMinute(
                value.at, cents(value.assets), cents(value.low_assets), valuer.ratio(value.assets, position), state
            )
