"""Nine ways to write a margin line, one solver.

Every convention is breached exactly when total assets fall below one amount A*. Source: domain spec, section 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.money import ONE, ZERO, plain


@dataclass(frozen=True, slots=True)
class Position:
    """What a line is measured on, in yuan."""

    assets: Decimal
    """Cash plus market value."""
    debt: Decimal
    """Financing plus accrued unpaid interest and fees."""
    financing: Decimal
    """Principal outstanding."""
    margin: Decimal
    """The client's deposit as the contract counts it."""


def solvable(convention: str, line: Decimal) -> bool:
    """Tell whether some assets meet the line: equity is always less than the assets while there is debt."""
    return convention != "equity_over_assets" or line < ONE


def assets_at_line(convention: str, line: Decimal, position: Position) -> Decimal:
    """Return A*, the total assets at the line in yuan.

    Args:
        convention: one of the nine conventions.
        line: the line as the contract writes it (a fraction, a coefficient or yuan).
        position: debt, financing and margin; its assets are not used.

    Raises:
        ValueError: for an unknown convention, or a part of the assets that is not below 1.
    """
    if not solvable(convention, line):
        raise ValueError(f"equity is never {plain(line)} of assets while there is debt")
    debt, financing, margin = position.debt, position.financing, position.margin
    solved = {
        "assets_over_debt": line * debt,
        "equity_over_debt": (ONE + line) * debt,
        "equity_over_margin": financing + line * margin,
        "margin_coefficient": financing + line * margin,
        "equity_over_assets": debt / (ONE - line) if line < ONE else ZERO,
        "loss_over_margin": financing + (ONE - line) * margin,
        "financing_multiple": line * financing,
        "net_value": line * (margin + financing),
        "absolute": line,
    }
    if convention not in solved:
        raise ValueError(f"unknown line convention: {convention}")
    return solved[convention]


def ratio(convention: str, position: Position) -> Decimal | None:
    """Return the account's figure in a convention, None where its denominator is zero or it has none."""
    assets, debt, financing, margin = position.assets, position.debt, position.financing, position.margin
    parts = {
        "assets_over_debt": (assets, debt),
        "equity_over_debt": (assets - debt, debt),
        "equity_over_margin": (assets - financing, margin),
        "margin_coefficient": (assets - financing, margin),
        "equity_over_assets": (assets - debt, assets),
        "loss_over_margin": (margin + financing - assets, margin),
        "financing_multiple": (assets, financing),
        "net_value": (assets, margin + financing),
    }
    if convention not in parts:
        return None
    over, under = parts[convention]
    return over / under if under else None


def breached(assets: Decimal, at_line: Decimal, comparator: str = "lt") -> bool:
    """Tell whether assets in yuan breach a line; ``le`` also counts touching it."""
    return assets <= at_line if comparator == "le" else assets < at_line


def fall_to(assets: Decimal, at_line: Decimal) -> Decimal | None:
    """Return the fall from ``assets`` to the line as a fraction (negative: already breached)."""
    return ONE - at_line / assets if assets else None


def repayment_to_restore(convention: str, line: Decimal, position: Position) -> Decimal | None:
    """Return the repayment out of the account, in yuan, that restores the line; None where repaying cannot.

    ``assets_over_debt``: x = (k D - A) / (k - 1). ``equity_over_debt``: x = D - (A - D) / k.
    ``equity_over_assets``: x = A - (A - D) / m. Lines on margin or absolute amounts do not move by repaying.
    """
    assets, debt = position.assets, position.debt
    equity = assets - debt
    if convention == "assets_over_debt" and line > ONE:
        need = (line * debt - assets) / (line - ONE)
    elif convention == "equity_over_debt" and line > ZERO:
        need = debt - equity / line
    elif convention == "equity_over_assets" and line > ZERO:
        need = assets - equity / line
    elif convention == "financing_multiple" and line > ONE:
        need = (line * position.financing - assets) / (line - ONE)
    else:
        return None
    return max(ZERO, need)
