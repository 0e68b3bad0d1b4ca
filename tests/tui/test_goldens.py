"""Every screen, tab and dialog looks as it was last approved, in both languages and at two sizes."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.tui.goldens import FOLDER, LANGUAGES, SIZES, differences, draw, stale
from tests.tui.places import STOPS
from workbench import tui
from workbench.tui.screens.workspace import TABS

SOURCES = Path(tui.__path__[0])


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_screen_looks_as_approved(lang: str, size: tuple[int, int], tmp_path: Path) -> None:
    pictures = await draw(lang, size, tmp_path)
    found = differences(pictures)
    assert not found, "\n\n".join([*found, "if this is meant: python -m tests.tui.goldens --write"])
    assert stale(lang, size, [path.stem for path in pictures]) == []
    assert {cell_len(line) <= size[0] for text in pictures.values() for line in text.splitlines()} == {True}


def test_the_walk_comes_by_every_tab_and_every_dialog() -> None:
    assert len(STOPS) * len(LANGUAGES) * len(SIZES) >= 60
    names = {stop.name for stop in STOPS}
    assert set(dict(TABS)) <= names
    dialogs = {f"{path.stem.title()}Modal" for path in (SOURCES / "modals").glob("[a-z]*.py")} - {"DialogModal"}
    screens = {"Home", "Workspace", "ImportFiles", "MapColumns", "CommandPalette"}
    assert {stop.screen for stop in STOPS} == dialogs | screens


def test_drawing_changes_no_kept_picture_by_itself(tmp_path: Path) -> None:
    some = next(FOLDER.glob("zh-80x24/home.txt"))
    before = some.read_bytes()
    assert differences({some: "something else\n"})
    assert some.read_bytes() == before
