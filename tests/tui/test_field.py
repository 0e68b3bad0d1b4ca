"""Chinese input: full-width figures, pasted lines, and wide characters in tables."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.widgets import Input

from tests.architecture.code import modules
from tests.tui.fake import FakeBackend
from tests.tui.screen_text import shown, until
from workbench.tui.app import WorkbenchApp
from workbench.tui.presenters.base import Cell, Column, Row
from workbench.tui.widgets.field import Field, plain_figures
from workbench.tui.widgets.fit import column_widths, fit
from workbench.tui.widgets.row_table import RowTable

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Machines are shared; how long an example takes says nothing here."""
MIXED = st.text(st.sampled_from("aZ0 −％中文（）［］ｗ１、…·●▲？é𠮷한ア"), max_size=40)
"""One, two and ambiguous cells wide, outside the basic plane, accented."""


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("２０２６－０３－３１", "2026-03-31"),
        ("２０２６／３／３１", "2026/3/31"),
        ("２０２６年３月３１日", "2026年3月31日"),
        ("１，２００．５０", "1,200.50"),
        ("１。５％", "1.5%"),
        ("－２００", "-200"),
        ("９：３０", "9:30"),
        ("第３页，第５页", "第3页，第5页"),
        ("（甲方：张某）", "（甲方：张某）"),
        ("３、５", "3、5"),
        ("", ""),
    ],
)
def test_full_width_figures_are_read_as_figures(typed: str, read: str) -> None:
    assert plain_figures(typed) == read


@PATIENT
@given(st.text())
def test_the_field_never_changes_the_length_nor_what_is_half_width(text: str) -> None:
    plain = plain_figures(text)
    assert len(plain) == len(text)
    assert plain_figures(plain) == plain
    assert [new for old, new in zip(text, plain, strict=True) if old.isascii() and old != new] == []
    assert not set(plain) & set("０１２３４５６７８９")


@PATIENT
@given(st.decimals(allow_nan=False, allow_infinity=False, places=2), st.booleans())
def test_any_full_width_amount_comes_out_as_its_half_width_twin(amount: object, grouped: bool) -> None:
    half = f"{amount:,.2f}" if grouped else f"{amount:.2f}"
    full = "".join(chr(ord(char) + 0xFEE0) for char in half)
    assert normalize("NFKC", full) == half
    assert plain_figures(full) == half


def test_every_one_line_field_of_the_program_is_the_same_field() -> None:
    own = {"workbench/tui/widgets/field.py", "workbench/tui/widgets/path_input.py"}
    bare = [
        module.place(call)
        for module in modules("workbench")
        for call in module.calls()
        if module.name not in own and getattr(call.func, "id", getattr(call.func, "attr", "")) == "Input"
    ]
    assert bare == []


class Fields(App[None]):
    def compose(self) -> ComposeResult:
        yield Field("before ", id="field")


async def test_pasted_lines_become_one_line_and_nothing_is_lost() -> None:
    running = Fields()
    async with running.run_test() as pilot:
        field = running.query_one(Input)
        field.focus()
        field.cursor_position = len(field.value)
        await pilot.pause()
        field.post_message(Paste("第一行\n  第二行\r\n\t２０２６\x07\n"))
        await pilot.pause()
        assert field.value == "before 第一行 第二行 2026"
        field.select_all()
        field.post_message(Paste("新"))
        await pilot.pause()
        assert field.value == "新"


async def test_a_full_width_due_date_is_saved_as_a_date() -> None:
    backend = FakeBackend("A")
    running = WorkbenchApp(backend, "zh")
    async with running.run_test(size=(120, 40)) as pilot:
        await until(pilot, "▸A")
        await pilot.press("enter")
        await until(pilot, "今天该做什么")
        await pilot.press("y")
        await until(pilot, "设定期限")
        running.screen.focused.post_message(Paste("２０２６－０４－３０"))  # type: ignore[union-attr]
        await until(pilot, "2026-04-30")
        await pilot.press("enter")
        await pilot.pause(0.3)
    assert str(backend.calls[-1][-1]) == "2026-04-30"


@PATIENT
@given(MIXED, st.integers(1, 30), st.booleans())
def test_a_cell_is_exactly_as_wide_as_its_column(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == width


@PATIENT
@given(st.lists(st.tuples(MIXED, MIXED, MIXED), min_size=1, max_size=5), st.integers(30, 120), st.booleans())
def test_columns_stand_under_each_other_whatever_the_width_of_characters(
    texts: list[tuple[str, str, str]], width: int, heading: bool
) -> None:
    columns = (Column("a", 6), Column("b", 8, right=True, needs=40), Column("c", 6, flex=1))
    table = RowTable(columns)
    gap = 2 if width >= 64 else 1
    widths = column_widths(columns, width - 2, gap)
    for cells in texts:
        row = Row("k", tuple(Cell(text) for text in cells), heading=heading)
        style = Style()
        if heading:
            line = table._heading(row, width, style, "▸")
            assert (line.cell_length, cell_len(line.text)) == (width, width)
            continue
        line = table._line(
            [(cell.text, column, "") for cell, column in zip(row.cells, columns, strict=True)], width, style, "▸"
        )
        assert (line.cell_length, cell_len(line.text)) == (width, width)
        starts, at = [], 1
        for one in widths:
            if one:
                starts.append((at, at + one))
                at += one + gap
        shown_texts = [
            fit(cell.text, one, right=column.right)
            for cell, column, one in zip(row.cells, columns, widths, strict=True)
            if one
        ]
        assert [line.crop(start, end).text for start, end in starts] == shown_texts


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", ["t", "j", "f", "v", "9", "b", "g", "w", "p", "0", "s"])
async def test_every_table_keeps_its_right_edge(key: str, lang: str) -> None:
    running = WorkbenchApp(FakeBackend("张某a诉某某"), lang)
    async with running.run_test(size=(139, 40)) as pilot:
        await until(pilot, "▸张某")
        await pilot.press("enter", key)
        await pilot.pause(0.4)
        edges = {cell_len(line.split("│")[0]) for line in shown(running).splitlines() if "│" in line}
        assert len(edges) == 1, "the detail's border is one straight line"
