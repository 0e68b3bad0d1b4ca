"""What is remembered: written behind one's back, never needed, never in the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.fake import FakeBackend
from tests.tui.screen_text import until, until_true
from workbench.errors import StoreError
from workbench.tui.app import WorkbenchApp
from workbench.tui.memory import PLACE, Draft, Memory, Place
from workbench.tui.modals.form import FormModal
from workbench.tui.screens.workspace import Workspace

TEXTS = st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4)


@given(case=st.text(), title=st.text(), typed=TEXTS, base=TEXTS)
def test_a_draft_comes_back_as_it_was(case: str, title: str, typed: dict[str, str], base: dict[str, str]) -> None:
    draft = Draft(case, title, typed, base)
    assert Draft.from_values(draft.to_values()) == draft
    assert Draft(case, title, {}, dict.fromkeys(base, "other")).name == draft.name, "one form, whatever stands in it"


def test_forms_of_two_cases_or_two_titles_are_kept_apart() -> None:
    names = {Draft(case, title, {}, {"value": ""}).name for case in ("甲", "乙") for title in ("利率", "平仓线")}
    assert len(names) == 4


def test_damaged_values_are_as_good_as_none() -> None:
    assert Place.from_values({"case": 7, "rows": ["x"]}) == Place("7")
    assert Draft.from_values({"typed": "x"}) is None


def test_only_what_changed_is_written_and_forgetting_removes_it() -> None:
    backend = FakeBackend()
    memory = Memory(backend)
    memory.note("place", {"case": "甲"})
    memory.flush()
    backend.remembered.clear()
    memory.note("place", {"case": "甲"})
    memory.flush()
    assert backend.remembered == {}, "the same again is not written"
    memory.note("place", {"case": "乙"})
    memory.flush()
    memory.note("place", None)
    memory.flush()
    assert backend.remembered == {}


def test_an_answer_that_could_not_be_saved_comes_back() -> None:
    memory = Memory(FakeBackend())
    draft = Draft("甲", "利率", {"value": "0.01"}, {"value": "0.02"})
    memory.note(draft.name, draft.to_values())
    memory.answered(draft)
    assert memory.drafts("甲") == []
    assert memory.not_saved() == draft
    assert memory.drafts("甲") == [draft]
    assert memory.not_saved() is None, "an error that has nothing to do with the form brings nothing back"


async def test_the_case_that_was_open_is_opened_and_a_waiting_form_is_named() -> None:
    backend = FakeBackend("张某", "李某")
    draft = Draft("李某", "记录一个日期", {"on": "2026-03-01"}, {"on": ""})
    backend.remembered = {PLACE: Place("李某", "findings").to_values(), draft.name: draft.to_values()}
    app = WorkbenchApp(backend, "zh")
    async with app.run_test(size=(140, 44)) as pilot:
        await until_true(pilot, lambda: isinstance(app.screen, Workspace) and app.screen.tab == "findings")
        await until_true(pilot, lambda: any("记录一个日期" in notice.message for notice in app._notifications))
        await pilot.press("escape", "escape")
        await until(pilot, "张某")
    assert backend.remembered[PLACE]["case"] == "", "the next session begins in the list"


async def test_a_place_that_is_gone_leaves_one_in_the_list() -> None:
    backend = FakeBackend("张某")
    backend.remembered = {PLACE: Place("已删除的案件").to_values()}
    app = WorkbenchApp(backend, "zh")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, "张某")
        assert len(app.screen_stack) == 1


async def test_a_home_that_cannot_be_written_says_so_and_the_program_goes_on() -> None:
    class Full(FakeBackend):
        def remember(self, name: str, values: object) -> None:  # noqa: ARG002  the real one's signature
            raise StoreError("the disk is full", what_zh="磁盘已满")

    app = WorkbenchApp(Full("张某"), "zh")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, "张某")
        await pilot.press("y")
        await until_true(pilot, lambda: any("磁盘已满" in notice.message for notice in app._notifications))
        await pilot.press("x", "n")
        await until_true(pilot, lambda: isinstance(app.screen, FormModal))
