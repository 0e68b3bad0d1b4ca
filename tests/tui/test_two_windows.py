"""Two windows on one database: each sees what the other did, and neither overwrites it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.real import small_case
from tests.tui.screen_text import until, until_true
from tests.tui.terminal import ROOT
from workbench.domain.case import CaseKind
from workbench.domain.findings import TriageState
from workbench.errors import ConflictError
from workbench.services.desk import Desk
from workbench.services.edit_terms import list_terms, set_terms
from workbench.services.manage_case import rename_case
from workbench.services.read_case import case_version
from workbench.services.run_audit import compute_audit
from workbench.services.triage_findings import list_triage, set_triage
from workbench.store.store import Seen
from workbench.tui.app import WorkbenchApp
from workbench.tui.backend import ServiceBackend
from workbench.tui.lazy import LazyBackend
from workbench.tui.modals.form import FormModal
from workbench.wiring import open_desk

CASE = "张某"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk on a home with one small imported case."""
    opened = small_case(tmp_path, CASE)
    yield opened
    opened.close()


def window(desk: Desk) -> WorkbenchApp:
    return WorkbenchApp(LazyBackend(lambda: open_desk(desk.home)), "zh")


async def open_case(pilot: Pilot[None], tab: str, text: str) -> None:
    await until(pilot, CASE)
    await pilot.press("enter")
    await until(pilot, "应退客户")
    await pilot.press(tab)
    await until(pilot, text)


def finding_keys(desk: Desk) -> list[str]:
    return [finding.key for finding in compute_audit(desk, CASE).findings]


async def test_a_decision_made_elsewhere_appears_without_a_restart(desk: Desk) -> None:
    async with window(desk).run_test(size=(140, 42)) as pilot:
        await open_case(pilot, "f", "已处理 0")
        set_triage(desk, CASE, finding_keys(desk)[:1], TriageState.ACCEPTED)
        await until(pilot, "已处理 1")


async def test_a_case_opened_on_the_command_line_appears_in_the_list(desk: Desk) -> None:
    async with window(desk).run_test(size=(140, 42)) as pilot:
        await until(pilot, CASE)
        command = [sys.executable, "-m", "workbench", "--home", str(desk.home), "case", "new", "另案"]
        await asyncio.to_thread(subprocess.run, command, cwd=ROOT, check=True, capture_output=True)
        await until(pilot, "另案")
        rename_case(desk, "另案", "改了名的案")
        await until(pilot, "改了名的案")


async def test_a_form_over_an_older_state_is_refused_kept_and_shown_again(desk: Desk) -> None:
    async with window(desk).run_test(size=(140, 42)) as pilot:
        await open_case(pilot, "v", "利率周期")
        screen = pilot.app.screen
        table = screen.pane().table  # type: ignore[attr-defined]
        assert table.go_to_key("rate")
        await pilot.press("enter")
        await until_true(pilot, lambda: isinstance(pilot.app.screen, FormModal))
        set_terms(desk, CASE, {"rate": "0.02"})
        await pilot.press("end", *["backspace"] * 10, *"0.01", "ctrl+s")
        told = pilot.app._notifications
        await until_true(pilot, lambda: any("在别处已被修改" in notice.message for notice in told))
        rate = list_terms(desk, CASE).get("rate")
        assert rate is not None
        assert str(rate.value) == "0.02", "what the other window wrote stands"
        await until_true(pilot, lambda: screen.view.version == case_version(desk, CASE))  # type: ignore[attr-defined]
        await until_true(pilot, lambda: table.row is not None)
        await pilot.press("enter")
        shown = await until(pilot, "此后记录已改变")
        assert "0.01" in shown
        await pilot.press("ctrl+s")
        await until_true(pilot, lambda: str(list_terms(desk, CASE).get("rate").value) == "0.01")  # type: ignore[union-attr]


def test_own_changes_one_after_another_pass_and_another_window_s_change_stops_the_next(desk: Desk) -> None:
    backend, keys = ServiceBackend(lambda: desk), finding_keys(desk)
    seen = Seen(case_version(desk, CASE))
    with backend.based_on(seen):
        backend.set_triage(CASE, keys[:1], TriageState.ACCEPTED, "", "")
        backend.set_in_letter(CASE, keys[:1], in_letter=True)
    assert seen.version == case_version(desk, CASE)
    set_triage(desk, CASE, keys[:1], TriageState.DISPUTED)
    with pytest.raises(ConflictError, match="changed elsewhere"), backend.based_on(seen):
        backend.set_triage(CASE, keys[:1], TriageState.EXPLAINED, "", "")
    assert list_triage(desk, CASE)[keys[0]].state is TriageState.DISPUTED
    with pytest.raises(ConflictError, match="changed elsewhere"), backend.based_on(seen):
        backend.undo(CASE, "zh")
    backend.create_case("不受影响", CaseKind.OFF_EXCHANGE)
