"""What the lines are measured on: the margin, the debt of a day, the assets at each line.

Source: domain specification, sections 6 and 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from workbench.domain.dates import DAY, DateRange
from workbench.domain.lines import LineKind
from workbench.domain.money import ZERO
from workbench.engine.account import Account
from workbench.engine.accrual import InterestBook
from workbench.engine.conventions import Position, assets_at_line, breached, solvable
from workbench.engine.holiday import uplifted_line
from workbench.engine.interest import accrue, total
from workbench.errors import ReferenceGapError

LINES = ("warning", "liquidation", "emergency")
BREACHED = frozenset(LINES)
SOLD = frozenset({"liquidation", "emergency"})
"""States in which the contract lets the other side sell."""


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


def line_assets(account: Account, position: Position, day: date) -> dict[str, Decimal]:
    """Return ``warning``, ``liquidation``, ``emergency`` -> assets at the line in yuan, as far as the contract goes.

    A higher liquidation line for long holidays counts on the days on which it surely applied.
    """
    convention = account.terms.text("line_convention")
    uplift = uplifted_line(account, day)
    found = {}
    for name in LINES:
        value = account.terms.number(f"{name}_line")
        if name == "liquidation" and uplift is not None and uplift[1]:
            value = uplift[0]
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
