"""Yes or no, with the safe answer in focus."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label

from workbench.tui.actions import bindings
from workbench.tui.modals.dialog import Dialog
from workbench.tui.presenters.base import Cell
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.prose import Prose
from workbench.tui.work import shell


class ConfirmModal(Dialog[bool]):
    """Asks one question."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("confirm")
    scope = "confirm"

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out question and buttons."""
        words = shell(self).words
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="dialog-title", markup=False)
            yield Prose(Cell(self._text), classes="dialog-hint")
            with Horizontal(classes="dialog-buttons"):
                yield Button(words("form.yes"), id="yes", variant="primary", compact=True)
                yield Button(words("form.no"), id="no", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        """Start on the answer that changes nothing."""
        self.query_one("#no").focus()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Answer by button."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer by key."""
        self.dismiss(yes)
