"""The picture of a line at reading size, over the whole screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from workbench.tui.actions import bindings
from workbench.tui.modals.dialog import Dialog
from workbench.tui.presenters.base import Cell
from workbench.tui.widgets.cells_picture import Drawn, draw
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.picture import Picture
from workbench.tui.widgets.prose import Prose
from workbench.tui.work import compute, shell

BLOCKS, SHARP = 16, 28
"""Height of the text, as ``draw`` takes it: easily read."""
SCROLLBAR = 2
"""Cells left free for one."""


@dataclass
class Enlarged(Message):
    """The picture was drawn for the size of the screen."""

    drawn: Drawn


class PictureModal(Dialog[None]):
    """Shows a picture as large as the terminal allows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("picture")
    scope = "picture"

    def __init__(self, png: bytes, caption: str) -> None:
        super().__init__()
        self._png = png
        self._caption = caption

    def compose(self) -> ComposeResult:
        """Lay out caption, picture and the note that it was wrapped."""
        with VerticalScroll(classes="dialog wide"):
            yield Prose(Cell(self._caption), classes="dialog-title")
            yield Picture(id="large-picture")
            yield Prose(Cell(shell(self).words("picture.note")), classes="dialog-hint")
        yield KeyBar()

    @on(events.Resize)
    def draw_anew(self) -> None:
        """Draw for the room there is now."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        room = self.query_one(VerticalScroll).scrollable_content_region.width - SCROLLBAR
        width, png, graphics = max(20, room), self._png, shell(self).graphics
        height = SHARP if graphics else BLOCKS
        compute(self, lambda: Enlarged(draw(png, width, text_pixels=height, graphics=graphics)), "enlarge")

    @on(Enlarged)
    def enlarged(self, event: Enlarged) -> None:
        """Show it."""
        self.query_one(Picture).show(event.drawn)
