"""What a recognised figure may have been: letters for digits, marks for points, lost signs, one doubtful digit.

Every reading has a kind, by which the arithmetic that must close before it is believed is chosen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("OoQDUＯ〇", "0"),
        **dict.fromkeys("lI|!i]jJ丨", "1"),
        **dict.fromkeys("Zz", "2"),
        **dict.fromkeys("Ss$§", "5"),
        **dict.fromkeys("Gb", "6"),
        **dict.fromkeys("T?", "7"),
        **dict.fromkeys("B&", "8"),
        **dict.fromkeys("gq", "9"),
        **dict.fromkeys("。·．:;'`´•‧,，、", "."),
        **dict.fromkeys("—–−～~_一=－", "-"),
    }
)
_CONFUSED = {
    "0": "689", "1": "74", "2": "7", "3": "89", "4": "19", "5": "63", "6": "058", "7": "12", "8": "0369", "9": "4038",
}  # fmt: skip
_SHAPE = re.compile(r"^-?[\d.]+-?$")
_LONGEST = 16
DOUBTFUL = 0.95
"""Confidence below which a digit may be another one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One reading of a cell."""

    value: Decimal
    kind: str
    """``marks`` (letters, points), ``sign``, ``digit``, ``length`` (equal digits run together), ``lost`` (a digit)."""

    @property
    def cost(self) -> int:
        """How far the reading is from what was recognised."""
        return {"marks": 1, "sign": 2, "digit": 3, "length": 3, "lost": 5}[self.kind]


def figures(text: str, confidence: float, *, decimals: tuple[int, ...]) -> tuple[Figure, ...]:
    """Return the values a recognised text may stand for beside its plain reading, the likely ones first.

    Args:
        text: as recognised.
        confidence: of its least sure character.
        decimals: how many decimals such a figure is printed with.
    """
    found: dict[Decimal, Figure] = {}
    parts = text.split()
    for piece in (text, *(parts if len(parts) > 1 else ())):  # a neighbour's stroke may stand beside the figure
        plain = _plain(piece)
        for value, kind in _values(plain, confidence, decimals) if plain else ():
            found.setdefault(value, Figure(value, kind))
    return tuple(found.values())


def _plain(text: str) -> str:
    """Return a text with only digits, points and a sign; nothing where too much of it is something else."""
    compact = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    bracketed = compact.startswith("(") and compact.endswith(")")
    compact = ("-" if bracketed else "") + compact.strip("()[]{}<>*\"'")
    compact = re.sub(r"^[¥￥$]|元$", "", compact)
    if not compact or len(compact) > _LONGEST or sum(char.isdigit() for char in compact) * 2 < len(compact):
        return ""
    plain = compact.translate(_LETTERS)
    return plain if _SHAPE.match(plain) else ""


def _values(plain: str, confidence: float, decimals: tuple[int, ...]) -> Iterator[tuple[Decimal, str]]:
    negative = plain.startswith("-") or plain.endswith("-")
    body = plain.strip("-")
    for value in _pointed(body, decimals):
        yield (-value if negative else value), "marks"
    for value in _pointed(body, decimals):
        yield (value if negative else -value), "sign"
    for other in _other_lengths(body):
        for value in _pointed(other, decimals):
            yield (-value if negative else value), "length"
    if confidence < DOUBTFUL:
        for kind, others in (("digit", _other_digits(body)), ("lost", _lost_digits(body))):
            for other in others:
                for value in _pointed(other, decimals):
                    yield (-value if negative else value), kind


def _pointed(body: str, decimals: tuple[int, ...]) -> Iterator[Decimal]:
    """Yield a text of digits and points as numbers: points of thousands dropped, a lost decimal point put back."""
    digits = body.replace(".", "")
    if not digits:
        return
    last = body.rpartition(".")
    if "." in body and last[0] and len(last[2]) in (*decimals, 1):
        yield Decimal(f"{last[0].replace('.', '')}.{last[2] or '0'}")
    for places in decimals:
        if places == 0:
            yield Decimal(digits)
        elif len(digits) > places:
            yield Decimal(f"{digits[:-places]}.{digits[-places:]}")


def _other_digits(body: str) -> Iterator[str]:
    for at, char in enumerate(body):
        for other in _CONFUSED.get(char, ""):
            yield body[:at] + other + body[at + 1 :]


def _lost_digits(body: str) -> Iterator[str]:
    for at in range(len(body) + 1):
        for digit in "0123456789":
            yield body[:at] + digit + body[at:]


def _other_lengths(body: str) -> Iterator[str]:
    """Yield the text with a repeated digit once more, or once less: recognition runs equal digits together."""
    for at, char in enumerate(body):
        if char.isdigit() and (at == 0 or body[at - 1] != char):
            yield body[: at + 1] + char + body[at + 1 :]
            if body[at + 1 : at + 2] == char:
                yield body[:at] + body[at + 1 :]
    if len(body) > 1:
        yield body[:-1]
