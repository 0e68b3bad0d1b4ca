"""The tour: offered once to somebody without a case, left at any stop, called again, never in the way."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from tests.tui.fake import FakeBackend
from tests.tui.screen_text import shown, until, until_true
from workbench.locales.catalogue import load_catalogue
from workbench.tui.app import WorkbenchApp
from workbench.tui.interface_state import recall
from workbench.tui.lazy import LazyBackend
from workbench.tui.modals.tour import STOPS
from workbench.tui.screens.workspace import TABS, Workspace
from workbench.wiring import open_desk

OFFER = "先用示例案件看一遍"


async def test_it_is_offered_once_in_an_empty_home(tmp_path: Path) -> None:
    for expected in (True, False):
        backend = FakeBackend()
        running = WorkbenchApp(backend, "zh", tmp_path)
        async with running.run_test(size=(100, 30)) as pilot:
            await until(pilot, OFFER if expected else "还没有案件")
            await pilot.pause(0.3)
            assert (OFFER in shown(running)) is expected
            if expected:
                await pilot.press("enter")
                await until(pilot, "爆仓之后")
                await until_true(pilot, lambda: recall(tmp_path).tour_offered)
        assert backend.cases == {}, "Enter stands on no, and no makes nothing"


async def test_it_is_not_offered_to_somebody_who_has_a_case(tmp_path: Path) -> None:
    running = WorkbenchApp(FakeBackend("A"), "zh", tmp_path)
    async with running.run_test(size=(100, 30)) as pilot:
        await until(pilot, "▸A")
        await pilot.pause(0.3)
        assert OFFER not in shown(running)
    assert not recall(tmp_path).tour_offered


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_it_walks_through_the_tabs_back_and_forth_and_ends(lang: str) -> None:
    words = load_catalogue(lang, "tui")
    running = WorkbenchApp(FakeBackend("A"), lang)
    async with running.run_test(size=(120, 36)) as pilot:
        await until(pilot, "▸A")
        await pilot.press("f2")
        for number, name in enumerate(STOPS, 1):
            await until(pilot, f"{number}/{len(STOPS)}  {words(f'tour.{name}.title')}")
            workspace = running.screen_stack[-2]
            assert isinstance(workspace, Workspace)
            assert workspace.tab == (name if name in dict(TABS) else STOPS[-2])
            if number > 1:
                await pilot.press("left")
                await until(pilot, f"{number - 1}/{len(STOPS)}")
                await pilot.press("right")
                await until(pilot, f"{number}/{len(STOPS)}")
            await pilot.press("enter")
        await pilot.pause()
        assert running.screen is workspace, "the person stays in the sample case"


@pytest.mark.parametrize("stop", range(len(STOPS)))
async def test_it_can_be_left_at_any_stop_and_called_again(stop: int) -> None:
    running = WorkbenchApp(FakeBackend("A"), "zh")
    async with running.run_test(size=(100, 30)) as pilot:
        await until(pilot, "▸A")
        await pilot.press("f2")
        await until(pilot, f"1/{len(STOPS)}")
        await pilot.press(*["n"] * stop, "escape")
        await pilot.pause()
        assert isinstance(running.screen, Workspace)
        await pilot.press("f2")
        await until(pilot, f"1/{len(STOPS)}")
        assert len(running.screen_stack) == 3, "list, one workspace, tour"


class Waiting(FakeBackend):
    """A backend whose sample is not ready before it is let go."""

    def __init__(self, *names: str) -> None:
        super().__init__(*names)
        self.go = Event()

    def open_sample(self, lang: str) -> str:
        self.go.wait(10)
        return super().open_sample(lang)


async def test_a_question_that_came_up_meanwhile_is_not_swept_away() -> None:
    backend = Waiting("A")
    running = WorkbenchApp(backend, "zh")
    async with running.run_test(size=(100, 30)) as pilot:
        await until(pilot, "▸A")
        running.action_tour()
        await pilot.press("n")
        await pilot.press(*"Bo")
        await until(pilot, "Bo")
        backend.go.set()
        await pilot.pause(0.3)
        assert "Bo" in shown(running)


async def test_the_real_sample_case_is_made_and_shown(tmp_path: Path) -> None:
    home = tmp_path / "home"
    running = WorkbenchApp(LazyBackend(lambda: open_desk(home)), "zh", home)
    async with running.run_test(size=(100, 30)) as pilot:
        await until(pilot, OFFER)
        await pilot.press("y")
        await until(pilot, f"1/{len(STOPS)}", seconds=60)
        await until(pilot, "应退客户 13,256.16", seconds=60)
