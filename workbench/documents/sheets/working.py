"""Read the working of an expected charge (``4,800.00 × 0.5% × 6 = 144.00``) back into a formula.

A formula is used only where it gives the expected amount to the cent; everything else stays a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation

from workbench.domain.money import cents

_TOKEN = re.compile(r"\s*(?:(\d[\d,]*(?:\.\d+)?)(%?)|(max|min|[()×÷+\-−,]))\s*")
_SIGNS = {"×": "*", "÷": "/", "−": "-", "-": "-", "+": "+"}


def working_formula(working: str, expected: Decimal, named: Mapping[str, Decimal]) -> str | None:
    """Return ``ROUND(4800.00*late_fee_rate*6,2)`` for a working whose result is ``expected``.

    Args:
        working: the working as the engine wrote it; only its part before the last ``=`` is read.
        expected: the amount in yuan that the formula must give.
        named: names of term cells with their values; a rate in the working that equals one becomes a reference.
    """
    head, equals, _ = working.partition(";")[0].rpartition("=")
    reader = _Reader(list(_tokens(head if equals else working)), named)
    try:
        formula, value = reader.sum()
    except (ValueError, IndexError, InvalidOperation, DivisionByZero):
        return None
    if reader.rest or cents(value) != expected:
        return None
    return f"ROUND({formula},2)"


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise_end = text[position:].strip()
            if raise_end:
                yield ("bad", raise_end)
            return
        number, percent, sign = match.groups()
        if number:
            yield ("rate" if percent else "number", number.replace(",", ""))
        else:
            yield ("sign", sign)
        position = match.end()


class _Reader:
    """Reads sums of products; each step returns the formula and its exact value."""

    def __init__(self, tokens: list[tuple[str, str]], named: Mapping[str, Decimal]) -> None:
        self._tokens = tokens
        self._at = 0
        self._named = {value: name for name, value in named.items()}

    @property
    def rest(self) -> bool:
        return self._at < len(self._tokens)

    def _sign(self, *allowed: str) -> str | None:
        if self.rest and self._tokens[self._at][0] == "sign" and self._tokens[self._at][1] in allowed:
            self._at += 1
            return self._tokens[self._at - 1][1]
        return None

    def sum(self) -> tuple[str, Decimal]:
        formula, value = self._product()
        while sign := self._sign("+", "−", "-"):
            right, amount = self._product()
            formula, value = f"{formula}{_SIGNS[sign]}{right}", value + amount if sign == "+" else value - amount
        return formula, value

    def _product(self) -> tuple[str, Decimal]:
        formula, value = self._factor()
        while sign := self._sign("×", "÷"):
            right, amount = self._factor()
            formula, value = f"{formula}{_SIGNS[sign]}{right}", value * amount if sign == "×" else value / amount
        return formula, value

    def _factor(self) -> tuple[str, Decimal]:
        if self._sign("("):
            formula, value = self.sum()
            if not self._sign(")"):
                raise ValueError("open bracket")
            return f"({formula})", value
        kind, text = self._tokens[self._at]
        if kind not in ("number", "rate"):
            raise ValueError(text)
        self._at += 1
        value = Decimal(text) / 100 if kind == "rate" else Decimal(text)
        if kind == "rate" and value in self._named:
            return self._named[value], value
        return format(value, "f"), value
