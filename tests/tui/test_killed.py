"""The interface killed at any moment loses nothing: the database is sound and the person is back where they were."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.conftest import STATEMENT
from tests.tui.real import small_case
from tests.tui.screen_text import until, until_true
from tests.tui.terminal import Terminal
from workbench.domain.findings import TriageState
from workbench.services.desk import Desk
from workbench.services.manage_evidence import verify_evidence
from workbench.services.read_case import list_documents
from workbench.services.remember import recall, remember
from workbench.services.triage_findings import list_triage
from workbench.services.undo import list_changes
from workbench.tui.app import WorkbenchApp
from workbench.tui.lazy import LazyBackend
from workbench.tui.memory import PLACE, Place
from workbench.tui.modals.form import FormModal
from workbench.tui.screens.workspace import Workspace
from workbench.wiring import open_desk

CASE = "张某"
ARROW_DOWN = "\x1b[B"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk on a home with one small imported case."""
    opened = small_case(tmp_path, CASE)
    yield opened
    opened.close()


def place(desk: Desk) -> Place:
    return Place.from_values(recall(desk.home).get(PLACE, {}))


def begin_in(desk: Desk, tab: str) -> None:
    remember(desk.home, PLACE, Place(CASE, tab).to_values())


async def test_the_next_session_begins_at_the_same_case_tab_and_row(desk: Desk) -> None:
    begin_in(desk, "today")
    with Terminal(desk.home) as terminal:
        terminal.until_shown("应退客户")
        terminal.type("j")
        terminal.until(lambda: place(desk).tab == "ledger")
        for _ in range(3):
            terminal.type(ARROW_DOWN)
        terminal.until(lambda: place(desk).rows.get("ledger", "").endswith(".4"))
        terminal.kill()
    row = place(desk).rows["ledger"]
    app = WorkbenchApp(LazyBackend(lambda: open_desk(desk.home)), "zh")
    async with app.run_test(size=(140, 42)) as pilot:
        await until(pilot, "应退客户")
        screen = app.screen
        assert isinstance(screen, Workspace)
        assert (screen.case, screen.tab) == (CASE, "ledger")
        await until_true(pilot, lambda: (found := screen.pane().table.row) is not None and found.key == row)


async def test_a_form_that_was_being_filled_in_is_as_it_was(desk: Desk) -> None:
    with Terminal(desk.home) as terminal:
        terminal.until_shown(CASE)
        terminal.type("n")
        terminal.until_shown("案件名称")
        terminal.type("Li v. Ding")
        terminal.until(lambda: any("Li v. Ding" in json.dumps(values) for values in recall(desk.home).values()))
        terminal.kill()
    app = WorkbenchApp(LazyBackend(lambda: open_desk(desk.home)), "zh")
    async with app.run_test(size=(140, 42)) as pilot:
        await until(pilot, CASE)
        await pilot.press("n")
        screen = await until(pilot, "已恢复上次未提交的内容")
        assert "Li v. Ding" in screen
        await pilot.press("escape")
        await until_true(pilot, lambda: not isinstance(app.screen, FormModal))
        await pilot.press("n")
        assert "Li v. Ding" not in await until(pilot, "案件名称")


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3])
def test_killed_while_typing_leaves_whole_files(desk: Desk, delay: float) -> None:
    with Terminal(desk.home) as terminal:
        terminal.until_shown(CASE)
        terminal.type("n")
        terminal.until_shown("案件名称")
        terminal.type("abcdefgh")
        terminal.pass_time(delay)
        terminal.kill()
    for path in (desk.home / "interface").glob("*.json"):
        assert isinstance(json.loads(path.read_text("utf-8")), dict)
    assert desk.store.integrity() == ""


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.1, 0.3])
def test_killed_after_triage_leaves_the_decision_with_its_way_back_or_neither(desk: Desk, delay: float) -> None:
    begin_in(desk, "findings")
    with Terminal(desk.home) as terminal:
        terminal.until_shown("应退客户")
        terminal.until(lambda: "findings" in place(desk).rows)
        imported = len(list_changes(desk, CASE))
        terminal.type("a")
        terminal.pass_time(delay)
        terminal.kill()
    decided = [one for one in list_triage(desk, CASE).values() if one.state is TriageState.ACCEPTED]
    assert (len(list_changes(desk, CASE)) > imported) is bool(decided)
    assert desk.store.integrity() == ""


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2, 0.6])
def test_killed_while_importing_has_all_files_or_none(desk: Desk, tmp_path: Path, delay: float) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(6):
        rows = "".join(f"2025-04-11,利息,,,,,-{number + 1}.00,,第{row}期\n" for row in range(300))
        (many / f"{number:02}.csv").write_text(STATEMENT + rows, encoding="utf-8")
    begin_in(desk, "today")
    with Terminal(desk.home) as terminal:
        terminal.until_shown("应退客户")
        terminal.type("i")
        terminal.until_shown("还没有选择文件")
        terminal.paste(str(many))
        terminal.type("\r")
        terminal.until_shown("可导入 6")
        terminal.type("\r")
        terminal.pass_time(delay)
        terminal.kill()
    assert len(list_documents(desk, CASE)) in (2, 8)
    assert desk.store.integrity() == ""
    assert verify_evidence(desk, CASE).ok
