"""A case as one file: written, checked and opened without leaving the interface."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from textual.events import Paste

from tests.tui.real import CASE, go_to, open_case, running
from tests.tui.screen_text import shown, until, until_noticed
from workbench.services.bundle_case import bundle_case
from workbench.services.desk import Desk
from workbench.services.read_case import get_case
from workbench.services.triage_findings import list_triage


def letters(folder: Path) -> list[Path]:
    return list(folder.glob("*.pdf"))


async def test_a_redacted_bundle_says_what_was_masked(desk: Desk, tmp_path: Path) -> None:
    async with open_case(desk) as pilot:
        await pilot.press("p")
        await until(pilot, "案件包")
        await pilot.press("x")
        await until(pilot, "遮盖姓名、号码")
        await pilot.press("down", "enter", "ctrl+s")
        screen = await until(pilot, "已遮盖（不同的值）", 60)
        assert "名称" in screen
        assert "▲ 只在正文里出现的姓名" in screen
    with zipfile.ZipFile(tmp_path / f"{CASE}.zip") as archive:
        assert not any("originals" in name for name in archive.namelist())


async def test_a_bundle_is_checked_on_the_list_of_cases(desk: Desk, tmp_path: Path) -> None:
    path = bundle_case(desk, CASE, tmp_path / "发 来.zip").path
    async with running(desk) as pilot:
        await pilot.press("g")
        await until(pilot, "核对清单、原件")
        pilot.app.screen.post_message(Paste(f"'{path}'"))
        await pilot.pause()
        await pilot.press("ctrl+s")
        screen = await until(pilot, "✓ 案件包完好", 60)
        assert "✓ 用包内数据和参考表重新计算，结果一致" in screen
        await pilot.press("escape", "g")
        await until(pilot, "核对清单、原件")
        assert "发 来.zip" in shown(pilot.app), "the path typed last is kept"


@pytest.mark.parametrize("key", ["g", "b"])
async def test_a_tampered_bundle_is_shown_and_not_opened(desk: Desk, tmp_path: Path, key: str) -> None:
    whole, tampered = bundle_case(desk, CASE, tmp_path / "a.zip").path, tmp_path / "b.zip"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(tampered, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data + b" " if name.endswith("notices.txt") else data)
    async with running(desk) as pilot:
        await pilot.press(key)
        await until(pilot, "案件包（.zip）的路径")
        pilot.app.screen.post_message(Paste(str(tampered)))
        await pilot.pause()
        await pilot.press("ctrl+s")
        screen = await until(pilot, "✗ 案件包与生成时不一致", 60)
        assert "内容被改动" in screen
        await pilot.press("escape")
        await until(pilot, CASE)
        assert "〔只读〕" not in shown(pilot.app)


async def test_a_path_that_is_none_is_a_plain_notice(desk: Desk) -> None:
    async with running(desk) as pilot:
        await pilot.press("b")
        await until(pilot, "案件包（.zip）的路径")
        await pilot.press(*"nowhere.zip", "ctrl+s")
        await until_noticed(pilot, "没有这个文件")


async def test_a_case_opened_for_reading_says_so_everywhere_and_refuses_changes_by_notices(
    desk: Desk, tmp_path: Path
) -> None:
    path = bundle_case(desk, CASE, tmp_path / "a.zip").path
    async with running(desk) as pilot:
        await pilot.press("b")
        await until(pilot, "案件包（.zip）的路径")
        pilot.app.screen.post_message(Paste(str(path)))
        await pilot.pause()
        await pilot.press("tab", *"copy", "ctrl+s")
        await until_noticed(pilot, "已打开为案件“copy”", 60)
        screen = await until(pilot, "应退客户 13,256.16")
        assert "〔只读〕 copy" in screen.splitlines()[0]
        await pilot.press("f")
        await until(pilot, "利率不符")
        await pilot.press("down", "a")
        await until_noticed(pilot, "以只读方式打开")
        pilot.app.clear_notifications()
        await pilot.press("minus")
        await until(pilot, "4 份待说明")
        await pilot.press("n")
        await until(pilot, "记录只能增加")
        await pilot.press(*"x", "ctrl+s")
        await until_noticed(pilot, "以只读方式打开")
        pilot.app.clear_notifications()
        await pilot.press("p")
        await until(pilot, "✓ 书面催告")
        await go_to(pilot, "催告函")
        await pilot.press("enter")
        await until(pilot, "预览 ^r")
        await pilot.press(*"x", "ctrl+s")
        await until_noticed(pilot, "以只读方式打开")
        await pilot.press("escape")
        await until(pilot, "〔只读〕 copy")
    assert letters(tmp_path) == [], "a letter is refused before it is written"
    assert get_case(desk, "copy").sealed
    assert list_triage(desk, "copy") == {}
