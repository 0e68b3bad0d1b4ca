"""From a new case to a complaint, as a person does it, on the real services and a real case."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste

from tests.tui.screen_text import shown, until, until_true
from workbench.tui.app import WorkbenchApp
from workbench.tui.lazy import LazyBackend
from workbench.wiring import open_desk

SAMPLE = Path(__file__).parents[2] / "sample_cases" / "off-exchange-forced-sale" / "inputs"


async def test_new_case_import_findings_detail_complaint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = WorkbenchApp(LazyBackend(lambda: open_desk(tmp_path / "home")), "zh")
    async with app.run_test(size=(140, 44)) as pilot:
        await until(pilot, "按 n 新建")
        await pilot.press("n")
        await until(pilot, "案件名称")
        await pilot.press(*"Zhang", "enter")
        await until(pilot, "今天该做什么")

        await pilot.press("i")
        await until(pilot, "还没有选择文件")
        app.screen.post_message(Paste(str(SAMPLE)))
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, "可导入 4")
        await pilot.press("enter")
        await until(pilot, "应退客户 13,256.16")

        await pilot.press("f")
        await until(pilot, "利率不符")
        await pilot.press("down")
        detail = await until(pilot, "与账面分毫不差")
        assert "400,000.00 × 0.078% × 31 = 9,672.00" in detail
        assert "日息0.065%" in detail
        await pilot.press("a")
        await until(pilot, "已处理 1")
        await pilot.press("u")
        await until(pilot, "已处理 0")

        await pilot.press("p")
        await until(pilot, "举报信")
        row = next(n for n, line in enumerate(shown(app).splitlines()) if "举报信" in line)
        first = next(n for n, line in enumerate(shown(app).splitlines()) if "文书与报告" in line)
        await pilot.press(*["down"] * (row - first), "enter")
        await until(pilot, "确定 ^s")
        await pilot.press("ctrl+s")
        await until_true(pilot, lambda: len(_written(tmp_path)) == 2)
    assert _written(tmp_path) == {"Zhang-举报信.pdf", "Zhang-举报信.发送前须知.pdf"}


def _written(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.pdf")}
