"""One entry of a person's plan file: named fields as text, numbers, days; a misfit is named with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from unicodedata import normalize

from workbench.domain.money import decimal
from workbench.errors import UsageError

_LARGEST = Decimal(10) ** 15
"""No amount or quantity of a person reaches it."""
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one row or table; blank ones count as absent."""

    values: Mapping[str, object]
    place: str
    """Where it stands, for a complaint: file and row or table; empty for a form."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Chinese names of the fields, for a complaint to someone who filled in a form."""

    def only(self, *known: str) -> Fields:
        """Refuse a field that nobody reads: a slip of the pen must not silently change a plan.

        Raises:
            UsageError: an unknown field.
        """
        for name in self.values:
            if name not in known:
                raise self.unfit(name, f"已知的有：{'、'.join(known)}", f"Known are: {', '.join(known)}")
        return self

    def has(self, name: str) -> bool:
        """Tell whether a field is given."""
        value = self.values.get(name)
        return value is not None and (not isinstance(value, str) or bool(value.strip()))

    def text(self, name: str, default: str = "") -> str:
        """Return words."""
        return str(self.values[name]).strip() if self.has(name) else default

    def number(self, name: str, default: Decimal | None = None) -> Decimal:
        """Return an exact number; ``5%`` is 0.05 and thousands separators are allowed.

        Raises:
            UsageError: absent without a default, or no number.
        """
        if not self.has(name):
            if default is None:
                raise self.unfit(name, "缺少此项，请补上", "It is missing; add it")
            return default
        said = normalize("NFKC", self.text(name)).replace(",", "")
        try:
            value = decimal(said[:-1].strip()) / 100 if said.endswith("%") else decimal(said)
        except ValueError:
            value = _LARGEST
        if abs(value) >= _LARGEST:
            raise self.unfit(name, "请写数字，例如 1200、0.05 或 5%", "Write a number, say 1200, 0.05 or 5%")
        return value

    def number_or_none(self, name: str) -> Decimal | None:
        """Return an exact number, None where the field is absent."""
        return self.number(name) if self.has(name) else None

    def whole(self, name: str, default: int | None = None) -> int:
        """Return a whole number.

        Raises:
            UsageError: absent without a default, or not whole.
        """
        value = self.number(name, None if default is None else Decimal(default))
        if value != value.to_integral_value():
            raise self.unfit(name, "请写整数", "Write a whole number")
        return int(value)

    def day(self, name: str) -> date:
        """Return a date written as 2025-03-31.

        Raises:
            UsageError: absent or no date.
        """
        value = self.values.get(name)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(normalize("NFKC", self.text(name)))
        except ValueError:
            raise self.unfit(name, "请写日期，例如 2025-03-31", "Write a date, for example 2025-03-31") from None

    def flag(self, name: str) -> bool:
        """Return true or false; absent is false.

        Raises:
            UsageError: anything else.
        """
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise self.unfit(name, "请写 true 或 false", "Write true or false")
        return value

    def choice(self, name: str, kind: type[Choice], words: Mapping[str, Choice]) -> Choice:
        """Return one of a set of codes, given as the code or as a Chinese word for it.

        Raises:
            UsageError: absent or another word.
        """
        said = self.text(name).lower()
        if said in words:
            return words[said]
        if said in kind.__members__.values():
            return kind(said)
        raise self.unfit(name, f"请写 {'、'.join(words)} 之一", f"Write one of {', '.join(kind)}")

    def unfit(self, name: str, hint_zh: str, hint_en: str) -> UsageError:
        """Return the complaint about one field."""
        return UsageError(
            f"`{name}` does not fit",
            where=self.place,
            next_step=f"{hint_en}.",
            what_zh=f"“{self.names.get(name, name)}”不合适",
            next_step_zh=f"{hint_zh}。",
        )
