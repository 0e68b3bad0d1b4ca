"""Letters: their channels, what was written before, a look beforehand, and forms that fit a small terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.fake import FakeBackend
from tests.tui.real import CASE, go_to, open_case, preview_demand
from tests.tui.screen_text import shown, until, until_noticed, until_true
from workbench.services.desk import Desk
from workbench.services.edit_terms import set_terms
from workbench.services.render_document import list_fields, render_document
from workbench.services.undo import undo
from workbench.tui.app import WorkbenchApp


async def test_each_letter_says_its_channel_and_why_one_does_not_fit(desk: Desk) -> None:
    async with open_case(desk) as pilot:
        await pilot.press("p")
        screen = await until(pilot, "✓ 书面催告")
        assert "✓ 书面催告" in next(line for line in screen.splitlines() if "催告函" in line)
        await go_to(pilot, "调解申请书")
        await until(pilot, "场外配资方不是会员或持牌机构")
        await go_to(pilot, "✗ 信访")
        await pilot.press("enter")
        await until(pilot, "信访")


async def test_a_written_letter_that_no_longer_agrees_is_marked_and_says_by_what(desk: Desk, tmp_path: Path) -> None:
    render_document(desk, CASE, "demand_letter", tmp_path / "催告函.pdf")
    async with open_case(desk) as pilot:
        await pilot.press("p")
        await until(pilot, f"✓ {desk.today:%m-%d}")
        set_terms(desk, CASE, {"rate": "0.0001"})
        await until(pilot, "‼ 金额已变", 30)
        assert "请重新生成后再发出" in shown(pilot.app)
        await go_to(pilot, "‼ 金额已变")
        await until(pilot, "13,256.16 → 30,416.16")
        undo(desk, CASE)
        await until(pilot, "✓ 书面催告")
        await until_true(pilot, lambda: "‼" not in shown(pilot.app), 30)


async def test_a_letter_is_seen_with_what_was_typed_before_it_is_written(desk: Desk, tmp_path: Path) -> None:
    async with open_case(desk) as pilot:
        await preview_demand(pilot)
        assert written(tmp_path) == []
        await pilot.press("escape")
        await until(pilot, "预览 ^r")
        await pilot.press("ctrl+s")
        await until_noticed(pilot, "待填")
    assert (tmp_path / f"{CASE}-催告函.pdf").is_file()
    known = {field.key: field.value for field in list_fields(desk, CASE, "demand_letter")}
    assert any("倪某某" in value for value in known.values())
    with desk.store.read() as unit:
        typed = unit.decisions.fields(unit.cases.key(CASE))
    assert len(typed) == 1, "what the contract says by itself is not kept as typed"


async def test_an_amount_in_full_width_digits_is_an_amount(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "分期.txt"
    amount = next(one.key for one in list_fields(desk, CASE, "instalment_proposal") if one.amount)
    render_document(desk, CASE, "instalment_proposal", out, {amount: "１２，０００．５０元"})
    assert "12,000.50" in out.read_text(encoding="utf-8")


def written(folder: Path) -> list[Path]:
    return list(folder.glob("*.pdf"))


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_long_form_scrolls_and_keeps_its_buttons_at_80_by_24(desk: Desk, lang: str) -> None:
    del desk
    app = WorkbenchApp(FakeBackend("案"), lang)
    titles = {"zh": ("今天该做什么", "文书与报告", "确定 ^s"), "en": ("What to do today", "Letters", "OK ^s")}[lang]
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "案")
        await pilot.press("enter")
        await until(pilot, titles[0])
        await pilot.press("minus", "down", "enter")
        screen = await until(pilot, titles[2])
        assert "1" in screen
        for _ in range(9):
            await pilot.press("tab")
        await pilot.pause()
        assert app.focused is not None
        assert titles[2] in shown(app)
        assert app.focused.region.bottom <= 24, "the field in focus is on the screen"
