"""Every screen, tab and dialog, and the keys that lead there: walked by the goldens and by the test of colours."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from PIL import Image, ImageDraw
from textual.pilot import Pilot
from textual.screen import ModalScreen

from tests.tui.fake import FakeBackend
from tests.tui.screen_text import shown, until, until_true
from workbench.intake.mapping import ColumnDraft, LayoutDraft
from workbench.tui.app import WorkbenchApp
from workbench.tui.screens.workspace import TABS

CASE = "张某诉某某配资"
SECONDS = 0.02
STILL = 3
"""Looks in a row that must show the same."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One look at the screen."""

    name: str
    """Name of its golden; that of a tab where a tab is shown."""
    keys: Sequence[str]
    """Keys from the stop before, whose dialogs are closed first."""
    screen: str = "Workspace"
    """Class of the screen that must then be in front."""
    over: bool = False
    """True: the dialog before stays open."""


STOPS = (
    Stop("home", (), "Home"),
    Stop("home-jump", ("semicolon",), "JumpModal"),
    Stop("home-search", ("slash", *"张"), "Home"),
    Stop("home-help", ("escape", "question_mark"), "HelpModal"),
    Stop("new-case", ("n",), "FormModal"),
    Stop("new-case-help", ("f1",), "HelpModal", over=True),
    Stop("delete", ("d",), "ConfirmModal"),
    Stop("home-palette", ("backslash",), "CommandPalette"),
    Stop("archive", ("v",), "Home"),
    Stop("deleted", ("v",), "Home"),
    Stop("today", ("v", "enter")),
    Stop("today-jump", ("semicolon",), "JumpModal"),
    Stop("task-due", ("y",), "FormModal"),
    Stop("task-not-applicable", ("x",), "FormModal"),
    Stop("ledger", ("j", "down", "down")),
    Stop("ledger-detail", ("e",)),
    Stop("ledger-only-wrong", ("j", "x")),
    Stop("ledger-filter", ("x", "slash", *"6200")),
    Stop("picture", ("escape", "z"), "PictureModal"),
    Stop("picture-help", ("f1",), "HelpModal", over=True),
    Stop("findings", ("f", "down")),
    Stop("findings-note", ("m",), "FormModal"),
    Stop("findings-detail", ("e",)),
    Stop("findings-help", ("f", "question_mark"), "HelpModal"),
    Stop("terms", ("v", "down")),
    Stop("term-edit", ("enter",), "FormModal"),
    Stop("matching", ("9",)),
    Stop("bases", ("b",)),
    Stop("margin", ("g",)),
    Stop("liquidation", ("w",)),
    Stop("documents", ("p", "down")),
    Stop("pages", ("k", "x"), "PagesModal"),
    Stop("pages-larger", ("z", "z", "right"), "PagesModal", over=True),
    Stop("pages-help", ("f1",), "HelpModal", over=True),
    Stop("document-form", ("enter",), "FormModal"),
    Stop("export-form", ("down", "down", "down", "down", "down", "enter"), "FormModal"),
    Stop("evidence", ("minus", "down")),
    Stop("evidence-form", ("enter",), "FormModal"),
    Stop("evidence-check", ("c",), "ReportModal"),
    Stop("custody", ("l",), "CustodyLog"),
    Stop("deadlines", ("escape", "0")),
    Stop("deadline-form", ("n",), "FormModal"),
    Stop("steps", ("s",)),
    Stop("step-7", ("7",)),
    Stop("liquidity", ("4",)),
    Stop("asset-form", ("n",), "FormModal"),
    Stop("negotiation", ("5",)),
    Stop("offer-form", ("n",), "FormModal"),
    Stop("residual", ("6",)),
    Stop("retrospect", ("8",)),
    Stop("case-palette", ("backslash",), "CommandPalette"),
    Stop("import", ("i",), "ImportFiles"),
    Stop("import-preview", (*"a.csv", "enter"), "ImportFiles"),
    Stop("import-help", ("question_mark",), "HelpModal"),
    Stop("import-mapper", ("m",), "MapColumns"),
    Stop("tour", ("escape", "escape", "f2"), "TourModal"),
    Stop("tour-findings", ("enter", "enter"), "TourModal", over=True),
    Stop("tour-help", ("f1",), "HelpModal", over=True),
)


class Quiet(FakeBackend):
    """A backend whose picture is plain shapes, so that no font draws it, and that can map a table."""

    def draft_layout(self, path: Path) -> LayoutDraft:
        columns = (
            ColumnDraft("日期", "date", ("2025-01-02", "2025-01-28")),
            ColumnDraft("摘要", "operation", ("配资放款", "利息")),
            ColumnDraft("发生额", "", ("400000.00", "-6200.00")),
        )
        return LayoutDraft(
            columns, (("2025-01-02", "配资放款", "400000.00"),), (("利息", "interest"), ("杂项", "")), headed=True
        )

    def line_picture(self, case: str, line_id: str) -> bytes | None:
        picture = Image.new("L", (600, 54), 255)
        pen = ImageDraw.Draw(picture)
        for x in range(20, 580, 60):
            pen.rectangle((x, 18, x + 20, 35), fill=0)
        out = io.BytesIO()
        picture.save(out, "PNG")
        return out.getvalue()


async def settle(pilot: Pilot[None]) -> str:
    """Wait until the screen shows the same several times running, and return it."""
    last, same = "", 0
    for _ in range(200):
        await pilot.pause(SECONDS)
        screen = shown(pilot.app)
        same = same + 1 if screen == last else 0
        last = screen
        if same >= STILL:
            return screen
    raise AssertionError(f"it never stood still:\n{last}")


async def walk(
    lang: str, size: tuple[int, int], home: Path, theme: str = ""
) -> AsyncIterator[tuple[str, WorkbenchApp]]:
    """Yield each stop's name and the running app, standing still."""
    folder = home / "files"
    folder.mkdir(exist_ok=True)
    (folder / "a.csv").write_text("日期,摘要,发生额\n", encoding="utf-8")
    with patch.object(Path, "home", return_value=Path()), chdir(folder):
        app = WorkbenchApp(Quiet(CASE), lang)
        app.theme = theme or app.theme
        async with app.run_test(size=size) as pilot:
            await until(pilot, CASE)
            for stop in STOPS:
                while isinstance(app.screen, ModalScreen) and not stop.over:
                    await pilot.press("escape")
                    await pilot.pause()
                for key in stop.keys:
                    await pilot.press(key)
                    await settle(pilot)
                await until_true(pilot, lambda wanted=stop.screen: type(app.screen).__name__ == wanted)  # type: ignore[misc]
                await settle(pilot)
                if stop.name in dict(TABS):
                    assert getattr(app.screen, "tab", "") == stop.name
                yield stop.name, app
