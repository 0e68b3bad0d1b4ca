"""Pages as they are printed: turned, enlarged, moved over, from letters, forms and originals."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from textual.pilot import Pilot

from tests.tui.fake import FakeBackend
from tests.tui.real import CASE, go_to, open_case, preview_demand
from tests.tui.screen_text import shown, until, until_noticed, until_true
from workbench.errors import RenderError
from workbench.services.desk import Desk
from workbench.services.draw_pages import Pages
from workbench.services.read_case import list_custody
from workbench.tui.app import WorkbenchApp
from workbench.tui.modals.pages import PagesModal
from workbench.tui.presenters.evidence import EXHIBIT
from workbench.tui.widgets.page_part import WIDTH, ZOOMS, Part, Place, draw_part
from workbench.tui.widgets.row_table import RowTable

COLUMNS, ROWS = 60, 20


def sheet() -> Image.Image:
    """Return a page whose print begins in the middle of its height."""
    page = Image.new("RGB", (400, 600), "white")
    page.paste((0, 0, 0), (100, 300, 300, 310))
    return page


def part(zoom: int, left: float | None = 0, top: float = 0) -> Part:
    return draw_part(sheet(), Place(1, zoom, left, top), COLUMNS, ROWS, None)


def test_a_whole_page_keeps_its_shape_and_a_page_as_wide_as_the_room_is_cut_below() -> None:
    whole, wide = part(0), part(WIDTH)
    assert (whole.across, whole.down, whole.drawn.cut_off) == (1, 1, False)
    assert wide.across == 1
    assert wide.down == pytest.approx(ROWS * 2 / (COLUMNS * 600 / 400), abs=0.02)
    for one in (whole, wide):
        assert [strip.cell_length for strip in one.drawn.strips] == [COLUMNS] * ROWS


@pytest.mark.parametrize("zoom", range(len(ZOOMS)))
@pytest.mark.parametrize(("left", "top"), [(-1.0, -1.0), (2.0, 2.0), (0.3, 0.9)])
def test_nobody_leaves_the_page(zoom: int, left: float, top: float) -> None:
    seen = part(zoom, left, top)
    assert seen.place.left is not None
    assert 0 <= seen.place.left <= 1 - seen.across + 1e-9
    assert 0 <= seen.place.top <= 1 - seen.down + 1e-9


def test_enlarging_begins_where_the_print_does() -> None:
    seen = part(ZOOMS.index(3.0), left=None)
    assert seen.place.left == pytest.approx(0.24)
    assert seen.place.top == pytest.approx(0.49)


def folder(path: Path) -> list[Path]:
    return sorted(path.iterdir())


async def test_a_letter_is_looked_at_page_by_page_and_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    before, files = list_custody(desk, CASE), folder(tmp_path)
    async with open_case(desk) as pilot:
        await pilot.press("p")
        await until(pilot, "✓ 书面催告")
        await go_to(pilot, "催告函")
        await pilot.press("k")
        screen = await until(pilot, "第 1 页，共")
        assert "与屏幕同宽" in screen
        await pilot.press("n")
        await until(pilot, "第 2 页，共")
        await pilot.press("n", "n", "n", "n", "n", "n", "n")
        last = await until(pilot, "与屏幕同宽")
        await pilot.press("p")
        await until_true(pilot, lambda: shown(pilot.app) != last)
        await pilot.press("x")
        await until(pilot, "整页")
        await pilot.press("z", "z", "z")
        await until(pilot, "2×")
        above = await until(pilot, "页高的")
        await pilot.press("down", "right")
        await until_true(pilot, lambda: shown(pilot.app) != above)
        await pilot.press("escape")
        await until(pilot, "✓ 书面催告")
    assert list_custody(desk, CASE) == before
    assert folder(tmp_path) == files


async def test_the_end_of_a_page_leads_to_the_next_and_its_top_back(desk: Desk) -> None:
    async with open_case(desk) as pilot:
        await pilot.press("p")
        await until(pilot, "✓ 书面催告")
        await go_to(pilot, "催告函")
        await pilot.press("k")
        await until(pilot, "第 1 页，共")
        await pilot.press("x")
        await until(pilot, "整页")
        await pilot.press("down")
        await until(pilot, "第 2 页，共")
        await pilot.press("up")
        await until(pilot, "第 1 页，共")


async def test_an_open_form_is_seen_as_pages_with_what_was_typed(desk: Desk) -> None:
    async with open_case(desk) as pilot:
        await preview_demand(pilot)
        await pilot.press("k")
        await until(pilot, "第 1 页，共")
        await pilot.press("escape")
        await until(pilot, "预览 ^r")


async def test_an_original_is_looked_at_from_evidence_and_from_documents(desk: Desk) -> None:
    async with open_case(desk) as pilot:
        await pilot.press("minus")
        await until(pilot, "statement.pdf")
        select(pilot, f"{EXHIBIT}4")
        await pilot.press("k")
        screen = await until(pilot, "第 1 页，共")
        assert "statement.pdf" in screen
        await pilot.press("escape")
        await until(pilot, "4 份待说明")
        select(pilot, f"{EXHIBIT}1")
        await pilot.press("k")
        await until_noticed(pilot, "没有页面")
        await until_true(pilot, lambda: not isinstance(pilot.app.screen, PagesModal))


def select(pilot: Pilot[None], key: str) -> None:
    table = pilot.app.focused
    assert isinstance(table, RowTable)
    assert table.go_to_key(key)


class Unprintable(FakeBackend):
    """A backend whose letters do not come out."""

    def letter_pages(self, *_: object) -> Pages:
        raise RenderError("no glyph", what_zh="缺少字形", next_step_zh="请换字体。")


async def test_a_letter_that_cannot_be_set_is_a_notice_and_a_row_without_pages_says_so() -> None:
    app = WorkbenchApp(Unprintable("某案"), "zh")
    async with app.run_test(size=(140, 42)) as pilot:
        await until(pilot, "某案")
        await pilot.press("enter")
        await until(pilot, "今日")
        await pilot.press("p")
        await until(pilot, "致平台投诉函")
        await go_to(pilot, "致平台投诉函")
        await pilot.press("k")
        await until_noticed(pilot, "缺少字形")
        await until_true(pilot, lambda: not isinstance(app.screen, PagesModal))
        await go_to(pilot, ".xlsx")
        await pilot.press("k")
        await until_noticed(pilot, "这一行没有页面")
