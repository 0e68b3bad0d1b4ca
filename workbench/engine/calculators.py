"""The calculators alone: lines, limit-down days and interest, without a case.

Source: domain specification, sections 4 and 6 (worked examples) and ``../shared/seeds``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.audit import Segment
from workbench.domain.dates import DAY, DateRange
from workbench.domain.money import ONE, ZERO, cents, percent
from workbench.domain.reference import ReferenceTables
from workbench.engine.conventions import (
    Position,
    assets_at_line,
    breached,
    fall_to,
    ratio,
    repayment_to_restore,
    solvable,
)
from workbench.engine.interest import Product, accrue, default_day_count, total
from workbench.engine.replay import PrincipalHistory
from workbench.errors import UsageError

ARTICLE_CONVENTIONS = (
    "assets_over_debt",
    "equity_over_debt",
    "equity_over_margin",
    "equity_over_assets",
    "margin_coefficient",
)
"""The five conventions the source articles mix; shown side by side for any account."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One convention applied to one account."""

    convention: str
    line: Decimal
    ratio: Decimal | None
    assets_at_line: Decimal
    """Yuan, rounded to the cent."""
    loss: Decimal
    """Assets minus assets at the line, in yuan; negative: already breached."""
    fall: Decimal | None
    """Fall of total assets to the line as a fraction; negative: already breached."""
    breached: bool
    cash_needed: Decimal
    """Cash in yuan that brings total assets back to the line; zero above it."""
    sale_needed: Decimal | None
    """Sale and repayment in yuan that restores the line; None where selling cannot, zero above it."""


def line_row(convention: str, line: Decimal, position: Position, comparator: str = "lt") -> LineRow:
    """Solve one line for one account.

    Raises:
        UsageError: for an unknown convention, or a line that no assets can meet.
    """
    if not solvable(convention, line):
        raise UsageError(
            f"a line of {percent(line)} of total assets can never be met while there is debt",
            where=convention,
            next_step="Write the part of the assets that must be your own, for example 25%.",
            what_zh=f"有负债时净资产不可能达到总资产的 {percent(line)}",
            next_step_zh="此口径应填净资产占总资产的比例，例如 25%。",
        )
    try:
        at_line = assets_at_line(convention, line, position)
    except ValueError:
        raise UsageError(
            f"unknown line convention {convention}",
            next_step="Use one of the nine conventions listed by --help.",
            what_zh=f"没有“{convention}”这种平仓线口径",
            next_step_zh="请用 --help 列出的九种口径之一。",
        ) from None
    return LineRow(
        convention,
        line,
        ratio(convention, position),
        cents(at_line),
        cents(position.assets - at_line),
        fall_to(position.assets, at_line),
        breached(position.assets, at_line, comparator),
        max(ZERO, cents(at_line - position.assets)),
        None if (sale := repayment_to_restore(convention, line, position)) is None else cents(sale),
    )


@dataclass(frozen=True, slots=True)
class LimitDown:
    """One day of a chain of limit-down days on which nothing can be sold."""

    day: int
    assets: Decimal
    """Yuan, cash included."""
    breached: bool
    shortfall: Decimal
    """Debt that the assets no longer cover, in yuan."""


def limit_down(
    cash: Decimal, value: Decimal, debt: Decimal, at_line: Decimal, limit: Decimal, days: int
) -> list[LimitDown]:
    """Return what a chain of limit-down days leaves: ``cash + value x (1 - limit)^n``.

    Args:
        cash: cash in the account in yuan.
        value: market value of the holdings in yuan.
        debt: debt in yuan.
        at_line: total assets at the liquidation line in yuan.
        limit: daily price limit as a fraction.
        days: number of days.

    Raises:
        UsageError: a limit that is not between 0 and 1.
    """
    if not ZERO < limit < ONE:
        raise UsageError(
            f"a price limit of {percent(limit)} makes no sense",
            next_step="Write for example 10%.",
            what_zh=f"跌停幅度 {percent(limit)} 不合理",
            next_step_zh="例如写 10%。",
        )
    rows = []
    for day in range(days + 1):
        assets = cents(cash + value * (ONE - limit) ** day)
        rows.append(LimitDown(day, assets, assets < at_line, max(ZERO, cents(debt - assets))))
    return rows


def drift(convention: str, line: Decimal, position: Position, monthly_rate: Decimal, most: int = 600) -> int | None:
    """Return after how many months unpaid interest alone crosses the line at unchanged prices; 0: already crossed.

    None where it never does within ``most`` months: lines on margin or absolute amounts do not move with interest.
    """
    for month in range(most + 1):
        debt = position.debt + position.financing * monthly_rate * month
        later = Position(position.assets, debt, position.financing, position.margin)
        if breached(position.assets, assets_at_line(convention, line, later)):
            return month
    return None


def new_account(margin: Decimal, leverage: Decimal, monthly_rate: Decimal = ZERO, months: int = 0) -> Position:
    """Return a freshly opened account: assets margin + financing, debt financing plus ``months`` of unpaid interest.

    Args:
        margin: the client's deposit in yuan.
        leverage: financing over margin (1:4 is 4).
        monthly_rate: fraction per month.
        months: months of interest accrued and unpaid.
    """
    financing = margin * leverage
    debt = financing + financing * monthly_rate * months
    return Position(margin + financing, debt, financing, margin)


def interest(
    principal: Decimal,
    rate: Decimal,
    rate_period: str,
    start: date,
    end: date,
    tables: ReferenceTables,
    *,
    day_count: str | None = None,
    both_ends: bool = False,
    broken_month: str = "thirtieth",
) -> tuple[Decimal, tuple[Segment, ...]]:
    """Return the interest of [start, end) in yuan, rounded once, and its segments; ``both_ends`` counts ``end`` too.

    Raises:
        UsageError: where ``end`` is before ``start``.
        ReferenceGapError: for trading days beyond the calendar.
    """
    if end < start:
        raise UsageError(
            f"{end} is before {start}",
            next_step="Give the earlier day first.",
            what_zh=f"{end} 早于 {start}",
            next_step_zh="请先写较早的日期。",
        )
    product = Product(rate, rate_period, day_count or default_day_count(rate_period), broken_month, anchor=start)
    period = DateRange(start, end + DAY if both_ends else end)
    segments = accrue(product, period, PrincipalHistory(((start, principal),)), tables)
    return total(segments), segments
