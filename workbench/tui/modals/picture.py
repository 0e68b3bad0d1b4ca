"""The picture of a line at reading size, over the whole screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
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

    def on_mount(self) -> None:
        """Draw in a worker for the width at hand."""
        width, png = max(20, self.size.width - 12), self._png
        compute(self, lambda: Enlarged(draw(png, width, text_pixels=16)), "enlarge")

    @on(Enlarged)
    def enlarged(self, event: Enlarged) -> None:
        """Show it."""
        self.query_one(Picture).show(event.drawn)
