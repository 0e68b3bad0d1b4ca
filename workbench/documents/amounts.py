"""Values that know where they come from, so that a document can prove every amount it prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from workbench.domain.money import ZERO, grouped


@dataclass(frozen=True, slots=True)
class Amount:
    """Yuan bound to the cell, finding or basis it was read from; templates cannot make one."""

    value: Decimal
    origin: str
    """What it is bound to, for example ``finding INT-DAYS:S1.9 delta`` or ``basis void settlement``."""

    @property
    def size(self) -> Amount:
        """The amount without its sign, bound to the same place."""
        return Amount(abs(self.value), self.origin)

    @property
    def positive(self) -> bool:
        """True above zero."""
        return self.value > ZERO

    @property
    def negative(self) -> bool:
        """True below zero."""
        return self.value < ZERO

    @property
    def zero(self) -> bool:
        """True when nothing is left."""
        return self.value == ZERO

    @property
    def text(self) -> str:
        """Two decimals with thousands separators, a true minus sign: ``−1,234.50``."""
        return grouped(self.value).replace("-", "−")


def amount(value: Decimal | None, origin: str) -> Amount | None:
    """Bind a value, or return None where there is none."""
    return None if value is None else Amount(value, origin)


def total(parts: Iterable[Amount]) -> Amount:
    """Return the sum of amounts, bound to all its parts."""
    items = tuple(parts)
    if len(items) == 1:
        return items[0]
    return Amount(sum((item.value for item in items), ZERO), "sum of " + "; ".join(item.origin for item in items))


def day_text(day: date, lang: str) -> str:
    """Write a date as documents of this language do."""
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


class Bound(str):
    """Text whose figures were written by the engine or quoted from an imported file; any text operation unbinds it."""

    __slots__ = ("origin",)
    origin: str

    def __new__(cls, text: str, origin: str) -> Self:
        """Return the text with the place it was read from."""
        made = super().__new__(cls, text)
        made.origin = origin
        return made


class Figure(Bound):
    """The text of an amount, which still knows the amount."""

    __slots__ = ("amount",)
    amount: Amount

    def __new__(cls, text: str, amount: Amount) -> Self:
        """Return the text of an amount."""
        made = super().__new__(cls, text, amount.origin)
        made.amount = amount
        return made


class Typed(str):
    """Text a person typed into a field: each amount in it must be found in the audit."""

    __slots__ = ("field",)
    field: str

    def __new__(cls, text: str, field: str) -> Self:
        """Return the text with the id of its field."""
        made = super().__new__(cls, text)
        made.field = field
        return made
