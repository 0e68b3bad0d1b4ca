"""Pictures in the terminal's own pixels: what the terminal is asked, what is made of its answer, what it then shows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from textual.app import App, ComposeResult

from tests.tui.fake import FakeBackend, line_png
from tests.tui.real import CASE
from tests.tui.screen_text import shown, until, until_true
from tests.tui.terminal import Terminal
from tests.tui.terminal_pictures import (
    CELL,
    KITTY_SAYS,
    KITTY_TERMINAL,
    SIXEL_TERMINAL,
    SIXELS,
    kitty_pictures,
    sixel_rows,
    stacked,
)
from workbench.services.desk import Desk
from workbench.services.draw_pages import letter_pages
from workbench.services.remember import remember
from workbench.tui.app import WorkbenchApp
from workbench.tui.graphics import CELL as ASK_CELL
from workbench.tui.graphics import KITTY, WHAT, Graphics, question, understood
from workbench.tui.interface_state import recall
from workbench.tui.memory import PLACE, Place
from workbench.tui.modals.pages import PagesModal
from workbench.tui.widgets.cells_picture import draw
from workbench.tui.widgets.picture import Picture

REPORT, LETTER = "recomputed_ledger", "复算台账"
PLACEHOLDER, SIXEL = "\U0010eeee", "\x1bP"
HELP = "随处可用"
DARK = [1 if value < 128 else 0 for value in range(256)]
LEAST_INK = 0.35
"""A line that is drawn smaller has about half the dark points; without half of its fields it would have a quarter."""
SIZE = (140, 42)
PAGE_ROWS = SIZE[1] - 3
"""Rows of a page: title, place and key bar take one each."""
ALIKE = 6.0
"""Mean difference of two pictures, of 255, that 32 colours and rounding explain."""


def difference(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    return ImageStat.Stat(ImageChops.difference(one.convert("L"), other.convert("L"))).mean[0]


@pytest.mark.parametrize(
    ("environment", "asked"),
    [
        ({"TERM": "xterm-256color"}, ASK_CELL + WHAT),
        ({"TERM": "xterm-kitty", "COLORTERM": "truecolor"}, KITTY + ASK_CELL + WHAT),
        ({"TERM": "xterm-kitty"}, ASK_CELL + WHAT),
        ({"TERM": "xterm-kitty", "COLORTERM": "truecolor", "NO_COLOR": "1"}, ASK_CELL + WHAT),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux"}, ""),  # noqa: S108  # as tmux says it
        ({"TERM": "dumb"}, ""),
        ({}, ""),
    ],
)
def test_a_terminal_is_asked_only_what_it_can_bear(environment: dict[str, str], asked: str) -> None:
    assert question(environment) == asked


@pytest.mark.parametrize(
    ("answer", "window", "expected"),
    [
        ("\x1b[6;20;10t\x1b[?62;4;22c", None, Graphics("sixel", (10, 20))),
        ("\x1b[?62;4c", (9, 18), Graphics("sixel", (9, 18))),
        ("\x1b_Gi=1;OK\x1b\\\x1b[6;20;10t\x1b[?62;c", None, Graphics("kitty", (10, 20))),
        ("\x1b_Gi=1;ENOTSUPPORTED\x1b\\\x1b[6;20;10t\x1b[?62;c", None, None),
        ("\x1b[6;20;10t\x1b[?64;1;2;14;42c", (10, 20), None),
        ("\x1b[?62;4c", None, None),
        ("\x1b[6;0;0t\x1b[?62;4c", None, None),
        ("\x1b[6;20;10t", (10, 20), None),
        ("", None, None),
    ],
)
def test_only_a_full_answer_counts(answer: str, window: tuple[int, int] | None, expected: Graphics | None) -> None:
    assert understood(answer, window) == expected


@pytest.fixture
def there(desk: Desk) -> Desk:
    """Return a desk whose interface begins on a report of two pages."""
    remember(desk.home, PLACE, Place(CASE, "documents", rows={"documents": f"template:{REPORT}"}).to_values())
    return desk


def as_printed(desk: Desk) -> Image.Image:
    """Return what of the report's first page finds room, in the terminal's pixels."""
    page = Image.open(io.BytesIO(letter_pages(desk, CASE, REPORT, {}, None, "zh").png(1))).convert("RGB")
    width, height = (SIZE[0] - 2) * CELL[0], PAGE_ROWS * CELL[1]
    whole = page.resize((width, round(width * page.height / page.width)), Image.Resampling.LANCZOS)
    return whole.crop((0, 0, width, height))


def test_a_page_arrives_by_sixels_as_it_is_printed(there: Desk) -> None:
    with Terminal(there.home, *SIZE, SIXEL_TERMINAL) as terminal:
        terminal.until_shown(LETTER)
        terminal.type("k")
        terminal.until(lambda: len(SIXELS.findall(terminal.raw)) >= PAGE_ROWS)
        rows = sixel_rows(terminal.raw)
    assert {row.size for row in rows} == {((SIZE[0] - 2) * CELL[0], CELL[1])}
    assert difference(stacked(rows[:PAGE_ROWS]), as_printed(there)) < ALIKE


def test_a_page_arrives_at_kitty_as_it_is_printed(there: Desk) -> None:
    with Terminal(there.home, *SIZE, KITTY_TERMINAL, environment=KITTY_SAYS) as terminal:
        terminal.until_shown(LETTER)
        terminal.type("k")
        terminal.until(lambda: terminal.said.count(PLACEHOLDER) >= (SIZE[0] - 2) * PAGE_ROWS)
        (page,) = kitty_pictures(terminal.raw)
    assert difference(page, as_printed(there)) < ALIKE


@pytest.mark.parametrize("answers", [{}, {b"\x1b[c": b"\x1b[?62;22c"}], ids=["silent", "without pictures"])
def test_other_terminals_get_blocks_and_none_of_their_words_become_keys(
    there: Desk, answers: dict[bytes, bytes]
) -> None:
    with Terminal(there.home, *SIZE, answers) as terminal:
        terminal.until_shown(LETTER)
        terminal.type("k")
        terminal.until_shown("共 2 页")
        terminal.until(lambda: "▀" in terminal.said)
        assert HELP not in terminal.said
        assert b"\x1bP" not in terminal.raw
        assert b"\x1b_G" not in terminal.raw


def test_a_sharp_line_holds_all_the_ink_of_the_line() -> None:
    drawn = draw(line_png(), 40, graphics=Graphics("sixel", CELL))
    assert drawn.sharp
    assert {strip.cell_length for strip in drawn.strips} == {40}
    rows = stacked(sixel_rows("".join(one.text for strip in drawn.strips for one in strip).encode()))
    marks = Image.open(io.BytesIO(line_png())).crop((0, 14, 900, 40))
    shown_ink, ink = (sum(picture.convert("L").point(DARK).histogram()[1:]) for picture in (rows, marks))
    assert shown_ink > ink * LEAST_INK, "the last fields of a row are where the amounts stand"


async def test_behind_a_dialog_a_sharp_picture_is_left_out_and_comes_back() -> None:
    app = WorkbenchApp(FakeBackend("某案"), "zh", graphics=Graphics("sixel", CELL))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "某案")
        await pilot.press("enter")
        await until(pilot, "今日")
        await pilot.press("j", "down", "down")
        await until(pilot, SIXEL)
        await pilot.press("question_mark")
        await until_true(pilot, lambda: SIXEL not in shown(app))
        await pilot.press("escape")
        await until(pilot, SIXEL)


async def test_a_terminal_that_promises_too_much_gets_blocks_from_then_on(tmp_path: Path) -> None:
    graphics = Graphics("sixel", CELL)
    app = WorkbenchApp(FakeBackend("某案"), "zh", tmp_path, graphics)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, "某案")
        await pilot.press("f4")
        await until_true(pilot, lambda: app.graphics is None and recall(tmp_path).blocks)
        await pilot.press("f4")
        await until_true(pilot, lambda: app.graphics == graphics and not recall(tmp_path).blocks)
        await pilot.press("f4")
        await until_true(pilot, lambda: recall(tmp_path).blocks)
    assert WorkbenchApp(FakeBackend("某案"), "zh", tmp_path, graphics).graphics is None


async def test_a_sharp_picture_is_drawn_again_when_a_notice_over_it_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_anew: list[int] = []

    class Shows(App[None]):
        def compose(self) -> ComposeResult:
            yield Picture()

    app = Shows()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        picture = app.query_one(Picture)
        picture.show(draw(line_png(), 70, graphics=Graphics("sixel", (8, 16))))
        app.notify("a notice", timeout=600)
        await until_true(pilot, lambda: picture._notices == 1)
        monkeypatch.setattr(picture, "refresh", lambda: drawn_anew.append(len(app.screen.query("Toast"))))
        app.clear_notifications()
        await until_true(pilot, lambda: drawn_anew == [0])


async def test_blocks_are_chosen_in_the_pages_too_and_what_is_shown_is_drawn_anew() -> None:
    app = WorkbenchApp(FakeBackend(CASE), "en", graphics=Graphics("sixel", (8, 16)))
    async with app.run_test(size=(140, 42)) as pilot:
        await until(pilot, CASE)
        await pilot.press("enter", "p")
        await until(pilot, "Complaint to the platform")
        await pilot.press("down", "k")
        await until_true(pilot, lambda: isinstance(app.screen, PagesModal))
        picture = app.screen.query_one(Picture)
        await until_true(pilot, lambda: picture._drawn is not None and picture._drawn.sharp)
        await pilot.press("f4")
        await until_true(pilot, lambda: picture._drawn is not None and not picture._drawn.sharp)


def test_a_picture_too_wide_for_kitty_is_drawn_in_blocks() -> None:
    kitty = Graphics("kitty", (8, 16))
    assert kitty.fits(297, 60)
    assert not kitty.fits(310, 60)
    assert not draw(line_png(), 310, graphics=kitty).sharp
