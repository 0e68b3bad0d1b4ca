"""The plot of the margin: where lines, curve and marks stand, in which colours, at every width."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tests.tui.fake import FakeBackend
from tests.tui.screen_text import shown, until, until_true
from tests.tui.world import AUDIT
from workbench.tui.app import WorkbenchApp
from workbench.tui.widgets.plot import MarginPlot
from workbench.tui.widgets.plot_canvas import DayAxis, MarginCanvas, YuanAxis

WIDE = (160, 50)


def column(line: str, sign: str) -> float:
    """Return where in its line a sign stands, 0 left to 1 right of the frame."""
    inside = line[line.index("┃") + 1 : line.rindex("┃")]
    return inside.index(sign) / len(inside)


async def opened(pilot: Pilot[Any]) -> str:
    await until(pilot, "A")
    await pilot.press("enter")
    await until(pilot, "owed to client")
    await pilot.press("g")
    return await until(pilot, "✕ ")


async def test_each_mark_stands_under_its_day_and_each_line_at_its_height() -> None:
    app = WorkbenchApp(FakeBackend("A"), "en")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        screen = await until(pilot, "━┛")
        days = [day.date for day in AUDIT.margin.days]
        foot = next(line for line in screen.splitlines() if "┃" in line and "✕" in line)
        for sign, on in (("▼", date(2025, 3, 28)), ("✕", date(2025, 4, 7))):
            wanted = sum(day <= on for day in days) / len(days)
            assert column(foot, sign) == pytest.approx(wanted, abs=0.05)
        rows = screen.splitlines()
        at = {sign: next(row for row, line in enumerate(rows) if "┃" in line and sign * 9 in line) for sign in "╌─"}
        assert at["╌"] < at["─"] < next(row for row, line in enumerate(rows) if "·" * 9 in line)
        assert f"{days[0]}" in screen[screen.index("┗") :]


async def test_another_theme_recolours_the_curve() -> None:
    app = WorkbenchApp(FakeBackend("A"), "en")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        canvas = app.screen.query_one(MarginCanvas)

        def colours() -> set[str]:
            return {dataset.line_style for dataset in canvas._datasets if hasattr(dataset, "line_style")}

        await until_true(pilot, lambda: len(colours()) == 1)
        before = colours()
        app.theme = "workbench-light"
        await until_true(pilot, lambda: bool(colours()) and colours() != before)


async def test_a_case_without_prices_has_no_plot() -> None:
    app = WorkbenchApp(FakeBackend("A"), "en")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        plot = app.screen.query_one(MarginPlot)
        plot.show(None)
        await pilot.pause()
        assert not plot.display


@pytest.mark.parametrize("columns", [-3, 0, 2, 8, 20, 60, 150, 400])
@pytest.mark.parametrize("count", [2, 3, 5, 10, 20, 250])
def test_dates_on_the_axis_have_room_and_none_reaches_out(columns: int, count: int) -> None:
    template = AUDIT.margin.days[0]
    days = [replace(template, date=date(2025, 1, 1) + timedelta(at)) for at in range(count)]
    beside = 0.02 * count
    ticks, labels = DayAxis(days, lambda: columns).get_ticks_and_labels(-beside, count - 1 + beside)
    assert labels == [f"{days[round(tick)].date}" for tick in ticks]
    middles = [(tick + beside) / (count - 1 + 2 * beside) * columns for tick in ticks]
    assert all(later - earlier >= 12 for earlier, later in pairwise(middles))
    assert all(middle + 5 < columns for middle in middles)
    assert not ticks or ticks[0] == 0
    assert ticks or columns < 20


@pytest.mark.parametrize("size", [(60, 20), (110, 30), (200, 60)])
async def test_a_short_timeline_of_losses_shows_whole_dates_and_amounts(size: tuple[int, int]) -> None:
    days = [replace(day, assets=day.assets - 700_000) for day in AUDIT.margin.days[:5]]

    class One(App[None]):
        def compose(self) -> ComposeResult:
            yield MarginCanvas()

        def on_mount(self) -> None:
            self.query_one(MarginCanvas).draw(days, [], [])

    async with One().run_test(size=size) as pilot:
        screen = await until(pilot, "-20")
        await pilot.pause()
        labels = shown(pilot.app).splitlines()[-1].split()
        assert labels
        assert all(re.fullmatch(r"2025-01-0\d", label) for label in labels)
        amounts = re.findall(r"-[\d,]+", screen[: screen.rindex("\n")])
        assert amounts
        assert all(re.fullmatch(r"-\d{3},\d{3}", amount) for amount in amounts)


@pytest.mark.parametrize("rows", [4, 8, 30])
def test_amounts_on_the_axis_do_not_stand_on_each_other(rows: int) -> None:
    ticks, labels = YuanAxis(lambda: rows).get_ticks_and_labels(395_000, 503_000)
    assert 1 <= len(ticks) <= max(2, rows // 3)
    assert all("," in label for label in labels)
