"""Figures as JSON writes them: money as text with two decimals, ratios as text, dates ISO, absent null."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from workbench.domain.money import ZERO, cents, plain


def money(value: Decimal | None) -> str | None:
    """Write yuan with two decimals, never a negative zero."""
    return None if value is None else f"{cents(value) + ZERO:.2f}"


def ratio(value: Decimal | None, places: int | None = None) -> str | None:
    """Write a number without exponent and trailing zeros, rounded to ``places`` where given."""
    return None if value is None else plain(value if places is None else round(value, places))


def iso(value: date | None) -> str | None:
    """Write a day or a moment."""
    return None if value is None else value.isoformat()
