"""Every tab at two sizes and in two languages, with names that look like markup."""

from __future__ import annotations

import pytest

from tests.tui.fake import FakeBackend
from tests.tui.screen_text import shown, until
from workbench.tui.app import WorkbenchApp

TABS = {"t": "今天该做什么", "j": "账面", "f": "差额", "v": "月利率", "b": "合同", "p": "文书", "s": "任务"}


def app(lang: str = "zh") -> WorkbenchApp:
    return WorkbenchApp(FakeBackend("张某[red]案[/red]"), lang)


@pytest.mark.parametrize("size", [(80, 24), (140, 44)])
async def test_every_tab_shows_its_content(size: tuple[int, int]) -> None:
    running = app()
    async with running.run_test(size=size) as pilot:
        await until(pilot, "张某[red]")
        await pilot.press("enter")
        await until(pilot, TABS["t"])
        for key, text in TABS.items():
            await pilot.press(key)
            await until(pilot, text)


async def test_names_that_look_like_markup_stay_as_they_are() -> None:
    running = app()
    async with running.run_test(size=(140, 44)) as pilot:
        await until(pilot, "张某[red]")
        await pilot.press("enter")
        await until(pilot, TABS["t"])
        await pilot.press("j")
        await until(pilot, "[red]")


async def test_english_at_run_time_and_from_the_start() -> None:
    running = app("en")
    async with running.run_test(size=(120, 40)) as pilot:
        await until(pilot, "张某[red]")
        await pilot.press("enter")
        screen = await until(pilot, "What to do today")
        assert "今天" not in screen


async def test_help_explains_the_screen_and_escape_leaves_it() -> None:
    running = app()
    async with running.run_test(size=(120, 40)) as pilot:
        await until(pilot, "案件")
        before = shown(running)
        await pilot.press("question_mark")
        await pilot.pause()
        assert shown(running) != before
        await pilot.press("escape")
        await pilot.pause()
        assert len(running.screen_stack) == 1


async def test_a_deleted_case_comes_back() -> None:
    running = app()
    async with running.run_test(size=(120, 40)) as pilot:
        await until(pilot, "张某[red]")
        await pilot.press("d")
        await until(pilot, "删除“张某")
        await pilot.press("y")
        await until(pilot, "还没有案件")
        await pilot.press("u")
        await until(pilot, "张某[red]")


async def test_triage_reaches_the_backend_and_is_seen() -> None:
    running = app()
    async with running.run_test(size=(140, 44)) as pilot:
        await until(pilot, "张某[red]")
        await pilot.press("enter")
        await until(pilot, TABS["t"])
        await pilot.press("f")
        await until(pilot, TABS["f"])
        await pilot.press("down", "d")
        await until(pilot, "已处理 1")


@pytest.mark.parametrize("size", [(80, 24), (140, 44), (200, 60)])
async def test_the_margin_chart_marks_calls_and_sales_under_the_curve(size: tuple[int, int]) -> None:
    running = app()
    async with running.run_test(size=size) as pilot:
        await until(pilot, "张某[red]")
        await pilot.press("enter")
        await until(pilot, TABS["t"])
        await pilot.press("g")
        screen = await until(pilot, "平仓线 430,000.00")
        marks = next(line for line in screen.splitlines() if "▼" in line and "✕" in line and "强制" not in line)
        assert marks.index("▼") < marks.index("✕")
        assert "14.00%" in screen, "the fall to the line on the first day: 1 - 430,000 / 500,000"


async def test_a_sale_that_looks_forced_is_tagged_with_one_key() -> None:
    running = app()
    async with running.run_test(size=(140, 44)) as pilot:
        await until(pilot, "张某[red]")
        await pilot.press("enter")
        await until(pilot, TABS["t"])
        await pilot.press("w")
        await until(pilot, "当日有强平通知")
        await pilot.press("a")
        await until(pilot, "2 笔成交")
        assert "当日有强平通知" not in shown(running)


async def test_a_date_is_noted_in_a_form_and_its_deadline_appears() -> None:
    running = app()
    async with running.run_test(size=(140, 44)) as pilot:
        await until(pilot, "张某[red]")
        await pilot.press("enter")
        await until(pilot, TABS["t"])
        await pilot.press("0")
        await until(pilot, "还没有可计算的期限")
        await pilot.press("n")
        await until(pilot, "记录一个日期")
        await pilot.press("ctrl+s")
        await until(pilot, "1 个期限")


@pytest.mark.parametrize("key", ["t", "p", "minus", "s"])
async def test_the_front_tab_is_seen_even_where_not_all_tabs_fit(key: str) -> None:
    running = app("en")
    async with running.run_test(size=(80, 24)) as pilot:
        await until(pilot, "张某[red]")
        await pilot.press("enter")
        await until(pilot, "What to do today")
        await pilot.press(key)
        await pilot.pause()
        strip = shown(running).splitlines()[1]
        names = {"t": "[Today]", "p": "[Papers]", "minus": "[Evidence]", "s": "[Steps]"}
        assert names[key] in strip
        assert "«" in strip or "»" in strip
