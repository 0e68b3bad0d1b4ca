"""Jump marks: a letter over every place one can go; pressing it goes there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Label

from workbench.tui.actions import bindings
from workbench.tui.jumping import Spot
from workbench.tui.widgets.key_bar import KeyBar


class JumpModal(ModalScreen[Spot | None]):
    """Returns the chosen place, None where it was left; any other key leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("jump")
    scope = "jump"

    def __init__(self, places: Mapping[str, Spot]) -> None:
        super().__init__()
        self._places = places

    def compose(self) -> ComposeResult:
        """Put each letter over its place."""
        for letter, spot in self._places.items():
            mark = Label(letter, classes="jump-mark", markup=False)
            mark.styles.offset = spot.at
            yield mark
        yield KeyBar()

    def on_key(self, event: events.Key) -> None:
        """Go where the letter says."""
        event.stop()
        self.dismiss(self._places.get(event.character or ""))

    def on_click(self, event: events.Click) -> None:
        """Go where the mouse points at a letter."""
        here = (event.screen_x, event.screen_y)
        self.dismiss(next((spot for spot in self._places.values() if tuple(spot.at) == here), None))

    def action_close(self) -> None:
        """Stay where one was."""
        self.dismiss(None)
