"""Evidence as a person works on it: describe, search, verify, copy, bind, note."""

from __future__ import annotations

from pathlib import Path
from time import sleep

import pytest
from textual.events import Paste

from tests.tui.fake import FakeBackend
from tests.tui.real import CASE, go_to, open_case
from tests.tui.screen_text import shown, until, until_noticed, until_true
from workbench.services.desk import Desk
from workbench.services.exhibits import list_exhibits
from workbench.services.read_case import list_custody, list_documents
from workbench.services.search_evidence import SearchResult
from workbench.tui.app import WorkbenchApp
from workbench.tui.ports import Progress


async def test_what_a_file_proves_is_typed_with_any_keyboard_and_can_be_undone(desk: Desk) -> None:
    async with open_case(desk) as pilot:
        await pilot.press("minus")
        await until(pilot, "4 份待说明")
        await go_to(pilot, "contract.docx")
        await pilot.press("enter")
        await until(pilot, "例如：平台未通知即强平")
        pilot.app.screen.post_message(Paste("证明存在借款\n关系"))
        await pilot.pause()
        await pilot.press("tab")
        pilot.app.screen.post_message(Paste("２０２５年３月１日"))
        await pilot.pause()
        await pilot.press("tab", "tab")
        pilot.app.screen.post_message(Paste("邮寄收到"))
        await pilot.pause()
        await pilot.press("ctrl+s")
        await until(pilot, "3 份待说明")
        screen = await until(pilot, "证明什么  证明存在借款 关系")
        assert "何时取得  2025-03-01" in screen
        assert "怎么取得  邮寄收到" in screen
        note = next(one.note for one in list_exhibits(desk, CASE) if one.document.file == "contract.docx")
        assert (note.form, note.group) == (None, None), "what was not touched still follows from the file's kind"
        await pilot.press("u")
        await until(pilot, "4 份待说明")


async def test_a_day_that_is_none_is_a_notice_and_changes_nothing(desk: Desk) -> None:
    async with open_case(desk) as pilot:
        await pilot.press("minus")
        await until(pilot, "4 份待说明")
        await go_to(pilot, "contract.docx")
        await pilot.press("enter")
        await until(pilot, "写进证据目录")
        await pilot.press("tab", *"soon", "ctrl+s")
        await until_noticed(pilot, "“soon”不是日期")
    assert all(one.note.acquired_on is None for one in list_exhibits(desk, CASE))


class SlowSearch(FakeBackend):
    """Reads for as long as it is wanted."""

    stopped = False

    def search_evidence(self, case: str, words: str, progress: Progress) -> SearchResult:
        while progress(0, 9, "a.pdf"):
            sleep(0.01)
        self.stopped = True
        return super().search_evidence(case, words, progress)


async def test_a_search_that_is_left_stops_reading(tmp_path: Path) -> None:
    backend = SlowSearch("甲案")
    running = WorkbenchApp(backend, "zh", tmp_path)
    async with running.run_test(size=(140, 42)) as pilot:
        await until(pilot, "甲案")
        await pilot.press("enter", "minus", "slash", *"x", "enter")
        await until(pilot, "读取全文（Esc 停止）：1/9 a.pdf")
        await pilot.press("escape")
        await until_true(pilot, lambda: backend.stopped)
        await pilot.pause()
        assert "读取全文" not in shown(running)


async def test_words_are_found_on_their_page_and_the_page_is_shown(desk: Desk) -> None:
    async with open_case(desk) as pilot:
        await pilot.press("minus")
        await until(pilot, "4 份待说明")
        await pilot.press("slash", *"0.065%", "enter")
        await until(pilot, "“0.065%”：1 页")
        screen = await until(pilot, "【0.065%】")
        assert "contract.docx" in screen
        await pilot.press("enter")
        page = await until(pilot, "用查看器打开这一页")
        marked = [line for line in page.splitlines() if "▶" in line]
        assert any("0.065%" in line for line in marked)
        await pilot.press("escape")
        await pilot.press("escape")
        await until(pilot, "4 份待说明")


async def test_verifying_shows_every_file_and_a_changed_one_first(desk: Desk) -> None:
    async with open_case(desk) as pilot:
        await pilot.press("minus")
        await until(pilot, "4 份待说明")
        await pilot.press("c")
        await until(pilot, "✓ 全部文件与导入时一致")
        await pilot.press("escape")
        victim = next(one for one in list_documents(desk, CASE) if one.file == "statement.pdf")
        path = next(desk.home.joinpath("vault").rglob(f"*{victim.sha256[2:]}*"))
        path.chmod(0o600)
        path.write_bytes(b"x")
        await pilot.press("c")
        screen = await until(pilot, "✗ 证据库与导入时不一致")
        assert "statement.pdf" in next(line for line in screen.splitlines() if "✗ S" in line)
        assert "导入后被改动" in screen
        assert sum("✓ S" in line for line in screen.splitlines()) == 3
    assert [event.action for event in list_custody(desk, CASE)][-2:] == ["verified", "verification_failed"]


async def test_a_copy_is_handed_out_and_the_log_says_so_beside_a_note(desk: Desk, tmp_path: Path) -> None:
    async with open_case(desk) as pilot:
        await pilot.press("minus")
        await until(pilot, "4 份待说明")
        await go_to(pilot, "contract.docx")
        await pilot.press("x")
        await until(pilot, "取一份副本")
        await pilot.press("ctrl+s")
        await until_true(pilot, (tmp_path / "contract.docx").is_file)
        await pilot.press("n")
        await until(pilot, "记录只能增加")
        pilot.app.screen.post_message(Paste("交公证处"))
        await pilot.pause()
        await pilot.press("ctrl+s")
        await until_noticed(pilot, "已记入保管记录")
        await pilot.press("l")
        screen = await until(pilot, "末条摘要")
        lines = [line for line in screen.splitlines() if "contract.docx" in line]
        assert "交公证处" in lines[0]
        assert "取出副本" in lines[1]
        await pilot.press("n")
        await until(pilot, "记录只能增加")
        await pilot.press(*"ok", "tab", "down", "enter", "ctrl+s")
        await until(pilot, "备注")
        await until_true(pilot, lambda: list_custody(desk, CASE)[-1].detail == "ok")
        await pilot.press("escape")
        await until(pilot, "4 份待说明")
    assert (list_custody(desk, CASE)[-1].action, list_custody(desk, CASE)[-1].file) == ("note", "")


async def test_the_evidence_book_is_written_in_the_background(desk: Desk, tmp_path: Path) -> None:
    async with open_case(desk) as pilot:
        await pilot.press("minus")
        await until(pilot, "4 份待说明")
        await pilot.press("a")
        await until(pilot, "装订方式")
        await pilot.press("ctrl+s")
        await until_noticed(pilot, "已写入", 60)
    assert (tmp_path / f"{CASE}-证据册.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("size", [(80, 24), (140, 42), (200, 60)])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_evidence_and_log_read_well_at_every_size_and_take_names_literally(
    lang: str, size: tuple[int, int]
) -> None:
    app = WorkbenchApp(FakeBackend("张某[red]案[/red]"), lang)
    proves, number, entry = {
        "zh": ("（未填）", "证", "导入"),
        "en": ("(not said)", "no", "imported"),
    }[lang]
    async with app.run_test(size=size) as pilot:
        await until(pilot, "张某[red]")
        await pilot.press("enter")
        await until(pilot, "今天该做什么" if lang == "zh" else "What to do today")
        await pilot.press("minus")
        screen = await until(pilot, proves)
        assert "[red]2025" in screen
        assert number in screen
        await pilot.press("slash", *"x", "enter")
        await until(pilot, "【x】")
        await pilot.press("enter")
        await until(pilot, "6,200.00[red]")
        await pilot.press("escape", "escape", "l")
        await until(pilot, entry)
        assert "[red]2025" in shown(app)
