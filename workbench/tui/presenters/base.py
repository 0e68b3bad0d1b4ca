"""What presenters return: cells, rows and details with a tone instead of a colour.

A tone says what a text means (bad, good, muted ...); widgets map tones to the theme. Text is always plain: nothing that
came from a document is ever interpreted as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from workbench.domain.money import CENT, cents, grouped

TONES = ("", "title", "heading", "strong", "muted", "bad", "warn", "good", "accent")
MINUS = "−"
DASH = "–"


class Words(Protocol):
    """A catalogue of texts in one language, as ``locales.load`` returns it."""

    @property
    def lang(self) -> str:
        """``zh`` or ``en``."""
        ...

    def __call__(self, key: str, **params: object) -> str:
        """Return the text of ``key`` with its parameters filled in."""
        ...

    def __contains__(self, key: object) -> bool:
        """Tell whether the catalogue has ``key``."""
        ...


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with a tone."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; a heading row groups those below it."""

    key: str
    cells: tuple[Cell, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    key: str
    """Key of its title in the catalogue, without the ``column.`` prefix; empty: no title."""
    width: int
    """Terminal cells; a flexible column's least width."""
    right: bool = False
    """Figures stand right."""
    flex: int = 0
    """Share of the space that is left."""
    needs: int = 0
    """Least table width, in cells, at which the column is shown."""


class Rows(Sequence[Row]):
    """Rows made when they are looked at, so that a hundred thousand cost nothing."""

    def __init__(self, count: int, make: Callable[[int], Row]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> Row:  # type: ignore[override]  # rows are read one at a time
        if not 0 <= index < self._count:
            raise IndexError(index)
        return self._make(index)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a detail: a heading and lines of text."""

    heading: str
    lines: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """The answer to "where does this figure come from" for whatever is selected."""

    title: str
    subtitle: str = ""
    sections: tuple[Section, ...] = ()
    line_id: str | None = None
    """The statement line whose picture belongs here."""
    printed: tuple[str, ...] = ()
    """That line's cells as printed, for terminals in which the picture is too small to read."""


def money(amount: Decimal | None) -> str:
    """Write yuan with separators and a true minus sign; a dash where nothing is known."""
    return DASH if amount is None else grouped(amount).replace("-", MINUS)


def signed(amount: Decimal | None) -> str:
    """Write yuan with its sign, plus included, so that direction never depends on colour."""
    if amount is None:
        return DASH
    return ("+" if cents(amount) > 0 else "") + money(amount)


def delta_cell(amount: Decimal | None) -> Cell:
    """Show an overcharge: bad when positive, good when the client was charged too little, blank when nothing."""
    if amount is None or abs(amount) < CENT:
        return Cell("")
    return Cell(signed(amount), "bad" if amount > 0 else "good")


def day(value: date | None) -> str:
    """Write a date as ISO text, or a dash."""
    return DASH if value is None else value.isoformat()


def pick(words: Words, zh: str, en: str) -> str:
    """Choose the text of the language in use, the other where it is empty."""
    return (zh or en) if words.lang == "zh" else (en or zh)


def label(words: Words, group: str, code: str) -> str:
    """Return the plain word for a code, or the code itself where the catalogue does not know it."""
    key = f"{group}.{code}"
    return words(key) if key in words else code


def one_line(text: str) -> str:
    """Replace line breaks, tabs and control characters so that a cell keeps its row."""
    return "".join(char if char.isprintable() else " " for char in text)
