"""What works on every screen and in every dialog: help in plain words, the palette, jump marks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot

from tests.tui.fake import FakeBackend
from tests.tui.screen_text import shown, until
from workbench.locales.catalogue import load_catalogue
from workbench.tui.actions import ACTIONS
from workbench.tui.app import WorkbenchApp
from workbench.tui.jumping import LETTERS, Spot, lettered, spots
from workbench.tui.palette import ActionProvider
from workbench.tui.widgets.row_table import RowTable

TAB_KEYS = {
    "today": "t",
    "ledger": "j",
    "findings": "f",
    "terms": "v",
    "matching": "9",
    "bases": "b",
    "margin": "g",
    "liquidation": "w",
    "documents": "p",
    "deadlines": "0",
    "steps": "s",
}
PLACES: dict[str, tuple[Sequence[str], str]] = {
    "home": ((), "home"),
    **{name: (("enter", key), "tasks" if name in {"today", "steps"} else name) for name, key in TAB_KEYS.items()},
    "import": (("enter", "i", "tab"), "import"),
    "new case": (("n", "shift+tab"), "form"),
    "note": (("enter", "f", "down", "m"), "form"),
    "delete": (("d",), "confirm"),
    "picture": (("enter", "j", "down", "z"), "picture"),
}
"""Keys that lead to a place, and its scope."""


def app(lang: str = "zh") -> WorkbenchApp:
    return WorkbenchApp(FakeBackend("张某诉某某"), lang)


async def go(pilot: Pilot[None], keys: Sequence[str]) -> None:
    """Press keys one by one, each when the screen stands still."""
    await until(pilot, "张某诉某某")
    for key in keys:
        await pilot.pause(0.15)
        await pilot.press(key)
    await pilot.pause(0.3)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("place", PLACES)
async def test_help_explains_the_place_in_plain_words(place: str, lang: str) -> None:
    keys, scope = PLACES[place]
    running, words = app(lang), load_catalogue(lang, "tui")
    async with running.run_test(size=(110, 60)) as pilot:
        await go(pilot, keys)
        await pilot.press("f1")
        text = await until(pilot, words(f"help.{scope}.title"))
        joined = "".join("".join(line.split("│")).strip() for line in text.splitlines()).replace(" ", "")
        assert words(f"help.{scope}.text")[:12].replace(" ", "") in joined
        await pilot.press("question_mark")
        await pilot.pause()
        assert type(running.screen).__name__ != "HelpModal"


async def test_a_question_mark_in_a_field_is_text_and_f1_is_help() -> None:
    running = app()
    async with running.run_test(size=(100, 40)) as pilot:
        await go(pilot, ("n", "question_mark"))
        assert "?" in shown(running)
        assert type(running.screen).__name__ == "FormModal"
        await pilot.press("f1")
        await until(pilot, "会写进框里")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_place_and_every_action_has_words(lang: str) -> None:
    words = load_catalogue(lang, "tui")
    places = {action.scope for action in ACTIONS}
    assert {
        place for place in places if f"help.{place}.title" not in words or f"help.{place}.text" not in words
    } == set()
    assert {action.name for action in ACTIONS if f"action.{action.name}" not in words} == set()


@pytest.mark.parametrize("place", ["home", "findings", "documents", "import"])
async def test_the_palette_has_exactly_the_actions_of_the_register(place: str) -> None:
    running = app()
    async with running.run_test(size=(120, 40)) as pilot:
        await go(pilot, PLACES[place][0])
        offered = list(ActionProvider(running.screen).commands())
    assert {command.action.id for command in offered} == {action.id for action in ACTIONS}
    assert len(offered) == len(ACTIONS)
    assert PLACES[place][1] in {command.action.scope for command in offered if command.here}
    assert all(command.name and command.help for command in offered)


async def test_an_action_of_another_tab_is_found_and_the_palette_leads_there() -> None:
    running = app()
    async with running.run_test(size=(140, 44), notifications=True) as pilot:
        await go(pilot, ("enter", "backslash"))
        await pilot.press(*"全部确认")
        await until(pilot, "全部确认")
        await pilot.press("enter")
        await until(pilot, "在这里按 a：全部确认")
        assert "月利率" in shown(running)
        assert ("confirm",) not in [call[:1] for call in running.backend.calls]  # type: ignore[attr-defined]


async def test_an_action_of_this_place_runs_from_the_palette() -> None:
    running = app()
    async with running.run_test(size=(140, 44)) as pilot:
        await go(pilot, ("enter", "f", "down", "backslash"))
        await pilot.press(*"批注")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await until(pilot, "为 1 条问题写批注")


@pytest.mark.parametrize("size", [(80, 24), (140, 44)], ids=str)
async def test_every_tab_step_table_and_pane_has_a_letter(size: tuple[int, int]) -> None:
    running = app()
    async with running.run_test(size=size) as pilot:
        await go(pilot, ("enter",))
        given = lettered(spots(running.screen))
        keys = {*TAB_KEYS.values(), *"12345678"}
        assert keys <= set(given), "tabs and steps have the letter that is their key anyway"
        rest = [given[letter] for letter in given if letter not in keys]
        assert len(rest) == (1 if size[0] < 100 else 2), "the table, and the detail where it is seen"
        assert len({spot.at for spot in given.values()}) == len(given)


async def test_a_letter_goes_there_and_anything_else_leaves() -> None:
    running = app()
    async with running.run_test(size=(140, 44)) as pilot:
        await go(pilot, ("enter", "semicolon", "v"))
        await until(pilot, "项待您确认")
        await go(pilot, ("semicolon", "7"))
        await until(pilot, "第7步任务1")
        await go(pilot, ("semicolon",))
        places = {spot.at: letter for letter, spot in running.screen._places.items()}  # type: ignore[attr-defined]
        detail = running.screen_stack[-2].query_one("#detail")
        await go(pilot, (places[detail.region.offset],))
        assert running.screen.focused is detail
        await go(pilot, ("semicolon", "exclamation_mark"))
        assert type(running.screen).__name__ == "Workspace"
        assert running.screen.focused is detail


async def test_a_letter_under_the_mouse_is_taken() -> None:
    running = app()
    async with running.run_test(size=(140, 44)) as pilot:
        await go(pilot, ("enter", "semicolon"))
        at = running.screen._places["b"].at  # type: ignore[attr-defined]
        await pilot.click(offset=(at.x, at.y))
        await until(pilot, "四倍LPR")


async def test_fields_of_a_form_have_letters_too() -> None:
    running = app()
    async with running.run_test(size=(100, 40)) as pilot:
        await go(pilot, ("enter", "f", "down", "m", "ctrl+g", "s"))
        assert running.screen.focused is running.screen.query_one("#field-reviewer")


def test_more_places_than_letters_leave_the_last_without() -> None:
    running = RowTable()
    some = spots_of(running, len(LETTERS) + 3)
    assert len(lettered(some)) == len(LETTERS)


def spots_of(table: RowTable, count: int) -> list[Spot]:
    return [Spot(Offset(0, number), table.focus) for number in range(count)]
