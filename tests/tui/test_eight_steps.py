"""Each of the eight steps walked by keys: open it, do its first task, mark another, look why, go where it is done."""

from __future__ import annotations

import pytest

from tests.tui import world
from tests.tui.fake import FakeBackend
from tests.tui.screen_text import until, until_true
from workbench.domain.steps import Task, TaskState
from workbench.tui.app import WorkbenchApp
from workbench.tui.presenters.overview import tab_of
from workbench.tui.screens.workspace import Workspace


@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=str)
@pytest.mark.parametrize("step", range(1, 9))
async def test_a_step_is_walked_from_its_number_to_its_end(step: int, size: tuple[int, int]) -> None:
    backend = FakeBackend("A")
    running = WorkbenchApp(backend, "zh")
    title = world.TITLES[step - 1][0]
    async with running.run_test(size=size) as pilot:
        await until(pilot, "▸A")
        await pilot.press("enter")
        await until(pilot, "今天该做什么")
        await pilot.press(str(step))
        first = f"第{step}步任务1"
        await until(pilot, title)
        workspace = case_screen(running)
        table = workspace.pane("steps").table
        await until_true(pilot, lambda: table.row is not None and table.row.key == f"{step}.1")
        await until(pilot, first)

        await pilot.press("d")
        await until_true(pilot, lambda: state(backend, step, 1) is not None)
        before = TaskState.DONE if step == 1 else TaskState.TODO
        assert state(backend, step, 1) is {TaskState.TODO: TaskState.DOING, TaskState.DONE: TaskState.TODO}[before]

        await pilot.press("down", "x")
        await until(pilot, "为什么不适用")
        await pilot.press(*"no", "ctrl+s")
        await until_true(pilot, lambda: state(backend, step, 2) is TaskState.NOT_APPLICABLE)

        await pilot.press("e")
        await until(pilot, "给平台发书面函件")
        await pilot.press("escape")
        await pilot.pause()
        assert running.screen is workspace, "leaving the detail does not leave the case"

        await pilot.press("k")
        await until_true(pilot, lambda: workspace.tab == tab_of(task_of(step, 2)))


@pytest.mark.parametrize("step", range(1, 9))
async def test_a_step_is_opened_from_the_rail(step: int) -> None:
    running = WorkbenchApp(FakeBackend("A"), "en")
    async with running.run_test(size=(140, 44)) as pilot:
        await until(pilot, "▸A")
        await pilot.press("enter")
        await until(pilot, "What to do today")
        workspace = case_screen(running)
        workspace.query_one("#rail").focus()
        await pilot.press("home", *["down"] * (step - 1), "enter")
        await until(pilot, f"Task 1 of step {step}")
        row = workspace.pane("steps").table.row
        assert row is not None
        assert row.key == f"{step}.1"


def case_screen(app: WorkbenchApp) -> Workspace:
    """Return the open case's screen."""
    assert isinstance(app.screen, Workspace)
    return app.screen


def task_of(step: int, number: int) -> Task:
    """Return a task of the world."""
    return world.STEPS[step - 1].tasks[number - 1]


def state(backend: FakeBackend, step: int, task: int) -> TaskState | None:
    """Return what the backend was last told about a task."""
    told = [call[2] for call in backend.calls if call[:2] == ("task", f"{step}.{task}")]
    return told[-1] if told else None  # type: ignore[return-value]
