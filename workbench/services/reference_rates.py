"""Published rates and trading days that came after this version, added by the user and marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.services.desk import Desk


@dataclass(frozen=True, slots=True)
class TableStatus:
    """How far one dated table reaches."""

    name: str
    first: date
    last: date
    """Last date verified or published in the table."""
    valid_to: date
    """Last day on which the table may be used."""
    by_user: int
    """Number of entries the user added."""
    expired: bool
    """True where today is past ``valid_to``."""


def list_tables(desk: Desk) -> tuple[TableStatus, ...]:
    """Return the dated tables with their last dates."""
    raise NotImplementedError


def add_lpr(desk: Desk, day: date, one_year: Decimal, five_year: Decimal) -> None:
    """Add a published LPR as fractions per year (``Decimal('0.03')``).

    The same month again replaces the user's own entry.

    Raises:
        UsageError: a rate outside 0.1 % to 20 %, a day before the table's last date, or in the future.
    """
    raise NotImplementedError


def add_trading_days(desk: Desk, days: Sequence[date], covers_to: date) -> None:
    """Add trading days after the table's last date, complete up to ``covers_to`` (included).

    Raises:
        UsageError: days inside the packaged table, on a weekend, or after ``covers_to``.
    """
    raise NotImplementedError
