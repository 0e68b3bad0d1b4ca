"""Every screen, tab and dialog, and the keys that lead there: walked by the goldens and by the test of colours."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from unittest.mock import patch

from PIL import Image, ImageDraw
from textual.pilot import Pilot

from tests.tui.fake import FakeBackend
from tests.tui.screen_text import shown, until
from workbench.tui.app import WorkbenchApp

CASE = "张某诉某某配资"
SECONDS = 0.02
STILL = 3
"""Looks in a row that must show the same."""

STOPS: tuple[tuple[str, Sequence[str]], ...] = (
    ("home", ()),
    ("home-jump", ("semicolon",)),
    ("home-search", ("!escape", "slash", *"张")),
    ("home-help", ("!escape", "question_mark")),
    ("new-case", ("!escape", "n")),
    ("new-case-help", ("f1",)),
    ("delete", ("!escape", "!escape", "d")),
    ("home-palette", ("!escape", "backslash")),
    ("archive", ("!escape", "v")),
    ("today", ("v", "enter")),
    ("today-jump", ("semicolon",)),
    ("task-due", ("!escape", "y")),
    ("task-not-applicable", ("!escape", "x")),
    ("ledger", ("!escape", "j", "down", "down")),
    ("ledger-detail", ("e",)),
    ("ledger-only-wrong", ("!escape", "x")),
    ("ledger-filter", ("x", "slash", *"6200")),
    ("picture", ("!escape", "j", "z")),
    ("findings", ("!escape", "f", "down")),
    ("findings-note", ("m",)),
    ("findings-detail", ("!escape", "e")),
    ("findings-help", ("!escape", "question_mark")),
    ("terms", ("!escape", "v", "down")),
    ("term-edit", ("enter",)),
    ("matching", ("!escape", "9")),
    ("bases", ("b",)),
    ("margin", ("g",)),
    ("liquidation", ("w",)),
    ("documents", ("p",)),
    ("document-form", ("enter",)),
    ("export-form", ("!escape", "down", "down", "down", "enter")),
    ("deadlines", ("!escape", "0")),
    ("deadline-form", ("n",)),
    ("steps", ("!escape", "s")),
    ("step-7", ("7",)),
    ("case-palette", ("backslash",)),
    ("import", ("!escape", "i")),
    ("import-preview", (*"/x/a.pdf", "enter")),
    ("import-help", ("question_mark",)),
    ("tour", ("!escape", "!escape", "f2")),
    ("tour-findings", ("enter", "enter")),
    ("tour-help", ("f1",)),
)
"""Name of a golden and the keys from the stop before; ``!`` marks a key that may have nothing to close."""


class Quiet(FakeBackend):
    """A backend whose picture is plain shapes, so that no font draws it."""

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


async def walk(lang: str, size: tuple[int, int], home: Path, theme: str = "") -> AsyncIterator[tuple[str, WorkbenchApp]]:
    """Yield each stop's name and the running app, standing still."""
    folder = home / "files"
    folder.mkdir(exist_ok=True)
    with patch.object(Path, "home", return_value=folder):
        app = WorkbenchApp(Quiet(CASE), lang)
        app.theme = theme or app.theme
        async with app.run_test(size=size) as pilot:
            await until(pilot, CASE)
            for name, keys in STOPS:
                for key in keys:
                    await pilot.press(key.removeprefix("!"))
                    await pilot.pause()
                await settle(pilot)
                yield name, app
