"""The margin timeline: assets, debt and ratio on every trading day, and the first crossings.

Source: domain specification, sections 6 and 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from workbench.domain.dates import DAY, DateRange
from workbench.domain.lines import LineKind
from workbench.domain.margin import Margin, MarginDay
from workbench.domain.money import ZERO, cents
from workbench.engine.account import Account
from workbench.engine.accrual import InterestBook
from workbench.engine.conventions import Position, assets_at_line, breached, ratio, solvable
from workbench.engine.interest import accrue, total
from workbench.engine.prices import Prices, market_value
from workbench.engine.replay import Stand
from workbench.errors import ReferenceGapError

LINES = ("warning", "liquidation", "emergency")


def contract_margin(account: Account) -> Decimal:
    """Return the margin the lines refer to, in yuan: the contract's, else what was deposited at the start."""
    agreed = account.terms.number("margin")
    if agreed is not None:
        return agreed
    return sum((line.stated for line in account.of_kind(LineKind.MARGIN_IN)[:1]), ZERO)


def debt_on(account: Account, book: InterestBook | None, day: date, principal: Decimal) -> Decimal:
    """Return financing plus interest accrued and not yet posted, in yuan, at the end of ``day``."""
    if book is None or principal == ZERO:
        return principal
    prepaid = account.terms.text("settlement") == "prepaid_monthly"
    start = book.principal.first
    for posting in book.postings:
        covered = posting.covered
        if covered.repeats is None and covered.line.date <= day and (start is None or covered.period.end > start):
            start = covered.period.end
    if prepaid or start is None or start > day:
        return principal
    product = replace(book.product, broken_month="thirtieth")
    try:
        accrued = total(accrue(product, DateRange(start, day + DAY), book.principal, account.tables))
    except ReferenceGapError:
        accrued = ZERO
    return principal + accrued


def day_ends(account: Account, days: tuple[date, ...]) -> Iterator[tuple[date, Stand]]:
    """Yield each day with the account after its last line; days before the first line are skipped."""
    stands = account.replay.stands
    index = -1
    for day in days:
        while index + 1 < len(stands) and stands[index + 1].line.date <= day:
            index += 1
        if index >= 0:
            yield day, stands[index]


def line_assets(account: Account, position: Position) -> dict[str, Decimal]:
    """Return ``warning``, ``liquidation``, ``emergency`` -> assets at the line in yuan, as far as the contract goes."""
    convention = account.terms.text("line_convention")
    found = {}
    for name in LINES:
        value = account.terms.number(f"{name}_line")
        if convention and value is not None and solvable(convention, value):
            found[name] = assets_at_line(convention, value, position)
    return found


def state_of(assets: Decimal | None, lines: Mapping[str, Decimal], comparator: str) -> str:
    """Return the worst line breached by assets in yuan."""
    if assets is None or not lines:
        return "unknown"
    for name in ("emergency", "liquidation", "warning"):
        if name in lines and breached(assets, lines[name], comparator):
            return name
    return "normal"


def build_margin(account: Account, book: InterestBook | None, prices: Prices) -> Margin:
    """Return the timeline from the first drawdown to the last line."""
    convention = account.terms.text("line_convention")
    first, last = account.replay.principal.first, account.as_of
    if first is None or last is None or not account.lines:
        return Margin(convention, ZERO, {}, None, None, ())
    comparator = account.terms.text("line_comparator") or "lt"
    margin = contract_margin(account)
    days: list[MarginDay] = []
    lines: dict[str, Decimal] = {}
    debt = ZERO
    for day, stand in day_ends(account, account.tables.calendar.between(first, last)):
        if stand.principal <= ZERO or (account.closed_on is not None and day >= account.closed_on):
            continue
        debt = debt_on(account, book, day, stand.principal)
        value = market_value(stand.shares, prices, day)
        low = market_value(stand.shares, prices, day, at_low=True)
        assets = stand.cash + value if value is not None else None
        position = Position(assets or ZERO, debt, stand.principal, margin)
        lines = line_assets(account, position)
        figure = ratio(convention, position) if convention and assets is not None else None
        days.append(
            MarginDay(
                day,
                cents(assets) if assets is not None else ZERO,
                debt,
                figure,
                state_of(assets, lines, comparator),
                cents(stand.cash + low) if low is not None else None,
            )
        )
    return Margin(
        convention,
        debt,
        {name: cents(value) for name, value in lines.items()},
        next((entry.date for entry in days if entry.state in ("warning", "liquidation", "emergency")), None),
        next((entry.date for entry in days if entry.state in ("liquidation", "emergency")), None),
        tuple(days),
    )
