"""What the calculators share: fractions in words, and the check of a convention's name."""

from __future__ import annotations

from decimal import Decimal

from workbench.domain.money import percent
from workbench.domain.terms import LINE_CONVENTIONS
from workbench.errors import UsageError

SHOWN = Decimal("0.000001")
"""Fractions are shown as percentages with four decimals."""


def fraction(value: Decimal | None) -> str:
    """Write a fraction as a percentage with four decimals at most; nothing for None."""
    return "" if value is None else percent(value.quantize(SHOWN))


def known_convention(name: str) -> None:
    """Refuse a name that is no line convention.

    Raises:
        UsageError: an unknown name; the nine are listed.
    """
    if name not in LINE_CONVENTIONS:
        names = ", ".join(LINE_CONVENTIONS)
        raise UsageError(
            f"There is no line convention `{name}`.",
            next_step=f"Use one of {names}.",
            what_zh=f"没有“{name}”这种风控线口径。",
            next_step_zh=f"可用：{names}。",
        )
