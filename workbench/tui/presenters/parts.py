"""What the views of steps 4, 5, 6 and 8 have in common: parts with columns of their own, figures in columns of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.money import percent
from workbench.tui.presenters.base import Cell, Column, Section, Words, money

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a view, shown as a tab of the step."""

    name: str
    """Key of its title: ``<scope>.<name>.title``."""
    columns: tuple[Column, ...]


def share(part: Decimal | None, digits: str = "0.01") -> str:
    """Write a fraction as per cent with two decimals at most; a question mark where it is unknown."""
    return UNKNOWN if part is None else percent((part * 100).quantize(Decimal(digits)) / 100)


def known(amount: Decimal | None) -> str:
    """Write yuan, or a question mark where it is unknown."""
    return UNKNOWN if amount is None else money(amount)


def figures(rows: Sequence[tuple[str, str, str]], heading: str = "") -> Section:
    """Write sign, figure and name line by line, the figures right-aligned, so that a sum can be checked by hand."""
    width = max((len(figure) for _, figure, _ in rows), default=0)
    signs = any(sign for sign, _, _ in rows)
    lines = [
        Cell(
            f"{sign + ' ' if sign else '  ' if signs else ''}{figure:>{width}}  {name}", "strong" if sign == "=" else ""
        )
        for sign, figure, name in rows
    ]
    return Section(heading, tuple(lines))


def text(*lines: str, heading: str = "", tone: str = "") -> Section:
    """Write sentences; empty ones are left out."""
    return Section(heading, tuple(Cell(line, tone) for line in lines if line))


def not_advice(words: Words) -> Cell:
    """Return the sentence that stands under every plan."""
    return Cell(words("plans.arithmetic"), "muted")
