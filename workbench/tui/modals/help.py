"""What this screen is for, in plain words, and every key that works on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from workbench.tui.actions import bindings, in_scopes
from workbench.tui.presenters.base import Cell
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.prose import Prose
from workbench.tui.work import shell


class HelpModal(ModalScreen[None]):
    """Explains the scopes that were active when it was opened."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("help")
    scope = "help"

    def __init__(self, scopes: Sequence[str]) -> None:
        super().__init__()
        self._scopes = tuple(scopes)

    def compose(self) -> ComposeResult:
        """Lay out the explanation and the keys."""
        with VerticalScroll(classes="dialog help"):
            yield Prose(*self._lines())
        yield KeyBar()

    def action_close(self) -> None:
        """Go back to what was explained."""
        self.dismiss(None)

    def _lines(self) -> Iterator[Cell]:
        words = shell(self).words
        for scope in self._scopes:
            if f"help.{scope}.text" in words:
                yield Cell(words(f"help.{scope}.title"), "title")
                yield Cell(words(f"help.{scope}.text"))
            actions = in_scopes((scope,))
            keymap = shell(self).keymap
            width = max((cell_len(keymap.labels(action)) for action in actions), default=0)
            for action in actions:
                keys = keymap.labels(action)
                pad = " " * (width - cell_len(keys))
                yield Cell(f"  {keys}{pad}  {words(f'action.{action.name}')}", "accent")
            yield Cell("")
        yield Cell(words("help.signs.title"), "title")
        yield Cell(words("help.signs.text"))
