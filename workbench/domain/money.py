"""Exact yuan: one constructor, one rounding, no binary floats.

Source: domain specification, section 2.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

ZERO = Decimal(0)
ONE = Decimal(1)
CENT = Decimal("0.01")
MILL = Decimal("0.001")
TOLERANCE = CENT
"""Largest difference, in yuan, at which a stated and an expected posting still agree."""


def decimal(text: str | int | Decimal) -> Decimal:
    """Return an exact decimal.

    Args:
        text: digits with an optional sign and point, an int, or a Decimal; never a float.

    Raises:
        TypeError: for a float, bool or None.
        ValueError: for anything that is not a finite number.
    """
    if isinstance(text, bool) or not isinstance(text, str | int | Decimal):
        raise TypeError(f"not an exact number: {text!r}")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"not a number: {text!r}") from None
    if not value.is_finite():
        raise ValueError(f"not a finite number: {text!r}")
    return value


def cents(amount: Decimal) -> Decimal:
    """Round an amount in yuan half up (away from zero) to the cent."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def agrees(stated: Decimal, expected: Decimal) -> bool:
    """Tell whether two postings in yuan differ by no more than one cent."""
    return abs(stated - expected) <= TOLERANCE


def plain(number: Decimal) -> str:
    """Write a number without exponent and without trailing zeros: ``Decimal('0.0150')`` is ``0.015``."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(amount: Decimal) -> str:
    """Write yuan with thousands separators and two decimals: ``-12,345.60``."""
    return f"{cents(amount) + ZERO:,.2f}"


def price_text(price: Decimal) -> str:
    """Write a price with at least two decimals and at most three: ``22.90``, ``1.234``."""
    text = f"{price.quantize(MILL, rounding=ROUND_HALF_UP):f}"
    return text.removesuffix("0")


def percent(fraction: Decimal) -> str:
    """Write a fraction as a percentage without trailing zeros: ``Decimal('0.015')`` is ``1.5%``."""
    return f"{plain(fraction * 100)}%"
