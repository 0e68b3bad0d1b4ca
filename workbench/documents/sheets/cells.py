"""Writing cells: text that is never a formula, exact numbers, formulas with the value they must give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

MONEY = "#,##0.00;[Red]-#,##0.00;0.00"
DELTA = '#,##0.00;[Red]-#,##0.00;"–"'
INK, HEAD, WASH, GRID = "#1F2937", "#1E3A5F", "#F3F6FA", "#D5DBE3"
INPUT = "#1D4ED8"
_FORMULA_STARTS = ("=", "+", "-", "@")
MAX_TEXT = 32_000

HEADING: Mapping[str, Any] = MappingProxyType(
    {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": HEAD,
        "align": "center",
        "text_wrap": True,
        "border": 1,
        "border_color": GRID,
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    zh: str
    en: str
    width: float
    style: str = "text"


class Styles:
    """The formats of one workbook by name."""

    def __init__(self, book: Workbook) -> None:
        base: dict[str, Any] = {
            "font_name": "Microsoft YaHei",
            "font_size": 10,
            "font_color": INK,
            "valign": "vcenter",
        }
        ruled = base | {"bottom": 1, "bottom_color": GRID}
        money = ruled | {"num_format": MONEY, "align": "right"}
        looks: Mapping[str, dict[str, Any]] = {
            "text": ruled,
            "wrap": ruled | {"text_wrap": True},
            "guarded": ruled | {"quote_prefix": True},
            "input": ruled | {"font_color": INPUT},
            "center": ruled | {"align": "center"},
            "date": ruled | {"num_format": "yyyy-mm-dd", "align": "center"},
            "money": money,
            "money_input": money | {"font_color": INPUT},
            "money_bold": money | {"bold": True, "top": 1, "top_color": INK},
            "money_strong": money | {"bold": True},
            "delta": money | {"num_format": DELTA},
            "count": ruled | {"num_format": "#,##0.####", "align": "right"},
            "price": ruled | {"num_format": "#,##0.000", "align": "right", "font_color": INPUT},
            "rate": ruled | {"num_format": "0.######%", "align": "right", "font_color": INPUT},
            "ratio": ruled | {"num_format": "0.00%", "align": "right"},
            "number_input": ruled | {"num_format": "General", "align": "right", "font_color": INPUT},
            "head": base | dict(HEADING),
            "title": base | {"bold": True, "font_size": 16, "font_color": HEAD},
            "section": base | {"bold": True, "font_size": 11, "font_color": HEAD, "bottom": 2, "bottom_color": HEAD},
            "label": ruled | {"bold": True, "bg_color": WASH},
            "note": base | {"text_wrap": True, "font_color": "#4B5563", "valign": "top"},
            "warning": base | {"text_wrap": True, "font_color": "#92400E", "bg_color": "#FEF3C7", "valign": "vcenter"},
            "small": ruled | {"font_size": 8.5, "font_color": "#4B5563", "indent": 1},
            "hash": ruled | {"font_name": "Consolas", "font_size": 8.5},
        }  # fmt: skip
        self._made = {name: book.add_format(look) for name, look in looks.items()}
        self.attention = book.add_format({"bg_color": "#FDE8E8", "font_color": "#9B1C1C"})
        self.calm = book.add_format({"font_color": "#9CA3AF"})

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  xlsxwriter is untyped
        return self._made[name]


class Sheet:
    """One worksheet with typed writers; rows and columns count from zero."""

    def __init__(self, book: Workbook, styles: Styles, name: str, tab: str) -> None:
        self.name = name
        self.styles = styles
        self.page: Worksheet = book.add_worksheet(name)
        self.page.hide_gridlines(2)
        self.page.set_tab_color(tab)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(0.5, 0.5, 0.6, 0.6)
        self.page.set_footer("&C&9第 &P 页　共 &N 页")

    def text(self, row: int, col: int, text: str, style: str = "text") -> None:
        """Write text as text, whatever it begins with."""
        if style == "text" and text.startswith(_FORMULA_STARTS):
            style = "guarded"
        self.page.write_string(row, col, clean(text), self.styles[style])

    def number(self, row: int, col: int, value: Decimal | int | None, style: str = "money") -> None:
        """Write a number, or an empty cell for None."""
        if value is None:
            self.page.write_blank(row, col, None, self.styles[style])
        else:
            self.page.write_number(row, col, value, self.styles[style])

    def day(self, row: int, col: int, value: date | None) -> None:
        """Write a date, or an empty cell."""
        if value is None:
            self.page.write_blank(row, col, None, self.styles["date"])
        else:
            self.page.write_datetime(row, col, value, self.styles["date"])

    def formula(self, row: int, col: int, formula: str, value: Decimal | None, style: str = "money") -> None:
        """Write a formula with the value it gives; an empty value for None."""
        self.page.write_formula(row, col, f"={formula}", self.styles[style], "" if value is None else value)

    def head(self, row: int, columns: Sequence[Column]) -> None:
        """Write a heading row in both languages and set the widths."""
        for index, column in enumerate(columns):
            self.page.set_column(index, index, column.width)
            self.page.write_string(row, index, f"{column.zh}\n{column.en}", self.styles["head"])
        self.page.set_row(row, 32)
        self.page.repeat_rows(row)

    def print_wide(self, pages: int, columns: int) -> None:
        """Print over so many pages side by side, the first columns repeated on each."""
        self.page.fit_to_pages(pages, 0)
        self.page.set_paper(8)
        self.page.repeat_columns(0, columns - 1)

    def section(self, row: int, text: str, columns: int) -> None:
        """Write a ruled heading over so many columns."""
        self.page.set_row(row, 20)
        for index in range(columns):
            self.page.write_string(row, index, text if index == 0 else "", self.styles["section"])

    def ref(self, row: int, col: int, *, outside: bool = False) -> str:
        """Return a fixed reference to a cell, with the sheet's name for use on other sheets."""
        cell = xl_rowcol_to_cell(row, col, row_abs=True, col_abs=True)
        return f"{self.name}!{cell}" if outside else cell

    def column(self, col: int, first: int, last: int) -> str:
        """Return a fixed reference to a stretch of a column, for use on other sheets."""
        letter = xl_col_to_name(col)
        return f"{self.name}!${letter}${first + 1}:${letter}${max(first, last) + 1}"


def local(row: int, col: int) -> str:
    """Return a relative reference."""
    return str(xl_rowcol_to_cell(row, col))


def clean(text: str) -> str:
    """Drop control characters and cut what a cell cannot hold."""
    return "".join(char for char in text if char in "\n\t" or ord(char) >= ord(" "))[:MAX_TEXT]


def first_exact(value: Decimal, candidates: Iterable[tuple[str, Decimal]]) -> str | None:
    """Return the first formula that gives exactly ``value``; None where none does."""
    return next((formula for formula, result in candidates if result == value), None)
