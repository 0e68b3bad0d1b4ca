"""Themes: what is written can be read, what colour says is said by a sign as well, and the choice is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.color import Color
from textual.screen import ModalScreen

from tests.tui.fake import FakeBackend
from tests.tui.places import walk
from tests.tui.screen_text import until, until_true
from workbench.services.remember import file_of
from workbench.tui.app import WorkbenchApp
from workbench.tui.interface_state import NAME, Remembered, keep, recall
from workbench.tui.presenters.base import TONES
from workbench.tui.themes import THEMES
from workbench.tui.widgets.tones import STYLES

LEAST = {"workbench-dark": 4.5, "workbench-light": 4.5, "workbench-contrast": 7.0}
"""WCAG 2.2 contrast: level AA for text, AAA in high contrast."""


def luminance(color: tuple[int, int, int]) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    parts = [part / 255 for part in color]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_agrees_with_known_figures() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.005)


def pairs(app: App[None]) -> Iterator[tuple[str, Color, Color]]:
    """Yield every text meant to be read with its colours; what lies dimmed behind a dialog is not."""
    screen = app.screen
    parts = screen.query(".dialog, .jump-mark, KeyBar, CommandInput, CommandList")
    seen = [part.region for part in parts] if isinstance(screen, ModalScreen) else [screen.region]
    for y, strip in enumerate(screen._compositor.render_strips(app.size)):
        x = 0
        for text, style, _ in strip:
            inside = any(region.contains(x, y) for region in seen)
            x += cell_len(text)
            if inside and style and style.color and style.bgcolor and any(map(str.isalnum, text)):
                front, back = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                yield (text.strip(), back, front) if style.reverse else (text.strip(), front, back)


@pytest.mark.parametrize("theme", LEAST)
async def test_every_text_on_every_screen_can_be_read(theme: str, tmp_path: Path) -> None:
    weak: dict[tuple[str, str], str] = {}
    looked = 0
    async for name, app in walk("zh", (140, 40), tmp_path, theme):
        assert app.theme == theme
        for text, front, back in pairs(app):
            looked += 1
            ratio = contrast(front.rgb, back.rgb)
            if ratio < LEAST[theme]:
                weak.setdefault((front.hex, back.hex), f"{name}: {text!r} {ratio:.2f}")
    assert looked > 1000
    assert not weak, "\n".join(f"{pair} {where}" for pair, where in weak.items())


def test_the_themes_are_three_and_differ() -> None:
    assert {theme.name for theme in THEMES} == set(LEAST)
    assert {theme.dark for theme in THEMES} == {True, False}
    assert set(STYLES) == set(TONES)


async def test_the_chosen_theme_is_there_at_the_next_start(tmp_path: Path) -> None:
    first = WorkbenchApp(FakeBackend("A"), "en", tmp_path)
    async with first.run_test(size=(100, 30)) as pilot:
        await until(pilot, "A")
        assert first.theme == "workbench-dark"
        await pilot.press("equals_sign", "equals_sign")
        await until_true(pilot, lambda: recall(tmp_path).theme == "workbench-contrast")
    assert WorkbenchApp(FakeBackend("A"), "en", tmp_path).theme == "workbench-contrast"


@pytest.mark.parametrize("kept", ["", '{"theme": 5}', "not json [", '{"theme": "pink"}'])
def test_a_spoiled_memory_counts_as_none(tmp_path: Path, kept: str) -> None:
    path = file_of(tmp_path, NAME)
    path.parent.mkdir()
    path.write_text(kept, encoding="utf-8")
    assert WorkbenchApp(FakeBackend(), "en", tmp_path).theme == "workbench-dark"


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    for state in (Remembered("workbench-light", tour_offered=True), Remembered()):
        keep(tmp_path / "new", state)
        assert recall(tmp_path / "new") == state


async def test_the_row_under_the_cursor_has_a_sign_besides_its_colour() -> None:
    running = WorkbenchApp(FakeBackend("A"), "en")
    async with running.run_test(size=(140, 40)) as pilot:
        await until(pilot, "▸A")
        await pilot.press("enter", "j", "down")
        screen = await until(pilot, "▸   2025-01-02")
        assert screen.count("▸") == 1, "one cursor has the keys"
        assert screen.count("▹") == 1, "the rail's has not"
