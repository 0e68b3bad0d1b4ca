"""A statement nobody has seen: mapped once in the interface, recognised ever after."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from tests.tui.screen_text import until, until_noticed
from workbench.domain.case import DocumentKind
from workbench.services.read_case import list_documents
from workbench.tui.app import WorkbenchApp
from workbench.tui.lazy import LazyBackend
from workbench.wiring import open_desk

ODD = """甲,乙,丙,丁,戊,己,庚
2025-03-03,进账一,,,,100000.00,100000.00
2025-03-03,放了款,,,,400000.00,500000.00
2025-03-04,购,600000,10000,10.00,-100000.00,400000.00
2025-03-10,抛,600000,10000,9.00,90000.00,490000.00
"""


async def choose(pilot: Pilot[None], down: int) -> None:
    """Open the form of the row under the cursor, go down among the choices, and answer."""
    await pilot.press("enter")
    await until(pilot, "确定")
    await pilot.press(*["down"] * down, "space", "ctrl+s")
    await pilot.pause()


async def new_case(pilot: Pilot[None]) -> None:
    """Make the first case of an empty home."""
    await until(pilot, "按 n 新建")
    await pilot.press("n")
    await until(pilot, "案件名称")
    await pilot.press(*"Odd", "enter")
    await until(pilot, "今天该做什么")


async def preview(pilot: Pilot[None], path: Path) -> None:
    await pilot.press("i")
    await until(pilot, "还没有选择文件")
    pilot.app.screen.post_message(Paste(str(path)))
    await pilot.pause()
    await pilot.press("enter")


@pytest.mark.parametrize("size", [(140, 44), (80, 24)], ids=str)
async def test_an_unknown_statement_is_mapped_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("first", "second"):
        (tmp_path / f"{name}.csv").write_text(ODD.replace("2025-03-10", f"2025-03-1{len(name)}"), "utf-8")
    app = WorkbenchApp(LazyBackend(lambda: open_desk(tmp_path / "home")), "zh")
    async with app.run_test(size=size) as pilot:
        await new_case(pilot)

        await preview(pilot, tmp_path / "first.csv")
        await until(pilot, "像流水表")
        await pilot.press("m")
        await until(pilot, "已指定 7/7 列")
        text = await until(pilot, "进账一")
        assert "? 未指定" in text

        await pilot.press("end")
        await choose(pilot, 14)
        await until(pilot, "卖出")
        await pilot.press("s")
        await until(pilot, "版式名称")
        await pilot.press("ctrl+s")
        await until(pilot, "可导入 1")
        await until(pilot, "first")
        await pilot.press("escape")

        await preview(pilot, tmp_path / "second.csv")
        text = await until(pilot, "可导入 1")
        assert "像流水表" not in text
    assert 'requires = ["甲"' in (tmp_path / "home" / "layouts" / "first.toml").read_text("utf-8")


async def test_what_cannot_be_read_is_kept_as_evidence_and_read_again_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "材料 夹"
    folder.mkdir()
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 cut off")
    (folder / "空.csv").write_bytes(b"")
    app = WorkbenchApp(LazyBackend(lambda: open_desk(tmp_path / "home")), "zh")
    async with app.run_test(size=(120, 40)) as pilot:
        await new_case(pilot)
        await preview(pilot, folder)
        await until(pilot, "可导入 0 · 已有 0 · 不能用 2")
        await until(pilot, "不读内容、原样留作证据：按 a")
        await pilot.press("a")
        await until(pilot, "可导入 1 · 已有 0 · 不能用 1")
        await pilot.press("a")
        await until(pilot, "可导入 0 · 已有 0 · 不能用 2")
        await pilot.press("down", "a")
        await until_noticed(pilot, "才能留作证据")
        await pilot.press("up", "a")
        await until(pilot, "可导入 1 · 已有 0 · 不能用 1")
        await pilot.press("enter")
        await until(pilot, "已导入 1 · 已有 0 · 不能用 1")
        await until(pilot, "按 Esc 回到案件")
    assert [document.kind for document in list_documents(open_desk(tmp_path / "home"), "Odd")] == [
        DocumentKind.EVIDENCE
    ]


async def test_titles_that_look_like_bare_exponents_can_be_mapped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    titles = ODD.replace("甲,乙,丙,丁,戊,己,庚", "A01,B02,C03,D04,E05,E06,G07")
    (tmp_path / "odd.csv").write_text(titles, "utf-8")
    app = WorkbenchApp(LazyBackend(lambda: open_desk(tmp_path / "home")), "zh")
    async with app.run_test(size=(120, 40)) as pilot:
        await new_case(pilot)
        await preview(pilot, tmp_path / "odd.csv")
        await until(pilot, "像流水表")
        await pilot.press("m")
        screen = await until(pilot, "E05")
        assert "E06" in screen
