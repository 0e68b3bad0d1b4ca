"""Column types for exact figures and moments, the same on SQLite and PostgreSQL.

SQLite keeps a NUMERIC as a binary float, so an exact figure is stored as a scaled whole number: nothing is rounded,
comparison and SUM work in SQL, and what does not fit is refused instead of shortened.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from workbench.domain.money import decimal, plain

LARGEST = 2**63 - 1
"""Largest whole number a 64-bit column holds."""
DIGITS = 19
"""Its number of digits."""
KEPT = 20_000
"""Figures read last that are given out again: prices, sizes and fees recur in a ledger, and a figure is large."""


def scaled(value: Decimal | int, scale: int) -> int:
    """Return ``value x 10**scale`` as a whole number.

    Raises:
        TypeError: for a float, bool or None.
        ValueError: more decimals than ``scale``, too large, or not finite.
    """
    exact = decimal(value)
    # Arithmetic in the default context would round to 28 digits; the digits themselves do not.
    sign, digits, exponent = exact.as_tuple()
    shift = int(exponent) + scale
    number = int("".join(map(str, digits)))
    if number == 0:
        return 0
    if len(digits) + shift > DIGITS:
        raise ValueError(f"too large to store: {value}")
    if -shift > len(digits):
        raise ValueError(f"more than {scale} decimals: {value}")
    tens: int = 10 ** abs(shift)
    whole, rest = (number * tens, 0) if shift >= 0 else divmod(number, tens)
    if rest:
        raise ValueError(f"more than {scale} decimals: {value}")
    if whole > LARGEST:
        raise ValueError(f"too large to store: {value}")
    return -whole if sign else whole


@lru_cache(maxsize=KEPT)
def unscaled(number: int, scale: int) -> Decimal:
    """Return the exact decimal of a scaled whole number: whole, with two decimals, or with as many as it needs."""
    whole, rest = divmod(number, 10**scale)
    if rest == 0:
        return Decimal(whole)
    while scale > 2 and number % 10 == 0:  # noqa: PLR2004  a cent has two decimals
        number //= 10
        scale -= 1
    return Decimal(number).scaleb(-scale)


@lru_cache(maxsize=KEPT)
def figure(digits: str) -> Decimal:
    """Return the exact decimal that digits stand for."""
    return Decimal(digits)


class Exact(TypeDecorator[Decimal]):
    """An exact decimal as a scaled whole number; sums, compares and orders in SQL."""

    impl = BigInteger
    cache_ok = True
    scale: ClassVar[int] = 6

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Return the number to store; refuses floats and digits beyond the scale."""
        return None if value is None else scaled(value, self.scale)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Return the exact decimal that was stored."""
        return None if value is None else unscaled(int(value), self.scale)


class Yuan(Exact):
    """Yuan or shares, six decimals, up to nine million million."""

    cache_ok = True
    scale: ClassVar[int] = 6


class Digits(TypeDecorator[Decimal]):
    """An exact figure of any length as its digits: prices and ratios, which are compared but never summed in SQL."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the digits; refuses floats."""
        return None if value is None else plain(decimal(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Return the exact figure."""
        return None if value is None else figure(value)


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone, stored in UTC, returned in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment in UTC; a moment without time zone is refused, for nobody could place it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without time zone: {value}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment with UTC as its time zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class NullableJson(TypeDecorator[object]):
    """JSON where None is the database's NULL and not the word ``null``."""

    impl = JSON
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(none_as_null=True)
